"""Reported statements with the posts that say them, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar, get_args

from functions.interview_prep.guide.claim_check import Report, holds, numbers_of, sentences_of
from functions.interview_prep.guide.passages import (
    as_shown,
    goes_on,
    leads_to_list,
    with_beginning,
    with_list,
    with_situation,
    with_what_follows,
)
from functions.interview_prep.reports.accounts import WRITER
from functions.interview_prep.reports.alone.read_alone import reads_alone
from functions.interview_prep.reports.other_languages import is_foreign
from functions.interview_prep.reports.report_frames import Kind, Told, reports_of, stands_alone, tells_of_interviewing
from functions.interview_prep.reports.report_phrases import ELSEWHERE
from functions.interview_prep.reports.round_words import THIS_ROUND, names_round, only_round_named, under_its_label
from functions.interview_prep.stage_messages import Claim, Insights, Post, Question, Round, RoundKind

Statement = TypeVar("Statement", Round, Question, Claim)
KINDS: tuple[Kind, ...] = get_args(Kind)
_OF_CRAFT = frozenset({"coding", "system_design", "online_assessment", "take_home"})
_OF_PERSON = frozenset({"company", "behavioural", "role"})
"""Rounds of the craft, and kinds of questions that are asked of a person."""


_HOW_HARD = re.compile(
    r"\b(?:eas(?:y|ier)|simple|basic|straight[- ]?forward|mediums?|moderate|hard|tough|difficult|challenging|tricky|intense|brutal)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:compet\w+|counter|another|other|current|previous|old|last) (?:\w+ )?(?:offers?|jobs?|compan(?:y|ies)|employers?|roles?|salary|comp|pay)\b|\b(?:elsewhere|my (?:current|old|last|previous))\b|\bfrom (?:a|another) (?:bank|startup|competitor|company|firm)\b",
    re.IGNORECASE,
)
"""Words by which a figure is another employer's, or the writer's own of today."""
SPOKEN_OF = 200
"""Characters before an amount in which it is said whose it is."""
_HEAD = re.compile(
    r"[^\w\n]{0,6}(?P<who>[A-Z][\w&'’]{1,24}(?: [A-Z][\w&'’]{0,24}){0,2})[^\w\n]{0,5}\s?(?:[ELT]\d|\[|\(|[-–:=]|\d)"
)
_NO_EMPLOYER = re.compile(
    r"\b(?:offer\w*|base|tc|total|pay|salary|comp\w*|bonus|senior|junior|staff|principal|lead|mid|intern\w*|new|grad|level|l\d|e\d|ic\d|equity|stock|rsus?|sign\w*|update|edit|they|the|i|we|it|remote|first|year|hourly|range|band|around|about|up)\b",
    re.IGNORECASE,
)


_SAYS_I = re.compile(r"\bI\b")
"""A line that tells is no round's label, however short: `I applied online`."""


def words_in(post: Post) -> str:
    """A post's own words: its title on the first line, then its text and its comments, each writer's apart."""
    return f"\n{WRITER}".join([f"{post.title}".replace("\n", " ") + f"\n{post.body}", *post.comments])


def with_holding_sources(insights: Insights, reports: Mapping[str, Report], *, drop: bool = True) -> Insights:
    """The statements that at least one of their posts says, each with those posts alone; without `drop`, the others as they are.

    A post that only asks, plans, advises or tells of another employer says nothing of the kind (`reports/report_frames.py`).
    """
    held = {name: _holding(name, getattr(insights, name), reports, drop=drop) for name in KINDS}
    told = (_not_denied(one, reports) for one in held["topics"])
    held["topics"] = tuple(topic for topic in told if topic.sources)
    held["compensation"] = tuple(one for one in held["compensation"] if _is_own_pay(one, reports))
    return Insights(**{name: _read_alone(name, told, reports) for name, told in held.items()})


def _read_alone(kind: Kind, statements: tuple[Statement, ...], reports: Mapping[str, Report]) -> tuple[Statement, ...]:
    """The statements that are understood as they stand; of a round, the sentences that are, alone or behind the one before."""
    kept = []
    for statement in statements:
        posts = [reports[ref] for ref in statement.sources if ref in reports]
        round_kind: RoundKind = statement.kind if isinstance(statement, Round) else "other"
        parts: list[str] = []
        before = ""
        for part in _parts_of(statement):
            is_led = bool(before) and any(goes_on(before, part, post) for post in posts)
            is_alone = _is_of_another_language(part, posts) or reads_alone(kind, part, round_kind, is_led=is_led)
            before = part if is_alone else ""
            parts += [before] if before else []
        if parts:
            kept.append(_with_parts(statement, parts))
    return tuple(kept)


def _is_of_another_language(text: str, posts: list[Report]) -> bool:
    """Whether it was written in another language than English, whose words are not known here."""
    return any(told is not None and told.language != "en" for told in (post.nearest(text) for post in posts))


def _is_own_pay(claim: Claim, reports: Mapping[str, Report]) -> bool:
    """Whether the amounts are this employer's: pay that another one offers is none, whatever the post is about."""
    amounts = numbers_of(claim.text)
    posts = [reports[ref] for ref in claim.sources if ref in reports]
    return not _ELSEWHERE.search(claim.text) and any(
        amounts <= post.numbers and not _is_anothers(claim.text, post) for post in posts
    )


def _is_anothers(text: str, post: Report) -> bool:
    """Whether another employer stands at the head of the line that gives the amount, or was spoken of last before it."""
    told = post.nearest(text)
    sentence, before = (told.sentence, told.before) if told else ("", "")
    around = f"{before[-SPOKEN_OF:]}{sentence}"
    head = _HEAD.match(sentence)
    if (
        head
        and not post.name_words & {word.casefold() for word in re.findall(r"\w+", head["who"])}
        and not _NO_EMPLOYER.match(head["who"])
    ):
        return True
    last = [found.end() for found in ELSEWHERE.finditer(around)]
    ours = [at for name in post.names if (at := around.casefold().rfind(name.casefold())) >= 0]
    return bool(last) and (not ours or max(ours) < last[-1])


def _not_denied(topic: Claim, reports: Mapping[str, Report]) -> Claim:
    """The subject without the posts that name it only to say that it did not come up."""
    named = _subject(topic.text)
    denied = re.compile(rf"\b(?:no|nobody|not|never|without|nothing|unlike|different from|(?:apart|aside) from|other than|except(?: for)?|besides|rather than|instead of|\w+n['’]t)\b[^.?!,;:\n]{{0,40}}(?<!\w){re.escape(topic.text)}(?!\w)", re.IGNORECASE)  # fmt: skip

    def only_denies(report: Report) -> bool:
        return len(named.findall(report.text)) == len(denied.findall(report.text)) > 0

    sources = tuple(ref for ref in topic.sources if ref not in reports or not only_denies(reports[ref]))
    return topic if sources == topic.sources else topic.model_copy(update={"sources": sources})


def _subject(name: str) -> re.Pattern[str]:
    """Where a text names a subject: neither in a job's title nor as a part of another one."""
    return re.compile(
        rf"(?<!\w)(?<!A/B ){re.escape(name)}(?!\w)(?! (?:engineer|developer|scientist|intern|position|role)s?\b)", re.IGNORECASE
    )


def _holding(
    kind: Kind, statements: tuple[Statement, ...], reports: Mapping[str, Report], *, drop: bool
) -> tuple[Statement, ...]:
    kept = []
    for statement in statements:
        posts = {ref: reports[ref] for ref in statement.sources if ref in reports}
        reporting = _reporting(kind, _parts_of(statement), posts)
        told = [part for part in _parts_of(statement) if reporting[part]]
        sources = tuple(ref for ref, post in posts.items() if any(ref in reporting[part] and holds(part, post) for part in told))
        filed = _filed(_with_parts(statement, told), posts)
        whole = _with_context(kind, filed.model_copy(update={"sources": sources}), posts) if sources else None
        if whole is not None and _tells_something(filed, posts):
            kept.append(whole)
        elif not drop:
            kept.append(statement)
    return tuple(kept)


def _reporting(kind: Kind, parts: list[str], posts: Mapping[str, Report]) -> dict[str, set[str]]:
    """By part, the posts that report it: alone, or directly behind the part before it."""
    found: dict[str, set[str]] = {}
    before = ""
    for part in parts:
        led = {ref for ref in found.get(before, ()) if goes_on(before, part, posts[ref])}
        found[part] = {ref for ref, post in posts.items() if _reports(kind, part, post, is_led=ref in led)}
        before = part
    return found


def _with_context(kind: Kind, statement: Statement, posts: Mapping[str, Report]) -> Statement | None:
    """The statement with what it cannot be read without, as far as the post that tells it has that; None where it has not."""
    post = posts[statement.sources[0]]
    if isinstance(statement, Question):
        return _reworded(_graded(statement, post), as_shown(with_situation(statement.text, post)))
    parts = _parts_of(statement)
    if len(parts) != 1 or len(statement.sources) != 1:
        return _reworded(statement, as_shown(statement.detail)) if isinstance(statement, Round) else statement
    if not isinstance(statement, Round):
        told = with_beginning(statement.text, post) if kind == "timeline" else statement.text
        return None if leads_to_list(statement.text, post) else _reworded(statement, as_shown(told))
    if leads_to_list(statement.detail, post):
        return _reworded(statement, with_list(statement.detail, post))
    return _reworded(statement, as_shown(with_what_follows(statement.detail, post)))


def _graded(question: Question, post: Report) -> Question:
    """The question with its difficulty, where its sentence says that beside it: a `challenging teammate` makes no hard question."""
    told = post.nearest(question.text)
    said = told is None or told.language != "en" or len(_HOW_HARD.findall(told.sentence)) > len(_HOW_HARD.findall(question.text))
    return question if said else question.model_copy(update={"difficulty": "unknown"})


def _reworded(statement: Statement, text: str) -> Statement | None:
    """The statement in other words; None where there are none."""
    return statement.model_copy(update={"detail" if isinstance(statement, Round) else "text": text}) if text else None


def _parts_of(statement: Statement) -> list[str]:
    return sentences_of(statement.detail) if isinstance(statement, Round) else [statement.text]


def _with_parts(statement: Statement, parts: list[str]) -> Statement:
    return statement.model_copy(update={"detail": " ".join(parts)}) if isinstance(statement, Round) else statement


def _tells_something(statement: Statement, posts: Mapping[str, Report]) -> bool:
    """Whether a round of no kind tells of interviewing at all; what is written in another language than English is believed."""
    if not isinstance(statement, Round) or statement.kind != "other":
        return True
    if THIS_ROUND.search(sentences_of(statement.detail)[0]):
        return False
    return tells_of_interviewing(statement.detail) or _is_of_another_language(statement.detail, list(posts.values()))


def _filed(statement: Statement, posts: Mapping[str, Report]) -> Statement:
    """A round under the kind that its own words, or the label above them in its post, name; else under none.

    Of a report in another language, whose words for rounds are not known here, the kind is believed.
    """
    if isinstance(statement, Question):
        return _question_filed(statement, posts)
    if not isinstance(statement, Round):
        return statement
    found = [post.nearest(statement.detail) for post in posts.values()]
    if found and all(told is not None and told.language != "en" for told in found):
        return statement
    above = "\n".join(line for told in found if told and (line := _label(told)))
    if all(told is not None and told.lead for told in found) and (of_list := only_round_named("", above, surely=True)) != "other":
        return statement.model_copy(update={"kind": of_list})  # an entry of what its round was made of
    if statement.kind == "other":
        return statement.model_copy(update={"kind": only_round_named(statement.detail, above, surely=True)})
    named = any(names_round(statement.kind, part, above) for part in _parts_of(statement))
    return statement if named else statement.model_copy(update={"kind": only_round_named(statement.detail, above)})


def _question_filed(question: Question, posts: Mapping[str, Report]) -> Question:
    """A question under the round that the label above it, or its own sentence, surely names; what is asked of a person stands under no round of the craft."""
    if question.round == "other":
        return question
    told = [found for post in posts.values() if (found := post.nearest(question.text)) is not None]
    if any(one.language != "en" for one in told):
        return question
    named = {only_round_named("" if one.sentence in question.text else one.plain, _label(one), surely=True) for one in told}
    of_round: RoundKind = question.round if question.round in named else next(iter(sorted(named - {"other"})), "other")
    if of_round in _OF_CRAFT and question.kind in _OF_PERSON:
        of_round = "other"
    return question.model_copy(update={"round": of_round})


def _label(told: Told) -> str:
    return "" if _SAYS_I.search(told.round_label) else told.round_label


def _reports(kind: Kind, text: str, post: Report, *, is_led: bool = False) -> bool:
    """Whether a writer of the post who was there reports it in a sentence of their own; a subject counts wherever one of them does.

    `is_led`: it stands behind what it points back to.
    """
    if kind == "topics":
        named = _subject(text)
        return any(reports_of(kind, post.told_at(at, sentence)) for at, sentence in post.sentences if named.search(sentence))
    told = post.nearest(text)
    if told is None:
        return False
    if told.language == "en" and is_foreign(text):
        return False
    alone = stands_alone(text) or (
        kind == "rounds" and (stands_alone(under_its_label(text, told.round_label)) or leads_to_list(text, post))
    )
    if kind == "questions" and not _was_about(text, post):
        return False
    return (kind == "questions" or is_led or told.language != "en" or alone) and reports_of(
        kind, replace(told, asked=text.rstrip(" .?!")) if kind == "questions" else told
    )


_ABOUT_YOURS = re.compile(r"^\W*tell (?:us|me) about your (?:own |past |current |previous )?(?P<what>[\w'’/-]+)", re.IGNORECASE)
"""How a model puts `they asked about my projects`."""
_AT_LARGE = re.compile(r"\b(?:purpose|aims? to|sometimes|typically|may|might)\b", re.IGNORECASE)
"""What is said of interviews, and not of this one."""


def _was_about(question: str, post: Report) -> bool:
    """Whether somebody asked about what a question made of a report asks about: a project that `was mentioned in my resume` asks for no resume."""
    found = _ABOUT_YOURS.match(question)
    if found is None:
        return True
    asked = re.compile(
        rf"\b(?:about|on|regarding|to|of|through|over|into|from|around|for|cover\w*|includ\w*|discuss\w*|explain\w*|describ\w*|asked)\s(?:\w+\s){{0,3}}(?:my|your|our|the)\s(?:[\w,&/-]+\s){{0,4}}{re.escape(found['what'])}",
        re.IGNORECASE,
    )
    return any(asked.search(sentence) and not _AT_LARGE.search(sentence) for _, sentence in post.sentences)
