"""What is wrong with a written text, and what can be mended without asking again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from functions.daily_post.agents.agent_profile import Agent, Language
from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied, supplied_by
from shared.post_rules.banned_claims import banned
from shared.post_rules.language_rules import wrong_script
from shared.post_rules.model_leftovers import leftover_faults
from shared.post_rules.platform_limits import Platform, length_on
from shared.post_rules.platform_rules import platform_faults
from shared.text.fault_codes import Fault
from shared.text.links_and_markup import find, without_unsupplied

LONGEST_TAG = 30
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_MARKUP = re.compile(r"\*\*|^#{1,6} |^[^\S\n]*[-*] |```|\]\(", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_HELD_AGAINST = frozenset(
    [
        "unsupplied_number",
        "wrong_direction",
        "wrong_fact",
        "wrong_unit",
        "wrong_period",
        "unsupplied_date",
        "banned_claim",
        "insider_claim",
        "accusation",
        "price_target",
        "refusal",
        "leftover",
        "placeholder",
        "quoted_prompt",
        "contact",
        "mentions",
        "unsupplied_link",
        "markup",
    ]
)
"""Codes of the shared rules that hold for a title and a text; length and language have sentences of their own."""
_QUOTES = "\"'“”‘’「」『』«»"


def faults(text: str, most: int, agent: Agent, facts: str, instructions: str = "") -> list[str]:
    """What is wrong with a text, in sentences that a model can act on.

    `most`: its length at most, as the agent's places count. `facts`: where its numbers and names have to stand. `instructions`: the prompt.
    """
    return _sure(text, most, agent, _shared_faults(text, agent, facts, instructions, classified=False))


def suspicions(text: str, agent: Agent, facts: str) -> tuple[str, ...]:
    """What is likely wrong and not surely, as a claim in words that no rule knows: for somebody to look at, if the agent's owner wants to."""
    return _unsure(_shared_faults(text, agent, facts, classified=True)) if agent.hold_suspected else ()


def findings(text: str, most: int, agent: Agent, facts: str) -> list[str]:
    """Both, each rule asked once."""
    found = list(_shared_faults(text, agent, facts, classified=agent.hold_suspected))
    return [*_sure(text, most, agent, found), *(_unsure(found) if agent.hold_suspected else ())]


def _sure(text: str, most: int, agent: Agent, shared: Iterable[Fault]) -> list[str]:
    """The agent's own rules and the shared ones."""
    caps, language, found = agent.caps, agent.language, []
    if not text:
        found.append("it is empty")
    if (long := length_on(text, caps)) > most:
        found.append(f"it is {long} characters long, and {most} are allowed")
    if _MARKUP.search(text):
        found.append("it has markdown")
    if why := other_language(text, language):
        found.append(why)
    lowered = text.casefold()
    found += [f"it says {word!r}, which this agent does not say" for word in agent.banned if word.casefold() in lowered]
    told = (fault.told.rstrip(".") for fault in shared if fault.remedy != "hold" and fault.code in _HELD_AGAINST)
    return [*found, *dict.fromkeys(told)]


def _unsure(shared: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(fault.told for fault in shared if fault.remedy == "hold")


def _shared_faults(text: str, agent: Agent, facts: str, instructions: str = "", *, classified: bool) -> Iterator[Fault]:
    """What every post is held against: its figures and dates, claims, leftovers of the prompt, contact details.

    `classified`: also sentences that only read like claims.
    """
    supplied = _supplied(facts)
    yield from unsupplied(text, supplied)
    yield from banned(text, "\n".join(supplied.lines), language=agent.language, classified=classified)
    yield from leftover_faults(text, instructions)
    yield from platform_faults(text, text, "forum", names_in(facts))


def _supplied(facts: str) -> Supplied:
    return supplied_by(tuple(part for part in _SENTENCE.split(facts) if part.strip()))


def names_in(facts: str) -> str:
    """The names in a story that end like addresses, as Booking.com does. What else it holds of addresses, anybody may have put there."""
    shown = (facts[one.start : one.end] for one in find(facts) if one.kind == "link" and not set(one.form) & set("/:?#"))
    return " ".join(name for name in shown if name[:1].isupper())


def plain_text(words: str) -> str:
    """A story's own words as they may be published: without its addresses, handles and tags."""
    return without_unsupplied(words, names_in(words))


def other_language(text: str, language: Language) -> str:
    """Why a text is not in an agent's language and script, in a sentence; empty where it is. One character of the other script is no fault."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return ""
    share = len(_SCRIPT.findall(text)) / len(letters)
    if language.startswith(("zh", "ja")):
        if share < 0.3:  # noqa: PLR2004 - names and terms may be Latin
            return f"it is not written in {language}"
        if len(wrong_script(text, language)) > 1:
            here, there = ("Simplified", "Traditional") if language == "zh-Hant" else ("Traditional", "Simplified")
            return f"it is written in {here} Chinese characters, not {there} ones"
        if language == "ja" and not _KANA.search(text):
            return "it is not written in Japanese"
        return ""
    return f"it is not written in {language}" if share > 0.3 else ""  # noqa: PLR2004 - as above


def one_line(text: str) -> str:
    """A title as titles are: one line, no quotation marks around it, no full stop at its end."""
    text = " ".join(text.split()).lstrip("#").strip()
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:  # noqa: PLR2004 - two marks and something between
        text = text[1:-1].strip()
    return text if text.endswith(("...", "…")) else text.rstrip(".。 ")


def tags_of(wanted: Iterable[str], caps: Platform, banned: Iterable[str]) -> tuple[str, ...]:
    """Hashtags that can stand: letters, digits and underscores, not digits alone, each once, no more than allowed."""
    forbidden = [word.casefold() for word in banned]
    found: dict[str, str] = {}
    for tag in wanted:
        plain = re.sub(r"[^\w]", "", unicodedata.normalize("NFKC", tag))
        if (
            plain
            and len(plain) <= LONGEST_TAG
            and not plain.isdigit()
            and not any(word in plain.casefold() for word in forbidden)
        ):
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())[: caps.tags]
