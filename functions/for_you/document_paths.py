"""Where the pipeline keeps its documents. A user's own are called by a digest: ids may be of any kind."""

from __future__ import annotations

import secrets

from shared.engine.store.paths import digest

CURRENT = "catalogues/current"
USER_DIGITS = 24


def user_key(user: str) -> str:
    """What a user's documents are called."""
    return digest("for-you", user)[:USER_DIGITS]


def queue(key: str) -> str:
    return f"queues/{key}"


def cursor(key: str) -> str:
    return f"cursors/{key}"


def served(key: str) -> str:
    return f"served/{key}"


def session(session_id: str) -> str:
    return f"sessions/{session_id}"


def new_session(user: str | None) -> str:
    """A session's id. It begins with its user's key, so that one read finds both; without a user with as many zeros."""
    return (user_key(user) if user else "0" * USER_DIGITS) + secrets.token_hex(6)


def key_of(session_id: str) -> str:
    """The user's key that a session's id begins with; empty without a user."""
    key = session_id[:USER_DIGITS]
    return key if key.strip("0") else ""


def vectors(model: str) -> str:
    """Which file says what the vector store has of a model."""
    return f"catalogues/vectors-{digest(model)[:16]}"


def embeddings(model: str) -> str:
    """Which file has a model's vectors of texts."""
    return f"catalogues/embeddings-{digest(model)[:16]}"
