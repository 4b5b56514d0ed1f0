"""What was written about is not written about again; a date's topic is settled once, whatever comes twice or at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from functions.daily_post.topics import topic_history
from functions.daily_post.topics.topic_history import WINDOW, give_back, topic_of
from shared.errors import Transient
from tests.unit.functions.daily_post.topics.topics_world import Agent, Entry, TopicsWorld, codes, title, topics_world

OPENS = Entry(
    "Larkmoor opens instant payouts in Ireland",
    "After a pilot of 4 months all sellers of Larkmoor get their money at any hour, says Aoife Brennan.",
)
AGAIN = Entry(
    "Sellers in Ireland are paid at any hour",
    "Aoife Brennan of Larkmoor ended the pilot after 4 months: instant payouts are open to all.",
)
CHIEF = Entry("Larkmoor names a new chief", "Aoife Brennan takes over from the founder, who stays as an adviser to the board.")
OTHER = "https://other.example/news.rss"
BATTERY = Entry(
    "Veldtide builds a battery in Zeeland", "The grid battery near Vlissingen stores 300 megawatt hours for windless evenings."
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TopicsWorld]:
    with topics_world(tmp_path) as made:
        yield made


async def test_asked_again_it_is_the_same_whatever_the_feeds_say_by_then(world: TopicsWorld) -> None:
    world.tell(OPENS, Entry("Short", "Too short."))
    first = await world.choose()
    world.later(0.3)
    world.tell(BATTERY)
    fetched = world.fetched
    assert await world.choose(date="2026-11-02") == first
    assert await world.choose(date="2026-11-02", given="Something else") == first
    assert (world.fetched, codes(first)) == (fetched, {"Short": "too_thin"})
    assert await topic_of("mira", "2026-11-02", world.ports) == first.topic
    assert await topic_of("mira", "2026-11-03", world.ports) is None


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (OPENS, "same_story"),
        (Entry("Another title", "And another text of it, at the same address as before, by somebody else.", link="http://www.news.example/1/?utm_campaign=x"), "same_story"),
        (Entry("LARKMOOR opens — instant payouts in Ireland!", "Some other text altogether about it.", link="https://elsewhere.example/9"), "same_story"),
        (AGAIN, "alike"),
    ],
    ids=["link and title", "link", "title", "other words"],
)  # fmt: skip
@pytest.mark.parametrize("embeddings", [True, False])
async def test_a_topic_does_not_come_again(world: TopicsWorld, entry: Entry, code: str, embeddings: bool) -> None:
    world.models.error = None if embeddings else Transient("they do not answer")
    world.tell(replace(OPENS, link="https://news.example/1"))
    await world.choose()
    world.later(WINDOW - 1)
    world.tell(entry, BATTERY, feed=OTHER)
    choice = await world.choose(Agent(feeds=(OTHER,)))
    assert title(choice) == BATTERY.title
    assert codes(choice)[entry.title] == code
    assert "the post of 2026-11-02 was about" in choice.skipped[0].why
    assert code != "alike" or "in words" in choice.skipped[0].why


async def test_after_the_window_it_may(world: TopicsWorld) -> None:
    world.tell(OPENS)
    await world.choose()
    world.tell(OPENS, feed=OTHER)
    for days, expected in ((WINDOW, ""), (1, OPENS.title)):
        world.later(days)
        assert title(await world.choose(Agent(feeds=(OTHER,)))) == expected


async def test_what_is_reserved_ahead_counts_as_well(world: TopicsWorld) -> None:
    world.tell(OPENS)
    await world.choose(date="2026-11-09")
    assert codes(await world.choose(date="2026-11-02")) == {OPENS.title: "same_story"}


async def test_another_story_of_the_same_company_may_and_of_an_agent_that_shares(world: TopicsWorld) -> None:
    world.tell(OPENS)
    await world.choose()
    assert title(await world.choose(Agent(id="other", shares_stories=True))) == OPENS.title
    world.later(1)
    world.tell(CHIEF)
    assert title(await world.choose()) == CHIEF.title


async def test_the_same_names_too_often_lately(world: TopicsWorld) -> None:
    events = (
        Entry(
            "Averlyn Foods opens a works in Turku",
            "Oat drinks will be made there from next spring, in a hall that used to build ferries.",
        ),
        Entry("Court rules against Averlyn Foods", "The judges found the yellow label too much like that of a dairy from Oulu."),
        Entry(
            "Profit doubles at Averlyn Foods",
            "A recipe with less sugar sold well in schools and hospitals, the yearly report shows.",
        ),
        Entry(
            "Averlyn Foods hires two hundred drivers", "Most of them come from the ferry company that gave up its northern line."
        ),
        Entry(
            "Averlyn Foods recalls glass bottles",
            "Splinters were found by a customer at breakfast; the lids are to blame, it seems.",
        ),
    )
    chosen = []
    for event in events:
        world.tell(event)
        choice = await world.choose()
        chosen.append(title(choice))
        world.later(1)
    assert [bool(one) for one in chosen] == [True, True, True, True, False]
    assert choice.skipped[0].code == "names_again"
    assert choice.skipped[0].why == "Averlyn Foods has been in too many posts lately"
    fan = await world.choose(Agent(topics=("everything about Averlyn Foods",)))
    assert title(fan).startswith("Averlyn Foods recalls"), "what an agent cares for may come as often as it likes"


async def test_two_dates_at_once_never_take_the_same_topic(world: TopicsWorld) -> None:
    world.tell(OPENS, Entry(AGAIN.title, AGAIN.text, age=1), BATTERY, CHIEF)
    choices = await asyncio.gather(*(world.choose(date=f"2026-11-{day:02}") for day in (2, 3, 4)))
    told = {title(choice) for choice in choices}
    assert len(told) == 3
    assert not {OPENS.title, AGAIN.title} <= told


async def test_duplicates_at_once_get_one_topic(world: TopicsWorld) -> None:
    world.tell(OPENS, BATTERY, CHIEF)
    choices = await asyncio.gather(*(world.choose() for _ in range(6)))
    assert len({title(choice) for choice in choices}) == 1
    days = await world.ports.documents.query(f"{topic_history._head('mira')}/days", order_by="date")
    assert [day.id for day in days] == [world.today]


async def test_what_is_given_back_is_free_again(world: TopicsWorld) -> None:
    world.tell(OPENS)
    await world.choose()
    for _ in range(2):
        await give_back("mira", "2026-11-02", world.ports, why="no image could be drawn")
    await give_back("mira", "2026-11-05", world.ports, why="was never taken")
    assert await topic_of("mira", "2026-11-02", world.ports) is None
    world.later(1)
    assert title(await world.choose()) == OPENS.title
    assert (await world.choose(date="2026-11-02")).topic is None


async def test_the_day_it_was_given_back_takes_another_and_what_is_barred_stays_away(world: TopicsWorld) -> None:
    world.tell(OPENS, Entry(BATTERY.title, BATTERY.text, age=2))
    assert title(await world.choose()) == OPENS.title
    await give_back("mira", world.today, world.ports, why="the provider refused it", barred=True)
    second = await world.choose()
    assert (title(second), codes(second)) == (BATTERY.title, {OPENS.title: "barred"})
    assert second.skipped[0].why == "the post of 2026-11-02 failed over it: the provider refused it"
    world.later(3)
    world.tell(AGAIN)
    assert codes(await world.choose()) == {AGAIN.title: "barred"}


async def test_a_store_that_is_always_changed_by_others_is_a_passing_fault(
    world: TopicsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.tell(OPENS)
    remember = topic_history.remember

    async def raced(agent_id: str, date: str, ports: object) -> topic_history.Memory:
        seen = await remember(agent_id, date, world.ports)
        taken = len(await world.ports.documents.query(f"{topic_history._head(agent_id)}/days"))
        day = (dt.date(2026, 12, 1) + dt.timedelta(days=taken)).isoformat()
        monkeypatch.setattr(topic_history, "remember", remember)
        await world.choose(date=day, given=f"Topic of {day}")
        monkeypatch.setattr(topic_history, "remember", raced)
        return seen

    monkeypatch.setattr(topic_history, "remember", raced)
    with pytest.raises(Transient) as error:
        await world.choose()
    assert error.value.code == "topic_busy"


async def test_a_model_for_embeddings_that_was_changed_does_no_harm(world: TopicsWorld) -> None:
    world.tell(OPENS)
    await world.choose()
    world.later(1)
    world.ports = replace(world.ports, settings=replace(world.ports.settings, model_embedding=("another",)))
    world.tell(AGAIN, BATTERY)
    assert codes(await world.choose())[AGAIN.title] == "alike"
