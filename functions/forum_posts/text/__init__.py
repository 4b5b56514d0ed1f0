"""The text of a post, by rule and without I/O: how long it is, what is wrong with it, which other text it copies, how versions differ.

count -> budget        length in the language's own unit, and the tokens that it takes
rules                  check(text, rules): what is wrong, from claims, facts, platforms, script, leftovers
disclosure             disclaimer and AI label: added, and taken off again
similarity -> near_duplicates   n-grams, fingerprints, the gate that keeps one text from being published twice
angles                 what makes the versions of one post differ
"""
