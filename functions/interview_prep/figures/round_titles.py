"""What the rounds of one guide are called: by what reports or the employer call them, by who sits opposite, by the kind of job; else by their kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from functions.interview_prep.figures.stated_names import as_it_stands, stated_names
from functions.interview_prep.job_kinds.kinds_of_posts import TECHNICAL
from functions.interview_prep.job_kinds.preparation_packs import pack_for
from functions.interview_prep.round_kinds import ROUND_NAMES, kind_of
from functions.interview_prep.stage_messages import Outline, Round, RoundKind, Section

WITH_TECHNICAL_ROUNDS = TECHNICAL | {"security", "product", "design"}
"""Kinds of job whose people call their rounds what the guide does."""
OF_ENGINEERS: frozenset[RoundKind] = frozenset({"technical_screen", "coding", "system_design"})
NAMED_BY_REPORTS: frozenset[RoundKind] = frozenset({"technical_screen", "hiring_manager", "onsite", "behavioural"})
FEWEST_POSTS = 2
"""Posts that have to call a round by a name: one writer's word is none."""
IN_OTHER_TRADES: Mapping[RoundKind, str] = {
    "technical_screen": "Phone or technical interview",
    "coding": "Practical test",
    "system_design": "Case study",
}
"""What engineers' rounds are in a trade that has none of that name."""
USUAL_ORDER: tuple[RoundKind, ...] = (
    "recruiter_screen", "online_assessment", "take_home", "technical_screen", "coding", "system_design",
    "case_study", "presentation", "behavioural", "onsite", "hiring_manager", "other",
)  # fmt: skip
_CALLED = re.compile(
    r"\b(?:the|my|an?) ([a-z][\w-]{2,20}) (interview|round|visit|walk|tour|trial|shift|exercise|test|audition)\b", re.IGNORECASE
)
_ANY_ROUND = frozenset(
    "the this that these his her its our your my their first second third fourth final last next other another initial previous "  # noqa: SIM905
    "one two three four five six each every any some same whole full main phone video skype zoom teams online virtual remote "
    "telephone job work working interview real mock group panel face person great good bad awful weird long short quick easy hard "
    "with from for and about during after before had got was did said asked failed passed finished did have went mid pre post "
    "actual single loop recorded tech swe sre experience proper official iqb guru "
    "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening scheduled upcoming mid dream intern internship graduate campus entire "
    "technical coding behavioral behavioural hiring recruiter screening system design hr onsite site manager".split()
)
_MANAGER = re.compile(r"\b(?:(\w+) )?(?:managers?|head|owners?|supervisors?|matron|principal|directors?|chef)\b", re.IGNORECASE)
_BEGINS_WITH_MANAGER = re.compile(r"\W*(?:the|my|a) (?:\w+ ){0,2}manager (?!of hr)(?:\w+ed|took|led|gave|had)\b", re.IGNORECASE)
_TECHNICAL_WORDS = re.compile(
    r"\b(?:technical|cod(?:e|ing)|program\w*|algorithm\w*|sql|system design|architecture|leetcode|karat|spreadsheets?|excel|model)\b",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    r"(?!hiring )\w+ (?:manager|director|head|lead)|head ?teacher|matron|director|supervisor|founder", re.IGNORECASE
)


def in_own_trade(rounds: Iterable[Round], title: str) -> list[Round]:
    """The rounds, those that a manager led without a technical word as the manager's, where the job is no engineer's."""
    rounds = list(rounds)
    if pack_for(title).key in WITH_TECHNICAL_ROUNDS:
        return rounds
    return [one.model_copy(update={"kind": "hiring_manager"}) if _is_the_managers(one) else one for one in rounds]


def _is_the_managers(one: Round) -> bool:
    if one.kind in {"other", "recruiter_screen"}:  # a label above may be of the call before it
        return bool(_BEGINS_WITH_MANAGER.match(one.detail))
    return one.kind in OF_ENGINEERS and bool(_MANAGER.search(one.detail)) and not _TECHNICAL_WORDS.search(one.detail)


def title_of_other(outline: Outline) -> dict[RoundKind, str]:
    """What a guide in another language than English calls an announced step of no known kind: as the posting does."""
    reported = any(one.kind == "other" for one in outline.insights.rounds)
    return {} if reported else as_it_stands(outline.figures.stated)


def round_titles(outline: Outline, title: str, company: str) -> dict[RoundKind, str]:
    """The kinds of rounds that are not called by their usual name (`ROUND_NAMES`), each with its name in English."""
    technical = pack_for(title).key in WITH_TECHNICAL_ROUNDS
    stated = stated_names(outline.figures.stated, technical=technical)
    if any(one.kind == "other" for one in outline.insights.rounds):  # what is told of no round stands there, and is no step
        stated.pop("other", None)
    if technical:
        return stated
    titles: dict[RoundKind, str] = {**IN_OTHER_TRADES, **stated}
    people = {one.kind: one.interviewer.value for one in outline.figures.rounds}
    people |= {step.kind: people.get(step.kind) or step.interviewer for step in outline.figures.stated}
    if _SPECIAL.fullmatch(people.get("hiring_manager", "")):
        titles["hiring_manager"] = f"Interview with the {people['hiring_manager']}"
    without = frozenset(f"{company} {title}".casefold().split())
    called = Counter(name for text in outline.reports.values() for name in names_in(text, without))
    for one in outline.insights.rounds:
        known = sorted(names_in(one.detail, without), key=lambda name: (-called[name], name))
        if one.kind in NAMED_BY_REPORTS and known and called[known[0]] >= FEWEST_POSTS:
            titles[one.kind] = known[0].capitalize()
    return {kind: name for kind, name in titles.items() if name != ROUND_NAMES[kind]}


def names_in(text: str, without: frozenset[str]) -> frozenset[str]:
    """The names that a text calls rounds by (`store tour`), in small letters, without those of any round and words in `without`."""
    found = ((word.casefold(), noun.casefold()) for word, noun in _CALLED.findall(text))
    return frozenset(f"{word} {noun}" for word, noun in found if word not in _ANY_ROUND and word not in without)


def with_round_titles(section: Section, titles: Mapping[RoundKind, str]) -> Section:
    """A section that speaks of rounds by their usual names (the process, the plan), with what this guide calls them."""
    if section.section not in {"process", "plan"}:
        return section
    items = section.items
    if section.section == "plan":
        items = tuple(
            item.model_copy(update={"points": tuple(_renamed(point, titles) for point in item.points)}) for item in items
        )
    return section.model_copy(update={"intro": _renamed(section.intro, titles), "items": items})


def _renamed(text: str, titles: Mapping[RoundKind, str]) -> str:
    for kind, name in titles.items():
        text = text.replace(ROUND_NAMES[kind], name).replace(ROUND_NAMES[kind].lower(), f"{name[0].lower()}{name[1:]}")
    return text


def in_usual_order(told: Iterable[str], others: Iterable[str]) -> list[str]:
    """The rounds' names as the process tells them, further ones where they usually come."""
    order = list(dict.fromkeys(told))
    further = [name for name in dict.fromkeys(others) if name not in order]
    for name in sorted(further, key=_place):
        order.insert(next((at for at, known in enumerate(order) if _place(known) > _place(name)), len(order)), name)
    return order


def _place(name: str) -> int:
    return USUAL_ORDER.index(kind_of(name))
