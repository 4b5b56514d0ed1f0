"""The forum's text files: `[section]` lists of fragments, then posts that begin with `===`. Made to be read and edited.

[tips]
One fragment per line.

=== A post's title
sub=interviews score=64 ago=203 by=somebody
Its body.

* 71 user: a comment
** 26 other: a reply to it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FORUM = Path(__file__).parent / "companies"
_COMMENT = re.compile(r"^(\*+) (-?\d+) (\[deleted\]|\[removed\]|[\w-]+): (.*)$")


@dataclass
class Remark:
    """A comment as written in a file, with its replies."""

    score: int
    author: str
    body: str
    replies: list[Remark] = field(default_factory=list)


@dataclass
class Draft:
    """A post before it has an id and a date. `head`: sub, score, ago (days), by, flair."""

    title: str
    head: dict[str, str] = field(default_factory=dict)
    body: str = ""
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """A parsed file."""

    sections: dict[str, list[str]]
    drafts: list[Draft]


@lru_cache(maxsize=32)
def read(name: str) -> Source:
    """The file `forum/<name>.txt`. Callers do not change what they get."""
    text = (FORUM / f"{name}.txt").read_text("utf-8")
    first, *posts = re.split(r"^=== ", text, flags=re.MULTILINE)
    return Source(_sections(first), [_draft(post) for post in posts])


def companies() -> list[str]:
    """Companies that people talk about: one file each."""
    return sorted(path.stem for path in FORUM.glob("[a-z]*.txt"))


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        else:
            lines.append(line)
    return sections


def _draft(text: str) -> Draft:
    title, head, *lines = text.splitlines()
    body: list[str] = []
    spine: list[Remark] = []  # the branch that the next comment may hang on
    draft = Draft(title.strip(), dict(pair.split("=", 1) for pair in head.split()))
    for line in lines:
        if found := _COMMENT.match(line):
            depth = len(found[1]) - 1
            remark = Remark(int(found[2]), found[3], found[4])
            (draft.remarks if depth == 0 else spine[depth - 1].replies).append(remark)
            spine[depth:] = [remark]
        elif spine:
            spine[-1].body += f"\n{line}"
        else:
            body.append(line)
    draft.body = "\n".join(body).strip()
    _strip(draft.remarks)
    return draft


def _strip(remarks: list[Remark]) -> None:
    for remark in remarks:
        remark.body = remark.body.strip()
        _strip(remark.replies)
