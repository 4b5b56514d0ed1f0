"""What any text is measured and named by: its language and script, its length, what can be wrong with it. Knows no pipeline."""
