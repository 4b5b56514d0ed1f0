"""Messages about the employer's site: the pages that were read (hiring, values, engineering, news), or why there are none."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from shared.base_message import Message

PageKind: TypeAlias = Literal["hiring", "values", "news", "engineering"]
"""In the order in which they are read, while there are requests left."""


class NewsLine(Message):
    """A headline of the employer's own news."""

    date: str = Field(description="ISO date.")
    text: str


class EmployerPage(Message):
    """One page of the employer's site, as text. `ref` is its name in the guide, `C1`, `C2` ..."""

    kind: PageKind
    url: str
    title: str
    text: str = Field(description="Plain text, at most 5,000 characters.")
    news: tuple[NewsLine, ...] = ()
    ref: str = ""


class EmployerPages(Message):
    """The pages that could be read, or why there are none."""

    pages: tuple[EmployerPage, ...] = ()
    why: str = ""
    passing: bool = Field(False, description="Whether the site did not answer for now: not worth keeping.")
