"""What the forum stages share: names, roles, queries, relevance, and the user's own exports."""
