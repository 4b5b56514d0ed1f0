"""A post's record at `posts/{agent}-{date}`, its way out, and where its time went."""
