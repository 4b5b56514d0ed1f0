"""A job posting as found in the world, made into facts: APIs of applicant systems, structured data, plain pages, pasted text."""
