"""Commands about jobs: what there is to run, what it will take, running it, what was run, and the posts that came of it."""
