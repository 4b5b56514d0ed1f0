"""Which of a post's versions stands, by clear rules, and the record that says so."""

from __future__ import annotations

from functions.forum_posts.near_duplicates.similarity import jaccard, shingles
from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.records import post_publishing, post_record
from functions.forum_posts.stage_messages import Main, Planned, Post, Spent, Version, VoiceComparison
from functions.forum_posts.writing.check_text import closing_words, words_left
from functions.forum_posts.writing.voice_comparison import compared
from shared.ports import Ports
from shared.post_rules.provider_moderation import NOT_LOOKED_AT
from shared.post_rules.text_review import held_for

LOOKED_AT = 3
"""Versions that are looked at before a post is held for somebody."""
FACTS = 3
"""Facts that a text tells at best: one that tells all of ten is a list."""
BEST_FILLED = 0.9
"""Share of the asked length that reads best: not cut short, not padded."""


async def choose_version(versions: list[Version], written: Main, ports: Ports) -> Post:
    """The post with its chosen version, recorded as a draft; published at once where the request says so.

    Of the versions that can be used, those that nothing is suspected of come first; the best is the sum of its marks, 0..1 each: unlike the other versions, near 90 % of the
    asked length, one of the persona's traits in its words, close to the persona's style samples, and telling its facts; the main text is preferred where marks are equal.
    A post with no usable version is `dropped`. A post that is there already, of the same item within the hour, stays as it is.
    """
    post = written.post
    if (before := await post_record.finished(post, ports)) is not None:
        return await post_publishing.as_asked(before, post.publish, ports)
    profile = await profile_cache.planned(post.item.kol_serial, post.persona, ports)
    everything = sorted((written.main, *versions), key=lambda version: version.number)
    usable = [version for version in everything if version.text]
    marks = _marks(usable, words_left(post, profile), profile, post.item.facts)
    usable.sort(key=lambda version: (len(version.suspected), -round(sum(marks[version.number]), 3), version.number))
    chosen, held = await _seen(usable, post, profile, ports)
    spent = sum((version.spent for version in everything), Spent())
    made = Post(
        id=post.id, number=post.number, kol_serial=profile.serial, kol_name=profile.name, stock_code=post.item.stock_code,
        posting_type=post.item.posting_type, language=post.language, state="draft" if chosen else "dropped",
        text=chosen.text if chosen else "", chosen=chosen.number if chosen else None,
        why=_why(chosen, marks[chosen.number], len(usable)) if chosen else "no version can be used",
        versions=tuple(everything), spent=spent, held=held, voice=_voice(chosen, profile) if chosen else None,
    )  # fmt: skip
    return await post_publishing.as_asked(await post_record.finish(post, profile, made, ports), post.publish, ports)


async def _seen(best: list[Version], post: Planned, profile: Profile, ports: Ports) -> tuple[Version | None, tuple[str, ...]]:
    """The best version that nothing is against, and why nobody sends it off by itself. A model looks only where it would go out unseen."""
    if not best or post.publish != "post":
        return (best[0] if best else None), (best[0].suspected if best else ())
    if profile.approval:
        return best[0], ("its persona's posts are approved by hand", *best[0].suspected)
    first: tuple[str, ...] = ()
    for version in best[:LOOKED_AT]:
        held = version.suspected or await held_for(version.text, ports, post.item.facts)
        if not held:
            return version, ()
        first = first or held
        if NOT_LOOKED_AT in held:
            break  # the same will be said of the others
    return best[0], first


def _voice(version: Version, profile: Profile) -> VoiceComparison | None:
    return compared(version.text, profile.style_samples, closing_words(profile))


def _marks(usable: list[Version], words: int, profile: Profile, facts: tuple[str, ...]) -> dict[int, tuple[float, ...]]:
    """By the version's number."""
    grams = {version.number: shingles(version.text) for version in usable}
    traits = {word for trait in profile.traits for word in trait.lower().split()}
    marks: dict[int, tuple[float, ...]] = {}
    for version in usable:
        others = [jaccard(grams[version.number], grams[other.number]) for other in usable if other is not version]
        fit = max(0.0, 1 - abs(version.length / words - BEST_FILLED) / BEST_FILLED)
        low = version.text.lower()
        marks[version.number] = (
            1 - max(others, default=0.0), fit, float(any(word in low for word in traits)), version.voice.closeness if version.voice else 0.0,
            _told(grams[version.number], facts),
        )  # fmt: skip
    return marks


def _told(grams: frozenset[str], facts: tuple[str, ...]) -> float:
    """The share of the facts that a text tells, of three at most: half of a fact's n-grams stand in it. 0..1; 1 without facts."""
    told = sum(len(of_fact & grams) >= len(of_fact) / 2 for of_fact in map(shingles, facts) if of_fact)
    return min(1.0, told / min(len(facts), FACTS)) if facts else 1.0


def _why(chosen: Version, marks: tuple[float, ...], usable: int) -> str:
    unlike, fit, trait, voice, told = marks
    said = f"unlike the others {unlike:.2f}, length {fit:.2f}, facts told {told:.2f}"
    more = [", a trait of the persona shows"] if trait else []
    more += [f", voice {voice:.2f}"] if voice else []
    more += [f"; far from the persona's voice: {', '.join(chosen.voice.far)}"] if chosen.voice and chosen.voice.far else []
    return f"best of {usable}: {said}{''.join(more)}"
