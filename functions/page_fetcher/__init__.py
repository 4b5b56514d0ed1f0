"""A stranger's address goes in, the page comes out: one function, under an account that may do nothing in the project."""
