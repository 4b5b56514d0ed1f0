"""for_you's stages, one file each."""
