"""Leaves out an answer's outline that would fit any question: less is said rather than that."""

from __future__ import annotations

import re

from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.stage_messages import Item, SectionName

_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{3,200}[\"”“»]")
_ADVICE = frozenset(
    words_of(
        "answer point result example examples sentence sentences reason view argument opinion story stories situation task action moment "
        "decision decide decided matter happen end learn learnt lesson start begin began beginning look check show say said tell told talk "
        "speak name names give gives given make makes made use used mean think step part plan way time times year minute minutes day today "
        "last next later first second third one two three few strong weak good bad better best clear clearly concrete specific real "
        "relevant honest brief short structured structure star method general generic vague remark answerless everything anything nothing "
        "something everybody anybody nobody once whole thing list cause caused notice noticed wrong right different differently change "
        "changed mind purpose affect wait cost limit proof fact place past praise word own yourself experience background skill role job "
        "work impact outcome measure measurable metric number figure figures detail context stake stakes help others people person follow "
        "listen asks back thought reflect reflection approach explain describe describes cover include includes focus focused keep avoid "
        "rambling ramble memorised memorized rehearsed silence stops never always too long without before after against because trust miss "
        "misses only each assume split sum aloud range guess requirement small smallest meet break restate plain solution build built try "
        "empty odd case cases order easy easier another bound solve solves choice choose choices chosen worse loyalty rule rules edge hard "
        "apply applies depend out leave leaves left held hold know knew propose yes no need either true recite recites textbook mistake "
        "mistakes history turning came come comes since instead all over both side sides great solid main key topic subject common usual "
        "possible whether if more most much many done doing fit every employer company candidate sure elsewhere being also get got else "
        "fail far gone go goes going factor otherwise cannot stand enough run ran again whom whose here but not"
    )
)
"""Words, by their stems, that advice on answers is made of, whatever was asked."""


def without_generic_outline(section: SectionName, item: Item) -> Item:
    """A question without what its outlines say in words that would fit any other; English alone is known."""
    if section != "questions":
        return item
    update = {part: "" for part in ("text", "weak") if getattr(item, part) and not is_specific(getattr(item, part))}
    return item.model_copy(update=update) if update and item.title.strip() else item


def is_specific(outline: str) -> bool:
    """Whether an outline quotes, has a figure, or has a word that advice on any question would not have."""
    if _QUOTED.search(outline) or re.search(r"\d", outline):
        return True
    return bool(words_of(outline) - _ADVICE)
