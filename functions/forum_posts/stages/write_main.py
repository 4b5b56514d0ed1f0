"""An item's main text, out early: in the post's record as soon as it is there. The other versions follow it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pydantic import Field

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.prompts import prompt
from functions.forum_posts.records import post_record
from functions.forum_posts.stage_messages import Main, Planned, Version, VersionRequest
from functions.forum_posts.writing.call_usage import counting_calls
from functions.forum_posts.writing.check_text import max_tokens
from functions.forum_posts.writing.generation_request import TIMEOUT, Say, Wanted, question
from functions.forum_posts.writing.kept_answers import Answers
from functions.forum_posts.writing.version_angles import Angle, pick
from functions.forum_posts.writing.version_writer import model_of, version
from shared import error_codes
from shared.base_message import Message
from shared.errors import Permanent, Transient
from shared.ports import Ports

OF_ONE_TEXT = frozenset({error_codes.MODEL_REFUSED, error_codes.MODEL_TRUNCATED, error_codes.MODEL_INVALID_ANSWER})
"""Codes that concern one text. Others (no credit, a bad key, a provider that is away) are everybody's."""
TRIES = 2
"""Of an answer that is none."""


class Drafted(Message):
    """One of several texts written in one call."""

    text: str
    probability: float = Field(description="0..1: how likely it would have been written if one had been asked for.")


class Drafts(Message):
    """All versions of an item, written in one call."""

    versions: tuple[Drafted, ...]


async def write_main(post: Planned, ports: Ports) -> Main:
    """The main text, checked and unlike any other of the last 30 days, or why there is none; and the versions to write.

    Raises:
        PutBack, Transient, Permanent: as the models port says. Permanent: also when the profile is gone (`unknown_kol`).
    """
    return await main_of(post, ports)


async def main_of(post: Planned, ports: Ports, say: Say | None = None) -> Main:
    """The same, `say` hearing the text's pieces as they are written."""
    profile = await profile_cache.planned(post.item.kol_serial, post.persona, ports)
    wanted, angles = wanted_main(post, profile), angles_of(post)
    drafts: list[Drafted] = []
    answers: Answers | None = None
    with counting_calls() as account:
        if post.one_call:
            before = await duplicate_gate.earlier(wanted.owner, ports, new=post.new)
            answers = Answers(wanted.owner, before.answers) if before.made is None else None
            drafts = await _drafts_if_any(wanted, angles, ports, answers)
    if first := _at(drafts, 0):
        wanted = replace(wanted, draft=first.text, drafted_by=model_of(wanted.profile, ports), probability=first.probability)
    main = await _version_or_why(wanted, ports, say, answers)
    main = main.model_copy(update={"spent": main.spent + account.spent})
    if main.text:
        await post_record.begin(post, profile, main, question(wanted, []), ports)
    return Main(post=post, main=main, versions=tuple(_further(post, angles, main, drafts)))


async def _version_or_why(wanted: Wanted, ports: Ports, say: Say | None, answers: Answers | None) -> Version:
    """The main text, or one that says why there is none: the other versions do not hang on it, each is asked for by its own angle."""
    why = ""
    for _ in range(TRIES):
        try:
            return await version(wanted, ports, say, answers)
        except (Permanent, Transient) as error:
            if error.code not in OF_ONE_TEXT:
                raise
            why, say = error.message, None
            if isinstance(error, Permanent):
                break
    return Version(number=0, angle=wanted.angle.name, text="", dropped=why, model=model_of(wanted.profile, ports))


async def _drafts_if_any(wanted: Wanted, angles: tuple[Angle, ...], ports: Ports, answers: Answers | None) -> list[Drafted]:
    """All versions in one call; none where that call came to nothing: then each is asked for by itself."""
    try:
        return await _drafts(wanted, angles, ports, answers or Answers(wanted.owner))
    except (Permanent, Transient) as error:
        if error.code not in OF_ONE_TEXT:
            raise
        return []


def wanted_main(post: Planned, profile: Profile) -> Wanted:
    """What the main text is written from."""
    angles = angles_of(post)
    return Wanted(post, profile, 0, angles[0], taken=tuple(angle.key for angle in angles[1:]))


def angles_of(post: Planned) -> tuple[Angle, ...]:
    """Each version's angle. KOLs who write about the same begin at different ones; an hour later the order is another."""
    item = post.item
    return pick(item.kol_serial, item.posting_type, post.versions, f"{item.stock_code}|{item.topic}|{post.seed}")


def _further(post: Planned, angles: tuple[Angle, ...], main: Version, drafts: list[Drafted]) -> list[VersionRequest]:
    made = []
    for number, angle in enumerate(angles[1:], 1):
        draft = _at(drafts, number)
        more: dict[str, Any] = {}
        if draft is not None:
            more = {"draft": draft.text, "drafted_by": main.model, "probability": draft.probability}
        taken = tuple(other.key for other in angles if other is not angle)
        made.append(VersionRequest(post=post, number=number, angle=angle.name, taken=taken, main=main.text, **more))
    return made


async def _drafts(wanted: Wanted, angles: tuple[Angle, ...], ports: Ports, answers: Answers) -> list[Drafted]:
    """All versions in one call, each with its probability. One that is missing is written by a call of its own."""
    post, told = wanted.post, question(wanted, [])
    data = {name: value for name, value in told.items() if name != "angle"} | {
        "task": "forum_posts",
        "angles": [{"name": angle.name, "brief": angle.brief(post.language)} for angle in angles],
    }
    call: dict[str, Any] = {
        "instructions": prompt("write_posts"), "data": json.dumps(data, ensure_ascii=False), "role": "fast", "model": wanted.profile.model,
        "max_output_tokens": max_tokens(post) * len(angles), "timeout": TIMEOUT,
    }  # fmt: skip

    async def asked() -> str:
        found: Drafts = await ports.models.ask(**call, answer=Drafts)
        return found.model_dump_json()

    return list(Drafts.model_validate_json(await answers.of(call, asked)).versions)


def _at(drafts: list[Drafted], number: int) -> Drafted | None:
    return drafts[number] if number < len(drafts) and drafts[number].text.strip() else None


def post_key(post: Planned) -> list[Any]:
    """What the hour's cache is keyed by: the post's id stands for stock, persona, type, words, facts, topic, and the hour."""
    return [post.id]


def worth_keeping(made: Main) -> bool:
    """Whether who asks for the same item within the hour gets this: not where the model refused the main text."""
    return bool(made.main.text) or not made.main.dropped
