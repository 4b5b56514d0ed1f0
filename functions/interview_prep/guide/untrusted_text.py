"""Strangers' text, made harmless before and after a model reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from shared.text.links_and_markup import unsupplied, without_unsupplied
from shared.text.prompt_echo import echoes

Model = TypeVar("Model", bound=BaseModel)

_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCES = re.compile(r"(?<=[.!?])\s|\n")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Control characters, and the invisible ones that hide text or turn it around."""

_TO_A_MODEL = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass)\b.{0,25}\b(?:previous|prior|above|earlier|preceding|your|all|any|system|these|every)\b
        .{0,25}\b(?:instructions?|prompts?|rules|directions|guidelines|context)\b
  | \b(?:ignore|disregard|forget)\ (?:everything|all|anything)\b.{0,20}\b(?:above|before|previous|prior)\b
  | \b(?:new|updated|hidden|secret|system|developer)\ (?:instructions?|prompt|directive|message)s?\s*[:=\]]
  | \b(?:reveal|print|repeat|show|output|leak)\b.{0,30}\b(?:your|system|initial|hidden)\b.{0,20}\b(?:prompt|instructions)\b
  | \byou\ are\ (?:now|no\ longer)\b.{0,60}\b(?:ai|assistant|model|dan|mode|chatbot|gpt|unrestricted)\b
  | \b(?:act|behave|respond)\ as\b.{0,40}\b(?:ai\ model|assistant|language\ model|dan|chatbot|unrestricted)\b
  | \bas\ an\ ai\ (?:language\ )?(?:model|assistant)\b
  | \b(?:dear|hey|attention|hello|(?:note|message|instructions?)\ (?:to|for))[,:]?\ (?:the\ |all\ |any\ )?(?:ai|llm|language\ model|assistant|chatgpt|gpt)s?\b
  | \b(?:ai|llm|language\ model|assistant|chatgpt)s?\b.{0,40}\b(?:must|should|shall|has\ to|needs?\ to)\ (?:now\ )?
        (?:ignore|output|print|include|append)\b
  | (?:^|(?<=[.!?:]\s))(?:please\ )?(?:respond|reply|answer)\ (?:only\ )?with\b.{0,20}(?:["'`{\[]|\b(?:json|exactly|only|the\ (?:word|text|string|following))\b)
  | \b(?:add|include|insert|append|put|output|print|cite)\b.{0,80}\b(?:to|in|into|as|with)\ (?:every|each|all|your|the)\ (?:final\ )?
        (?:outputs?|json|guides?|sections?|reports?|items?|tips?|insights?|sources?|fields?|responses?|reply|replies)\b
  | </?(?:system|assistant|instructions?|data|prompt)\b[^>]{0,300}+> | <\|[a-z_]+\|> | \[/?(?:INST|SYSTEM|SYS)\] | <<<\s*(?:data|end)
  | ^[\t\r\f\v\xa0 #*>-]*+(?:system|assistant|developer)\s*+(?:(?:message|prompt|override|note)\s*+)?:
  | \b(?:begin|start|end)\ (?:of\ )?(?:the\ )?(?:system|new|admin|hidden|data|posts?)\b.{0,20}\b(?:prompt|instructions?|message|data|override)\b
  | \b(?:jailbreak|prompt\ injection|developer\ mode|dan\ mode)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""Text that speaks to a language model. The fence and the schema are what holds; this keeps weak models from being tempted."""


def clean(text: str) -> str:
    """`text` without invisible characters, and each paragraph only up to where it speaks to a language model."""
    paragraphs = map(_before_commands, _PARAGRAPH.split(_CONTROL.sub("", text.replace("\r\n", "\n"))))
    return "\n\n".join(part.strip("\n") for part in paragraphs if part.strip())


def _before_commands(paragraph: str) -> str:
    spoken = _TO_A_MODEL.search(paragraph)
    if spoken is None:
        return paragraph
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph, 0, spoken.start() + 1)]
    return paragraph[: ends[-1]] if ends else ""


def as_written(text: str, supplied: str, instructions: str) -> str:
    """What a model wrote, fit to be shown; empty if it repeats its instructions.

    Nothing that speaks to a model stays, no address or handle that does not stand in `supplied`, no sentence with a tag that does not.
    """
    safe = clean(text)
    if echoes(safe, instructions):
        return ""
    if not (found := unsupplied(safe, supplied)):
        return safe
    if any(one.kind == "markup" for one in found):
        safe = " ".join(part for part in _SENTENCES.split(safe) if not _has_tags(part, supplied))
    return without_unsupplied(safe, supplied)


def _has_tags(text: str, supplied: str) -> bool:
    return any(one.kind == "markup" for one in unsupplied(text, supplied))


def map_text(message: Model, change: Callable[[str], str]) -> Model:
    """The message with `change` applied to every string in it, however deep."""
    return type(message).model_validate(_mapped(message.model_dump(), change))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    return [_mapped(part, change) for part in value] if isinstance(value, list | tuple) else value


_LOOSE_SIGN = re.compile(r"(?<=\d)[ \u00a0\u202f](?=%)|(?<=[$€£])[ \u00a0\u202f](?=\d)")


def in_one_notation(text: str) -> str:
    """An English text with its percentages and amounts in one form, whoever wrote them: `9 %` as `9%`, `$ 120,000` as `$120,000`."""
    return _LOOSE_SIGN.sub("", text)


def cap_length(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
    return f"{cut}”" if cut.count("“") > cut.count("”") and text.endswith("”") else cut


def whole_sentences(text: str, limit: int) -> str:
    """As many whole sentences as fit into `limit` characters; a first one that is longer is cut at a word."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    ends = [found.start() + 1 for found in _FULL_STOP.finditer(text, 0, limit + 1) if found.start() < limit]
    return text[: ends[-1]].rstrip() if ends else cap_length(text, limit)


_FULL_STOP = re.compile(r"(?<!\b[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)[.!?。؟](?=\s|$|[\u4e00-\u9fff])")
