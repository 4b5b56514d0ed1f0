"""Which of the texts on a page or a paste is the job's title."""
