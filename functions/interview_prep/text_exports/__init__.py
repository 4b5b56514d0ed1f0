"""The guide as text beside its PDF: Markdown for people, JSON for programs."""
