"""What may be asked for, who an agent is, and the words that fit a place."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from functions.daily_post.agents.agent_lookup import AGENTS
from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.image.scene_description import Scene, scene_of
from functions.daily_post.stage_messages import DailyRequest
from functions.daily_post.texts import template_text
from functions.daily_post.texts.length_budget import description_room, fitting
from functions.daily_post.texts.localized_date import written_date
from functions.daily_post.texts.post_length import PlatformName, composed
from functions.daily_post.texts.text_faults import faults, one_line, tags_of
from functions.daily_post.topics.topic_choice_types import Topic
from functions.jobs_api.http.request_body import fit
from shared.errors import BadInput, Permanent
from shared.ports.documents import Delete, Update
from shared.post_rules.platform_limits import PLATFORMS, clipped, length_on, limits_of
from tests.unit.functions.daily_post.daily_world import DailyWorld

MEI = {"id": "mei", "name": "Mei", "persona": "Calm."}


def agent(**fields: Any) -> Agent:
    return Agent.model_validate({**MEI, **fields})


@pytest.mark.parametrize(
    ("asked", "pointer", "word"),
    [
        ({"agents": []}, "/agents", "at least 1"),
        ({"agents": ["a"] * 201}, "/agents", "at most 200"),
        ({"agents": ["../x"]}, "/agents/0", "A-Z"),
        ({"agents": ["a"], "topic": "x" * 301}, "/topic", "at most 300"),
        ({"agents": ["a"], "date": "23.11.2026"}, "/date", "2026-11-23"),
        ({"agents": ["a"], "date": 5}, "/date", "2026-11-23"),
        ({"agents": ["a"], "image": {"size": "5:4"}}, "/image/size", "16:9"),
        ({"agents": ["a"], "image": {"size": "1000x1000"}}, "/image/size", "multiples of 16"),
        ({"agents": ["a"], "image": {"quality": "best"}}, "/image/quality", "medium"),
        ({"agents": ["a"], "image": {"format": "gif"}}, "/image/format", "webp"),
        ({"agents": ["a"], "publish": "now"}, "/publish", "draft"),
        ({"agents": ["a"], "agent": "b"}, "/agent", "no such field"),
    ],
)
def test_a_request_that_cannot_be_is_refused_where_it_is_wrong(asked: dict[str, Any], pointer: str, word: str) -> None:
    with pytest.raises(BadInput) as refused:
        fit(DailyRequest, asked, "", "invalid_input")
    assert refused.value.errors[0]["pointer"] == pointer
    assert word in refused.value.errors[0]["detail"]


def test_an_agent_may_come_as_a_tables_row() -> None:
    made = agent(
        languages="zh-Hant | en", platforms="x|threads", topics="chips | energy", post_time="7:30", time_zone="Asia/Taipei"
    )
    assert (made.languages, made.platforms, made.language) == (("zh-Hant", "en"), ("x", "threads"), "zh-Hant")
    assert made.post_time is not None
    assert made.post_time.isoformat() == "07:30:00"
    assert made.day(1_800_000_000 - 9 * 3600) == date(2027, 1, 15)


@pytest.mark.parametrize(
    "fields", [{"time_zone": "Mars"}, {"post_time": "25:00"}, {"platforms": "myspace"}, {"image_size": "7:7"}, {"languages": ()}]
)
def test_an_agent_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        agent(**fields)


async def test_an_agent_is_read_once_an_hour_and_again_when_its_context_was_dropped(world: DailyWorld) -> None:
    await world.agent()

    async def name() -> str:
        found = (await AGENTS.current(["mei"], world.ports))["mei"]
        return found.name if isinstance(found, Agent) else found.code

    assert await name() == "Mei"
    await world.ports.documents.commit(Update("agents/mei", {"name": "Mei-Ling"}))
    assert await name() == "Mei"  # nobody has dropped its context yet
    await world.ports.documents.commit(Delete("contexts/agent:mei"))
    assert await name() == "Mei-Ling"
    await world.ports.documents.commit(Update("agents/mei", {"name": "M"}))
    world.clock.time += 3601
    assert await name() == "M"
    await world.ports.documents.commit(Delete("agents/mei"), Delete("contexts/agent:mei"))
    assert await name() == "unknown_agent"
    assert isinstance((await AGENTS.current(["nobody"], world.ports))["nobody"], Permanent)


def test_x_counts_chinese_twice() -> None:
    assert length_on("早安 Taipei", PLATFORMS["x"]) == 11
    assert length_on("早安 Taipei", PLATFORMS["mastodon"]) == 9


@pytest.mark.parametrize(
    "platforms", [("x",), ("bluesky",), ("mastodon", "x"), ("pinterest",), ("web",), ("threads", "linkedin")]
)
@pytest.mark.parametrize("said", ["A sentence about grids and the people who keep them. ", "電網的事，說到底是人的事。"])
def test_what_is_posted_fits_every_place(platforms: tuple[Any, ...], said: str) -> None:
    caps = limits_of(platforms)
    title = clipped(said * 5, caps.title, caps)
    text = clipped(said * 300, description_room(title, caps), caps)
    tags = fitting(tags_of([f"LongTagNumber{n}OfMany" for n in range(12)], caps, ()), caps)
    assert length_on(title, caps) <= caps.title
    assert length_on(composed(title, text, tags, caps), caps) <= caps.text
    assert len(text) > 20
    assert len(tags) <= caps.tags


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("", "en", "empty"),
        ("x" * 101, "en", "101"),
        ("See https://x.example", "en", "link"),
        ("**Bold** claim", "en", "markdown"),
        ("這是一句中文的話", "en", "not written in en"),
        ("An English sentence", "zh-Hant", "not written in zh-Hant"),
        ("这个时候我们应该为电网说话", "zh-Hant", "Simplified"),
        ("证监会处罚两家企业", "zh-Hant", "Simplified"),
        ("證監會處罰兩家企業", "zh-Hans", "Traditional"),
        ("漢字電網而已", "ja", "Japanese"),
        ("All about synergy", "en", "Synergy"),
        ("It grew by 4711 percent", "en", "4711"),
    ],
)
def test_faults_are_told_in_words(text: str, language: str, fault: str) -> None:
    found = faults(text, 100, agent(languages=[language], banned=["Synergy"]), "Facts: 140 of 2,000")
    assert fault in " ".join(found)


@pytest.mark.parametrize(
    ("text", "language"), [("140 of 2000 grids", "en"), ("儲能站在１４０毫秒內反應", "zh-Hant"), ("電網の話です", "ja")]
)
def test_a_text_in_order_has_no_faults(text: str, language: str) -> None:
    assert faults(text, 100, agent(languages=[language]), "140 of 2,000") == []


def test_titles_and_hashtags_are_mended() -> None:
    assert one_line(' "A grid,\n quietly." ') == "A grid, quietly"
    assert one_line("「早安」") == "早安"
    assert one_line("To be continued…") == "To be continued…"
    assert tags_of(["#Grid", "grid", "two words", "2026", "儲能", "x" * 40, "bad-Word"], PLATFORMS["web"], ["badword"]) == (
        "Grid",
        "twowords",
        "儲能",
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Image of a cup on a desk", "A cup on a desk"),
        ("A photo of a lighthouse.", "A lighthouse."),
        ("This illustration shows a bridge", "A bridge"),
        ("一張圖片顯示一座橋", "一座橋"),
        ("圖像：一棵樹", "一棵樹"),
        ("A cup, next to the image of a cup", "A cup, next to the image of a cup"),
    ],
)
def test_an_alternative_text_begins_with_what_is_seen(written: str, kept: str) -> None:
    topic = Topic(key="k", title="Grids")
    assert scene_of(Scene(prompt="p", alt=written), agent(), topic).alt == kept


def test_an_alternative_text_fits_its_places() -> None:
    for name in get_args(PlatformName):
        scene = scene_of(
            Scene(prompt="p", alt="a long row of lamps " * 300), agent(platforms=[name]), Topic(key="k", title="Grids")
        )
        assert len(scene.alt) <= min(400, PLATFORMS[name].alt)


def test_dates_as_people_write_them() -> None:
    day = date(2026, 11, 3)
    assert [written_date(day, language) for language in ("en", "zh-Hant", "de")] == [
        "3 November 2026",
        "2026年11月3日",
        "3. November 2026",
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The grid now stores 2,000 MWh.", "unit"), ("Storage fell to 140 MW.", "opposite"), ("It opened on 12 May 2026.", "date"), ("A sure thing: returns are guaranteed.", "promises"),
        ("My cousin who works there told me.", "inside"), ("The operator's management is cooking the books.", "accuses"), ("Join my Telegram group.", "Contact"), ("As an AI language model I cannot.", "model"),
    ],
)  # fmt: skip
def test_daily_texts_are_held_against_the_shared_rules(text: str, word: str) -> None:
    facts = "Grid storage rose to 140 MW\nThe operator ordered 2,000 MW of batteries on 11 May 2026."
    assert any(word in fault for fault in faults(text, 200, agent(), facts)), faults(text, 200, agent(), facts)


@pytest.mark.parametrize(
    ("language", "summary", "kept"),
    [
        ("zh-Hant", "两家企业因信息披露违规被处罚。", False),
        ("zh-Hant", "兩家企業因資訊揭露違規受罰。", True),
        ("zh-Hans", "兩家企業因資訊揭露違規受罰。", False),
        ("zh-Hans", "两家企业因信息披露违规被处罚。", True),
        ("de", "两家企业因信息披露违规被处罚。", False),
        ("en", "Two firms were fined for what they had not said.", True),
    ],
)
def test_a_summary_stands_for_a_text_in_its_agents_own_script_alone(language: str, summary: str, kept: bool) -> None:
    topic = Topic(key="k", title="企業", summary=summary)
    assert template_text.description(topic, 200, agent(languages=[language])) == (summary if kept else "")
