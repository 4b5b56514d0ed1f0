"""The error codes that the command line gives, each with when: it alone, before or instead of asking anybody."""

from __future__ import annotations

BAD_ACTION = "bad_action"
"""The action of a command does not fit its arguments."""
BAD_ID = "bad_id"
"""That is no id."""
BAD_JSON = "bad_json"
"""The input is not JSON."""
BAD_OUT = "bad_out"
"""The result cannot be written there."""
BAD_SET = "bad_set"
"""A `--set` is not `key=value`."""
BAD_URL = "bad_url"
"""`--url` is no address."""
FOLDER_IN_USE = "folder_in_use"
"""A project is to be made where there is something already."""
MISSING_EXTRA = "missing_extra"
"""The command needs a package that is not installed with the rest."""
NOT_HEADRACE = "not_headrace"
"""What answers there is not Headrace."""
PORT_TAKEN = "port_taken"
"""Another program has the port."""
UNKNOWN_ACTION = "unknown_action"
"""The command has no such action."""
UNKNOWN_KIND = "unknown_kind"
"""There is no such kind of record."""
UNREACHABLE = "unreachable"
"""Nothing answers there."""

CODES = frozenset(
    {
        BAD_ACTION, BAD_ID, BAD_JSON, BAD_OUT, BAD_SET, BAD_URL, FOLDER_IN_USE, MISSING_EXTRA, NOT_HEADRACE, PORT_TAKEN, UNKNOWN_ACTION,
        UNKNOWN_KIND, UNREACHABLE,
    }
)  # fmt: skip
