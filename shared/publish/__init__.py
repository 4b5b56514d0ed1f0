"""From an approved record to the outside, once: `states` says what may follow what, `publishers` where it goes."""
