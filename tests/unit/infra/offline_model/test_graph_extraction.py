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


@pytest.mark.parametrize(
    "text",
    [
        "We heard that Contoso, which is not using Kubernetes, has left.",
        "Contoso, someone's using Kubernetes there.",
        "Contoso never acquired Fabrikam.",
        "They saw a Contoso bot released by Fabrikam there.",
        "They flew to Portugal, Spain and Morocco.",
        "Fabrikam, people like Grace Hopper.",
        "They say Maria Lopez ran the Kubernetes practice.",
    ],
)
def test_what_is_denied_or_said_of_something_else_is_no_relation(text: str) -> None:
    assert found(text)[1] == set()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("We know that Contoso recently released Tailspin.", ("Contoso", "released", "Tailspin")),
        ("There are databases such as Postgres, and Contoso uses Kubernetes.", ("Contoso", "uses", "Kubernetes")),
        ("As far as we know Contoso Group is based in Lisbon.", ("Contoso Group", "based_in", "Lisbon")),
        ("So Tailspin is powered by Kubernetes, they say.", ("Tailspin", "uses", "Kubernetes")),
        ("They moved it to Porto, Portugal, that year.", ("Porto", "located_in", "Portugal")),
    ],
)
def test_what_is_said_plainly_is_a_relation(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in found(text)[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met Robert F. Kennedy and went on.", "Robert F. Kennedy"),
        ("They met Rev. Martin Luther King there.", "Martin Luther King"),
        ("It was made in the U.S. by hand.", "U.S."),
        ("And the CEO of Contoso Labs said so.", "Contoso Labs"),
        ("There we met the Contoso CEO again.", "Contoso"),
    ],
)
def test_initials_titles_and_roles_are_read_as_parts_of_names_or_as_none(text: str, name: str) -> None:
    assert set(found(text)[0]) == {name}


def test_what_is_said_of_a_thing_or_of_a_role_is_no_name() -> None:
    assert found("They have Intel-based and AI-first things, and a Chief Data Strategist, and a Principal Engineer.")[0] == {}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Host: We begin.\nIda Vask: Hello there.\nHost: They asked what Ida Vask wanted, and Vask laughed.",
            "Ida Vask",
            "Person",
        ),
        ("Host: We begin.\nIda Vask: Hello there.\nHost: It was clear that Vask would come.", "Vask", "Person"),
        ("We met Ida Vask in spring.", "Ida Vask", "Person"),
        ("The book of Ida Vask, a researcher at Contoso, came out.", "Ida Vask", "Person"),
        ("It was Tove Arkin, 34, whom they asked.", "Tove Arkin", "Person"),
        ("So Tove Arkin explained the plan.", "Tove Arkin", "Person"),
        ("It was a bad year, said Arkin.", "Arkin", "Person"),
        ("They know Arkin's sister well.", "Arkin", "Person"),
        ("They heard the Norland Parliament on it.", "Norland Parliament", "Organization"),
        ("We like Norland Robotics a lot.", "Norland Robotics", "Organization"),
        ("They came from Arle Prefecture by train.", "Arle Prefecture", "Place"),
        ("We use Grafana Cloud with Helm Charts there.", "Helm Charts", "Other"),
        ("We use Grafana Cloud with Helm Charts there.", "Grafana Cloud", "Other"),
    ],
)
def test_a_name_is_typed_by_its_speaker_its_verbs_its_kin_or_its_last_word(text: str, name: str, kind: str) -> None:
    assert found(text)[0][name] == kind


def test_a_founder_and_the_firm_of_that_name_are_two() -> None:
    names, relations = found("Satya Patel founded Patel & Daughters. His daughter Nerys Patel led it.")
    assert relations == {("Satya Patel", "founded", "Patel & Daughters")}
    assert (names["Nerys Patel"], names["Satya Patel"]) == ("Person", "Person")


def test_who_had_worked_somewhere_is_a_person() -> None:
    names, relations = found("Oskelm Ruvida had worked at Kestrel Ironworks before.")
    assert names["Oskelm Ruvida"] == "Person"
    assert relations == {("Oskelm Ruvida", "works_for", "Kestrel Ironworks")}


def test_a_name_ends_before_whom_it_is_for() -> None:
    names = found("They built locks on the river Ande for the Ruvida Harbour Company, and a Center for Disease Control.")[0]
    assert {"Ande", "Ruvida Harbour Company", "Center for Disease Control"} <= names.keys()
