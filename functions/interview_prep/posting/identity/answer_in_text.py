"""A model's answer as the text has it: its own words, in its own spelling; what the text does not say is nothing.

Models put right answers in words of their own: the place behind the title, a legal form, `Sr.` for `Senior`, capitals. Only
what stands in the text as whole words is taken of them: `SAP` is not in `was appointed`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import line, squash, words
from functions.interview_prep.posting.employer_domain import domain_of, domains_in, tenants_in
from functions.interview_prep.posting.identity.vocabulary import names_role

_SAID_FOR_NOTHING = re.compile(
    r"(?:the )?(?:company|employer|name|title|role|position)?\W{0,3}(?:is )?(?:not (?:specified|mentioned|stated|provided|given|available|named|disclosed|found|applicable)|unspecified|undisclosed|unknown|confidential|anonymous|none|null|nil|n/?a|tbd|unnamed)\b.{0,60}",
    re.IGNORECASE,
)
"""What models write instead of nothing."""
_SAME = {"sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "mgr": "manager", "eng": "engineer", "engr": "engineer", "dev": "developer", "asst": "assistant", "assoc": "associate", "vp": "vicepresident", "und": "and", "et": "and", "y": "and"}  # fmt: skip
_WORD = re.compile(r"([^\W_]+|&)((?:[+#]{1,2}(?!\w))?)")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]\n]{0,60}[)）\]]")
_TAIL = re.compile(r"(?<!\s)\s+(?:[-–—|·@/]+|at|by|bei|chez|in|for)\s+|,\s+|:\s+|(?<!\s)\s*[(（\[|]")
"""What stands before the place or the employer that a model puts behind a title."""
_MORE = re.compile(
    r"(?<=\w)\s+(?:group|careers?|jobs|company|hiring team|team|recruitment|hq|holdings?)$|(?<!\s)\s*[(（][^()（）]{0,80}[)）]$",
    re.IGNORECASE,
)
"""What models add to an employer's name."""
_BEGINNING = words("the die der das le la les el")
_MOST_CUT, _FEWEST_WORDS = 6, 2
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that put no blank between words, or endings behind them."""


class _Word(NamedTuple):
    said: str
    start: int
    end: int


def title_in(answer: str, text: str) -> str:
    """The job's title that a model gives, as the text has it; without what the model has put behind it; empty where no part names the job."""
    answer = _said(answer)
    if found := _as_written(answer, text):
        return found
    ends = [match.start() for match in _TAIL.finditer(answer)][:_MOST_CUT]
    for end in reversed(ends):
        part = answer[:end].strip()
        if (names_role(part) or len(part.split()) >= _FEWEST_WORDS) and (found := _as_written(part, text)):
            return found
    return ""


def company_in(answer: str, text: str) -> str:
    """The employer that a model gives, as the text names it, with or without its legal form; empty where the text does not."""
    answer = _said(answer)
    for name in _forms(answer):
        if found := _as_written(name, text):
            return found
    own = squash(company_name(answer))
    labels = (domain_of(address).partition(".")[0] for address in domains_in(text))
    is_owner = own and any(squash(label) == own for label in (*labels, *tenants_in(text)))
    return answer if is_owner else ""


def _said(answer: str) -> str:
    said = line(answer).strip(" \"'“”*.,")
    return "" if _SAID_FOR_NOTHING.fullmatch(said) else said


def _forms(name: str) -> Iterator[str]:
    """A name as a text may have it: whole, without its legal form, its article, what was added."""
    for one in dict.fromkeys((name, company_name(name), _MORE.sub("", name), company_name(_MORE.sub("", name)))):
        yield one
        first, _, rest = one.partition(" ")
        if first.casefold() in _BEGINNING:
            yield rest


def _as_written(answer: str, text: str) -> str:
    """The spelling that the text has most often. Empty where the text does not say it."""
    wanted = tuple(one.said for one in _words(answer))
    if not wanted:
        return ""
    if _UNSPACED.search(answer):
        return answer if squash(answer) in squash(text) else ""
    bare = _BRACKETS.sub(lambda found: " " * len(found[0]), text)
    spans = [*_spans(wanted, _words(text))] or [*_spans(wanted, _words(bare))]
    if not spans:
        return ""
    spelled = Counter(" ".join(text[start:end].split()) for start, end in spans)
    found = max((one for one in spelled if not (one.isupper() or one.islower())), key=lambda one: spelled[one], default="")
    if not found:  # a line in capitals, an address: a model's own spelling is better, if it is one
        found = next(iter(spelled)) if answer.isupper() else " ".join(answer.split())
    return found + answer[len(answer.rstrip(")）]")) :] if _opens(found) else found


def _opens(text: str) -> bool:
    """Whether a bracket in it is not closed: the words end before it is."""
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    plain = squash(word) or word
    return _SAME.get(plain, "and" if word == "&" else plain)


@lru_cache(maxsize=8)  # each form of an answer is looked for in the same text
def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(_folded(found[1]) + found[2], found.start(), found.end()) for found in _WORD.finditer(text))


def _spans(wanted: tuple[str, ...], said: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Where the words stand one after the other."""
    for at, word in enumerate(said):
        if word.said == wanted[0] and tuple(one.said for one in said[at : at + len(wanted)]) == wanted:
            yield word.start, said[at + len(wanted) - 1].end
