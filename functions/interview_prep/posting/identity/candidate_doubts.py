"""What speaks against a name as the employer's: it is the board's on which the page stands, or an organisation is named beside it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import carries_name, domain_of, is_employers
from functions.interview_prep.posting.identity.candidate_tally import Tally
from functions.interview_prep.posting.identity.organisation_names import is_organisation, is_unit
from functions.interview_prep.posting.identity.vocabulary import LEGAL

_RIVAL = 3.0
"""Weight from which another name may be the employer's as well."""
_DOUBTED, _INFORMAL = 2.5, 0.5
_BOARD = re.compile(
    r"\b(?:job alerts?|upload (?:your )?(?:cv|resume)|post (?:a|your) jobs?|search jobs|find (?:a )?jobs?|similar jobs|for employers|for recruiters|company reviews|recommended jobs|jobs by|browse jobs|career advice|advertise (?:a )?jobs?|salary guide|saved jobs|create (?:a )?(?:job )?alert|logg inn|ny annonse|job search)\b",
    re.IGNORECASE,
)
"""What boards say around a posting."""
_SPEAKS_AS_BOARD = 2
"""Things said around a posting that boards say, from which its page is a board's."""


@dataclass(frozen=True)
class Page:
    """What a page says of itself: its text, its titles with the site's name, and where it is."""

    text: str
    heads: tuple[str, ...]
    url: str


def prefer_organisations(text: str, said: Collection[str], tally: Tally) -> None:
    """Where an organisation is named, what only stands where an employer's name would is less likely one: a ward, a button, a town.

    `said`: the candidates that a sentence calls an employer.
    """
    names = {key: max(spelled)[2] for key, spelled in tally.spelled.items() if key in tally.weights}
    formal = {
        key for key, name in names.items() if is_organisation(name) or re.search(rf"{re.escape(name)},? {LEGAL}(?!\w)", text)
    }
    if not any(tally.weights[key] >= _DOUBTED for key in formal):
        return
    for key in names.keys() - formal - set(said):
        tally.weights[key] *= _INFORMAL


def doubt_boards(page: Page, tally: Tally, strong: frozenset[str]) -> None:
    """A name that stands last in a page's title, and nowhere in its text, may be the board's: a guess, no more.

    One that the page's address carries is the employer's, unless the page speaks as boards do or another name is as likely.
    """
    text = squash(re.sub(r"(?:©|\([cC]\)|[Cc]opyright).{0,80}", "", page.text))
    label = domain_of(page.url) if page.url else ""
    last = {key for key in tally.weights if any(squash(head).endswith(key) for head in page.heads)}
    boards_words = {found[0].casefold() for found in _BOARD.finditer(page.text)}
    is_board = len(boards_words) >= _SPEAKS_AS_BOARD
    for key in [key for key in last if key not in strong and (key not in text or (is_board and carries_name(label, key)))]:
        own = is_employers(page.url) and carries_name(label, max(tally.spelled[key])[2])
        rival = any(
            weight >= _RIVAL and not is_unit(max(tally.spelled[other])[2])
            for other, weight in tally.weights.items()
            if other != key
        )
        if not own or rival or boards_words:
            tally.weights[key] = min(tally.weights[key], _DOUBTED)
