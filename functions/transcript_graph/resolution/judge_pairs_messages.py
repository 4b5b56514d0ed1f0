"""Messages into and out of stage judge_pairs: entity pairs that may be the same, and the verdicts on them."""

from __future__ import annotations

from pydantic import Field

from shared.base_message import Message


class Side(Message):
    """One of two that may be the same: its name, and what is known of it."""

    key: str
    name: str
    type: str
    about: tuple[str, ...]


class Doubt(Message):
    """Two entities that may be one."""

    id: str
    one: Side
    other: Side


class Doubts(Message):
    """Some pairs to judge in one call."""

    pairs: tuple[Doubt, ...]


class Judged(Message):
    """Pairs by their ids: whether they are the same."""

    same: dict[str, bool] = Field(default_factory=dict)
