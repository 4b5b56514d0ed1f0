"""What users of such tools complain of, each a case: who is who, and what is true."""

from __future__ import annotations

from typing import Any

import pytest

from functions.transcript_graph.extraction.type_check import says_nothing
from functions.transcript_graph.graph import graph_queries
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

TALK = "Ada: We sat down with {} and talked about the engine for a long time, and about Acme Labs."


async def test_one_person_under_several_names_is_one_node(world: GraphWorld) -> None:
    world.rule = said(**{
        "John Doe": ([("John Doe", "Person"), "Acme Labs"], []), "John T. Doe": ([("John T. Doe", "Person")], []), "then John ": ([("John", "Person")], []),
    })  # fmt: skip
    await world.run({
        "a": "Ada: John Doe of Acme Labs came by to talk about engines. And then John told us about his mill.",
        "b": "Ada: Yesterday John T. Doe, whom we all know from the mill, was here and then John left us.",
    })  # fmt: skip
    (record,) = [
        one
        for one in (await world.records()).values()
        if one["kind"] == "person" and "John" in str(one["names"]) and "Acme" not in str(one["names"])
    ]
    assert set(record["names"]) == {"John Doe", "John T. Doe", "John"}


async def test_identical_names_are_merged_whatever_their_type_and_case(world: GraphWorld) -> None:
    world.rule = said(
        PyTorch=([("PyTorch", "Product")], []), Pytorch=([("Pytorch", "Technology")], []), pytorch=([("pytorch", "Concept")], [])
    )
    await world.run(
        {
            name: f"Ada: Everybody in this room has used {spelt} for some years now."
            for name, spelt in (("a", "PyTorch"), ("b", "Pytorch"), ("c", "pytorch"))
        }
    )
    assert len(await world.records()) == 1


async def test_two_people_of_one_name_stay_two(world: GraphWorld) -> None:
    def rule(data: dict[str, Any]) -> dict[str, Any]:
        if data["task"] == "transcript_graph_same":
            return {"verdicts": [{"id": pair["id"], "same": False} for pair in data["pairs"]]}
        return said(
            dentist=(
                [("John Smith", "Person", "dentist"), ("Ohio", "Place")],
                [("John Smith", "works_in", "Ohio", "John Smith is a dentist in Ohio")],
            ),
            pilot=(
                [("John Smith", "Person", "pilot"), ("Skyways", "Organization")],
                [("John Smith", "flies_for", "Skyways", "John Smith, a pilot, flies for Skyways")],
            ),
        )(data)

    world.rule = rule
    texts = {
        "a": "Ada: Our guest John Smith is a dentist in Ohio and has been for many years.",
        "b": "Ben: They say that John Smith, a pilot, flies for Skyways every single day.",
    }
    await world.run(texts)
    assert (await world.names()).count("John Smith") == 2
    assert await world.triples() == {("John Smith", "works_in", "Ohio"), ("John Smith", "flies_for", "Skyways")}
    await world.run({"c": texts["a"] + " Yes, indeed."})
    assert (await world.names()).count("John Smith") == 2


async def test_two_people_of_one_name_in_one_chunk_stay_two(world: GraphWorld) -> None:
    world.rule = said(Smith=([("John Smith", "Person", "dentist"), ("John Smith", "Person", "pilot")], []))
    await world.run({"a": "Ada: There is John Smith who is a dentist, and John Smith who is a pilot, and they never met."})
    assert len(await world.names()) == 1 + 1


@pytest.mark.parametrize(("partner", "people"), [("Carla Benn", 1), ("Nora Whitby", 2)])
async def test_who_speaks_with_the_same_one_again_is_who_they_were(world: GraphWorld, partner: str, people: int) -> None:
    world.rule = said(
        **{
            "the physics fan": ([("Dan Whitton", "Person", "physics fan")], []),
            "our librarian": ([("Dan Whitton", "Person", "librarian at Acme")], []),
        }
    )
    await world.run({
        "a": "Carla Benn: Here again is Dan Whitton, the physics fan, who has much to tell.\nDan Whitton: So much, yes, and gladly so.",
        "b": f"{partner}: With us today is Dan Whitton, our librarian, who has read it all.\nDan Whitton: Not all of it, but much of it.",
    })  # fmt: skip
    assert (await world.names()).count("Dan Whitton") == people


async def test_no_merging_by_way_of_a_third(world: GraphWorld) -> None:
    names = ("Marlowstead", "Marlowstesd", "Marlowssesd")
    world.rule = said(**{name: ([(name, "Organization")], []) for name in names})
    await world.run(
        {f"t{number}": TALK.format(name) for number, name in enumerate((*names, "Marlowstead", "Marlowssesd", "Marlowssesd"))}
    )
    assert "Marlowstead" in await world.names()
    assert "Marlowssesd" in await world.names()


async def test_nothing_is_in_the_graph_that_nobody_said(world: GraphWorld) -> None:
    world.rule = said(
        engine=(
            [("Ada Byron", "Person"), ("Charles Babbage", "Person"), "Acme Labs"],
            [("Ada Byron", "founded", "Acme Labs", "Ada Byron founded Acme Labs")],
        )
    )
    result = await world.run({"a": "Ben: The engine that Ada Byron described in her notes is now at Acme Labs."})
    assert await world.names() == ["Acme Labs", "Ada Byron"]
    assert await world.triples() == set()
    assert result.counts.dropped == {"name_not_in_text": 1, "quote_not_in_text": 1}


async def test_a_real_quote_beside_an_invented_expansion_keeps_the_acronym_alone(world: GraphWorld) -> None:
    world.rule = said(NASA=([("National Aeronautics and Space Administration", "Organization"), ("NASA", "Organization"), ("Ada Byron", "Person")],
                            [("Ada Byron", "works_at", "National Aeronautics and Space Administration", "Ada Byron works at NASA"), ("Ada Byron", "works_at", "NASA", "Ada Byron works at NASA")]))  # fmt: skip
    await world.run({"a": "Ben: I heard that Ada Byron works at NASA these days, on the new engines."})
    assert await world.triples() == {("Ada Byron", "works_at", "NASA")}


async def test_an_acronym_that_is_spelt_out_somewhere_is_one_with_it_everywhere(world: GraphWorld) -> None:
    world.rule = said(
        **{
            "natural language": ([("natural language processing", "Technology"), ("NLP", "Technology")], []),
            "of NLP": ([("NLP", "Technology")], []),
        }
    )
    await world.run({"a": "Ada: We do natural language processing, or NLP, for most of our days here."})
    await world.run({"b": "Ben: The state of NLP has changed since we last talked about these things."})
    assert len(await world.records()) == 1


NO_RELATION = (
    "no relation", "None", "no clear relationship", "no_clear_relationship_between_them", "is not related to", "unrelated_to", "has no connection to",
    "keine klare Beziehung", "sin relación clara", "ninguna relación", "pas de relation", "aucun lien", "nessuna relazione", "sem relação", "нет связи",
    "relation inconnue", "unbekannt", "relación desconocida", "nothing", "not_mentioned_together", "not stated in the text", "неизвестная связь",
    "没有明确关系", "無明確關聯", "关系不明确", "関係なし",
)  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    ["related_to", "no_longer_works_for", "relative_of", "linked_to", "notable_for", "父子关系", "connects_to", "unites_with"],
)
def test_relations_that_say_something_are_none_of_these(kind: str) -> None:
    assert not says_nothing(kind)


@pytest.mark.parametrize("kind", NO_RELATION)
async def test_no_relation_is_not_an_edge(world: GraphWorld, kind: str) -> None:
    world.rule = said(
        Byron=([("Ada Byron", "Person"), "Acme Labs"], [("Ada Byron", kind, "Acme Labs", "Ada Byron walked past Acme Labs")])
    )
    await world.run({"a": "Ben: On that very morning Ada Byron walked past Acme Labs without a look."})
    assert await world.triples() == set()


async def test_chinese_in_chinese_out(world: GraphWorld) -> None:
    world.rule = said(王小明=([("王小明", "Person", "an engineer"), ("台積電", "Organization", "晶圓代工廠")],
                                [("王小明", "works at", "台積電", "王小明在台積電工作"), ("王小明", "任職於", "台積電", "王小明在台積電工作")]))  # fmt: skip
    await world.run({"a": "主持人：今天的來賓王小明在台積電工作，他負責新的製程，談談他的想法。"})
    assert await world.triples() == {("王小明", "任職於", "台積電")}
    assert [text for record in (await world.records()).values() for by in record["about"].values() for text in by] == [
        "晶圓代工廠"
    ]


@pytest.mark.parametrize(
    ("names", "text", "kinds", "kept"),
    [
        (("Иван Петров", "Яндекс"), "Ада: Все знают, что Иван Петров работает в Яндекс много лет.", ("works at", "работает в"), "работает в"),
        (("Ελένη Παππά", "Αθήνα"), "Άννα: Ξέρουμε ότι η Ελένη Παππά ζει στην Αθήνα από παιδί.", ("lives in", "ζει στην"), "ζει στην"),
        (("김민수", "서울대학교"), "사회자: 오늘의 손님인 김민수 교수는 서울대학교 에서 일합니다.", ("works at", "일합니다"), "일합니다"),
        (("Nguyễn Ái", "Hà Nội"), "Bà Lê: Mọi người đều biết Nguyễn Ái sống ở Hà Nội đã nhiều năm.", ("trên", "sống ở"), ""),
    ],
)  # fmt: skip
async def test_an_answer_keeps_the_texts_own_alphabet(
    world: GraphWorld, names: tuple[str, str], text: str, kinds: tuple[str, str], kept: str
) -> None:
    one, other = names
    quote = text[text.index(one) : text.index(other) + len(other)]
    entities = [(one, "Person", kinds[0]), (other, "Organization", kinds[1])]
    world.rule = said(**{one: (entities, [(one, kind, other, quote) for kind in kinds])})
    await world.run({"a": text})
    wanted = {kept} if kept else set(kinds)
    assert {(source, kind.replace("_", " "), target) for source, kind, target in await world.triples()} == {
        (one, kind, other) for kind in wanted
    }
    assert {about for record in (await world.records()).values() for by in record["about"].values() for about in by} == wanted


async def test_tuesday_and_glasses_do_not_crowd_the_map(world: GraphWorld) -> None:
    found = [("Tuesday", "Time"), ("glasses", "Product"), ("Ada Byron", "Person")]
    world.rule = said(Tuesday=(found, []))
    texts = {
        f"t{number}": f"Ben: On Tuesday, and every Tuesday, glasses and more glasses stood there; Ada Byron came {number} times."
        for number in range(6)
    }
    result = await world.run(texts)
    assert result.top[0].name == "Ada Byron"
    assert all(one.salience < result.top[0].salience / 5 for one in result.top[1:])


async def test_provenance_names_speaker_time_and_words_for_every_mention(world: GraphWorld) -> None:
    world.rule = said(
        Byron=([("Ada Byron", "Person"), "Acme Labs"], [("Ada Byron", "works_at", "Acme Labs", "Ada Byron works at Acme Labs")])
    )
    await world.run(
        {
            "a": "[00:05] Ben: Hello and welcome. They say Ada Byron works at Acme Labs now. It is good.\n[01:10] Speaker 1: Yes, Ada Byron works at Acme Labs indeed."
        }
    )
    pages = await world.pages()
    ada, acme = [(await graph_queries.search(pages, name))[0]["id"] for name in ("Ada Byron", "acme lab")]
    shown = await graph_queries.entity(pages, ada, world.ports)
    assert [(one["speaker"], one["doubtful"], one["start"], one["words"]) for one in shown["timeline"]] == [
        ("Ben", False, 5.0, "Ada Byron"),
        ("Speaker 1", True, 70.0, "Ada Byron"),
    ]
    assert all(one["words"] in one["quote"] for one in shown["timeline"])
    quotes = await graph_queries.relation_quotes(pages, ada, acme, "works_at", world.ports)
    assert [one["words"] for one in quotes] == ["Ada Byron works at Acme Labs"] * 2 or len(quotes) == 1
    assert shown["neighbours"][0]["name"] == "Acme Labs"
