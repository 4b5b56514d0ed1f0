"""The job that builds the catalogue anew once its episodes have changed: one for all that change within half a minute."""

from __future__ import annotations

from functions.events.start_job import Start
from shared.engine.trigger.document_events import Change
from shared.ports.documents import Data

WINDOW = 30.0
"""Seconds."""


def _whole_catalogue(change: Change) -> Data:
    """What the job is asked for: nothing but to bring the catalogue up to date."""
    del change
    return {}


def _same_for_all(change: Change) -> str:
    del change
    return "catalogue"


START = Start("for-you", _whole_catalogue, same=_same_for_all, window=WINDOW)
