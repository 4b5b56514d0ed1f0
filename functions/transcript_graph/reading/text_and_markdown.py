"""Text and Markdown: front matter, speakers at the beginning of lines, times in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from functions.transcript_graph.reading.transcript_types import Said, Transcript, assembled, ends_a_sentence, seconds_of

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = re.compile(rf"\\?[\[(]({_TIME})\\?[\])]")
_LEADING = re.compile(rf"(?:\\?[\[(])?({_TIME})(?:\\?[\])])?[ \t]*(?:[-–—][ \t]*)?(?=\S)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]{1,100})(?:\*\*|__)")
_AFTER_BOLD = re.compile(rf"[ \t]{{0,9}}(?:[*_]?\\?[\[(]({_TIME})\\?[\])][*_]?[ \t]{{0,9}})?(:?)[ \t]*+")
_BARE = re.compile(rf"[ \t]*({_TIME})[ \t]+(?=[^\W\d_])")
_LABEL = re.compile(
    rf"([^\W\d_][^:：\n\t!?;,]{{0,59}}?)[ \t]{{0,9}}(?:\\?[\[(]({_TIME})\\?[\])][ \t]{{0,9}})?[:：](?![/\d])[ \t]*"
)
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
_NO_SPEAKERS = frozenset(
    (
        "note", "notes", "example", "examples", "warning", "tip", "ps", "nb", "edit", "update", "summary", "topic", "topics", "agenda", "title", "date",
        "time", "location", "place", "subject", "duration", "recorded", "recording", "transcript", "source", "sources", "link", "links", "sponsor",
        "disclaimer", "chapter", "part", "attendees", "participants", "language", "url", "http", "https", "hinweis", "beispiel", "thema", "datum",
        "nota", "ejemplo", "tema", "fecha", "注", "備註", "备注", "日期", "時間", "时间", "主題", "主题", "標題", "标题",
    )
)  # fmt: skip
"""Labels of what is no speech."""
_MOSTLY = 2 / 3
"""Share of lines that begin with a label from which each is a speaker's, seen once or not."""
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
    heading, said = _first_heading(lines)
    if said and title in ("", said):
        title, lines = said, [line for line in lines if line is not heading]
    labels = {at: label for at, line in enumerate(lines) if (label := _label(line)) is not None}
    counts = Counter(label.speaker for label in labels.values())
    mostly = len(labels) > 1 and len(labels) >= _MOSTLY * sum(bool(line.strip()) for line in lines)
    named = {at: label for at, label in labels.items() if label.sure or mostly or counts[label.speaker] > 1}
    return assembled(_said(lines, named, counts), title, date)


def _first_heading(lines: list[str]) -> tuple[str, str]:
    """The heading that a text begins with, and its words; empty where it begins with something else, or with a speaker's heading."""
    first = next((line for line in lines[:10] if line.strip()), "")
    found = _HEADING.match(first)
    return (first, found[1].strip()) if found and _label(first) is None else ("", "")


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
        return _bold(bold, line, start)
    if heading := _HEADING.match(line):
        line = heading[1].strip()
    if (alone := _ALONE.fullmatch(line)) and len(alone[1].split()) <= _LONGEST_NAME:
        return _named(alone[1], seconds_of(alone[2]), "", sure=True)
    if (label := _LABEL.match(line)) and not heading:
        start = seconds_of(label[2]) if label[2] else start
        return _named(label[1], start, line[label.end() :], sure=start is not None)
    return None


def _bold(bold: re.Match[str], line: str, start: float | None) -> _Label | None:
    """A name in bold type with a colon or a time, inside or behind, is a label; else it is a bold word that opens a sentence."""
    after = _AFTER_BOLD.match(line, bold.end())
    assert after is not None  # noqa: S101 - it matches nothing, too
    name, colon = bold[1].strip(), ":" in after[0] or bold[1].rstrip().endswith(":")
    if bare := _BARE.match(name):
        start, name = seconds_of(bare[1]), name[bare.end() :]
    if stamp := _STAMP.search(name) or after:
        start = seconds_of(stamp[1]) if stamp[1] else start
        name = name.replace(stamp[0], " ") if stamp is not after else name
    rest = line[after.end() :]
    if rest and not colon:
        return None
    return _named(name, start, rest, sure=True)


def _named(speaker: str, start: float | None, rest: str, *, sure: bool) -> _Label | None:
    speaker = speaker.strip(" \t*_[]()-:：")
    words = speaker.split()
    if not words or len(words) > _LONGEST_NAME or not (words[0][0].isupper() or words[0][0] > "\u2e80"):
        return None
    if ends_a_sentence(speaker) or (not sure and speaker.casefold() in _NO_SPEAKERS):
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
