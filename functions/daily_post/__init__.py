"""Each morning an agent's own post with an image: a topic, a picture, a title, a description; one per agent and date, ever.

in:  agents, a topic or none, a date or none, what the image shall be like
     agents -> plan -> per agent: topic -> image prompt beside title -> image beside description -> record, published if wished
out: records `posts/{agent}-{date}`, drafts unless asked for more; an image always, if only a typographic card
"""
