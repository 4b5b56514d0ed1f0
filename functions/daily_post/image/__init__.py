"""The picture of a post: asked for of one model after another, decoded safely, moderated, labelled, kept by its content's hash.

image_size.py (sizes) -> model_fallback.py (good, fast, low) -> image_file.py (bytes to pixels to bytes) -> image_store.py (labelled, stored)
card_drawing.py draws what is shown when no model gives a picture; palette.py, typesetting.py are its colours and its lines
"""
