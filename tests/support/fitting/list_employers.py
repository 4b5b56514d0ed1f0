"""List `identity/words/employers.txt` anew: `python -m tests.support.fitting.list_employers TICKERS BRANDS BOARDS WORDS`.

TICKERS: the SEC's `company_tickers.json` (public domain), a list of objects with `name` or `title`, the largest first. BRANDS:
`dist/json/nsi.min.json` of the npm package name-suggestion-index (BSD 3-Clause). BOARDS: `directory.json` of the PyPI package
ats-jobs-mcp (MIT). WORDS: `american-english` of Debian's wamerican, which tells words of every day from names. What these lack,
and which names are tools' too, stands in `employers_by_hand.txt`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.known_employers import KNOWN, KNOWN_TOOL, KNOWN_WORD, words_of
from functions.interview_prep.posting.identity.organisation_names import is_city, is_generic
from functions.interview_prep.posting.identity.vocabulary import (
    FOLDER,
    folded,
    is_heading,
    is_place,
    names_role,
    ordinary_share,
)

BY_HAND = Path(__file__).with_name("employers_by_hand.txt")
FILE = FOLDER / "employers.txt"
LARGE, LAST = 600, 9999
"""Rank down to which a listed company is known by a name that is a word or a person's too; the rank of what has none."""
LONGEST, MOST_WORDS, SHORTEST, SHORTEST_JOINED = 42, 5, 4, 5
_FUND = re.compile(
    r"\b(?:funds?|etf|trust|acquisition|income|municipal|dividend|certificates?|etn|etc|shares|bond|notes|royalty|warrants?|merger|"
    r"opportunities|bitcoin|ethereum|portfolio|partnership|[ivx]{2,}|spdr|index|term|convertible)\b",
    re.IGNORECASE,
)
_FORM = re.compile(r"[\s,]+(?:corp|inc|plc|ltd|llc|lp|nv|sa|ag|adr|co|&)\.?$", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,]+(?:technology|systems|international|corporation|industries|pharmaceuticals?|pharma|therapeutics|financial|bancorp|bancshares|"
    r"laboratories|global|worldwide|communications|enterprises|software|biosciences|energy|solutions|networks|entertainment|interactive|"
    r"semiconductor|brands|foods|stores|companies|group|holdings?|technologies|platforms)$",
    re.IGNORECASE,
)
"""Words behind a name that people leave out: `Cisco Systems`."""
_NO_SHOP = re.compile(
    r"brands/(?:amenity/(?:atm|vending|parcel|bicycle_rental|charging|car_sharing|payment)|advertising|man_made|power)"
)
_NO_NAME = re.compile(r"[|;:?!()\[\]/\\\"#*=<>_]|^[\d\W_]+$")


@dataclass(frozen=True)
class Words:
    """Small words of a language, and those that it writes large: names of people and places."""

    small: frozenset[str]
    large: frozenset[str]


def listed(tickers: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Listed companies that are no funds, with their rank; `Cisco Systems` as `Cisco` too."""
    names = dict.fromkeys(one.get("name") or one["title"] for one in tickers)
    for rank, name in enumerate(names):
        bare = company_name(re.sub(r"\s*[/\\][A-Z]{2,3}[/\\]?.*$", "", name))
        if rank > LARGE and _FUND.search(bare):
            continue
        yield (own := _without(_FORM, bare)), rank
        short = _without(_TAIL, own)
        if short != own and " " not in short and len(short) >= SHORTEST_JOINED:
            yield short, LAST


def _without(tail: re.Pattern[str], name: str) -> str:
    while (less := tail.sub("", name)) != name:
        name = less
    return name


def brands(index: dict[str, Any]) -> Iterator[str]:
    """Brands of shops, banks and offices that have an entry in Wikidata."""
    for kind, entry in index["nsi"].items():
        for item in entry["items"] if kind.startswith("brands/") and not _NO_SHOP.match(kind) else ():
            if "brand:wikidata" in (tags := item["tags"]):
                yield tags.get("brand:en") or tags.get("brand") or tags.get("name", "")


def may_be_listed(name: str, rank: int, words: Words) -> bool:
    """Whether a name of a list is one that tells an employer where it stands in a text."""
    own = folded(name)
    parts = own.split()
    if len(name) > LONGEST or not 1 <= len(parts) <= MOST_WORDS or _NO_NAME.search(name):
        return False
    if (
        len(squash(name)) < SHORTEST - (rank < LARGE)
        or is_place(name)
        or is_city(name)
        or is_board_name(name)
        or is_heading(name)
    ):
        return False
    if rank >= LARGE and (is_generic(name) or ordinary_share(name) == 1.0):
        return False
    if len(parts) == 1:
        return not names_role(name) and (rank < LARGE or own not in words.small | words.large)
    return rank < LARGE or not (all(part in words.small for part in parts) and name[1:].islower())


def by_hand() -> dict[str, str]:
    """The kind of each name that `employers_by_hand.txt` has."""
    kinds: dict[str, str] = {}
    for part in re.split(r"(?m)^\[", BY_HAND.read_text("utf-8"))[1:]:
        kind, _, names = part.partition("]\n")
        kinds |= {name.strip(): kind for row in names.splitlines() for name in row.split(" | ") if name.strip()}
    return kinds


def kinds_of(names: list[tuple[str, int]], words: Words) -> dict[str, str]:
    """Each name as it is looked up, with its kind; what is written by hand before all others."""
    kinds: dict[str, str] = {}
    for name, kind in by_hand().items():
        kinds[words_of(name)] = KNOWN_WORD if kind == KNOWN and folded(name) in words.small else kind
    for name, rank in names:
        bare = company_name(re.sub(r"^the (?=\S)|[®™]", "", name.replace("’", "'").strip(" .,"), flags=re.IGNORECASE))
        if may_be_listed(bare, rank, words):
            kinds.setdefault(words_of(bare), KNOWN_WORD if folded(bare) in words.small else KNOWN)
    return {name: kind for name, kind in kinds.items() if name and len(name.split()) <= MOST_WORDS}


def main(tickers: str, index: str, boards: str, dictionary: str) -> None:
    """Write the file below its comment."""
    known = Path(dictionary).read_text("utf-8").split()
    words = Words(
        frozenset(word for word in known if word.islower()) - {"google", "xerox"},
        frozenset(word.casefold() for word in known if word[:1].isupper()),
    )
    names = list(listed(json.loads(Path(tickers).read_text("utf-8"))))
    names += [(name, LAST) for name in brands(json.loads(Path(index).read_text("utf-8")))]
    names += [(one["company"] or "", LAST) for one in json.loads(Path(boards).read_text("utf-8"))["boards"]]
    rows = [row for row in FILE.read_text("utf-8").splitlines() if row.startswith("#")]
    kinds = kinds_of(names, words)
    for kind in (KNOWN_TOOL, KNOWN_WORD, KNOWN):
        begin: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(name for name, own in kinds.items() if own == kind):
            begin[name[:2]].append(name)
        rows += [f"[{kind}]", *map(" | ".join, begin.values())]
    FILE.write_text("\n".join([*rows, ""]), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
