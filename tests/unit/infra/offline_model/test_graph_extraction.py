"""The offline model's entities and relations: what stands there, and nothing that reads so by chance."""

from __future__ import annotations

import pytest

from infra.offline_model.graph.extract import extract


def found(text: str) -> tuple[dict[str, str], set[tuple[str, str, str]]]:
    """Names with their types, and relations."""
    [said] = extract({"schema": {}, "chunks": [{"chunk": "c", "text": text}]})["chunks"]
    return (
        {one["name"]: one["type"] for one in said["entities"]},
        {(one["source"], one["type"], one["target"]) for one in said["relations"]},
    )


@pytest.mark.parametrize(
    "text",
    [
        "And he said, Wow, that works. We're glad, Don't ask.",
        "So, Wait, we said; Alright, Huh, it went on.",
        "Then I said, They've done it, and You'll see.",
    ],
)
def test_exclamations_and_contractions_are_no_names(text: str) -> None:
    assert found(text)[0] == {}


def test_a_passive_verb_is_its_doers() -> None:
    assert found("We heard that Rust was created by Graydon Hoare at Mozilla.")[1] == {
        ("Graydon Hoare", "created", "Rust"), ("Graydon Hoare", "works_for", "Mozilla"),
    }  # fmt: skip


def test_words_that_are_no_names_alone_may_begin_one() -> None:
    assert {"New York", "Big Sur"} <= found("They flew from New York out to Big Sur in spring.")[0].keys()


def test_who_founds_or_joins_is_a_person() -> None:
    assert found("We know that Satya Patel founded Contoso there.")[0]["Satya Patel"] == "Person"


@pytest.mark.parametrize("text", ["我們聊聊 MLOps。", "We did it all in MLOps and in TensorBoard."])
def test_what_has_capitals_inside_is_no_place(text: str) -> None:
    assert "Place" not in found(text)[0].values()


def test_chinese_pronouns_and_times_are_nobodys_names() -> None:
    names, relations = found("陳美玲說：我目前在聯發科技工作，之前創辦了綠光科技。張忠謀創立了台積電。")
    assert relations == {("張忠謀", "創辦", "台積電")}
    assert names.keys() == {"張忠謀", "台積電"}
