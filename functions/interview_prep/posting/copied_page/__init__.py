"""Where on a page that was copied whole the posting begins and ends: every line weighed as its first and its last."""
