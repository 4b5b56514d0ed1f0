"""What a post's text is held against, and how it is closed: the rules of `text/`, filled in from its item and its persona."""

from __future__ import annotations

from dataclasses import dataclass

from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.prompts import prompt
from functions.forum_posts.stage_messages import Planned
from functions.forum_posts.writing.token_budget import max_output_tokens
from shared.post_rules.check_text import Rules
from shared.post_rules.check_text import check as faults_of
from shared.post_rules.disclosure import DISCLAIMERS, body_words, closed, opened
from shared.text.fault_codes import Fault
from shared.text.word_count import length


@dataclass(frozen=True)
class Checked:
    """A text without its closing words, its length, what is wrong with it as it would be published, and what a person should look at."""

    body: str
    length: int
    faults: tuple[Fault, ...]
    suspicions: tuple[Fault, ...] = ()


def check(text: str, post: Planned, profile: Profile) -> Checked:
    """What a model wrote, closed as it would be published, against the rules."""
    body = opened(text.strip(), closing_words(profile))
    found = faults_of(published(body, post, profile), rules_of(post, profile))
    faults = tuple(fault for fault in found if fault.remedy != "hold")
    return Checked(body, length(body), faults, tuple(fault for fault in found if fault.remedy == "hold"))


def rules_of(post: Planned, profile: Profile) -> Rules:
    """What the post's texts are held against."""
    item = post.item
    return Rules(
        post.language, item.max_words, item.facts, topic=item.topic, stock_code=item.stock_code, stock_name=item.stock_name,
        platform=profile.platform or "forum", disclaimer=closing_words(profile), instructions=f"{prompt('write_post')}\n{prompt('repair_post')}",
        samples=(profile.persona, *profile.style_samples), suspicions=profile.hold_suspected,
    )  # fmt: skip


def published(body: str, post: Planned, profile: Profile) -> str:
    """The text with the persona's disclosure, the disclaimer and the AI label."""
    return closed(body, post.language, post.item.max_words, closing_words(profile))


def closing_words(profile: Profile) -> str:
    """What the persona says at the end of every post; empty: the language's own disclaimer."""
    if not profile.position_disclosure:
        return profile.disclaimer
    gap = " " if profile.language == "en" else ""
    return f"{profile.position_disclosure}{gap}{profile.disclaimer or DISCLAIMERS[profile.language][1]}"


def words_left(post: Planned, profile: Profile) -> int:
    """What the model is asked for: the item's length without the closing words."""
    return body_words(post.language, post.item.max_words, closing_words(profile))


def max_tokens(post: Planned) -> int:
    """Tokens that the answer may take."""
    return max_output_tokens(post.item.max_words, post.language)
