"""What commands show: tables, results, live progress, files."""
