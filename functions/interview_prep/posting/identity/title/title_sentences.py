"""The job's title where sentences name it: `we are hiring a Data Engineer`, `As a Data Engineer at Acme, you …`, `The Data Engineer will …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.interview_prep.posting.identity.employer.company_sentences import AS_A, MOST_TEXT
from functions.interview_prep.posting.identity.vocabulary import is_role_word, names_role, tokens

_WORD = r"[A-Z][\w/+&#'-]{0,30}(?:\.[\w+#]{1,20}|(?<=\bSr)\.|(?<=\bJr)\.)?"
_TITLE = rf"(?P<title>{_WORD}(?: (?:[A-Z][\w/+&#'-]{{0,30}}|of|and|for|&)){{0,6}}(?:,? \([A-Z][\w ]{{1,20}}\))?(?: [-–] [A-Z]\w{{1,20}})?)"
_ADJECTIVES = r"(?:[a-z][\w-]{2,20},?\s+(?:and\s+)?){0,4}"
_SOUGHT = r"(?:hiring|looking for|seeking|searching for|recruiting(?: for)?|recruit|on the hunt for|after|in (?:search|need) of|an opening for|a vacancy for|vacancy for|(?:opportunity|opportunities|position|opening|role) (?:for|as|is for)|need|join us as|join (?:our|the) team as|opening for|role of|position of|post of|apply for the|hire|add|appoint|welcome)"
_WANTED = re.compile(
    rf"\b{_SOUGHT}\s++(?:(?:an?|our|the|another|one|two|three)\b\s*+)?(?:(?:first|next|second|new)\b\s*+)?{_ADJECTIVES}{_TITLE}"
)
_WANTED_SMALL = re.compile(
    r"\b(?:hiring|looking for|seeking|searching for|recruiting|in need of|needs?)\s(?:an?|another)\s(?P<title>[a-z][\w/+-]{1,30}(?: [\w/+-]{1,30}){0,5})(?![\w/+-]|\?)"
)
_BE_SMALL = re.compile(
    r"\b[Yy]ou(?:['’]ll| will) be (?:an?|our) (?P<title>[a-z][\w/+-]{1,30}(?: [\w/+-]{1,30}){1,5}?) (?:tasked|responsible|who|working|reporting|focused|dedicated|in charge)\b"
)
_AS_SMALL = re.compile(
    r"\bAs (?:an? |our |the )?(?P<title>[a-z][a-z/-]{1,20}(?: [a-z/-]{2,20}){1,5}), you(?:['’]ll\b| will\b| are\b)"
)
_REQUIRED = re.compile(
    r"^(?P<title>[A-Z][\w/+&.#'-]{1,30}(?: [A-Z(][\w/+&.#'()-]{0,30}){0,5}) (?:required|needed|wanted|sought)\b", re.MULTILINE
)
_OPENING = re.compile(
    r"\b(?:[Oo]ur|[Tt]he|[Tt]his|[Aa]n?) (?P<title>[A-Z][\w/+&.#'-]{1,30}(?: [A-Z][\w/+&.#'-]{0,30}){0,5}) (?:opening|role|position|opportunity|vacancy|job)\b"
)
_DOES = re.compile(
    rf"(?:^|[.!?:•]\s{{1,3}})(?:The|Our|This|An?) {_TITLE},? (?:is|will|reports?|works?|leads?|provides?|supports?|performs?|plays?|develops?|designs?|manages?|serves?|assists?|helps?|must|should)\b",
    re.MULTILINE,
)
_ENDS = re.compile(r"(?: (?:of|and|for|&)){1,4}$")
_GENERIC = frozenset(
    "intern internship associate associates senior sr junior jr graduate graduates trainee lead leader leaders professional professionals specialist expert experts assistant "  # noqa: SIM905
    "manager managers consultant talent team member members staff employee candidate candidates individual person people student students head director executive officer future".split()
)
"""Words that alone are a sentence's word for somebody, not a job's title."""


_ANYBODY = frozenset({"member", "player", "person", "crew", "staff"})
"""Words at whose end a phrase is of anybody: `a key member`."""
_BEGINS = frozenset("full full-stack front front-end back back-end senior junior lead principal staff machine".split())  # noqa: SIM905
"""Small words that are a title's own, before what it writes large: `full stack TypeScript engineer`."""


def titles_in(text: str) -> Iterator[tuple[str, str]]:
    """The titles that sentences give, with the kind of sentence; one comes as often as it is found."""
    text = text[:MOST_TEXT]
    for found in AS_A.finditer(text):
        yield (found["title"] or found["alone"]).strip(), "as_a"
    for pattern, kind in ((_WANTED, "wanted"), (_REQUIRED, "required"), (_OPENING, "opening"), (_DOES, "does")):
        for found in pattern.finditer(text):
            title = _ENDS.sub("", found["title"]).strip(" .,")
            if names_role(title) and not is_generic_title(title):
                yield title, kind
    for pattern, kind in ((_AS_SMALL, "as_a"), (_BE_SMALL, "wanted_small")):
        for found in pattern.finditer(text):
            last = found["title"].split()[-1].casefold()
            if is_role_word(last) and last not in _ANYBODY:
                yield found["title"], kind
    for found in _WANTED_SMALL.finditer(text):
        words = found["title"].split()
        last = max((at for at, word in enumerate(words) if is_role_word(word.casefold())), default=-1)
        capital = next((at for at, word in enumerate(words[: last + 1]) if word[:1].isupper() or word in _BEGINS), 0)
        title = " ".join(words[capital : last + 1])
        if title and not is_generic_title(title):
            yield title, "wanted_small"


def is_generic_title(title: str) -> bool:
    """Whether a title is no more than a sentence's word for somebody: `Intern`, `Team Member`."""
    return all(word in _GENERIC for word in tokens(title))
