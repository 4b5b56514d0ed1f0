"""Text that no UTF-8 holds, and what is no JSON, in every place where a port takes it: the same over all adapters, and nobody else suffers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from shared.errors import Permanent
from shared.ports.documents import Create, Documents, Merge, Update, Where
from shared.ports.vectors import Vector, Vectors
from tests.contract.deliveries import Deliveries

HALF = json.loads('"caf\\ud83d"')
TEXTS = {
    "first half at the end": (HALF, "caf\ufffd"),
    "first half before a letter": ("\ud83dx", "\ufffdx"),
    "second half": ("x\ude00", "x\ufffd"),
    "halves the wrong way round": ("\ude00\ud83d", "\ufffd\ufffd"),
    "halves that meet": ("\ud83d" + "\ude00", "😀"),
    "beside what is whole": ("東😀\udfff é", "東😀\ufffd é"),
    "only a half": ("\ud800", "\ufffd"),
    "NUL": ("a\x00b", "a\x00b"),
    "no characters": ("\ufffe\uffff", "\ufffe\uffff"),
}


def circular() -> Any:
    ring: list[Any] = []
    ring.append({"again": ring})
    return ring


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = [{"k": inner}]
    return inner


@pytest.mark.parametrize(("text", "kept"), TEXTS.values(), ids=TEXTS)
async def test_text_is_kept_as_utf8_can_hold_it(documents: Documents, text: str, kept: str) -> None:
    await documents.commit(
        Create("a/created", {"text": text, "deep": [{"x": [text]}], text: 1}),
        Create("a/updated", {}),
        Merge("a/merged", {"text": text}),
    )
    await documents.commit(Update("a/updated", {"text": text, text: [text]}))
    found = [one and one.data for one in await documents.get_many(["a/created", "a/updated", "a/merged"])]
    assert found == [{"text": kept, "deep": [{"x": [kept]}], kept: 1}, {"text": kept, kept: [kept]}, {"text": kept}]


@pytest.mark.parametrize(
    ("text", "kept"), [pair for name, pair in TEXTS.items() if name != "NUL"], ids=[n for n in TEXTS if n != "NUL"]
)
async def test_what_was_kept_so_is_found_by_what_was_given(documents: Documents, text: str, kept: str) -> None:
    await documents.commit(Create("a/1", {"text": text}), Create("a/2", {"text": "other"}))
    for given in (text, kept):
        assert [one.id for one in await documents.query("a", Where("text", "==", given))] == ["1"]
        assert [one.id for one in await documents.query("a", Where("text", "in", [given, "none"]))] == ["1"]
    assert await documents.count("a", Where("text", "==", text)) == 1


async def test_where_nothing_can_be_kept_nothing_is(documents: Documents) -> None:
    path = f"a/{HALF}"
    assert await documents.get(path) is None
    await documents.commit(Create("a/1", {}))
    assert [one and one.id for one in await documents.get_many(["a/1", path])] == ["1", None]
    assert await documents.query(path + "/b") == []
    with pytest.raises(Permanent) as caught:
        await documents.commit(Merge("a/2"), Create(path, {}))
    assert caught.value.code == "bad_path"
    assert await documents.get("a/2") is None


NO_JSON: dict[str, Callable[[], Any]] = {
    "not a number": lambda: float("nan"),
    "infinite": lambda: [float("inf")],
    "bytes": lambda: b"x",
    "a set": lambda: {"x": {1, 2}},
    "an object": object,
    "a name of bytes": lambda: {b"x": 1},
    "digits without end": lambda: 10**5000,
    "in itself": circular,
    "deep": lambda: nested(300),
    "deeper than any stack": lambda: nested(50_000),
}


@pytest.mark.parametrize("make", NO_JSON.values(), ids=NO_JSON)
@pytest.mark.parametrize("write", [Create, Update, Merge])
async def test_what_is_no_json_fails_alone(documents: Documents, write: Any, make: Callable[[], Any]) -> None:
    await documents.commit(Create("a/there", {"n": 0}))
    path = "a/new" if write is Create else "a/there"
    answers = await asyncio.gather(
        *(documents.commit(Merge(f"b/{n}", {"n": n})) for n in range(5)),
        documents.commit(Create("a/with", {}), write(path, {"x": make()})),
        *(documents.commit(Merge(f"b/{n}", {"n": n})) for n in range(5, 10)),
        return_exceptions=True,
    )
    assert [n for n, answer in enumerate(answers) if isinstance(answer, BaseException)] == [5]
    assert isinstance(answers[5], ValueError | TypeError)
    assert await documents.get_many(["a/with", "a/new"]) == [None, None]
    assert await documents.count("b") == 10


async def test_an_increment_of_what_is_no_number_starts_anew(documents: Documents) -> None:
    await documents.commit(Create("a/b", {"text": "x", "yes": True, "none": None, "list": [1]}))
    done = await documents.commit(Merge("a/b", {}, {"text": 1, "yes": 2, "none": 0.5, "list": 4}))
    assert dict(done.values[0]) == {"text": 1, "yes": 2, "none": 0.5, "list": 4}
    with pytest.raises(ValueError, match=r"not JSON|JSON compliant"):
        await documents.commit(Merge("a/b", {}, {"text": float("nan")}))


async def test_a_tasks_body_and_name_are_kept_as_utf8_can_hold_them(deliveries: Deliveries) -> None:
    await deliveries.tasks.enqueue(deliveries.task(HALF, body={"text": HALF, HALF: ["\ud83d\ude00"]}))
    await deliveries.tasks.enqueue(deliveries.task(HALF, body={"again": True}))
    assert [one.body for one in await deliveries.settled(1)] == [{"text": "caf\ufffd", "caf\ufffd": ["😀"]}]


@pytest.mark.parametrize("make", NO_JSON.values(), ids=NO_JSON)
async def test_a_body_that_is_no_json_is_refused(deliveries: Deliveries, make: Callable[[], Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        await deliveries.tasks.enqueue(deliveries.task("a", body={"x": make()}))
    await deliveries.tasks.enqueue(deliveries.task("b", body={"n": 1}))
    assert [one.body for one in await deliveries.settled(1, quiet=0)] == [{"n": 1}]


async def test_a_vectors_facts_are_kept_as_utf8_can_hold_them(vectors: Vectors) -> None:
    await vectors.upsert("ns", Vector("a", [1.0, 0.0], {"text": HALF, "list": [HALF]}), Vector("b", [1.0, 0.1], {"text": "x"}))
    found = await vectors.fetch("ns", ["a"])
    assert dict(found["a"].metadata) == {"text": "caf\ufffd", "list": ["caf\ufffd"]}
    for where in (Where("text", "==", HALF), Where("list", "in", [HALF]), Where("text", "!=", "x")):
        assert [match.id for match in await vectors.query("ns", [1.0, 0.0], where)] == ["a"]


@pytest.mark.parametrize("name", [HALF, "東", "x" * 513, ""])
async def test_a_vectors_id_is_ascii(vectors: Vectors, name: str) -> None:
    with pytest.raises(Permanent) as caught:
        await vectors.upsert("ns", Vector("a", [1.0, 0.0], {}), Vector(name, [1.0, 0.0], {}))
    assert caught.value.code == "vectors_refused"


async def test_a_vector_that_cannot_be_is_not_there(vectors: Vectors) -> None:
    await vectors.upsert("ns", Vector("a", [1.0, 0.0], {}))
    assert list(await vectors.fetch("ns", [HALF, "a", "東"])) == ["a"]
    await vectors.delete("ns", [HALF, "東"])
    assert list(await vectors.fetch("ns", ["a"])) == ["a"]
