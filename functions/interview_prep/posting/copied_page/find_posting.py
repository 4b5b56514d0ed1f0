"""Where the posting begins and ends on a page that was copied whole: a choice between all its lines, by fitted weights.

"It is all the posting's" shares the probability with them, so that a paste of nothing but the posting stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.copied_page.edge_features import CopiedPage, rows_of
from functions.interview_prep.posting.copied_page.line_signs import BANNER, is_like_title
from functions.interview_prep.posting.identity.organisation_names import is_organisation
from functions.interview_prep.posting.identity.weighed import Features, probabilities, weights_in
from functions.interview_prep.posting.page.main_text import without_others

_BEGIN, _END = (Path(__file__).with_name(f"{edge}_weights.txt") for edge in ("begin", "end"))
MOST_LINES, _FEWEST_LINES = 600, 8
"""Lines looked at; those of a text below which it is all the posting's."""
_HEAD_LINES, _OF_A_MENU = 6, frozenset({"furniture", "account", "banner", "social", "entry", "sign", "field"})
"""Lines above the title that may say whose the job is, and what those of a menu show."""
_PROSE, _NEAR = 100, 9
"""Characters of a line that tells of a job; lines in which it does, its title counted."""
_SURE, _LEAST = 0.5, 0.2
"""Probability, of all the lines together, from which the posting does not begin or end where the text does; of the line that it begins with."""


@dataclass(frozen=True)
class Parts:
    """A copied page's text in its parts; the first and the last are empty for a paste of the posting alone.

    `head`: the lines right above the posting's first that are no menu's: the employer's name and the place stand there too.
    """

    above: str
    head: str
    posting: str
    below: str

    @property
    def own(self) -> str:
        """What speaks of this job."""
        return f"{self.head}\n{self.posting}" if self.head else self.posting

    @property
    def jobs(self) -> str:
        """What may be several jobs: below a list's first entry stands a title with prose near it, in a foot none does."""
        rows = [row for _, row in rows_of(without_others(self.below))]
        prose = [len(row) >= _PROSE and not BANNER.search(row) for row in rows]
        another = any(is_like_title(row) and any(prose[at + 1 : at + _NEAR]) for at, row in enumerate(rows))
        return f"{self.own}\n{self.below}" if another else self.own


@lru_cache(maxsize=8)  # the checks and the choices ask about the same text
def parts_of(text: str, headings: tuple[str, ...] = ()) -> Parts:
    """The text above the posting, the posting, and the text below it. `headings`: one of those that the page gives it is its first line."""
    rows = rows_of(text)[:MOST_LINES]
    if len(rows) < _FEWEST_LINES:
        return Parts("", "", text, "")
    page = CopiedPage([row for _, row in rows])
    wanted = set(map(squash, headings))
    named = next((at for at, row in enumerate(page.squashed) if at and row in wanted), None)
    first = named or _edge(page.beginnings(), _BEGIN, least=_LEAST) or 0
    last = _edge(page.ends(first), _END)
    lines = text.split("\n")
    begin, end = rows[first][0] if first else 0, len(lines) if last is None else rows[last][0]
    near = [at for at in range(max(0, first - _HEAD_LINES), first) if not _OF_A_MENU & page.signs[at].keys()]
    if first > _HEAD_LINES:  # below a menu a line that the posting says nothing of is the menu's last
        said = squash(" ".join(page.lines[first:last]))
        near = [at for at in near if "where" in page.signs[at] or is_organisation(page.lines[at]) or page.squashed[at] in said]
    head = [lines[rows[at][0]] for at in near]
    return Parts("\n".join(lines[:begin]), "\n".join(head), "\n".join(lines[begin:end]), "\n".join(lines[end:]))


def _edge(features: Features, weights: Path, *, least: float = 0.0) -> int | None:
    """The likeliest line; None where the text's own edge is likelier, or no line is likely."""
    likely = probabilities(features, weights_in(weights))
    if not likely or sum(likely.values()) < _SURE:
        return None
    best = max(likely, key=lambda at: likely[at])
    return int(best) if likely[best] >= least else None
