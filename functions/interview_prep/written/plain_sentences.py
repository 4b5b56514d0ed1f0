"""Makes a model's writing plain sentences to the reader: no Markdown, no refs, no pictures, nothing said to who asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from functions.interview_prep.guide.claim_check import sentences_of
from functions.interview_prep.posting.values.posting_language import is_surely_in_another, without_quotations
from functions.interview_prep.stage_messages import Item

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt](?![\w\\])|\\([\"'])")
"""What was escaped twice."""
_PAIRED = re.compile(
    r"\*\*(\S(?:[^*\n]{0,300}\S)?)\*\*|(?<![\w`])`([^`\n]{1,120})`(?![\w`])|(?<!\w)__([A-Z][^_\n]{0,300})__(?!\w)"
)
_LINE_MARK = re.compile(r"^[ \t]{0,8}(?:#{1,6}|[-*•–])[ \t]+(?=\S)|^[ \t]{0,8}(?:-{3,}|\*{3,}|`{3}\w{0,12})[ \t]*$", re.MULTILINE)
_REFS = re.compile(r"\s?[(\[](?:(?:see|sources?:?|refs?:?)\s)?[RCP]\d{1,3}(?:(?:,|;| and|\]\s?\[)\s?[RCP]\d{1,3}){0,12}[)\]]")
_PICTURE = re.compile(
    r"[\U0001f000-\U0001faff\u2600-\u2604\u2614\u2615\u26a0\u2705\u2728\u274c\u274e\u2753-\u2757\u2764\u2795-\u2797\u27a1\u2b50]\ufe0f?\u200d?\s?|\ufe0f"
)
_GIVEN = r"(?:provided|given|supplied|available)"
_ABOUT = r"(?:data|input|json|insights?|information|context|posts|sources|material|documents?)"
_TO_WHO_ASKED = re.compile(
    rf"""
    \bas\ an?\ (?:ai|llm|(?:large\ )?language\ model)\b
  | ^(?:(?:i['’]?m|i\ am)\ (?:very\ |so\ )?(?:sorry|afraid)|sorry|apologies|i\ apologi[sz]e|unfortunately)\b.{{0,40}}
        \b(?:i|we)\ (?:can(?:no|['’])t|can\ not|am\ (?:unable|not\ able)|are\ (?:unable|not\ able)|do(?:\ no|n['’])t\ have|won['’]t|must\ decline)\b
  | ^(?:but\ |however,?\ )?i\ (?:can(?:no|['’])t|can\ not|am\ unable\ to|am\ not\ able\ to|won['’]t|will\ not|do(?:\ no|n['’])t\ have)\ (?:be\ able\ to\ )?
        (?:help|assist|provide|comply|fulfil\w*|share|access|complete|generate|create|write|verify|confirm|browse|continue|do\ that|any\b|specific|enough|information|data)
  | ^(?:sure|certainly|of\ course|absolutely|okay|ok)\b[,!.:]?\ (?:here|i['’]?ll|i\ will|let\ me|below)\b
  | ^(?:here(?:['’]s|\ is|\ are)|below\ (?:is|are)|the\ following\ is)\b.{{0,60}}\b(?:section|guide|json|you\ (?:asked|requested)|requested|items?|output|response)\b
  | ^(?:based\ on|according\ to)\ the\ {_GIVEN}\ {_ABOUT}\b
  | ^the\ {_GIVEN}\ {_ABOUT}\ (?:do|does|has|have|contains?|is|are|says?|names?)\ (?:not|no|nothing)\b
  | \bno\ (?:\w+\ )?(?:insights?|refs?|information|context|posts|sources)\ (?:is|are|was|were|has\ been|have\ been)\ (?:provided|given|supplied|available)\b
  | \b(?:`|“|")?(?:kind_of_job|own_pages|stated_steps)\b
  | ^(?:let\ me\ know|feel\ free\ to\ (?:ask|let)|i\ hope\ this\ helps|hope\ this\ helps)\b
  | ^es\ tut\ mir\ leid\b.{{0,30}}\bich\ (?:kann|darf)\b | ^je\ suis\ désolée?\b.{{0,30}}\bje\ ne\ (?:peux|puis)\b | ^lo\ siento\b.{{0,30}}\bno\ puedo\b
  | ^mi\ dispiace\b.{{0,30}}\bnon\ posso\b | ^(?:desculpe|lamento)\b.{{0,30}}\bnão\ posso\b | ^omlouvám\ se\b.{{0,30}}\bnemohu\b | ^(?:很抱歉|抱歉|对不起).{{0,12}}(?:无法|不能)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A refusal, a greeting, or talk of what the model was given: nothing of it is the reader's."""
_LEFT_OPEN = re.compile(
    r"[\[<{]{1,2}(?:insert|your|add|company|employer|role|job|name|specific|tool|technology|product|date|team|topic|number|x+)\b[^\[\]<>{}\n]{0,50}[\]>}]{1,2}|\blorem ipsum\b|\bXX+\b",
    re.IGNORECASE,
)
"""A gap that a model leaves for somebody else to fill in."""
_NOTHING = re.compile(
    r"(?:n/?a|tb[da]|none|null|nil|undefined|unknown|not (?:applicable|available|specified|provided|mentioned)|no (?:data|information)(?: available)?|-+|\.{3}|…)[.!]?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text as sentences to the reader; empty where it has none.

    Words between marks stay, refs and pictures go; a sentence to who asked, or one with a gap in it, is left out.
    """
    text = _ESCAPED.sub(_unescaped, text)
    text = _PAIRED.sub(lambda found: found[1] or found[2] or found[3], _LINE_MARK.sub("", text))
    text = _PICTURE.sub("", _REFS.sub("", text)).strip()
    if not (_TO_WHO_ASKED.search(text) or _LEFT_OPEN.search(text) or len(text) < _SHORT):
        return text
    return " ".join(one for one in sentences_of(text) if is_for_the_reader(one))


_SHORT = 40
"""Characters in which a text may be no more than a word for nothing."""


def is_for_the_reader(sentence: str) -> bool:
    """Whether a sentence is neither a refusal nor talk with who asked for it, nor has a gap to fill in."""
    return not (_TO_WHO_ASKED.search(sentence) or _LEFT_OPEN.search(sentence) or _NOTHING.fullmatch(sentence.strip()))


def plain_item(item: Item) -> Item:
    """The item in plain sentences; refs and copied words as they are."""
    fields = {name: plain(getattr(item, name)) for name in ("title", "text", "why", "weak")}
    points = tuple(point for point in map(plain, item.points) if point)
    return item.model_copy(
        update={**fields, "label": _PAIRED.sub(lambda found: found[1] or found[2] or found[3], item.label), "points": points}
    )


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2] or " "


def in_one_language(items: Iterable[Item], language: str) -> tuple[Item, ...]:
    """The items without those in another language than the others: a guide is in the posting's, or in English where a model cannot write that."""
    told = [(item, without_quotations(f"{item.title}. {item.text} {item.why} {' '.join(item.points)}")) for item in items]
    others = [is_surely_in_another(text, language) for _, text in told]
    own = [is_surely_in_another(text, "en") for _, text in told]
    strays = own if language != "en" and sum(others) > sum(own) else others
    return tuple(item for (item, _), strays_off in zip(told, strays, strict=True) if not strays_off)
