"""How good the feed is, in figures: `headrace eval for-you`."""
