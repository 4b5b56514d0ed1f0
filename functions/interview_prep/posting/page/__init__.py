"""A fetched page: opened, its text, and why it may be refused."""
