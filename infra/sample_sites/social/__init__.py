"""Places to post to on loopback: a Mastodon and a Bluesky server as their protocols say, for trying channels without an account."""
