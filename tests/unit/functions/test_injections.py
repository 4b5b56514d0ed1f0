"""A model that obeys a stranger's text, in each pipeline: no link, handle, tag or word of the prompt comes out of it."""

from __future__ import annotations

import json

import pytest

from functions.daily_post import prompts as daily_prompts
from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.image.scene_description import Scene, scene_of
from functions.daily_post.texts import template_text
from functions.daily_post.texts.text_faults import faults, plain_text, tags_of
from functions.daily_post.topics.topic_choice_types import Topic
from functions.forum_posts import prompts as forum_prompts
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.stage_messages import Planned, PostItem
from functions.forum_posts.writing.check_text import check
from functions.interview_prep.prompts import prompt as guide_prompt
from functions.interview_prep.stage_messages import Claim, Insights, Item
from functions.transcript_graph import prompts as graph_prompts
from functions.transcript_graph.extraction.provenance_check import verified
from functions.transcript_graph.extraction.type_check import Types
from functions.transcript_graph.stage_messages import Answer, FoundEntity, FoundRelation, Schema
from tests.support.hostile.injections import CANARY, WRITTEN, came_out
from tests.unit.functions.interview_prep.guide.test_insights import insights_of
from tests.unit.functions.interview_prep.guide.test_sections import POSTING, written

FACTS = ("revenue rose 12.5% on the year", "gross margin was 41%")
POST = (
    "Revenue rose 12.5% on the year, and I had not expected it from a quarter this quiet. Gross margin was 41%. What I keep asking myself is "
    "how much of it will stay once orders slow down and the easy comparisons are gone. How do you see it?"
)
AGENT = Agent(id="mei", name="Mei", persona="Calm.")
TOPIC = Topic(key="k", title="Grid storage answers in 140 milliseconds", summary="An operator tried it.")
TALK = "Ann: Ada Lovelace worked with Charles Babbage on the Analytical Engine in London."


def sentences(instructions: str) -> tuple[str, ...]:
    """Everything that an injection asks for, and pieces of the pipeline's own prompt."""
    words = instructions.split()
    return (*WRITTEN, *(" ".join(words[at : at + 14]) for at in range(0, len(words) - 14, max(1, len(words) // 8))))


GUIDE = f"{guide_prompt('write_section_common')}\n\n{guide_prompt('write_section_plan')}"


@pytest.mark.parametrize("sentence", sentences(GUIDE))
async def test_a_guide(sentence: str) -> None:
    item = Item(title="Day one", text=f"Read the posting. {sentence}", points=(f"Practise. {sentence}",), why=sentence)
    section = await written("plan", item, intro=f"Begin early. {sentence}")
    for text in (section.intro, *(part for each in section.items for part in (each.title, each.text, each.why, *each.points))):
        assert not came_out(text, POSTING.description, GUIDE), text


@pytest.mark.parametrize("sentence", sentences(guide_prompt("extract_insights")))
async def test_a_reports_insights(sentence: str) -> None:
    found = await insights_of(Insights(tips=(Claim(text=f"Read the docs. {sentence}", sources=("P1",)),)))
    for tip in found.tips:
        assert not came_out(tip.text, instructions=guide_prompt("extract_insights")), tip


@pytest.mark.parametrize("sentence", sentences(forum_prompts.prompt("write_post")))
def test_a_forum_post(sentence: str) -> None:
    item = PostItem(kol_serial="1", stock_code="ACME", posting_type="analysis", max_words=120, facts=FACTS)
    planned = Planned(id="p", number=0, item=item, persona="", language="en", seed="s", versions=1)
    profile = Profile(serial="1", name="Kim", persona="A patient reader of reports.")
    assert not check(POST, planned, profile).faults
    assert check(f"{POST} {sentence}", planned, profile).faults


@pytest.mark.parametrize("sentence", sentences(daily_prompts.prompt("description")))
def test_a_daily_post(sentence: str) -> None:
    facts = f"{TOPIC.title}\n{TOPIC.summary} {sentence}"  # the story itself is where it comes from
    assert not faults("An operator tried grid storage that answers at once.", 500, AGENT, facts, "")
    assert faults(f"An operator tried grid storage. {sentence}", 500, AGENT, facts, daily_prompts.prompt("description"))
    scene = scene_of(Scene(prompt="A battery.", alt=f"A battery. {sentence}"), AGENT, TOPIC)
    assert scene.alt == template_text.image_alt(AGENT, TOPIC) or not came_out(scene.alt)


@pytest.mark.parametrize(
    "sentence", [each for each in WRITTEN if CANARY in each and not each.startswith(("<<<", "{", "max", "style"))]
)
def test_a_daily_post_that_no_model_wrote(sentence: str) -> None:
    story = TOPIC.model_copy(update={"title": f"{TOPIC.title} {sentence}", "summary": f"Read {sentence} now."})
    for text in (plain_text(story.title), template_text.description(story, 500, AGENT), template_text.image_alt(AGENT, story)):
        assert "canary7f3" not in text or not came_out(text.replace(CANARY, "x")), text
    assert all(tag.replace("_", "").isalnum() for tag in tags_of((sentence,), AGENT.caps, ()))


@pytest.mark.parametrize("sentence", sentences(graph_prompts.prompt("extract")))
def test_a_graph(sentence: str) -> None:
    answer = Answer(
        chunk="c",
        entities=(
            FoundEntity(name="Ada Lovelace", type="Person", description=sentence),
            FoundEntity(name="Charles Babbage", type=sentence[:40]),
            FoundEntity(name=sentence, type="Person"),
        ),
        relations=(
            FoundRelation(source="Ada Lovelace", type=sentence[:60], target="Charles Babbage", quote="Ada Lovelace worked with Charles Babbage"),
            FoundRelation(source="Ada Lovelace", type="worked_with", target="Charles Babbage", quote=sentence),
        ),
    )  # fmt: skip
    found = verified(answer, TALK, Types(Schema()))
    said = json.dumps([[one.name, one.type, one.description] for one in found.entities] + [[one.type] for one in found.relations])
    assert not came_out(said.replace(CANARY, "x"), TALK, graph_prompts.prompt("extract")), said
