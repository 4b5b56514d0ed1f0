"""All posts of a request: what came, what did not and why, what it cost, and how alike the texts are."""

from __future__ import annotations

from collections import defaultdict

from functions.forum_posts.near_duplicates.masked_similarity import GATE
from functions.forum_posts.near_duplicates.similarity import distinct
from functions.forum_posts.stage_messages import Missing, ModelCost, PersonaVoice, Plan, Post, Posts, Similarity, Spent, Voice
from functions.forum_posts.writing.voice_comparison import far
from shared.ports import Ports


async def collect_posts(posts: list[Post], plan: Plan, ports: Ports) -> Posts:
    """The result, in the request's order. Nobody is asked for anything any more."""
    del ports
    numbers = {planned.id: planned.number for planned in plan.posts}
    came = {post.id: post.model_copy(update={"number": numbers[post.id]}) for post in posts if post.id in numbers}
    usable = tuple(sorted((post for post in came.values() if post.text), key=lambda post: post.number))
    return Posts(
        posts=usable,
        missing=tuple(sorted(_missing(plan, came), key=lambda one: one.number)),
        cost=_cost([post for post in came.values() if not post.again]),
        similarity=_similarity(usable),
        voices=_voices(usable),
        written_by=", ".join(sorted({version.model for post in usable for version in post.versions if version.text})),
    )


def _missing(plan: Plan, came: dict[str, Post]) -> list[Missing]:
    refused = [Missing(stock_code="", **one.model_dump()) for one in plan.refused]
    for planned in plan.posts:
        post = came.get(planned.id)
        if post is not None and post.text:
            continue
        dropped = next((version.dropped for version in post.versions if version.dropped), "") if post is not None else ""
        code, why = ("dropped", dropped) if post is not None else ("failed", "its stages failed: the job's warnings say why")
        refused.append(
            Missing(
                number=planned.number,
                kol_serial=planned.item.kol_serial,
                stock_code=planned.item.stock_code,
                code=code,
                reason=why,
            )
        )
    return refused


def _cost(posts: list[Post]) -> tuple[ModelCost, ...]:
    """By model, the dearest first."""
    spent: defaultdict[str, Spent] = defaultdict(Spent)
    for post in posts:
        for version in post.versions:
            spent[version.model] += version.spent
    rows = [ModelCost(model=model, **each.model_dump()) for model, each in spent.items() if each.calls]
    return tuple(sorted(rows, key=lambda row: (-row.usd, row.model)))


def _similarity(posts: tuple[Post, ...]) -> Similarity:
    versions = [version for post in posts for version in post.versions if version.text]
    alike = [version.alike for version in versions]
    return Similarity(
        texts=len(versions), most=max(alike, default=0.0), average=round(sum(alike) / len(alike), 4) if alike else 0.0, gate=GATE,
        distinct_2=round(distinct([version.text for version in versions], 2), 4),
    )  # fmt: skip


def _voices(posts: tuple[Post, ...]) -> tuple[PersonaVoice, ...]:
    """Each persona's versions beside its samples, the farthest persona first."""
    by_persona: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if post.voice is not None:
            by_persona[post.kol_serial].append(post)
    return tuple(sorted((_of_persona(each) for each in by_persona.values()), key=lambda one: (one.closeness, one.kol_serial)))


def _of_persona(posts: list[Post]) -> PersonaVoice:
    first, voice = posts[0], posts[0].voice
    assert voice is not None  # noqa: S101 -- asked before
    versions = [version.voice for post in posts for version in post.versions if version.voice] or [voice]
    texts = [each.text for each in versions]
    means = {name: round(sum(getattr(text, name) for text in texts) / len(texts), 2) for name in _MEASURED}
    average = Voice(**means)
    return PersonaVoice(
        kol_serial=first.kol_serial, kol_name=first.kol_name, samples=voice.samples, versions=average, count=len(versions),
        closeness=round(sum(each.closeness for each in versions) / len(versions), 3), far=sum(bool(each.far) for each in versions),
        drifts=far(average, voice.samples),
    )  # fmt: skip


_MEASURED = ("length", "sentence", "rhythm", "emoji", "questions")
