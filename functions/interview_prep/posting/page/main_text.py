"""A page's main text: trafilatura where it is sure of one, else the page's own main element, else all of it."""

from __future__ import annotations

import re
from typing import Any

from functions.interview_prep.posting.clean_text import MAX_DESCRIPTION, clean
from functions.interview_prep.posting.page.html_text import UNSEEN, parse, text_of

MAX_ELEMENTS = 4000
"""Elements up to which trafilatura is used: it is quadratic in lists (10,000 elements 3 s, 50,000 two minutes)."""
_LEAST, _LEAST_SHARE = 300, 0.1  # a main text shorter than both has lost the posting
OTHERS = re.compile(
    r"^[^\w\n]*(?:(?:see |explore |view |show |our )?(?:similar|related|other|more|further|recommended|recently viewed|latest|featured|nearby))\b.{0,40}\b(?:jobs|positions|roles|openings|vacancies|offers|opportunities|careers)\b"
    r"|^[^\w\n]{0,9}(?:people (?:who viewed this job )?also viewed|(?:jobs|vacancies) near(?:by| you)|(?:weitere|ähnliche) (?:stellen|jobs)|autres offres|offres similaires|otras ofertas|další (?:nabídky|pozice)|altre offerte|andere vacatures)\b"
    r"|^[^\w\n]{0,9}(?:you (?:might|may) also (?:like|be interested in)|see also|recommended for you|(?:jobs|roles) (?:you may be interested in|recommended for you|for you)|more (?:from|at) (?:this (?:employer|company)|[A-Z][^\n]{1,40})|(?:we(?: are|['’]re) )?also hiring)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading above other jobs: what follows is not this posting."""
_OWN = re.compile(
    r"^(?:about the job|über den job|à propos de l['’]offre d['’]emploi|acerca del empleo|sobre a vaga|informazioni sull['’]offerta di lavoro|over de vacature)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading above a posting's own words, below what a board shows of it and recommends."""
_FURNITURE = UNSEEN | {"nav", "header", "footer", "aside", "form", "button"}


def main_text(tree: Any, markup: str, seen: str) -> str:
    """The text without menus, footers and forms, at most 15,000 characters; `seen` is all that a reader sees."""
    small = sum(1 for _ in tree.iter()) <= MAX_ELEMENTS
    for found in (_by_trafilatura(markup) if small else "", _by_element(tree)):
        text = without_others(clean(found))
        if len(text) >= _LEAST or len(text) >= _LEAST_SHARE * len(seen) > 0:
            return text
    return seen[:MAX_DESCRIPTION]


def without_others(text: str) -> str:
    """A text that ends where a heading for other jobs stands; not among its first lines, nor above its own `About the job`."""
    begins = max((found.end() for found in _OWN.finditer(text)), default=0)
    others = OTHERS.search(text, max(begins, _LEAST))
    return text[: others.start()].rstrip() if others else text


def _by_trafilatura(markup: str) -> str:
    import trafilatura  # noqa: PLC0415 - 0.3 s of cold start

    try:
        # Its own tree: it takes apart what it reads.
        return trafilatura.extract(parse(markup), include_comments=False, favor_recall=True) or ""
    except Exception:  # noqa: BLE001 - a big heuristic meets strangers' markup: whatever it trips over, the plain way remains
        return ""


def _by_element(tree: Any) -> str:
    """The text of `<main>`, else of `<article>`, else of everything but the furniture."""
    element = next((found for name in ("main", "article") if (found := tree.find(f".//{name}")) is not None), tree)
    return text_of(element, _FURNITURE)
