"""Words of a post: asked for within a time, checked, and made by rule when nobody writes them."""
