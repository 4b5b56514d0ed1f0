"""Which mentions are one: normal forms, then spelling, then context; a model for what stays in doubt."""
