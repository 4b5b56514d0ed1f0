"""What two figures of a text say of each other: comparisons, ranges, steps, and figures that the facts give together."""
