"""Leaves out an answer's outline that would fit any question: less is said rather than that."""

from __future__ import annotations

import re

from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.stage_messages import Item, SectionName

_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{3,200}[\"”“»]")
_ADVICE = frozenset(
    words_of(
        "answer question point result results example examples sentence sentences reason reasons view argument opinion story stories situation task action "
        "moment decision decisions decide decided matter matters happen happened end ended learn learned learnt lesson start begin begins began beginning "
        "look check checked show shows say says said tell tells told talk speak name names give gives given make makes made use used mean means think "
        "step steps part parts plan way ways time times year years minute minutes day today last next later first second third one two three few "
        "strong weak good bad better best clear clearly concrete specific specifics real relevant honest brief short structured structure star method "
        "general generic vague remark answerless everything anything nothing something everybody anybody nobody once whole thing things list lists "
        "cause caused notice noticed wrong right different differently change changed mind purpose affect affects wait waits cost costs limit proof fact facts "
        "place past praise word words own yourself experience background skill skills role job work working impact outcome measure measurable metric number numbers "
        "figure figures detail details context stake stakes help helped others other people person follow followed listen ask asked asks back "
        "thought thoughts reflect reflection approach explain explained describe describes cover covers include includes focus focused keep avoid "
        "rambling rambles ramble memorised memorized rehearsed silence stops never always too long without with before after against about because "
        "trust trusts miss misses only each anybody assume split sum aloud range guess requirement requirements small smallest small thing meet meets break breaks "
        "restate plain solution build built try empty odd case cases order easy easier another bound bounds solve solves choice choose choices chosen worse loyalty rule rules edge "
        "hard fact apply applies depend depends out leave leaves left person people who tell check checks held hold holds know knew worked works point points stop stops matter propose "
        "cost costs method yes no need needs either figure figures true follow follows recite recites textbook mistake mistakes history turning turn came come comes ending "
        "since instead general all over both side sides great solid main key topic subject subjects common usual possible whether if more most much many some any "
        "could do done doing fit fits every employer company candidate interviewer sure elsewhere praise nothing without at on in of to the an it its is be been being as or than also just only get gets got "
        "else fail far gone go goes going factor factors otherwise cannot stand stands enough run ran again "
        "what when where which who whom whose how why that this these those they them their there here then than "
        "you your for from into and but not does did do has had have are was were would will can could should"
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
