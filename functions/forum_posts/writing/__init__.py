"""One version of a post: what the model is asked, by which angle, how its answer is checked, mended and paid."""
