"""Commands for records: bring them in, forget them."""
