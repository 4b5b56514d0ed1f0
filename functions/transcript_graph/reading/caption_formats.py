"""SubRip and WebVTT: cues with their times; rolling captions said once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from functions.transcript_graph.reading.transcript_types import Said, Transcript, assembled, ends_a_sentence, seconds_of

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_ARROW = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,100}>|\{\\[^{}\n]{0,40}\}")
_NAME = re.compile(r"(?:(?:>>|[-–—])[ \t]*)?([^\W\d_a-z][^:\n!?,;]{0,40}):[ \t]+(?=\S)")
_WORDS = 4
_NOTE = re.compile(r"\[[^\[\]a-z\n]{2,40}\]|\([^()a-z\n]{2,40}\)|♪[^♪\n]{0,200}♪|♪|^(?:>>|[-–—])[ \t]+", re.MULTILINE)
"""`[MUSIC]`, `(LAUGHING)`, songs, and the mark before whoever speaks next."""
_FIRST = 2_000
"""Characters in which a file of captions shows one."""


def read_captions(text: str) -> Transcript:
    """A transcript from cues. Neighbours of one speaker are one turn, up to its sentence's end."""
    title = ""
    first = text.split("\n", 1)[0]
    if first.startswith("WEBVTT"):
        title = first.removeprefix("WEBVTT").strip(" -")
    return assembled(_joined(_cues(text)), title)


def has_cues(text: str) -> bool:
    """Whether a text, whatever its name, is one of captions: a line of it is two times with an arrow between."""
    return any(_ARROW.match(line) for line in text[:_FIRST].splitlines())


def _cues(text: str) -> Iterator[Said]:
    """Each cue's new words: a line that the cue before it showed is not said again."""
    start = end = None
    shown: list[str] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if arrow := _ARROW.match(line):
            yield from _cue(lines[:-1] if lines and lines[-1].strip().isdecimal() else lines, shown, start, end)
            shown, lines = lines, []
            start, end = seconds_of(arrow[1]), seconds_of(arrow[2])
        elif start is not None and line.strip():
            lines.append(line.strip())
    yield from _cue(lines, shown, start, end)


def _cue(lines: list[str], shown: list[str], start: float | None, end: float | None) -> Iterator[Said]:
    new = [line for line in lines if line not in shown]
    if start is None or not new:
        return
    words = " ".join(new)
    speaker = ""
    if voice := _VOICE.search(words):
        speaker = voice[1]
    words = html.unescape(_TAG.sub("", words)).strip()
    words = _NOTE.sub("", words).strip() if not words.isupper() else words
    if not speaker and (name := _NAME.match(words)) and len(name[1].split()) <= _WORDS and not ends_a_sentence(name[1]):
        speaker, words = name[1].title() if name[1].isupper() else name[1], words[name.end() :]
    yield Said(words, speaker, start, end)


def _joined(cues: Iterator[Said]) -> Iterator[Said]:
    """A speaker who names themselves once is meant until the next name; cues run on to their sentence's end."""
    held: Said | None = None
    speaker = ""
    for cue in cues:
        speaker = cue.speaker or speaker
        if held is not None and held.speaker == speaker and not held.text.endswith((".", "!", "?", "…", "。", "！", "？")):
            held = Said(f"{held.text} {cue.text}", speaker, held.start, cue.end)
            continue
        if held is not None:
            yield held
        held = Said(cue.text, speaker, cue.start, cue.end)
    if held is not None:
        yield held
