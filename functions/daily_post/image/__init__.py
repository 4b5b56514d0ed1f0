"""The picture of a post: asked for down a ladder of models, decoded safely, moderated, labelled, kept by its content's hash.

presets.py (sizes) -> ladder.py (good, fast, low) -> decode.py (bytes to pixels to bytes) -> keep.py (labelled, stored)
card.py draws what is shown when no model gives a picture; palette.py, typeset.py are its colours and its lines
"""
