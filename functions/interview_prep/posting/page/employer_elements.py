"""The elements of a page that its makers call the employer's: `class="company-name"`, `data-company-name`, a logo's text."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from functions.interview_prep.posting.clean_text import line
from functions.interview_prep.posting.page.html_text import text_of

MOST_ELEMENTS, LONGEST, MOST_NAMES = 4000, 60, 4
"""Elements looked at, characters of a name; more names than these are a list of others' jobs."""
_FILE = re.compile(r"[a-zà-ž0-9_-]+(?:\.\w{3,4})?")
"""A picture's file, said for want of words: `manonbike`."""
MOST_PICTURES = 2
"""Pictures at a page's top that may be its owner's mark."""
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:company|employer|organi[sz]ation|hiring-?org(?:anization)?)(?:[_-]?(?:name|title|link|header))?(?:$|\s)"
    r"|(?:company|employer|org)(?:Name|Title|Link)\b|topcard__org-name-link|hiringOrganization",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"/(?:company|companies|cmp|employers?|organi[sz]ations?|firm[ay]?|unternehmen|arbeitgeber|entreprises?|empresas?|aziend[ae]|bedrijf|foretag|virksomhed|firmy)(?:/(?:profile|view|detail|overview))?/(?!jobs?\b|search\b|login\b|reviews?\b)[^/?#]{2,}/?(?:[?#]|$)",
    re.IGNORECASE,
)
"""Where a link with an employer's name leads to on a board: its own page there."""
_ATTRIBUTES = ("class", "id", "data-testid", "data-test", "data-qa", "data-automation", "data-at", "itemprop", "name")
_LOGO = re.compile(
    r"^(?P<name>.{2,50}?)(?:['’]s)?\s+(?:company |corporate )?logo$|^logo (?:of |de |von )?(?P<after>.{2,50})$", re.IGNORECASE
)


def employer_elements(tree: Any) -> tuple[str, ...]:
    """The names that elements of the page carry as the employer's, the first first; none where there are many."""
    names: list[str] = []
    for at, element in enumerate(tree.iter()):
        if at > MOST_ELEMENTS:
            break
        if isinstance(element.tag, str) and (name := _name(element)):
            names.append(name)
    found = tuple(dict.fromkeys(names))
    return found if len(found) <= MOST_NAMES else ()


def _name(element: Any) -> str:
    if element.tag == "img":
        logo = _LOGO.match(line(element.get("alt", "")))
        return (logo["name"] or logo["after"]).strip() if logo else ""
    if element.tag in {"body", "html", "form", "input", "meta", "script", "label"}:
        return ""
    marked = any(_NAMED.search(element.get(name, "")[:300]) for name in _ATTRIBUTES) or "data-company-name" in element.attrib
    marked = marked or (element.tag == "a" and bool(_LEADS_TO.search(element.get("href", "")[:300])))
    own = line(element.text or "") if marked else ""  # "Acme<span>4.0</span>"
    text = own or (line(text_of(element)) if marked and len(element) <= 3 else "")  # noqa: PLR2004 - a name, no panel
    return text if 1 < len(text) <= LONGEST else ""


def first_pictures(tree: Any) -> tuple[str, ...]:
    """What the first pictures of a page are said to show: a company's own page has its name there, at the top."""
    said = (line(element.get("alt", "")) for element in islice(tree.iter("img"), MOST_PICTURES))
    title = (tree.findtext(".//title") or "").casefold()
    return tuple(
        text
        for text in dict.fromkeys(said)
        if 1 < len(text) <= LONGEST and not _LOGO.match(text) and (not _FILE.fullmatch(text) or text in title)
    )
