"""One story per date across agents: whoever comes at the same moment, in whatever feed it stands, until its post fails."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from functions.daily_post.topics import topic_history
from tests.unit.functions.daily_post.topics.topics_world import FEED, Agent, Entry, TopicsWorld, codes, title, topics_world

TOWNS = "Arden Borve Calder Dunmore Elstow Farnby Glenholt Harwick Ilford Jarrow Kelso Larne Melby Norden Orrin Penrith Quorn Ravel Selby Thirsk".split()  # fmt: skip  # noqa: SIM905
KINDS = ("ferry line", "tram depot", "wind farm", "rail bridge", "grain silo")
OTHER = "https://feeds.example/other.rss"


def stories(count: int) -> list[Entry]:
    return [
        Entry(
            f"{TOWNS[at]} opens its new {KINDS[at % 5]}",
            f"After {at + 20} months of works the council of {TOWNS[at]} has taken over the {KINDS[at % 5]} from its builders.",
        )
        for at in range(count)
    ]


@pytest.fixture
def world(tmp_path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a fixture
    with topics_world(tmp_path) as made:
        yield made


async def test_twenty_agents_that_choose_at_the_same_moment_tell_twenty_stories(world: TopicsWorld) -> None:
    world.tell(*stories(20))
    choices = await asyncio.gather(*(world.choose(Agent(f"a{number}")) for number in range(20)))
    assert len({title(choice) for choice in choices}) == 20
    assert all(title(choice) for choice in choices)
    last = next(choice for choice in choices if "told_today" in codes(choice).values())
    assert any(" tells it on 2026-11-02" in skipped.why for skipped in last.skipped)


async def test_the_same_story_in_another_feed_and_other_words_is_told_once(world: TopicsWorld) -> None:
    world.tell(
        Entry("Arden opens its new tram depot", "After 21 months of works the council of Arden has taken over the tram depot.")
    )
    world.tell(
        Entry("New tram depot of Arden is open", "The council of Arden took over its tram depot after 21 months of works there."),
        feed=OTHER,
    )
    one, other = await asyncio.gather(world.choose(Agent("one")), world.choose(Agent("other", feeds=(OTHER,))))
    assert sorted([bool(title(one)), bool(title(other))]) == [False, True]


async def test_a_chinese_story_is_told_once_and_its_twin_by_another_company_is_another(world: TopicsWorld) -> None:
    world.tell(
        Entry("凌湖電子十一月營收年增12%", "凌湖電子公布十一月營收，年增12%，車用晶片出貨回升，公司看好明年。"),
        Entry("澄石建材十一月營收年增12%", "澄石建材公布十一月營收，年增12%，低碳水泥出貨回升，公司看好明年。"),
    )
    choices = await asyncio.gather(*(world.choose(Agent(f"a{number}", languages=("zh-Hant",))) for number in range(3)))
    assert sorted(title(choice)[:4] for choice in choices) == ["", "凌湖電子", "澄石建材"]


async def test_an_agent_that_shares_stories_and_a_given_topic_may_repeat_others(world: TopicsWorld) -> None:
    world.tell(*stories(1))
    first = await world.choose(Agent("first"))
    shares = await world.choose(Agent("second", shares_stories=True))
    assert title(first) == title(shares)
    for agent in ("third", "fourth"):
        assert title(await world.choose(Agent(agent), given="Ferries to Arden")) == "Ferries to Arden"


async def test_another_day_and_a_post_that_failed_free_a_story(world: TopicsWorld) -> None:
    world.tell(*stories(1))
    assert title(await world.choose(Agent("first")))
    assert not title(await world.choose(Agent("second")))
    await topic_history.give_back("first", world.today, world.ports, why="its image was refused")
    assert title(await world.choose(Agent("second")))
    world.later(1)
    assert title(await world.choose(Agent("third")))


@pytest.mark.parametrize(
    "headline",
    ["Monday, 23 November 2026", "11月23日 星期一", "Sponsored: the best mattress of the year", "Save up to $200 on laptops", "[廣告] 年終最強優惠", "Daily discussion thread", "untitled", "今日運勢：雙魚座"],
)  # fmt: skip
async def test_dates_adverts_and_junk_are_no_topics(world: TopicsWorld, headline: str) -> None:
    world.tell(Entry(headline), *stories(1))
    choice = await world.choose()
    assert title(choice) == stories(1)[0].title
    assert codes(choice)[headline] == "junk"


@pytest.mark.parametrize("headline", ["May cuts growth forecast", "Ad market slows in Europe", "廣告市場回溫，電視台獲利增", "Apple tests a new chip", "Discount retailers report strong sales"])  # fmt: skip
async def test_stories_that_sound_like_it_are_topics(world: TopicsWorld, headline: str) -> None:
    world.tell(Entry(headline))
    assert title(await world.choose()) == headline


async def test_what_scores_too_little_is_not_told_but_what_the_agent_cares_for_is(world: TopicsWorld) -> None:
    world.tell(Entry(stories(1)[0].title, stories(1)[0].text, age=6.5))
    choice = await world.choose(Agent("first", topics=("beekeeping",)))
    assert (title(choice), codes(choice)[stories(1)[0].title]) == ("beekeeping", "below_floor")
    assert title(await world.choose(Agent("second", topics=("ferry line",)))) == stories(1)[0].title


def test_the_feed_is_the_one_that_agents_read() -> None:
    assert Agent().feeds == (FEED,)
