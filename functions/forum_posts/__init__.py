"""Items (who posts, about which stock, what is known) become checked forum posts in several versions, one of them chosen.

in:  items, each with a KOL's serial, a stock, a kind of post, a length, and facts
     items -> plan -> per item: main text -> further versions side by side -> choice
out: records `posts/{id}`, drafts until somebody approves them; no two texts alike; every number is one that was supplied
"""
