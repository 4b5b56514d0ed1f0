"""What many postings teach of employers: the words around their names, and how the names are made."""
