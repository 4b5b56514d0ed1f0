"""Five versions read as five people: each in the voice of its trait, all true to their facts, the same for the same question."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from functions.forum_posts.near_duplicates.similarity import similarity
from functions.forum_posts.writing.version_angles import pick
from infra.offline_model.posts import post_voices_chinese, post_voices_english
from infra.offline_model.posts.forum_posts import STRAY, TOO_LONG, post
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
