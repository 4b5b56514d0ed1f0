"""Companies' own sites: a home page, how they hire, what they value, their news. Companies without a text have none."""
