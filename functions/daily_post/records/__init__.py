"""A post's record at `posts/{agent}-{date}`, its publishing, and where its time went."""
