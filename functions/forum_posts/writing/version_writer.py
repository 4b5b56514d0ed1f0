"""One text, from the question to the gate: written, checked, mended once, let in; or written anew by another angle, or dropped."""

from __future__ import annotations

from dataclasses import replace

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.stage_messages import Spent, Version, VersionVoice
from functions.forum_posts.writing.call_usage import counting_calls
from functions.forum_posts.writing.check_text import Checked, check, closing_words, published
from functions.forum_posts.writing.generation_request import Say, Wanted, about, ask, call_of, hear, question
from functions.forum_posts.writing.kept_answers import Answers
from functions.forum_posts.writing.version_angles import angle_after
from functions.forum_posts.writing.voice_comparison import compared
from shared import error_codes
from shared.errors import Permanent
from shared.ports import Ports
from shared.text.fault_codes import repair_note, worth_repairing

ANEW = 2
"""Times that a text which is too similar to another is written again, by another angle each time."""
_OPENING = 160
"""Characters of a text that another must not resemble."""


async def version(wanted: Wanted, ports: Ports, say: Say | None = None, answers: Answers | None = None) -> Version:
    """The text, or a version without one that says why. An earlier attempt's text, if it got through the gate, is taken over.

    `answers`: those of an earlier attempt, if they are known already.

    `say` hears the text's pieces as the model writes them, before anybody knows whether they will do; only of the first try.

    Raises:
        PutBack, Transient, Permanent: as the models port says.
    """
    if answers is None:
        before = await duplicate_gate.earlier(wanted.owner, ports, new=wanted.post.new)
        if before.made is not None:
            return Version.model_validate(before.made)
        answers = Answers(wanted.owner, before.answers)
    async with answers.kept_if_cut_off(ports):
        return await _unlike_others(wanted, ports, say, answers)


async def _unlike_others(wanted: Wanted, ports: Ports, say: Say | None, answers: Answers) -> Version:
    """The text once it got through the gate: by another angle, if it was too similar to another."""
    item = wanted.post.item
    names = [name for name in (item.stock_code, item.stock_name, wanted.profile.name) if name]
    spent, collisions, avoid = Spent(), list[str](), list[str]()
    for _ in range(1 + ANEW):
        with counting_calls() as account:
            checked, mended = await _checked(wanted, avoid, ports, say, answers)
        spent += account.spent
        made = _made(wanted, checked, ports).model_copy(
            update={"spent": spent, "repaired": mended, "collisions": tuple(collisions)}
        )
        if not made.text:
            return made
        nearest = await duplicate_gate.let_in(wanted.owner, checked.body, made.model_dump(mode="json"), ports, names=names)
        if not nearest.refused:
            return made.model_copy(update={"alike": round(nearest.alike, 4), "alike_to": nearest.to})
        collisions.append(f"{nearest.to} ({nearest.alike:.2f})")
        avoid.append(checked.body[:_OPENING])
        another = angle_after(wanted.angle, wanted.post.item.posting_type, wanted.taken)
        wanted, say = replace(wanted, angle=another, draft="", drafted_by=""), None
    why = f"too similar to other texts, and again after {ANEW} more tries: {', '.join(collisions)}"
    return made.model_copy(update={"text": "", "length": 0, "dropped": why, "collisions": tuple(collisions)})


def _made(wanted: Wanted, checked: Checked, ports: Ports) -> Version:
    """The version that a checked text makes, closed as it would be published; one with faults is dropped for them."""
    why = " ".join(fault.told for fault in checked.faults[:3])
    return Version(
        number=wanted.number, angle=wanted.angle.name, probability=wanted.probability,
        model=wanted.drafted_by or model_of(wanted.profile, ports),
        text="" if why else published(checked.body, wanted.post, wanted.profile), length=0 if why else checked.length, dropped=why,
        suspected=tuple(fault.told for fault in checked.suspicions), voice=None if why else _voice(checked, wanted),
    )  # fmt: skip


def model_of(profile: Profile, ports: Ports) -> str:
    """Who wrote, once it has: the profile's own choice, else as the port says."""
    label = ports.models.label
    return label if label == "offline" else profile.model or label


async def _checked(
    wanted: Wanted, avoid: list[str], ports: Ports, say: Say | None, answers: Answers
) -> tuple[Checked, tuple[str, ...]]:
    """A text without faults and near its persona's voice, or with what mending left of them; and what was mended."""
    checked = check(wanted.draft or await _written(wanted, avoid, ports, say, answers), wanted.post, wanted.profile)
    voice = _voice(checked, wanted)
    off = voice.far if voice and not wanted.draft else ()
    if not (worth_repairing(checked.faults) if checked.faults else off):
        return checked, ()
    note = "\n".join(filter(None, (repair_note(checked.faults, wanted.post.language), *(f"- Voice: {told}." for told in off))))
    data: dict[str, object] = {"task": "forum_post_repair", "text": checked.body, "faults": note, **about(wanted)}
    if off:
        data["style_samples"] = list(wanted.profile.style_samples)
    call = call_of(wanted, "repair_post", data)
    mended = check(await answers.of(call, lambda: _whole(call, ports)), wanted.post, wanted.profile)
    if checked.faults:
        return mended, (*(fault.told for fault in checked.faults), *off)
    nearer = _voice(mended, wanted)
    if mended.faults or not voice or not nearer or nearer.closeness <= voice.closeness:
        return checked, ()  # said in its `voice`: drawn anew once, not until it fits
    return mended, off


def _voice(checked: Checked, wanted: Wanted) -> VersionVoice | None:
    found = compared(checked.body, wanted.profile.style_samples, closing_words(wanted.profile))
    return VersionVoice(text=found.text, closeness=found.closeness, far=found.far) if found else None


async def _written(wanted: Wanted, avoid: list[str], ports: Ports, say: Say | None, answers: Answers) -> str:
    asked = question(wanted, avoid)
    call = call_of(wanted, "write_post", asked if say is None else {**asked, "task": "forum_post_text"})
    return await answers.of(call, lambda: _whole(call, ports) if say is None else hear(call, ports, say))


async def _whole(call: dict[str, object], ports: Ports) -> str:
    """The answer; nothing of one that ran on until it was cut off."""
    try:
        return await ask(call, ports)
    except Permanent as error:
        if error.code != error_codes.MODEL_TRUNCATED:
            raise
        return ""
