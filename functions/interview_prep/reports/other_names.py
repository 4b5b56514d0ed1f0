"""Whether a sentence names another employer: by what stands before a name, or because everybody knows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

OTHER_NAMED = re.compile(
    r"\b(?:[Aa]ppl(?:ied|ying) (?:to|at|for)|[Ii]nterview\w* (?:at|with|for)|[Oo]ffers? (?:from|at)|[Ww]ork(?:ed|ing|s)? (?:at|for)|[Hh]ired by|[Rr]ejected (?:by|from)|[Jj]oin(?:ed|ing)?|[Ii]ntern(?:ed|ing|ship) (?:at|with|for)|[Aa]t|from)\s(?:the )?(?P<who>[A-Z][\w&]{1,20})"
)
"""An employer by name."""
NO_EMPLOYERS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday "  # noqa: SIM905
    "zoom teams hr hm i the my a an q1 q2 q3 q4 round stage vp ceo cto director manager principal senior staff glassdoor leetcode hackerrank codesignal linkedin indeed reddit github java python sql excel us usa uk eu india "
    "canada london nyc sf california texas seattle bangalore hyderabad amazon's est pst gmt am pm ai ta onsite final phone swe sde sdet pm tpm new".split()
)
"""Words with a capital that name no employer after `at` and `from`."""
_RECRUITER_OF = re.compile(
    r"\b(?:recruiters?|headhunters?|consultant|agency|agent|reached out|contacted) (?:from|at|of|through|via) [A-Z]\w*"
)
"""Who brings people and employers together: an agency's recruiter interviews for somebody else."""
_LIST = Path(__file__).with_name("well_known_employers.txt")


_UNNAMED = re.compile(
    r"\b(?<!want to work )(?:at|with|for|from|by) (?:an?|another|some|one|two|three|other|various|different|multiple|several) (?:[\w&'’-]+ ){0,3}?(?:compan(?:y|ies)|firms?|startups?|banks?|corporations?|agency|agencies|places?|employers?|fintechs?|unicorns?)\b(?!\s?\()",
    re.IGNORECASE,
)
"""An employer without a name."""


def names_another(text: str, own: Sequence[str]) -> bool:
    """Whether a text names an employer other than the one with the names `own`."""
    spoken = {found["who"].casefold() for found in OTHER_NAMED.finditer(_RECRUITER_OF.sub(" ", text))} - NO_EMPLOYERS
    set_against = any(_set_against(name).search(text) for name in own if name)
    return bool(spoken - _words(own) or _UNNAMED.search(text)) or set_against or names_one_beside(text, own)


@lru_cache(maxsize=256)
def _set_against(name: str) -> re.Pattern[str]:
    """Another name as the subject, before what this one did: `Fernhill had four rounds, Oakham one`."""
    return re.compile(
        rf"^\W{{0,4}}(?!{re.escape(name)}\b)(?:At )?(?-i:[A-Z][\w&]+)(?:['’]s)? (?:had|has|gave|asked|did|does|paid|pays|offered|took|wanted|was|is)\b[^.!?\n]{{3,160}}[,;] (?:and |but |while |whereas )?(?:at )?{re.escape(name)}\b"
    )


def names_one_beside(text: str, own: Sequence[str]) -> bool:
    """Whether a text names an employer that everybody knows, or one in one breath with the one with the names `own`."""
    known = {word.casefold() for found in _well_known().finditer(text) for word in found[0].split()}
    return bool(known - _words(own)) or any(_beside(name).search(text) for name in own if name)


def _words(names: Sequence[str]) -> set[str]:
    return {word.casefold() for name in names for word in name.split()}


@lru_cache(maxsize=256)
def _beside(name: str) -> re.Pattern[str]:
    """The name in one breath with another: `Fernhill and Oakham`, `Oakham / Fernhill`."""
    joined = r"(?:,? (?:and|or|vs\.?) | ?[/&] ?)"
    return re.compile(rf"\b{re.escape(name)}{joined}(?!I\b)[A-Z]\w|\b[A-Z]\w+{joined}{re.escape(name)}\b")


@cache
def _well_known() -> re.Pattern[str]:
    names = [line.strip() for line in _LIST.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    tools = r"(?! (?:[Ff]orms?|Docs?|Meet|Sheets?|Drive|Maps|Search|Calendar|Colab|Hangouts|Cloud|Teams|Office|Excel|Word|Pay|Prime|Store|Alexa|Leadership)\b)"
    return re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, names))})(?![\w-]){tools}")
