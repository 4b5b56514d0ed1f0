"""The error codes that interview_prep gives, each with when."""

from __future__ import annotations

CV_UNREADABLE = "cv_unreadable"
"""The CV's file cannot be read."""
EXPORT_UNKNOWN = "export_unknown"
"""A file is no saved post of a kind that is known."""
PAGE_EMPTY = "page_empty"
"""The page says nothing."""
PAGE_IS_PDF = "page_is_pdf"
"""The address leads to a document."""
POSTING_BLOCKED = "posting_blocked"
"""The site keeps programs out."""
POSTING_CLOSED = "posting_closed"
"""The posting is closed."""
POSTING_INCOMPLETE = "posting_incomplete"
"""The posting lacks a company or a role."""
POSTING_IS_LISTING = "posting_is_listing"
"""The page lists several jobs."""
POSTING_NOT_FOUND = "posting_not_found"
"""There is no posting at the address."""
POSTING_UNAVAILABLE = "posting_unavailable"
"""The site does not answer for now."""
POSTING_UNREADABLE = "posting_unreadable"
"""The page cannot be read."""
PREVIOUS_GUIDE_UNREADABLE = "previous_guide_unreadable"
"""The earlier guide is no guide's JSON."""
RENDER_FAILED = "render_failed"
"""The guide cannot be laid out."""
RENDER_TIMEOUT = "render_timeout"
"""The guide was not laid out in time."""

CODES = frozenset(
    {
        CV_UNREADABLE,
        EXPORT_UNKNOWN,
        PAGE_EMPTY,
        PAGE_IS_PDF,
        POSTING_BLOCKED,
        POSTING_CLOSED,
        POSTING_INCOMPLETE,
        POSTING_IS_LISTING,
        POSTING_NOT_FOUND,
        POSTING_UNAVAILABLE,
        POSTING_UNREADABLE,
        PREVIOUS_GUIDE_UNREADABLE,
        RENDER_FAILED,
        RENDER_TIMEOUT,
    }
)
