"""The offline model's rules for posts."""
