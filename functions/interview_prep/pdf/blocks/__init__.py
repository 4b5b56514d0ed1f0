"""What the sections are built of: entries, paragraphs, chips, charts."""
