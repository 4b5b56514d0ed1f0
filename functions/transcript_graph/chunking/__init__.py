"""A transcript cut into chunks by turns and tokens; filler left out; copies found."""
