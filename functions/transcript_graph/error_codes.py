"""The error codes that transcript_graph gives, each with when."""

from __future__ import annotations

BAD_EDIT = "bad_edit"
"""An edit of a graph changes nothing, or everything."""
BROKEN_TRANSCRIPT = "broken_transcript"
"""A transcript's file cannot be read as one."""
CHUNKS_FAILED = "chunks_failed"
"""Some chunks of a transcript have no answer."""
EDIT_NOT_FOUND = "edit_not_found"
"""There is no such edit."""
ENTITY_NOT_FOUND = "entity_not_found"
"""There is no such entity."""
"""The graph is changed all the time."""
GRAPH_CHANGED = "graph_changed"
"""The graph was changed while it was read."""
GRAPH_NOT_FOUND = "graph_not_found"
"""There is no such graph."""
GRAPH_TOO_LARGE = "graph_too_large"
"""The graph is too large to be exported whole."""
NO_ANSWER = "no_answer"
"""A part of a transcript has no answer."""
NO_TRANSCRIPTS = "no_transcripts"
"""There is no folder, or no transcript in it."""
NOT_READ = "not_read"
"""A transcript could not be read."""
RELATION_NOT_FOUND = "relation_not_found"
"""There is no such relation."""
TOO_MANY_EDITS = "too_many_edits"
"""A graph keeps no more edits."""
TRANSCRIPT_CHANGED = "transcript_changed"
"""A transcript was changed while it was read."""
TRANSCRIPT_NOT_FOUND = "transcript_not_found"
"""A transcript, or its file or address, is not there."""
TWO_OF_ONE_ID = "two_of_one_id"
"""Two transcripts are called the same."""
UNKNOWN_FORMAT = "unknown_format"
"""There is no such format of exports."""

CODES = frozenset(
    {
        BAD_EDIT,
        BROKEN_TRANSCRIPT,
        CHUNKS_FAILED,
        EDIT_NOT_FOUND,
        ENTITY_NOT_FOUND,
        GRAPH_CHANGED,
        GRAPH_NOT_FOUND,
        GRAPH_TOO_LARGE,
        NO_ANSWER,
        NO_TRANSCRIPTS,
        NOT_READ,
        RELATION_NOT_FOUND,
        TOO_MANY_EDITS,
        TRANSCRIPT_CHANGED,
        TRANSCRIPT_NOT_FOUND,
        TWO_OF_ONE_ID,
        UNKNOWN_FORMAT,
    }
)
