"""An earlier guide of the same job, as its JSON, and what is different now."""
