"""What speaks for a text as the job's title and what against it, as numbers near one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.employer.line_features import RATED
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value
from functions.interview_prep.posting.identity.lone_lines import ANY_GENDER, tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import is_city, is_organisation
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import TOP, Found, Titles, first_part, key_of, last_part
from functions.interview_prep.posting.identity.title.sentence_words import sentence_words
from functions.interview_prep.posting.identity.title.title_lexicon import title_score
from functions.interview_prep.posting.identity.title.title_sentences import is_generic_title
from functions.interview_prep.posting.identity.vocabulary import (
    begins_with_label,
    has_legal_form,
    has_no_blanks,
    is_place,
    is_role_word,
    names_many,
    names_role,
    small_words,
    tokens,
)
from functions.interview_prep.posting.identity.weighed import Features
from functions.interview_prep.posting.values.posting_language import text_language

AGAINST = frozenset(
    "generic many small small_words legal place board pay figures labelled starts_organisation ends_place ends_furniture ends_pay ends_board bracket_open duty rated employers is_employer says asks generic_begins less_like_one".split()  # noqa: SIM905
)
"""Features that can only speak against a text."""
SCORED = 90
"""Candidates looked at more closely, those found in the most ways first."""
MOST_TEXT = 15_000
_CLEAR = 4.0
"""The score of a text's words from which it is as good as sure a title; below its negative it is none."""
_MOST_COUNTED, _LONG, _LAST_ROW, _SMALL_OF_TITLE = 3, 9, 4, 2
_HEAD_WORDS, _IN_CAPITALS = 3, frozenset({"en", "de"})
"""Words at whose beginning a title names the job; languages that write its nouns with capitals: `Chargé de mission` is small in others."""
_NEAR = 2
"""Lines between a title and its employer's name."""
_PAY = re.compile(r"[$€£₹¥]\s?\d|\d\s?[kK]\b|\b\d{2,3}[,.]\d{3}\b|\d\s?(?:Kč|€|元|USD|EUR|GBP|CHF)")
_SAID = frozenset({"as_a", "wanted", "wanted_small", "required", "opening", "does"})
"""Kinds of finds in sentences."""
_WHOLE = frozenset({"row", "heading", "head", "label"})
"""Kinds of finds of a line that is the text and no more."""


@dataclass(frozen=True)
class _Page:
    """What is the same for every text of a posting."""

    said: PostingParts
    rows: Sequence[str]
    squashed: list[str]
    first_role: int
    text: str
    heads: tuple[str, ...]
    headings: tuple[str, ...]
    address: str
    whole: frozenset[str]
    employers: frozenset[str]
    employer: str
    in_small: bool


def features_of(found: Titles, said: PostingParts, rows: Sequence[str], employer: str = "") -> Features:
    """The features of the likeliest candidates by their keys. `employer`: the likeliest, where it is known already."""
    keys = sorted(found, key=lambda key: -sum(found[key].counts.values()) - sum(found[key].strongest.values()))[:SCORED]
    top = rows[:TOP]
    page = _Page(
        said,
        top,
        [key_of(row) for row in top],
        next((at for at, row in enumerate(top) if names_role(row) and not row.startswith("- ")), -1),
        squash("\n".join(said.text[:MOST_TEXT].split("\n")[1:])),
        tuple(squash(head) for head in said.head),
        tuple(squash(heading) for heading in said.headings),
        squash(said.url.partition("//")[2].partition("/")[2]),
        frozenset(key for key in keys if _WHOLE & set(found[key].counts)),
        frozenset(map(key_of, (*said.marked, *said.pictured, said.site_name, labelled_value(said.text, "company")))),
        squash(company_name(employer)),
        text_language(said.text) not in _IN_CAPITALS,
    )
    features = {key: _features(key, found[key], keys, found, page) for key in keys}
    _add_sayings(features, found)
    best = max((values["like_one"] for values in features.values()), default=0.0)
    for values in features.values():
        values["less_like_one"] = max(0.0, best) - values["like_one"]
    return features


def _add_sayings(features: Features, found: Titles) -> None:
    """What sentences agree on: a text that several kinds of them name, that they name most, and where no line names a job."""
    said = {key: _SAID & set(found[key].counts) for key in features}
    times = {key: sum(found[key].counts[kind] for kind in kinds) for key, kinds in said.items()}
    most = max(times.values(), default=0)
    named = [key for key, kinds in said.items() if kinds]
    for key, values in features.items():
        often = bool(times[key]) and times[key] == most
        values |= {
            "said_most": float(often),
            "said_only": float(named == [key]),
            "shown_and_said": float(bool(said[key]) and bool(_WHOLE & set(found[key].counts))),
        }


def _features(key: str, one: Found, keys: Sequence[str], found: Titles, page: _Page) -> dict[str, float]:
    values = {"any": 1.0}
    for kind, strength in one.strongest.items():
        values[kind] = strength * math.log2(1 + min(_MOST_COUNTED, one.counts[kind]))
    own = _of_words(one.text, in_small=page.in_small, sought="wanted_small" in one.counts)
    values |= own | sentence_words(one.text) | _of_ends(one.text) | _of_page(key, page) | _of_neighbours(one)
    if page.employer:
        values |= _of_employer(key, one, page)
    for group in ("heading", "head", "row", "row_run", "heading_run", "head_run"):
        values[f"{group}_role"] = float(group in one.counts and own["role"])
    longer = [other for other in keys if other != key and other.startswith(key)]
    values["longer_whole"] = float(any(other in page.whole for other in longer))
    values["generic_begins"] = float(bool(longer) and bool(own["generic"]))
    values["longer_said"] = float(any(_said(found[other]) for other in longer))
    values["shorter_said"] = float(any(_said(found[other]) for other in keys if other != key and key.startswith(other)))
    return values


def _said(one: Found) -> bool:
    return bool(_SAID & set(one.counts))


def _of_words(text: str, *, in_small: bool, sought: bool) -> dict[str, float]:
    """What the text's own words say. `in_small`: in its language a title's words after the first are written small; `sought`: a sentence looks for it so."""
    words, score = list(tokens(text)), title_score(text)
    as_usual = in_small and text[:1].isupper() and any(map(is_role_word, words[:_HEAD_WORDS]))
    small = 0 if as_usual or sought else small_words(text)
    return {
        "like_one": max(-_CLEAR, min(score, _CLEAR)) / _CLEAR,
        "role": float(names_role(text)),
        "role_last": float(bool(words) and is_role_word(words[-1])),
        "generic": float(is_generic_title(text)),
        "many": float(names_many(text)),
        "any_gender": float(bool(ANY_GENDER.search(text))),
        "small": float(text[:1].islower()),
        "small_words": float(small > _SMALL_OF_TITLE),
        "duty": float(small > len(words) / 2),
        "one_word": float(len(words) == 1 and not has_no_blanks(text)),
        "long": float(len(words) > _LONG),
        "legal": float(has_legal_form(text)),
        "place": float(is_place(text) or is_city(text)),
        "board": float(is_board_name(text)),
        "pay": float(bool(_PAY.search(text))),
        "figures": float(bool(re.search(r"\d{3}", text))),
        "labelled": float(begins_with_label(text) or is_labelled(text)),
        "bracket_open": float(text.count("(") != text.count(")")),
    }


def _of_ends(text: str) -> dict[str, float]:
    """What its first and its last part are, where it has parts."""
    first, last = first_part(text), last_part(text)
    parts = first != text
    return {
        "parts": float(parts),
        "starts_organisation": float(parts and is_organisation(first) and not names_role(first)),
        "starts_role": float(parts and names_role(first)),
        "ends_place": float(parts and _is_where(last)),
        "ends_furniture": float(parts and bool(FURNITURE.match(last))),
        "ends_pay": float(parts and bool(_PAY.search(last))),
        "ends_board": float(parts and is_board_name(last)),
        "ends_role": float(parts and names_role(last)),
    }


def _of_page(key: str, page: _Page) -> dict[str, float]:
    """Where on the page the text stands."""
    at = next((at for at, row in enumerate(page.squashed) if key in row), None)
    whole = next((at for at, row in enumerate(page.squashed) if key == row), None)
    values = {
        "in_head": float(any(key in head for head in page.heads)),
        "in_heading": float(any(key in heading for heading in page.headings)),
        "in_url": float(len(key) > _LAST_ROW and key in page.address),
        "employers": float(key in page.employers),
        "again": math.log2(1 + min(_MOST_COUNTED, page.text.count(key))) if len(key) > _LAST_ROW else 0.0,
    }
    if at is not None:
        values[f"line_{min(at, _LAST_ROW)}"] = 1.0
        values["first_role"] = float(at == page.first_role)
        if not (page.said.head or page.said.headings):
            values["first_of_paste"] = float(at == 0)
            values["first_role_of_paste"] = float(at == page.first_role)
    if whole is not None:
        after = page.rows[whole + 1 : whole + 4]
        values["where_behind"] = float(any(map(tells_where_or_when, after)))
        values["where_before"] = float(whole > 0 and tells_where_or_when(page.rows[whole - 1]))
        values["rated"] = float(bool(after and RATED.match(after[0])))
    return values


def _of_neighbours(one: Found) -> dict[str, float]:
    """What of its line stands before it and behind it, where it is a part of one."""
    values: dict[str, float] = {}
    if not {"row", "head", "heading", "label"} & set(one.counts):
        for side, texts in (("before", [p.before for p in one.places]), ("behind", [p.behind for p in one.places])):
            near = [last_part(text) if side == "before" else first_part(text) for text in texts if text.strip(" -–—|:,·•/@()")]
            for name, test in _NEIGHBOURS.items():
                values[f"{side}_{name}"] = float(any(map(test, near)))
            values[f"{side}_something"] = float(bool(near))
    return values


def _of_employer(key: str, one: Found, page: _Page) -> dict[str, float]:
    """How the text stands to the likeliest employer's name: it is that, holds it, or stands beside it on its line or the next one."""
    own = page.employer
    parts = {
        "before": [last_part(place.before) for place in one.places],
        "behind": [first_part(place.behind) for place in one.places],
    }
    whole = next((at for at, row in enumerate(page.squashed) if key == row), None)
    near = [] if whole is None else page.squashed[max(0, whole - _NEAR) : whole] + page.squashed[whole + 1 : whole + 1 + _NEAR]
    return {
        "is_employer": float(key == own or (len(key) > _LAST_ROW and own.startswith(key))),
        "holds_employer": float(key != own and len(own) > _LAST_ROW and own in key),
        "near_employer": float(any(row.startswith(own) for row in near)),
    } | {
        f"{side}_employer": float(any(squash(company_name(part)).startswith(own) for part in texts if part))
        for side, texts in parts.items()
    }


def _is_where(text: str) -> bool:
    return is_place(text) or is_city(text)


_NEIGHBOURS = {
    "where": _is_where,
    "furniture": lambda text: bool(FURNITURE.match(text)),
    "organisation": lambda text: is_organisation(text) and not names_role(text),
    "role": names_role,
    "board": is_board_name,
    "pay": lambda text: bool(_PAY.search(text)),
}
