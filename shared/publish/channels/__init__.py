"""Where posts go: Mastodon, Bluesky, a webhook or the outbox, each over its own protocol; `configured_channels` reads the settings."""
