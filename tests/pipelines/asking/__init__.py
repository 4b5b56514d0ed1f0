"""write draft -> approve: a stage that asks somebody before it runs."""
