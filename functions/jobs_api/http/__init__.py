"""Requests in, answers out: bodies, routes, cursors, problems. Knows no route in particular."""
