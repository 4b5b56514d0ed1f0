"""What the guide's stages share: the posts as a model sees them, merging, refs, and what strangers' text may not do."""
