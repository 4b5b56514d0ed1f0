"""What users of such tools complain of, each a case: work that is lost, paid twice, slow, or unforeseen."""

from __future__ import annotations

import random
from typing import Any

import pytest

from functions.transcript_graph.analysis.communities_and_rank import communities
from functions.transcript_graph.analysis.graph_report import picture, report
from functions.transcript_graph.analysis.map_layout import laid_out
from functions.transcript_graph.export.export_rows import export_rows
from shared.errors import PutBack, Transient
from tests.support.hostile.processor_time import takes_at_most
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, by_rules, said

TOPICS = ("engine", "mill", "loom", "bridge", "canal", "tower", "harbour", "railway")


def talk(number: int, sentences: int = 40) -> str:
    dice = random.Random(number)
    said = (
        f"Ada: Then Carol Number{dice.randrange(9)} worked for Acme {dice.choice(TOPICS).title()} Company on the {dice.choice(TOPICS)} number {number * 1000 + at}."
        for at in range(sentences)
    )
    return "\n".join(said)


async def test_the_same_job_again_asks_nobody(world: GraphWorld) -> None:
    texts = {f"t{number}": talk(number) for number in range(3)}
    first = await world.run(texts, chunk_tokens=200)
    asked = len(world.asked)
    again = await world.run(texts, chunk_tokens=200)
    assert (len(world.asked), again.unchanged, again.version) == (asked, 3, first.version)
    assert again.entities == first.entities > 5


async def test_only_new_and_changed_chunks_are_paid_for(world: GraphWorld) -> None:
    text = talk(1, 60)
    await world.run({"a": text, "b": talk(2)}, chunk_tokens=150)
    world.asked.clear()
    changed = text.replace("number 1059", "number 1059 and Dora Quirk")
    await world.run({"a": changed, "b": talk(2), "c": talk(3, 4)}, chunk_tokens=150)
    assert len(world.asked) == 2
    assert {"Dora" in chunk or "number 3000" in chunk for chunk in world.asked} == {True}


async def test_what_is_removed_takes_only_its_own_with_it(world: GraphWorld) -> None:
    await world.run({"a": talk(1), "b": talk(2)})
    both = export_rows("talks", await world.records())
    await world.run({"c": talk(3)})
    await world.run({}, remove=["c"])
    assert export_rows("talks", await world.records()) == both


@pytest.mark.parametrize("shuffle", [1, 2, 3])
async def test_the_graph_does_not_depend_on_the_order_of_arrival(world: GraphWorld, shuffle: int, tmp_path: Any) -> None:
    texts = {f"t{number}": talk(number) for number in range(5)}
    other = GraphWorld(tmp_path / "other")
    try:
        await world.run(texts, chunk_tokens=150, pack_tokens=300)
        await other.run(texts, chunk_tokens=150, pack_tokens=300, shuffle=shuffle)
        assert export_rows("talks", await world.records()) == export_rows("talks", await other.records())
    finally:
        other.close()


async def test_one_bad_chunk_does_not_fail_its_pack(world: GraphWorld) -> None:
    def rule(data: dict[str, Any]) -> dict[str, Any]:
        if any("number 1007" in chunk["text"] for chunk in data["chunks"]):
            raise Transient("the model's answer is no valid Extraction: not JSON", code="model_invalid_answer")
        return by_rules(data)

    world.rule = rule
    result = await world.run({"a": talk(1, 120)}, chunk_tokens=150, pack_tokens=60_000)
    assert result.counts.failed == 1
    assert result.counts.answered == result.counts.chunks - 1 > 10
    assert [one.code for one in result.failed] == ["no_answer"]
    world.rule = by_rules
    world.asked.clear()
    mended = await world.run({"a": talk(1, 120)}, chunk_tokens=150)
    assert (len(world.asked), mended.counts.failed) == (1, 0)


async def test_answers_that_leave_chunks_out_or_mix_them_up_are_asked_again(world: GraphWorld) -> None:
    def rule(data: dict[str, Any]) -> dict[str, Any]:
        answer = by_rules(data)
        kept = answer["chunks"][: max(1, len(answer["chunks"]) // 2)]
        return {"chunks": [*kept, {"chunk": "c99", "entities": [], "relations": []}, kept[0]]}

    world.rule = rule
    result = await world.run({"a": talk(1, 60)}, chunk_tokens=150)
    assert result.counts.answered == result.counts.chunks
    assert len(set(world.asked)) == result.counts.chunks


async def test_a_429_loses_no_work(world: GraphWorld) -> None:
    calls = []

    def rule(data: dict[str, Any]) -> dict[str, Any]:
        calls.append(len(data["chunks"]))
        if len(calls) == 2:
            raise PutBack("openai", 1.0)
        return by_rules(data)

    world.rule = rule
    result = await world.run({"a": talk(1, 60)}, chunk_tokens=150, pack_tokens=450)
    assert 0 < result.counts.failed < result.counts.chunks
    world.asked.clear()
    again = await world.run({"a": talk(1, 60)}, chunk_tokens=150, pack_tokens=450)
    assert len(world.asked) == result.counts.failed
    assert again.counts.failed == 0


async def test_copied_passages_are_paid_for_once_and_keep_their_own_provenance(world: GraphWorld) -> None:
    passage = talk(7, 30)
    result = await world.run({"a": passage, "b": f"{talk(8, 20)}\n{passage}"}, chunk_tokens=300)
    asked = sum(text.count("number 7015.") for text in world.asked)
    assert asked <= 2
    assert result.transcripts == 2
    assert result.counts.failed == 0


async def test_identical_and_nearly_identical_bodies_are_told(world: GraphWorld) -> None:
    text = talk(1, 200)
    result = await world.run({"a": text, "b": text, "c": text.replace("number 1100", "number 9999"), "d": talk(2)})
    assert result.copies == {"b": "a", "c": "a"}
    assert result.transcripts == 2


async def test_a_broken_transcript_is_told_by_name_and_the_rest_goes_on(world: GraphWorld) -> None:
    result = await world.run({"bad": "{not json at all", "good": talk(1)})
    assert [(one.id, one.code) for one in result.failed] == [("bad", "broken_transcript")]
    assert result.transcripts == 1


async def test_a_report_names_what_contradicts(world: GraphWorld) -> None:
    await world.run({
        "a": "Ada: We all know that Acme Company is based in London. It is big.", "b": "Ben: As far as I know Acme Company is based in Paris. It is small.",
    })  # fmt: skip
    made = report(export_rows("talks", await world.records()))
    assert [(one["entity"], sorted(each["target"] for each in one["says"])) for one in made["contradictions"]] == [
        ("Acme Company", ["London", "Paris"])
    ]
    assert made["communities"][0]["ties"]
    assert [one["transcript"] for one in made["transcripts"]] == ["a", "b"]


async def test_a_picture_holds_every_entity_it_draws(world: GraphWorld) -> None:
    await world.run({f"t{number}": talk(number) for number in range(3)})
    drawn = picture(export_rows("talks", await world.records()))
    assert {end for edge in drawn["edges"] for end in (edge["source"], edge["target"])} <= {node["id"] for node in drawn["nodes"]}
    assert all(-1 <= node["x"] <= 1 and -1 <= node["y"] <= 1 for node in drawn["nodes"])


async def test_on_the_map_what_has_no_relation_lies_with_its_transcript_and_no_line_leads_there(world: GraphWorld) -> None:
    names = {one: [f"{one}{other} Quill" for other in ("Mar", "Tob", "Nel", "Vik")] for one in ("Zan", "Bro")}
    world.rule = said(**{name: ([(name, "Person")], []) for some in names.values() for name in some})
    await world.run(
        {one: "\n".join(f"Ada: We met {name} in the street that day." for name in some) for one, some in names.items()}
    )
    drawn = picture(export_rows("talks", await world.records()))
    by_transcript = {one: {node["community"] for node in drawn["nodes"] if node["name"].startswith(one)} for one in names}
    assert drawn["edges"] == []
    assert all(len(found) == 1 for found in by_transcript.values())
    assert by_transcript["Zan"] != by_transcript["Bro"]


def test_five_thousand_nodes_are_laid_out_in_seconds_and_always_alike() -> None:
    dice = random.Random(1)
    nodes = [f"n{number}" for number in range(5_000)]
    edges = [(dice.choice(nodes), dice.choice(nodes), 1.0) for _ in range(15_000)]
    member = communities(edges, nodes)
    assert takes_at_most(30, lambda: laid_out(nodes, edges, member, {}))
    first = laid_out(nodes, edges, member, {})
    assert laid_out(nodes, edges[::-1], member, {}).keys() == first.keys()
    assert len(set(first.values())) > 4_000
