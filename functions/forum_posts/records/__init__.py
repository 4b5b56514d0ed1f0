"""A post's identity, its record at `posts/{id}`, and its publishing."""
