"""A quoted sentence with those that go on from it: `it`, `then he` and `after that` can be read where they stand behind their sentence."""

from __future__ import annotations

import re

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.reports.report_frames import reports_of, stands_alone

LONGEST = 300
"""Characters of a passage."""
_AROUND = " \t-–—•*·.!?\"'“”‘’"


def with_what_follows(quoted: str, post: Report) -> str:
    """A round's sentence that a post gives word for word, with the sentences of its paragraph that report on and cannot stand alone."""
    told, at = post.sentences, _place(quoted, post)
    if at is None:
        return quoted
    passage, (start, sentence) = quoted.strip(), told[at]
    end = start + len(sentence)
    for start, sentence in told[at + 1 :]:
        between = post.own_text[end:start]
        longer = f"{_ended(passage)} {sentence}"
        if between.strip() or "\n" in between or len(longer) > LONGEST or stands_alone(sentence):
            break
        if not reports_of("rounds", post.told_at(start, sentence)):
            break
        passage, end = longer, start + len(sentence)
    return passage


def goes_on(before: str, sentence: str, post: Report) -> bool:
    """Whether a sentence stands directly behind another in the post."""
    return f"{_plain(before)} {_plain(sentence)}" in _plain(post.own_text)


def _place(quoted: str, post: Report) -> int | None:
    wanted = _bare(quoted)
    return next((number for number, (_, sentence) in enumerate(post.sentences) if _bare(sentence) == wanted), None)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_AROUND).casefold()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
