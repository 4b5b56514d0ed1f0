"""Agents talk about one story each in their own way, without repeating its title, and differently when asked again."""

from __future__ import annotations

from typing import Any

import pytest

from infra.offline_model.posts.daily_post import description, title

STORIES = {
    "en": {"title": "Lock keeper's house becomes a school", "summary": "Lock keeper's house becomes a school. Twelve pupils moved in on Monday. The roof was mended by parents."},
    "zh-Hant": {"title": "老閘門旁的房子變成學校", "summary": "老閘門旁的房子變成學校。星期一有學生搬進去。屋頂是家長修的。"},
}  # fmt: skip


def asked(language: str, who: str, **more: Any) -> dict[str, Any]:
    return {"task": "daily_post.description", "agent": {"name": who, "persona": who}, "language": language, "topic": STORIES[language], "most": 500, **more}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_agents_have_voices_of_their_own(language: str) -> None:
    texts = [description(asked(language, who))["text"] for who in "abcdefgh"]
    assert len(set(texts)) >= 6
    assert all(STORIES[language]["title"] not in text for text in texts)
    assert all(("Monday" if language == "en" else "星期一") in text for text in texts)


def test_another_text_is_written_when_one_was_not_wanted() -> None:
    first = description(asked("en", "a"))["text"]
    assert description(asked("en", "a", former=first))["text"] != first


@pytest.mark.parametrize("script", ["한국어로 된 제목입니다", "Заголовок по-русски", "عنوان بالعربية", "標題是中文的"])
def test_a_title_in_another_script_is_not_taken_for_english(script: str) -> None:
    made = title({**asked("en", "a", task="daily_post.title"), "most": 100, "topic": {"title": script}})
    assert script not in made["title"]
