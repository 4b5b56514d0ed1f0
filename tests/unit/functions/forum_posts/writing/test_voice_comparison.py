"""A version beside its persona's style samples: what is measured, and which of two is closer."""

from __future__ import annotations

from functions.forum_posts.stage_messages import Plan, Post, Version, VersionVoice
from functions.forum_posts.stages.collect_posts import _voices, collect_posts
from functions.forum_posts.views import view
from functions.forum_posts.writing.voice_comparison import compared
from functions.result_blocks import Note, Table
from tests.unit.functions.forum_posts.conftest import World

SHORT = ("Margins first. Sales later. Who else waits? 🙂", "Cash is what counts. The rest is talk. Agree? 🙂")
LONG = "When a company grows its sales by buying its smaller rivals year after year, the margin tells you long before anything else does whether it has paid too much for them."


def test_length_sentences_emoji_questions_and_openings_are_measured() -> None:
    found = compared("Backlog matters. Nothing else. You too? 🙂", SHORT)
    assert found is not None
    assert (found.text.length, found.text.sentence, found.text.emoji, found.text.questions) == (6.0, 2.0, 1.0, 1.0)
    assert 2 <= found.samples.sentence <= 3.5
    assert found.text.openings == ("backlog matters nothing",)


def test_the_closer_one_is_closer_and_a_copied_opening_is_not() -> None:
    near, far = compared("Backlog matters. Nothing else. You too? 🙂", SHORT), compared(LONG, SHORT)
    copied = compared("Margins first. Sales or cash? 🙂 Margins.", SHORT)
    assert near is not None
    assert far is not None
    assert copied is not None
    assert near.closeness > 0.8
    assert far.closeness < 0.5
    assert copied.closeness < near.closeness


def test_chinese_counts_characters() -> None:
    found = compared("先看毛利。再看現金。你呢？", ("別急。先等。大家怎麼看？",))
    assert found is not None
    assert found.text.length == 10
    assert 3 <= found.text.sentence <= 4


def test_without_samples_or_text_nothing_is_compared() -> None:
    assert compared("Backlog matters.", ()) is None
    assert compared("", SHORT) is None


def test_where_it_is_far_is_said_in_plain_words() -> None:
    found = compared(LONG, SHORT)
    assert found is not None
    assert found.far == ("sentences of 31 words on average, the samples' have 3", "no emoji, the samples have 1.0 each")
    copied = compared("Margins first. Sales or cash? 🙂 Margins.", SHORT)
    assert copied is not None
    assert copied.far == ("begins as a sample does: “margins first sales”",)
    near = compared("Backlog matters. Nothing else. You too? 🙂", SHORT)
    assert near is not None
    assert near.far == ()
    loud = compared("Backlog matters 🚀🚀🚀🚀. Nothing else. You too?", ("Margins first. Who waits?",))
    assert loud is not None
    assert loud.far == ("4 emoji, the samples have 0.0 each",)


def test_rhythm_is_the_step_from_a_sentence_to_the_next() -> None:
    even, uneven = compared("Two words. Two more. Two again.", SHORT), compared("One. Here are six words in all. Two.", SHORT)
    assert even is not None
    assert uneven is not None
    assert (even.text.rhythm, uneven.text.rhythm) == (0.0, 5.0)


def post(number: int, *texts: str) -> Post:
    """A persona's post in these versions, the first chosen."""
    voices = [compared(text, SHORT) for text in texts]
    versions = tuple(
        Version(number=at, angle="a", text=text, voice=VersionVoice(**voice.model_dump(exclude={"samples"})) if voice else None)
        for at, (text, voice) in enumerate(zip(texts, voices, strict=True))
    )
    return Post(
        id=f"p{number}", number=number, kol_serial="1", kol_name="Ada", stock_code="X", posting_type="analysis", language="en", state="draft",
        text=texts[0], chosen=0, versions=versions, voice=voices[0],
    )  # fmt: skip


async def test_a_result_has_each_persona_beside_its_samples_and_prints_it(world: World) -> None:
    near = "Backlog matters. Nothing else. You too? 🙂"
    posts = [post(0, near, LONG), post(1, LONG, LONG)]
    planned = (await world_plan(world)).model_copy(update={"posts": (), "refused": ()})
    empty = await collect_posts([], planned, world.ports)
    assert empty.voices == ()
    (persona,) = _voices(tuple(posts))
    assert (persona.kol_name, persona.count, persona.far) == ("Ada", 4, 3)
    assert persona.samples.sentence == 2.7
    assert persona.versions.sentence == 23.75
    assert persona.drifts == ("sentences of 24 words on average, the samples' have 3",)
    result = {
        "posts": [one.model_dump(mode="json") for one in posts], "missing": [], "cost": [], "similarity": {"most": 0, "gate": 0.5, "texts": 2},
        "voices": [persona.model_dump(mode="json")],
    }  # fmt: skip
    blocks = list(view(result))
    (table,) = [block for block in blocks if isinstance(block, Table)]
    samples, versions = table.rows
    assert samples[:2] == ["Ada", "its samples"]
    assert versions[:2] == ["", "its versions"]
    assert (samples[3], versions[3]) == ("2.7", "23.8")
    assert versions[-2:] == [persona.closeness, "3 of 4"]
    assert any(isinstance(block, Note) and block.text.startswith("Ada: sentences of 24 words") for block in blocks)


async def world_plan(world: World) -> Plan:
    await world.profile()
    return await world.plan()
