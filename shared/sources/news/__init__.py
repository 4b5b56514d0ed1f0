"""News feeds (RSS, Atom, RDF, JSON Feed) as stories: asked seldom, believed little, read side by side.

read.py    the feeds of one reader, in parallel, as one list without doubles
feed.py    one feed: when it may be asked, what it answered, what is kept of it
parse.py   an answer's bytes as stories, or why they are none
story.py   a story, its link and its language
"""
