"""Blanks what a post tells of other employers: the other side of "X vs Y", and the paragraphs and entries that another name heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NAME = r"[A-Z][\w&.'’-]{1,24}(?: (?:of |and |& )?[A-Z][\w&.'’-]{0,24}){0,3}"
_AGAINST = re.compile(
    rf"(?P<left>{_NAME})(?: [a-z]{{2,12}}){{0,2}} (?:vs?\.?|versus|compared (?:to|with)) (?:an? |the |my )?(?:[a-z]{{2,12}} ){{0,2}}(?P<right>{_NAME})"
)
_HEADED = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))[*_\-•\s]{{0,4}}(?P<who>{_NAME})[*_]{{0,2}}(?:\s?:|\s?=+>|\s?-+>|\s?→|\s[-–—]\s)"
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?\n]?")
_NOT_EMPLOYERS = frozenset(
    "edit update note process timeline questions question interview round rounds offer result overall background pros cons first second third final phone screen onsite coding system design behavioral behavioural technical "  # noqa: SIM905
    "tip tips day week stage step part recruiter manager team role location pay salary base bonus total education experience yoe tldr ps q a hr oa "
    "senior junior staff principal lead software data product backend frontend full remote hybrid intern internship contract permanent swe sde engineer developer analyst designer scientist sales account python java leetcode karat".split()
)
"""Words that head a paragraph and make no employer's name."""
_NO_NAME = re.compile(r"(?:L|E|IC|P|T|SDE|SWE|Level)[- ]?\d", re.IGNORECASE)


def without_other_employers(text: str, names: Iterable[str]) -> str:
    """The text, its title on the first line, with what it tells of other employers turned to blanks, in their place.

    `names`: the company's own, as people write them.
    """
    own = {name.casefold() for name in names if name}
    rivals = _rivals(text, own)
    if not rivals:
        return text
    title, line_end, body = text.partition("\n")
    parts, of_another = [_without(rivals, title), line_end], False
    for sentence in _sentences(body):
        low = sentence.casefold()
        named, ours = any(_stands(name, low) for name in rivals), any(_stands(name, low) for name in own)
        of_another = (of_another or named) and not ours
        parts.append(re.sub(r"\S", " ", sentence) if of_another else sentence)
    return "".join(parts)


def _without(rivals: Iterable[str], title: str) -> str:
    for name in rivals:
        title = re.sub(re.escape(name), lambda found: " " * len(found[0]), title, flags=re.IGNORECASE)
    return title


def _rivals(text: str, own: set[str]) -> set[str]:
    """Names that the title sets against the company's, and those that head a part as the company's own name heads another."""
    title, _, body = text.partition("\n")
    pairs = [(found["left"], found["right"]) for found in _AGAINST.finditer(title)]
    against = {side for pair in pairs if any(_is_own(side, own) for side in pair) for side in pair}
    heads = {found["who"] for found in _HEADED.finditer(body.lstrip("\n# ").removeprefix(title.strip()))}
    if any(head.casefold() in own for head in heads):
        against |= heads
    return {name.casefold() for name in against if not _is_own(name, own) and not _NO_NAME.match(name) and not _is_a_word(name)}


def _is_a_word(name: str) -> bool:
    return all(word.casefold().strip(".'’-") in _NOT_EMPLOYERS for word in name.split())


def _is_own(name: str, own: set[str]) -> bool:
    low = name.casefold()
    return any(_stands(mine, low) or _stands(low, mine) for mine in own)


def _stands(name: str, text: str) -> bool:
    at = text.find(name)
    return at >= 0 and not text[max(0, at - 1) : at].isalnum() and not text[at + len(name) : at + len(name) + 1].isalnum()


def _sentences(body: str) -> Iterator[str]:
    """The body cut into sentences and lines, nothing lost between them."""
    at = 0
    while at < len(body):
        found = _SENTENCE.match(body, at)
        end = found.end() if found and found.end() > at else at + 1
        yield body[at:end]
        at = end
