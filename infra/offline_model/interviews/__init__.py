"""The offline model's rules for postings and interview reports."""
