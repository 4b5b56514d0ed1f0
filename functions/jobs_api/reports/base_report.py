"""Base of what the API shows."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """Base of what is shown. A validator is built when it is first needed."""

    model_config = ConfigDict(defer_build=True)
