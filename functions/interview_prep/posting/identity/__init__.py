"""Whose posting it is and for which job: candidates from title, headings, lone lines, sentences and addresses, weighed by agreement."""
