"""Text and Markdown: front matter, speakers at the beginning of lines, times in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from functions.transcript_graph.reading.transcript_types import Said, Transcript, assembled, seconds_of

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = re.compile(rf"\\?[\[(]({_TIME})\\?[\])]")
_LEADING = re.compile(rf"(?:\\?[\[(])?({_TIME})(?:\\?[\])])?[ \t]*(?:[-–—][ \t]*)?(?=\S)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_:\n]{1,80}?)[ \t]*+:?[ \t]*+(?:\*\*|__)[ \t]*+:?[ \t]*+")
_LABEL = re.compile(r"([^\W\d_][^:：\n\t.!?;,]{0,59})[:：](?![/\d])[ \t]*")
_ALONE = re.compile(rf"([^\W\d_][^:\n\t!?;,]{{0,59}}?)[ \t]+[\[(]?({_TIME})[\])]?")
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_FIELD = re.compile(r"([A-Za-z][\w-]{0,30})[ \t]*:[ \t]*(.*)")
_MARKUP = re.compile(r"\*\*|__|`|\\(?=[\[\]_*])|^#{1,6}[ \t]+|^>[ \t]?", re.MULTILINE)
_LABELS = (":", "：", "**", "__")
"""One of them is in any label."""
_SIGNS = "*_`\\#>"
"""One of them is in any markup."""
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}+\)")
_LONGEST_NAME = 5
"""Words of a speaker's name."""
_HEAD = 40
"""Lines in which front matter ends."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A name at a line's beginning, the time with it, and what follows. `sure`: set apart by bold type or a time."""

    speaker: str
    start: float | None
    rest: str
    sure: bool


def read_plain(text: str) -> Transcript:
    """A transcript in plain text or Markdown."""
    fields, lines = _front_matter(text.splitlines())
    title, date = fields.get("title", ""), fields.get("date", "")
    if not title and (heading := next((line for line in lines[:10] if line.strip()), "")) and (found := _HEADING.match(heading)):
        title, lines = found[1], [line for line in lines if line is not heading]
    labels = {at: label for at, line in enumerate(lines) if (label := _label(line)) is not None}
    counts = Counter(label.speaker for label in labels.values())
    named = {at: label for at, label in labels.items() if label.sure or counts[label.speaker] > 1}
    return assembled(_said(lines, named, counts), title, date)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """`title`, `date` … between two lines of dashes at the very beginning, and the lines after it."""
    if not lines or lines[0].strip() != "---":
        return {}, lines
    end = next((at for at, line in enumerate(lines[1:_HEAD], 1) if line.strip() in ("---", "...")), 0)
    found = (_FIELD.match(line) for line in lines[1:end])
    return {one[1].lower(): one[2].strip().strip("\"'") for one in found if one}, lines[end + 1 :] if end else lines


def _label(line: str) -> _Label | None:
    if not any(sign in line for sign in _LABELS):  # most lines have none
        return None
    line = line.strip()
    start = None
    if stamp := _LEADING.match(line):
        start, line = seconds_of(stamp[1]), line[stamp.end() :]
    if bold := _BOLD.match(line):
        if ":" not in bold[0] and line[bold.end() :]:  # a bold word that opens a sentence
            return None
        return _named(bold[1], start, line[bold.end() :], sure=True)
    if (alone := _ALONE.fullmatch(line)) and len(alone[1].split()) <= _LONGEST_NAME:
        return _named(alone[1], seconds_of(alone[2]), "", sure=True)
    if label := _LABEL.match(line):
        return _named(label[1], start, line[label.end() :], sure=start is not None)
    return None


def _named(speaker: str, start: float | None, rest: str, *, sure: bool) -> _Label | None:
    if found := _STAMP.search(speaker):
        start, speaker = seconds_of(found[1]), (speaker[: found.start()] + speaker[found.end() :])
    speaker = speaker.strip(" \t*_[]()-")
    words = speaker.split()
    if not words or len(words) > _LONGEST_NAME or not (words[0][0].isupper() or words[0][0] > "\u2e80"):
        return None
    return _Label(speaker, start, rest, sure)


def _said(lines: list[str], named: dict[int, _Label], counts: Counter[str]) -> Iterator[Said]:
    """A stretch per paragraph. One whose speaker is only guessed from the paragraph before it stays that speaker's."""
    speaker, doubtful, start = "", False, None
    for at, line in enumerate(lines):
        if not line:
            continue
        label = named.get(at)
        if label is not None:
            speaker, line = label.speaker, label.rest  # noqa: PLW2901 - the rest of the line
            start = label.start if label.start is not None else start
            doubtful = not label.sure and counts[speaker] < 3  # noqa: PLR2004 - seen twice may be a list's label
        for stamped, words in _pieces(line, start) if ":" in line else ((start, line),):
            start = stamped
            yield Said(_plain(words), speaker, start, None, doubtful)


def _pieces(line: str, start: float | None) -> Iterator[tuple[float | None, str]]:
    """A line cut at the times that stand in it."""
    at = 0
    for stamp in _STAMP.finditer(line):
        yield start, line[at : stamp.start()]
        start, at = seconds_of(stamp[1]), stamp.end()
    yield start, line[at:]


def _plain(words: str) -> str:
    if "](" in words:
        words = _LINK.sub(lambda link: link[1], words)
    if any(sign in words for sign in _SIGNS):  # most paragraphs have none
        words = _MARKUP.sub("", words)
    return words.strip()
