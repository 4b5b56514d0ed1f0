"""Figures of the interview process, read by rules from the posts' own words: no model is asked, so none can be made up."""
