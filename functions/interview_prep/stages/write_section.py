"""Write one section of the guide from the posting and the outline."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from pydantic import Field

from functions.interview_prep.answers.generic_outlines import without_generic_outline
from functions.interview_prep.answers.known_answers import with_known_answer
from functions.interview_prep.answers.private_questions import with_private_advice
from functions.interview_prep.employer_messages import PageKind
from functions.interview_prep.guide.check_items import check_item
from functions.interview_prep.guide.claim_check import Report, Tally
from functions.interview_prep.guide.difficulty_label import as_graded
from functions.interview_prep.guide.generic_lines import is_what_its_label_says, without_counts, without_generic_reason
from functions.interview_prep.guide.merge_statements import alike
from functions.interview_prep.guide.question_validation import is_whole_question, without_repeated
from functions.interview_prep.guide.untrusted_text import as_written, cap_length, clean, map_text, whole_sentences
from functions.interview_prep.job_kinds.craft_for_section import craft_for
from functions.interview_prep.job_kinds.preparation_packs import pack_for
from functions.interview_prep.pdf.frame_words.frame_language import words_of
from functions.interview_prep.posting.values.posting_language import NAMES, is_rather_in, without_quotations
from functions.interview_prep.prompts import prompt
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import Item, Outline, Posting, Section, SectionName, SectionRequest
from functions.interview_prep.written.inferred_claims import Known, as_counted, introduction, without_invented_facts
from functions.interview_prep.written.plain_sentences import in_one_language, plain, plain_item
from shared.base_message import Message
from shared.errors import Transient
from shared.ports import Ports

NO_REPORTS = "No first-hand reports were found; everything here is inferred from the posting."
FIRST: SectionName = "role"
"""Where it is said that nothing was reported: once, as every item says so too."""
ENOUGH = 1500
"""Characters of a posting in which every section finds something. From less, an empty section is an honest one."""
LONGEST = {"intro": 500, "title": 160, "text": 340, "why": 200, "weak": 160, "said": 400, "label": 160, "points": 160}
"""Characters of each field: seven sections of this size fill seven or eight pages."""
LONGEST_ROUND = 500
"""Characters of a round's text: what candidates tell of it is what the guide is read for."""

NEEDS: dict[SectionName, tuple[str, ...]] = {
    "role": ("topics", "questions"),
    "process": ("rounds", "questions", "tips", "timeline"),
    "questions": ("rounds", "questions", "topics"),
    "stories": ("questions", "culture"),
    "checklist": ("topics", "questions", "tips"),
    "company": ("culture", "red_flags", "compensation", "timeline", "tips"),
    "plan": ("rounds", "questions", "topics", "tips"),
}
"""The insights that each section is written from: a question carries only what it needs."""
PAGES: dict[SectionName, tuple[PageKind, ...]] = {
    "process": ("hiring",),
    "questions": ("hiring", "values"),
    "stories": ("values",),
    "checklist": ("engineering",),
    "company": ("hiring", "values", "news", "engineering"),
}
"""The employer's own pages that each section is written from."""
MOST_OF_PAGE = 2_500
LABELS: dict[SectionName, tuple[str, ...]] = {
    "role": ("theme", "must-have", "nice-to-have"),
    "process": ("unknown", "easy", "medium", "hard"),
    "company": ("signal", "news", "watch out", "pay", "ask"),
}
"""Where labels are a fixed set: the first takes what is none of them."""
FEWEST_QUESTIONS = 3
MAX_SOURCES = 6
"""Refs shown per item, best first: more prove no more to a reader."""
MOST_OF_ROUND, MOST_OF_FEW, FEW_ROUNDS = 8, 12, 2
"""Questions of one round from which no more are inferred, and where the process has one round or two: a longer list is not practised."""
MAX_ITEMS: dict[SectionName, int] = {
    "role": 10,
    "process": 9,
    "questions": 18,
    "stories": 6,
    "checklist": 10,
    "company": 15,
    "plan": 7,
}


class SectionDraft(Message):
    """A section as the model writes it."""

    intro: str = Field(description="One or two sentences.")
    items: tuple[Item, ...]


async def write_section(request: SectionRequest, posting: Posting, outline: Outline, ports: Ports) -> Section:
    """The section, each item with the outline's refs it rests on; none means: inferred from the posting.

    Raises:
        PutBack, Transient, Permanent: as the models port says; `model_invalid_answer` also for a section that should
            have items and has none.
    """
    data = json.dumps(_asked(request.section, posting, outline), ensure_ascii=False, indent=1)
    instructions = f"{prompt('write_section_common')}\n\n{prompt(f'write_section_{request.section}')}"
    draft = await ports.models.ask(
        instructions=instructions,
        data=data,
        answer=SectionDraft,
        role="good",
        max_output_tokens=6000,
        timeout=180.0,
    )
    written_by = ports.models.label
    supplied = data.replace("\\n", "\n")  # what begins a line does not begin with the line end's letter
    draft = map_text(draft, lambda text: as_written(text, supplied, instructions))
    draft = SectionDraft(intro=plain(draft.intro), items=in_one_language(map(plain_item, draft.items), posting.language))
    if posting.language == "en":  # nothing is translated: each statement is held against its posts itself
        draft = draft.model_copy(update={"items": tuple(item.model_copy(update={"said": ""}) for item in draft.items)})
    items = _arranged(
        request.section, draft.items, {source.ref for source in outline.sources} | {page.ref for page in outline.pages}
    )
    if not items and (outline.sources or len(posting.description) > ENOUGH):
        raise Transient(
            f"the model wrote an empty section {request.section!r}",
            code="model_invalid_answer",
            advice="Run the job again; if it happens again, the posting may say too little: paste its whole text.",
        )
    tally = Tally()
    items = _checked(request.section, items, posting, outline, tally)
    told = introduction(without_counts(draft.intro), Known(posting, outline), list(outline.reports.values()))
    intro = whole_sentences(
        told if outline.sources or request.section != FIRST else f"{_no_reports(draft, posting)} {told}".strip(),
        LONGEST["intro"],
    )
    return Section(
        section=request.section,
        title=TITLES[request.section],
        intro=intro,
        items=items,
        written_by=written_by,
        private=_is_private(request.section, outline),
        claims_checked=tally.checked,
        claims_held=tally.held,
    )


def _no_reports(draft: SectionDraft, posting: Posting) -> str:
    """That nothing was reported, in the language in which the section was in fact written."""
    told = " ".join([draft.intro, *(f"{item.text} {' '.join(item.points)}" for item in draft.items)])
    return words_of(_written_in(told, posting)).get(NO_REPORTS, NO_REPORTS)


def _written_in(text: str, posting: Posting) -> str:
    """The tag of the language of a text that was asked for in the posting's. What it takes from the posting word for word tells nothing of it."""
    for said in (posting.title, posting.company, posting.location, posting.salary, posting.employment_type):
        text = text.replace(said, " ") if said else text
    return posting.language if is_rather_in(without_quotations(text), posting.language) else "en"


PERSONAL: frozenset[SectionName] = frozenset({"role", "questions", "stories", "plan"})
"""Sections that are written with the candidate's CV, where there is one."""


def _is_private(section: SectionName, outline: Outline) -> bool:
    return bool(outline.candidate) and section in PERSONAL


def _checked(section: SectionName, items: tuple[Item, ...], posting: Posting, outline: Outline, tally: Tally) -> tuple[Item, ...]:
    """The items held against the posts that they cite."""
    reports = {ref: Report.of(text, posting.company, posting.company_domain) for ref, text in outline.reports.items()}
    known = (
        f"{outline.candidate}\n{posting.title}\n{posting.company}\n{posting.location}\n{posting.salary}\n{posting.description}"
    )
    news = [line.text for page in outline.pages for line in page.news]
    items = tuple(item for item in items if item.label != "news" or any(alike(item.text or item.title, line) for line in news))
    nouns = posting.language == "de"
    checked = (check_item(section, item, reports, known, tally, nouns=nouns) for item in items)
    said = Known(posting, outline)
    inferred = (item if item is None or item.sources else without_invented_facts(section, item, said) for item in checked)
    counted = (item and as_counted(item, MAX_SOURCES) for item in inferred)
    graded = (item if item is None else as_graded(section, item, outline.figures) for item in counted)
    kept = tuple(item for item in graded if item is not None and is_what_its_label_says(section, item, posting.salary))
    kept = tuple(with_private_advice(section, item, _written_in(item.text or item.title, posting)) for item in kept)
    if posting.language != "en":  # the words that name nothing are known in English alone
        return kept
    told = "\n".join([known, *outline.reports.values()])
    kind = pack_for(posting.title).key
    plain_items = (without_generic_outline(section, without_generic_reason(item, told)) for item in kept)
    return tuple(with_known_answer(section, item, kind) for item in plain_items)


def _asked(section: SectionName, posting: Posting, outline: Outline) -> dict[str, Any]:
    """What the section is written from: the posting, its share of the insights, and the sources these name."""
    insights = outline.insights.model_dump(include=set(NEEDS[section]))
    named = {ref for statements in insights.values() for statement in statements for ref in statement["sources"]}
    facts = posting.model_dump(exclude={"description", "read_by", "warnings", "url", "language"})
    candidate = {"candidate": outline.candidate} if _is_private(section, outline) else {}
    return {
        "section": section,
        **({"language": NAMES[posting.language]} if posting.language != "en" and posting.language in NAMES else {}),
        **candidate,
        "posting": {name: clean(text) for name, text in facts.items() if text} | {"description": clean(posting.description)},
        "insights": {name: statements for name, statements in insights.items() if statements},
        **_stated_steps(section, outline),
        **_own_pages(section, outline),
        **craft_for(section, posting, outline),
        "sources": [
            {"ref": source.ref, "title": clean(source.title), "place": source.place, "score": source.score, "date": source.date}
            for source in outline.sources
            if source.ref in named
        ],
    }


STEPS: frozenset[SectionName] = frozenset({"process", "questions", "plan"})
"""The sections that are written along the process."""


def _stated_steps(section: SectionName, outline: Outline) -> dict[str, Any]:
    """The steps that the employer itself announces."""
    steps = [step.model_dump(include={"kind", "text", "source"}) for step in outline.figures.stated] if section in STEPS else []
    return {"stated_steps": [step | {"text": clean(step["text"])} for step in steps]} if steps else {}


def _own_pages(section: SectionName, outline: Outline) -> dict[str, Any]:
    """The employer's own pages that this section is written from, and the news of the last months."""
    pages = [page for page in outline.pages if page.kind in PAGES.get(section, ())]
    news = [{"ref": page.ref, "date": line.date, "text": clean(line.text)} for page in pages for line in page.news]
    told = [
        {"ref": page.ref, "kind": page.kind, "title": clean(page.title), "text": clean(page.text)[:MOST_OF_PAGE]}
        for page in pages
    ]
    return ({"own_pages": told} if told else {}) | ({"news": news} if news else {})


def _whole_questions(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items that are questions, whole; all of them where hardly any is, for a thin section is better than none."""
    whole = tuple(item for item in items if is_whole_question(item.title or item.text, LONGEST["title"]))
    return whole if len(whole) >= FEWEST_QUESTIONS else items


def _not_too_many_of_a_round(items: list[Item]) -> list[Item]:
    """The questions without those that would only be inferred for a round that has enough."""
    seen: Counter[str] = Counter()
    kept = []
    most = MOST_OF_FEW if len({item.label for item in items}) <= FEW_ROUNDS else MOST_OF_ROUND
    for item in items:
        seen[item.label] += 1
        if item.sources or seen[item.label] <= most:
            kept.append(item)
    return kept


def _arranged(section: SectionName, items: tuple[Item, ...], refs: set[str]) -> tuple[Item, ...]:
    """The items that say something, with true refs, in the order and with the labels that the section promises."""
    kept = []
    for item in _whole_questions(items) if section == "questions" else items:
        named = (source.strip().strip("[]").upper() for source in item.sources)
        update: dict[str, Any] = {name: cap_length(getattr(item, name), LONGEST[name]) for name in ("title", "label")}
        longest = LONGEST | ({"text": LONGEST_ROUND} if section == "process" else {})
        update |= {name: whole_sentences(getattr(item, name), longest[name]) for name in ("text", "why", "weak", "said")}
        update |= {
            "sources": tuple(dict.fromkeys(ref for ref in named if ref in refs))[:MAX_SOURCES],
            "points": tuple(cap_length(point, LONGEST["points"]) for point in item.points if point.strip()),
        }
        if labels := LABELS.get(section):
            label = item.label.strip().lower()
            update["label"] = label if label in labels else labels[0]
        if item.title or item.text:
            kept.append(item.model_copy(update=update))
    if section == "questions":
        kept.sort(key=lambda item: not item.sources)  # stable: reported ones first
        kept = list(without_repeated(kept))
        kept = _not_too_many_of_a_round(kept)
    elif section == "company":
        kept.sort(key=lambda item: LABELS["company"].index(item.label))
    kept = kept[: MAX_ITEMS[section]]
    if section == "plan":
        kept = [item.model_copy(update={"label": f"Day {day}"}) for day, item in enumerate(kept, 1)]
    return tuple(kept)
