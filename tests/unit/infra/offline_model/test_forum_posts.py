"""Five versions read as five people: each in the voice of its trait, all true to their facts, the same for the same question."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from functions.forum_posts.near_duplicates.similarity import similarity
from functions.forum_posts.writing.version_angles import pick
from functions.forum_posts.writing.voice_comparison import compared
from infra.offline_model.posts import post_voices_chinese, post_voices_english
from infra.offline_model.posts.forum_posts import STRAY, TOO_LONG, post, repair
from infra.offline_model.posts.forum_posts_chinese import STRAY as STRAY_CHINESE
from infra.offline_model.posts.forum_posts_english import STRAY as STRAY_ENGLISH
from infra.offline_model.posts.post_voices import VOICE_OF_TRAIT
from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import supplied_by
from shared.post_rules.banned_claims import banned

FACTS = {
    "en": ["Q3 revenue: 3.4 billion, up 9% on the year", "gross margin 38%", "the fleet has 61 ships", "a year ago it had 57"],
    "zh-Hant": ["第三季營收：34億元，年增9%", "毛利率38%", "船隊有61艘船"],
}
NAMES = {"en": ("Holmway", "freight rates"), "zh-Hant": ("遠洋港務", "運價")}


def question(language: str, angle: str, **more: Any) -> dict[str, Any]:
    name, topic = NAMES[language]
    return {
        "task": "forum_post", "persona": {"name": "Ada"}, "posting_type": "analysis", "angle": {"name": angle, "brief": ""}, "language": language,
        "stock": {"code": "HLM", "name": name}, "topic": topic, "facts": FACTS[language], "max_words": 150 if language == "en" else 220, **more,
    }  # fmt: skip


def versions(language: str, seed: str) -> list[str]:
    return [post(question(language, angle.name, seed=seed)) for angle in pick("7", "analysis", 5, seed)]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_post_holds_its_facts_truly_and_promises_nothing(language: str) -> None:
    texts = [text for seed in range(12) for text in versions(language, str(seed))]
    strays = [text for text in texts if any(stray in text for stray in (*STRAY_ENGLISH, *STRAY_CHINESE))]
    plain = [text for text in texts if text not in strays]
    known = supplied_by(tuple(FACTS[language]))
    assert {fault.found for text in plain for fault in unsupplied(text, known)} == set()
    assert {fault.found for text in plain for fault in banned(text)} == set()
    assert 0 < len(strays) < len(texts) * (TOO_LONG + STRAY)
    assert all(re.search("38 ?%|3.4|34億|61", text) for text in texts)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_five_versions_have_five_openings_and_little_in_common(language: str) -> None:
    for seed in map(str, range(5)):
        texts = versions(language, seed)
        assert len({text[:12] for text in texts}) == 5
        assert max(similarity(one, other) for one, other in combinations(texts, 2)) < 0.5


def test_no_telegram_is_left_in_a_post() -> None:
    texts = [text for seed in map(str, range(8)) for text in versions("en", seed)]
    assert not [text for text in texts if re.search(r"revenue: 3\.4|margin 38%", text)]
    assert any("had 57. " in text or "had 57.\n" in text for text in texts)


def test_the_same_question_has_the_same_answer() -> None:
    asked = question("en", "cycle+dry")
    assert post(asked) == post(dict(reversed(list(asked.items()))))


def test_every_trait_has_a_voice_in_both_languages() -> None:
    assert set(VOICE_OF_TRAIT.values()) == set(post_voices_english.VOICES) == set(post_voices_chinese.VOICES)


HEADLINE = "Larkmoor opens a second plant beside the canal and hires from next spring"
LONG_FACTS = [
    "The new plant, which took three years of talks with the town, will make housings for pumps and valves from next spring on",
    "Orders for pumps came mostly from water works that had put off repairs during the drought and now want them before the autumn",
]


def varied(number: int) -> dict[str, Any]:
    """One version's question, another angle and seed for each number."""
    return question("en", pick("7", "analysis", 5, str(number))[number % 5].name, seed=str(number))


def long_item(number: int, **more: Any) -> dict[str, Any]:
    return varied(number) | {"topic": HEADLINE, "facts": LONG_FACTS, "max_words": 90} | more


def test_every_post_tells_a_fact_however_long_its_facts_are() -> None:
    texts = [post(long_item(number)) for number in range(60)]
    assert all("three years of talks" in text or "put off repairs" in text for text in texts)


def test_a_headline_stands_in_no_sentence_as_a_thing_does() -> None:
    assert not [text for text in (post(long_item(number)) for number in range(60)) if HEADLINE in text]
    without = [post(long_item(number, facts=[])) for number in range(20)]
    assert all(f"“{HEADLINE}”" in text for text in without)


def test_a_fact_that_was_cut_off_is_told_only_where_there_is_no_other() -> None:
    cut = ["The root cause being a setting of …", "orders rose in all regions"]
    assert not [text for text in (post(long_item(number, facts=cut)) for number in range(30)) if "root cause" in text]
    assert any("root cause" in post(long_item(number, facts=cut[:1])) for number in range(10))


def test_shortening_keeps_the_facts() -> None:
    text = "A quiet day. Orders rose in all regions. The supply chain is where surprises hide. I like customers who come back by themselves. What now?"
    made = repair({"text": text, "language": "en", "facts": ["orders rose in all regions"], "max_words": 13})
    assert made == "A quiet day. Orders rose in all regions. What now?"


@pytest.mark.parametrize(
    ("sample", "least", "most"), [("No. It ships. Read it.", 0, 13), (" ".join(["which goes on and on"] * 7) + ".", 18, 60)]
)
def test_sentences_are_about_as_long_as_the_samples(sample: str, least: float, most: float) -> None:
    found = [compared(post(varied(number) | {"persona": {"style_samples": [sample]}}), [sample]) for number in range(30)]
    average = sum(each.text.sentence for each in found if each) / 30
    assert least < average < most


def test_emoji_are_the_samples_own() -> None:
    samples = ["What a day 🎉", "Coffee first ☕"]
    texts = [post(varied(number) | {"persona": {"style_samples": samples}}) for number in range(12)]
    assert all(text[-1] in "🎉☕" for text in texts)
    assert not [text for text in (post(varied(number)) for number in range(12)) if re.search("[🎉☕]", text)]
