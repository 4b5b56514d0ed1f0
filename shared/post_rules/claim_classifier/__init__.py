"""Says of a sentence how likely it promises, calls to trade, claims inside knowledge or accuses, in wordings that no rule lists."""
