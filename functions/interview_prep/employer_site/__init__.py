"""The employer's own pages as sources: how they say they hire, what they value, what they build, what is new."""
