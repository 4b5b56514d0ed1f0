"""Which story becomes the topic, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.daily_post.topics.topic_choice import MOST_SKIPPED
from shared.errors import BadInput, Cancelled, Permanent, PutBack, Transient
from tests.unit.functions.daily_post.topics.topics_world import FEED, Agent, Entry, TopicsWorld, codes, title, topics_world

OTHER = "https://other.example/news.rss"
LARKMOOR = Entry(
    "Larkmoor opens instant payouts in Ireland", "After a pilot of 4 months all sellers of Larkmoor get their money at any hour."
)
VELDTIDE = Entry(
    "Veldtide builds a battery in Zeeland", "The grid battery near Vlissingen stores 300 megawatt hours for windless evenings."
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TopicsWorld]:
    with topics_world(tmp_path) as made:
        yield made


async def test_the_topic_is_a_story_with_all_that_is_known_of_it(world: TopicsWorld) -> None:
    world.tell(LARKMOOR)
    choice = await world.choose()
    topic = choice.topic
    assert topic is not None
    assert (topic.title, topic.kind, topic.feed, topic.summary) == (LARKMOOR.title, "news", "feeds.example", LARKMOOR.text)
    assert topic.entities == ("Larkmoor", "Ireland")
    assert topic.url.startswith("https://news.example/")
    assert 0 < topic.score <= 1
    assert choice.reason == "best of 1 stories that repeat nothing, by feeds.example"


@pytest.mark.parametrize(
    ("entry", "agent", "code", "why"),
    [
        (Entry("An old one from last month", age=30), Agent(), "too_old", "30 days old"),
        (Entry("Short", "Too short."), Agent(), "too_thin", "says too little"),
        (Entry("Casino opens in the harbour"), Agent(banned=("casino",)), "banned", "“casino”"),
        (Entry("股市休市一天，投資人觀望氣氛濃厚，下週一恢復交易"), Agent(banned=("休市",)), "banned", "“休市”"),
        (Entry("股市休市一天，投資人觀望氣氛濃厚，下週一恢復交易", "台北股市明天休市"), Agent(languages=("en",)), "language", "reads en"),
    ],
)  # fmt: skip
async def test_stories_that_are_unfit(world: TopicsWorld, entry: Entry, agent: Agent, code: str, why: str) -> None:
    world.tell(entry, VELDTIDE)
    choice = await world.choose(agent)
    assert title(choice) == VELDTIDE.title
    assert codes(choice) == {entry.title: code}
    assert why in choice.skipped[0].why


async def test_banned_words_are_words(world: TopicsWorld) -> None:
    world.tell(Entry("Scunthorpe opens a new harbour for timber ships"))
    assert title(await world.choose(Agent(banned=("thorpe", "art", " ")))) == "Scunthorpe opens a new harbour for timber ships"


async def test_feeds_in_other_languages_alone_are_taken_as_meant(world: TopicsWorld) -> None:
    entry = Entry("股市休市一天，投資人觀望氣氛濃厚", "台北股市明天休市，下週一恢復正常交易，成交量預期放大。")
    world.tell(entry)
    assert title(await world.choose(Agent(languages=("en",)))) == entry.title


async def test_a_story_told_by_two_feeds_is_one_topic_and_counts_more(world: TopicsWorld) -> None:
    again = Entry(
        "Instant payouts for sellers of Larkmoor in Ireland",
        "Sellers get their money at any hour after a pilot of 4 months, says Larkmoor.",
    )
    world.tell(LARKMOOR, VELDTIDE)
    world.tell(again, feed=OTHER)
    choice = await world.choose(Agent(feeds=(FEED, OTHER)))
    assert title(choice) in (LARKMOOR.title, again.title)
    assert sorted(codes(choice).values()) == ["less", "told_better"]
    assert choice.topic is not None
    assert len(choice.topic.also) == 1
    assert "and 1 more" in choice.reason


async def test_what_the_agent_cares_for_comes_first(world: TopicsWorld) -> None:
    world.tell(LARKMOOR, Entry(VELDTIDE.title, VELDTIDE.text, age=1))
    assert title(await world.choose()) == LARKMOOR.title
    assert title(await world.choose(Agent(id="b", topics=("grid battery",)))) == VELDTIDE.title


async def test_fresh_news_come_first(world: TopicsWorld) -> None:
    world.tell(Entry(LARKMOOR.title, LARKMOOR.text, age=3), VELDTIDE)
    assert title(await world.choose()) == VELDTIDE.title


async def test_without_news_one_of_its_own_topics_with_time_between(world: TopicsWorld) -> None:
    agent, said = Agent(topics=("tidal power", "night trains")), []
    for _ in range(4):
        choice = await world.choose(agent)
        said.append(title(choice))
        world.later(1)
    assert said == ["tidal power", "night trains", "", ""]
    assert "none of the agent's own topics is due" in choice.reason
    assert [skipped.code for skipped in choice.skipped] == ["cooldown", "cooldown"]
    world.later(18)
    choice = await world.choose(agent)
    assert choice.topic is not None
    assert (choice.topic.title, choice.topic.kind, choice.topic.url) == ("tidal power", "evergreen", "")


async def test_nothing_to_post_says_why(world: TopicsWorld) -> None:
    world.tell(Entry("An old one from last month", age=30), Entry("Short", "Too short."))
    choice = await world.choose()
    assert choice.topic is None
    assert (
        choice.reason == "nothing to post: no story is worth a post (1 too short, 1 too old); the agent has no topics of its own"
    )
    assert (await world.ports.documents.query("topics")) == []
    world.tell(LARKMOOR)
    world.later(0.1)
    assert title(await world.choose()) == LARKMOOR.title, "nothing was settled: news may come later in the day"


async def test_feeds_that_fail_are_told_of(world: TopicsWorld) -> None:
    world.tell()
    choice = await world.choose(Agent(topics=("tidal power",)))
    assert choice.warnings == (f"{FEED}: the feed has no entries that say anything",)
    assert title(choice) == "tidal power"


async def test_a_given_topic_is_taken_as_it_is(world: TopicsWorld) -> None:
    first = await world.choose(given="  The bridge at\nMoerdijk ")
    assert first.topic is not None
    assert (first.topic.title, first.topic.kind, first.reason, world.fetched) == ("The bridge at Moerdijk", "given", "given", 0)
    world.later(2)
    again = await world.choose(given="The bridge at Moerdijk")
    assert (title(again), again.reason) == ("The bridge at Moerdijk", "given, though the post of 2026-11-02 was about it")


async def test_bad_input(world: TopicsWorld) -> None:
    with pytest.raises(BadInput) as error:
        await world.choose(given="x" * 301)
    assert error.value.code == "topic_too_long"
    for date in ("2026-02-30", "today", "../../jobs/1", "0001-01-01", "9999-12-31"):
        with pytest.raises(BadInput) as error:
            await world.choose(date=date)
        assert error.value.code == "bad_date"


@pytest.mark.parametrize("error", [Transient("they do not answer"), Permanent("no such model"), BadInput("no")])
async def test_without_embeddings_words_must_do(world: TopicsWorld, error: Exception) -> None:
    world.models.error = error
    world.tell(LARKMOOR)
    choice = await world.choose()
    assert title(choice) == LARKMOOR.title
    assert choice.warnings == (f"stories were compared by their words alone: {error}",)


@pytest.mark.parametrize("error", [PutBack("openai", 5), Cancelled("the job has ended")])
async def test_what_stops_the_task_stops_it(world: TopicsWorld, error: Exception) -> None:
    world.models.error = error
    world.tell(LARKMOOR)
    with pytest.raises(type(error)):
        await world.choose()


async def test_an_agent_without_feeds_reads_those_of_the_settings(world: TopicsWorld) -> None:
    world.tell(LARKMOOR)
    assert title(await world.choose(Agent(feeds=()))) == LARKMOOR.title


async def test_the_same_news_give_the_same_choice(world: TopicsWorld, tmp_path: Path) -> None:
    entries = [Entry(f"Company {name} opens a works in {place}", f"{name} will make {what} there.") for name, place, what in
               (("Averlyn", "Turku", "oat drinks"), ("Stonebeck", "Split", "cement"), ("Nimbrel", "Calgary", "drones"))]  # fmt: skip
    world.tell(*entries)
    first = await world.choose()
    (tmp_path / "other").mkdir()
    with topics_world(tmp_path / "other") as other:
        other.tell(*reversed(entries))
        second = await other.choose()
    assert first == second


async def test_what_is_kept_of_the_skipped_has_an_end(world: TopicsWorld) -> None:
    feeds = tuple(f"https://feed{number}.example/rss" for number in range(4))
    for feed in feeds:
        world.tell(*(Entry(f"Old story {number} of {feed}", age=40) for number in range(50)), feed=feed)
    world.tell(LARKMOOR)
    choice = await world.choose(Agent(feeds=(FEED, *feeds)))
    assert len(choice.skipped) == MOST_SKIPPED
    assert "200 too old" in choice.reason
