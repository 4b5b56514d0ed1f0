"""How a text becomes figures, each bound to the words around it."""
