"""What a page says to machines: JSON-LD, microdata, RDFa, as facts of one posting."""
