"""A page's main text: trafilatura where it is sure of one, else the page's own main element, else all of it."""

from __future__ import annotations

import re
from typing import Any, Protocol

from functions.interview_prep.posting.clean_text import MAX_DESCRIPTION, clean
from functions.interview_prep.posting.page.html_text import UNSEEN, parse, text_of

MAX_ELEMENTS = 4000
"""Elements up to which trafilatura is used: it is quadratic in lists (10,000 elements 3 s, 50,000 two minutes)."""
_LEAST, _LEAST_SHARE = 300, 0.1  # a main text shorter than both has lost the posting
OTHERS = re.compile(
    r"^\W*(?:similar|related|other|more|recommended|recently viewed)\b.{0,40}\b(?:jobs|positions|roles|openings|vacancies|offers)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading above other jobs: what follows is not this posting."""
_FURNITURE = UNSEEN | {"nav", "header", "footer", "aside", "form", "button"}


class Markup(Protocol):
    """What is looked at of a page: its markup, its tree, and all of its text."""

    @property
    def markup(self) -> str: ...
    @property
    def tree(self) -> Any: ...
    @property
    def text(self) -> str: ...


def main_text(page: Markup) -> str:
    """The text without menus, footers and forms, at most 15,000 characters."""
    small = sum(1 for _ in page.tree.iter()) <= MAX_ELEMENTS
    for candidate in (_by_trafilatura if small else _by_element, _by_element):
        text = _without_others(clean(candidate(page)))
        if len(text) >= _LEAST or len(text) >= _LEAST_SHARE * len(page.text) > 0:
            return text
    return page.text[:MAX_DESCRIPTION]


def _without_others(text: str) -> str:
    others = OTHERS.search(text, _LEAST)
    return text[: others.start()].rstrip() if others else text


def _by_trafilatura(page: Markup) -> str:
    import trafilatura  # noqa: PLC0415 - 0.3 s of cold start

    try:
        # Its own tree: it takes apart what it reads.
        return trafilatura.extract(parse(page.markup), include_comments=False, favor_recall=True) or ""
    except Exception:  # noqa: BLE001 - a big heuristic meets strangers' markup: whatever it trips over, the plain way remains
        return ""


def _by_element(page: Markup) -> str:
    """The text of `<main>`, else of `<article>`, else of everything but the furniture."""
    element = next((found for name in ("main", "article") if (found := page.tree.find(f".//{name}")) is not None), page.tree)
    return text_of(element, _FURNITURE)
