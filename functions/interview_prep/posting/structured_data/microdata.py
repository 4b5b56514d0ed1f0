"""Microdata and RDFa Lite as the same objects that JSON-LD gives: `{"@type": "JobPosting", "title": ..., ...}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from functions.interview_prep.posting.page.html_text import text_of

MAX_ITEMS, MAX_PROPERTIES = 500, 2_000
"""Of a page: what stands after them is not looked at."""
MAX_VALUE = 200_000
"""Characters of one property."""
MAX_DEPTH = 6
"""Properties within properties: each level reads its text again."""
_ADDRESSES = {"a": "href", "link": "href", "img": "src", "time": "datetime", "data": "value", "meter": "value"}
_LONG = frozenset(
    {
        "description",
        "responsibilities",
        "qualifications",
        "skills",
        "jobBenefits",
        "educationRequirements",
        "experienceRequirements",
    }
)


@dataclass(frozen=True)
class Syntax:
    """The attribute that opens an item and the one that names a property."""

    type: str
    property: str


MICRODATA = Syntax("itemtype", "itemprop")
RDFA = Syntax("typeof", "property")


def nodes(tree: Any) -> list[dict[str, Any]]:
    """The page's items of both syntaxes, each with those nested in it as property values."""
    return _items(tree, MICRODATA) + _items(tree, RDFA)


def _items(tree: Any, syntax: Syntax) -> list[dict[str, Any]]:
    items: dict[Any, dict[str, Any]] = {}
    seen = 0
    for element in tree.iter():
        typed, names = element.get(syntax.type), (element.get(syntax.property) or "").split()
        seen += bool(names)
        if seen > MAX_PROPERTIES:
            break
        # An item's own property belongs to the item around it.
        around = list(element.iterancestors()) if names else []
        owner = next((items[outer] for outer in around if outer in items), None)
        if typed is not None and len(items) < MAX_ITEMS:
            items[element] = {"@type": [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in typed.split()]}
        if owner is not None and sum(1 for outer in around if outer.get(syntax.property)) < MAX_DEPTH:
            value = items[element] if element in items else _value(element, names[0])
            for name in names[:5]:
                owner.setdefault(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1], []).append(value)
    return list(items.values())


def _value(element: Any, name: str) -> str:
    """A property's value: its attribute where the element has one, the text's lines for long ones, else one line."""
    stated = element.get("content") or element.get(_ADDRESSES.get(element.tag, "content"), "")
    if stated:
        return str(stated)[:MAX_VALUE]
    text = text_of(element)[:MAX_VALUE]
    return text if name in _LONG else " ".join(text.split())
