"""The API described: OpenAPI and a page to read."""
