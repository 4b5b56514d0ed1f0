"""Whether a text is several whole postings: every line weighed as the beginning of a further one."""
