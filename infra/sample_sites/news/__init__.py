"""Sample news feeds."""
