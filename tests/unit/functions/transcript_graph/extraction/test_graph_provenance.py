from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.transcript_graph.extraction.name_spans import folded, spans
from functions.transcript_graph.extraction.provenance_check import Verified, verified
from functions.transcript_graph.extraction.type_check import Types, label, says_nothing
from functions.transcript_graph.stage_messages import Answer, FoundEntity, FoundRelation, RelationType, Schema

TEXT = "Ada Byron works at Acme Labs. She knows John T. Doe, and John met NASA's chief in New York."


def check(
    entities: list[str], relations: list[tuple[str, str, str, str]], text: str = TEXT, schema: Schema | None = None
) -> Verified:
    found = Answer(
        chunk="c", entities=tuple(FoundEntity(name=name, type="Person") for name in entities),
        relations=tuple(FoundRelation(source=a, type=b, target=c, quote=d) for a, b, c, d in relations),
    )  # fmt: skip
    return verified(found, text, Types(schema or Schema()))


def test_a_name_that_does_not_stand_in_the_text_is_left_out() -> None:
    found = check(["Ada Byron", "Charles Babbage"], [])
    assert [entity.name for entity in found.entities] == ["Ada Byron"]
    assert found.dropped == {"name_not_in_text": 1}


def test_a_name_stands_between_words() -> None:
    assert spans("Ada", folded("Adana, Ada's; ADA")) == [(7, 10), (14, 17)]
    assert spans("小明", folded("王小明在")) == [(1, 3)]
    assert spans("C++", folded("in C++ code")) == [(3, 6)]


def test_an_acronym_is_kept_and_its_invented_expansion_is_not() -> None:
    found = check(["National Aeronautics and Space Administration (NASA)"], [])
    assert [entity.name for entity in found.entities] == ["NASA"]


def test_a_quote_stands_in_the_text_and_holds_both_ends() -> None:
    quote = "Ada Byron works at Acme Labs"
    found = check(
        ["Ada Byron", "Acme Labs", "NASA"], [("Ada Byron", "works at", "Acme Labs", quote), ("Ada Byron", "met", "NASA", quote)]
    )
    (relation,) = found.relations
    assert (relation.type, TEXT[slice(*relation.quote)]) == ("works_at", quote)
    assert found.dropped == {"end_not_in_quote": 1}


def test_a_quote_that_nobody_said_is_left_out() -> None:
    found = check(["Ada Byron", "Acme Labs"], [("Ada Byron", "founded", "Acme Labs", "Ada Byron founded Acme Labs")])
    assert (found.relations, found.dropped) == ([], {"quote_not_in_text": 1})


def test_a_short_name_in_the_quote_stands_for_the_whole_one() -> None:
    found = check(["John T. Doe", "John", "NASA"], [("John T. Doe", "met", "NASA", "John met NASA's chief")])
    assert len(found.relations) == 1


@pytest.mark.parametrize(
    "kind",
    [
        "none",
        "No Relation",
        "no clear relationship",
        "N/A",
        "unrelated",
        "not_specified",
        "unknown",
        "無關",
        "no_direct_connection",
    ],
)
def test_no_relation_is_no_edge(kind: str) -> None:
    assert says_nothing(kind)
    assert check(["Ada Byron", "Acme Labs"], [("Ada Byron", kind, "Acme Labs", "Ada Byron works at Acme Labs")]).relations == []


@pytest.mark.parametrize(
    "kind", ["knows", "notices", "nominated", "unites", "none_of_your_business_partner", "not_for_profit_arm_of"]
)
def test_real_relations_are_not_taken_for_none(kind: str) -> None:
    assert not says_nothing(kind)


def test_a_schema_is_enforced() -> None:
    schema = Schema(
        entity_types=("Person", "Firm"), relation_types=(RelationType(name="employs", source="Firm", target="Person"),)
    )
    answer = Answer(
        chunk="c",
        entities=(
            FoundEntity(name="Ada Byron", type="person"),
            FoundEntity(name="Acme Labs", type="Firms"),
            FoundEntity(name="New York", type="City"),
        ),
        relations=(
            FoundRelation(source="Acme Labs", type="EMPLOYS", target="Ada Byron", quote="Ada Byron works at Acme Labs"),
            FoundRelation(source="Ada Byron", type="employs", target="Acme Labs", quote="Ada Byron works at Acme Labs"),
            FoundRelation(source="Ada Byron", type="likes", target="Acme Labs", quote="Ada Byron works at Acme Labs"),
        ),
    )
    found = verified(answer, TEXT, Types(schema))
    assert [(entity.name, entity.type) for entity in found.entities] == [("Ada Byron", "Person"), ("Acme Labs", "Firm")]
    assert [relation.type for relation in found.relations] == ["employs"]
    assert found.dropped == {"type_not_in_schema": 3}


def test_descriptions_and_relations_keep_the_texts_language() -> None:
    text = "王小明在台積電工作。"
    answer = Answer(
        chunk="c",
        entities=(
            FoundEntity(name="王小明", type="Person", description="an engineer"),
            FoundEntity(name="台積電", type="Organization", description="晶圓廠"),
        ),
        relations=(
            FoundRelation(source="王小明", type="works_at", target="台積電", quote="王小明在台積電工作"),
            FoundRelation(source="王小明", type="任職於", target="台積電", quote="王小明在台積電工作"),
        ),
    )
    found = verified(answer, text, Types(Schema()))
    assert [entity.description for entity in found.entities] == ["", "晶圓廠"]
    assert [relation.type for relation in found.relations] == ["任職於"]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=60))
def test_whatever_a_model_says_what_is_kept_stands_in_the_text(name: str, text: str, quote: str) -> None:
    found = check([name, "Ada"], [(name, "knows", "Ada", quote)], text)
    low = folded(text)
    assert len(low) == len(text)
    for entity in found.entities:
        assert all(text[at:upto].replace("\n", " ") and 0 <= at < upto <= len(text) for at, upto in entity.spans)
    for relation in found.relations:
        for end in (relation.source, relation.target):
            assert any(relation.quote[0] <= at and upto <= relation.quote[1] for at, upto in found.entities[end].spans)


def test_labels() -> None:
    assert {label(each) for each in ("works for", "WORKS_FOR", "worksFor", "Works-For ")} == {"works_for"}
