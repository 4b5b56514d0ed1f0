"""Names of stored files that transcripts may be read from."""

from __future__ import annotations

BLOB, FOLDER = "blob:", "transcripts/"
"""A stored file by its name; no other folder's files are transcripts."""
GIVEN = f"{FOLDER}given/"
"""Where texts are that came inside requests, by graph."""


def graph_of(uri: str) -> str:
    """The graph whose requests brought a stored text in; empty for any other address."""
    within = uri.removeprefix(f"{BLOB}{GIVEN}")
    return "" if within == uri else within.partition("/")[0]


def given_folder(graph: str) -> str:
    """Where texts are that came inside a graph's requests."""
    return f"{GIVEN}{graph}"
