"""What travels between stages is built on this."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Base of every message: unknown fields are refused, instances are frozen. A validator is built when it is first needed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
