"""The tokens port over toktok, whose vocabularies lie in its wheel."""
