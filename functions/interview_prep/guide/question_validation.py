"""Whether a text is a question or a task as an interviewer would put it, whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.stage_messages import Item

FEWEST_WORDS, FEWEST_IDEOGRAPHS = 3, 5
_STOPS = ' .?!"”'
_CUT = re.compile(r"(?:…|[,;:(/-]|\b(?:and|or|the|a|an|of|to|with|for|in|that|which|who|as|is|was))$", re.IGNORECASE)
_GREEK = re.compile(r"[\u0370-\u03ff]")
"""Letters of a language in which `;` ends a question."""
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_REMARK = re.compile(
    r"^(?:i|we|he|she|they|it|there|then|so|but|also|the (?:interview\w*|recruiter|panel|round|process|questions?))\b(?!.*\?\s*$)|^(?:behaviou?ral|technical|coding|system design|leetcode|questions?|easy|medium|hard)(?: questions?)?\W*$",
    re.IGNORECASE,
)
_SCENE = re.compile(r"^you (?:are|have|were|run|own)\b", re.IGNORECASE)
_TASK = re.compile(
    r"\?|\b(?:find|return|write|design|implement|compute|calculate|count|determine|build|decide|explain|what|how|which|tell|show|sell|convince|plan|describe|estimate|give|choose)\b",
    re.IGNORECASE,
)


def is_whole_question(text: str, longest: int) -> bool:
    """Whether a text is no remark about the interview, no bare label and no sentence cut short."""
    text = " ".join(text.split())
    enough = len(text.split()) >= FEWEST_WORDS or len(_IDEOGRAPHS.findall(text)) >= FEWEST_IDEOGRAPHS
    whole = (
        text.count("(") == text.count(")") and not _is_cut(text) and not (_SCENE.match(text) and not _TASK.search(text))
    )  # a scene alone asks nothing
    return enough and len(text) <= longest and whole and not _REMARK.search(text)


def _is_cut(text: str) -> bool:
    """Whether it breaks off: at three dots, a comma, a word that joins; whatever stops follow."""
    bare = (text.removesuffix(";") if _GREEK.search(text) else text).rstrip(_STOPS)
    return "..." in text[len(bare) :] or _CUT.search(bare) is not None


_FRAME = words_of("how would will do can could you your please tell me about describe explain a an the")
"""Words around what is asked: `How would you …?` and `How do you …?` ask the same."""


def without_repeated(items: Iterable[Item]) -> Iterator[Item]:
    """The questions without those that ask an earlier one again in other small words."""
    seen: set[frozenset[str]] = set()
    for item in items:
        asked = frozenset(words_of(item.title) - _FRAME)
        if not asked or asked not in seen:
            yield item
        seen.add(asked)
