"""Whether a text says what the supplied facts say: each figure, its metric, period, unit, sign and direction."""
