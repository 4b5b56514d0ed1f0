"""What users saved of forums, in the shapes that tools write: as posts with comments."""
