"""A stranger's page fetched by a function of its own: what is said between whoever wants it and that function."""
