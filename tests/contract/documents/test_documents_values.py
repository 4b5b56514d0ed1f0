"""What a document may hold, and that it comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.ports.documents import Create, Documents, Merge, Update, Where


def nested(depth: int, inner: Any) -> Any:
    for level in range(depth):
        inner = {"m": inner} if level % 2 else [{"k": inner}]
    return inner


VALUES: dict[str, Any] = {
    "text": "Ωμέγα 東京 🎉 \x00 \u2028 “quotes” \\ ` ' \" / . - $",
    "empty text": "",
    "long text": "é" * 2000,
    "whole": 1,
    "negative": -7,
    "widest": 2**63 - 1,
    "narrowest": -(2**63),
    "wider than 64 bits": 2**70,
    "fraction": 0.1,
    "whole fraction": 1.0,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "yes": True,
    "no": False,
    "nothing": None,
    "empty list": [],
    "empty map": {},
    "lists": [1, "a", None, 2.5, True, {"x": [1, 2]}],
    "lists in lists": [[1, [2, []]], [], ["a"]],
    "lists in a map in a list": [{"rows": [[1], [2]]}],
    "maps": {"a": {"b": {"c": {}}}, "empty": {}},
    "names": {"": 1, "a.b": 2, "c-d": 3, "e`f": 4, "__g__": 5, "h/i": 6, "ключ": 7, "$json": 8, "1": 9, " ": 10},
    "named like our own mark": {"$json": "[1]"},
    "deep": nested(15, 1),
    "deeper": nested(60, 1),
}


def types(value: Any) -> Any:
    """The value with its numbers' types, which `==` does not tell apart."""
    if isinstance(value, dict):
        return {name: types(item) for name, item in value.items()}
    if isinstance(value, list):
        return [types(item) for item in value]
    return type(value).__name__


async def test_every_json_value_comes_back_as_it_was(documents: Documents) -> None:
    data = {f"f{n}": value for n, value in enumerate(VALUES.values())}
    await documents.commit(Create("a/created", data))
    await documents.commit(Create("a/updated", {"f0": "before"}), Merge("a/merged", {"f1": "before"}))
    await documents.commit(Update("a/updated", data), Merge("a/merged", data, {"n": 1}))
    for path, wanted in (("a/created", data), ("a/updated", data), ("a/merged", {**data, "n": 1})):
        found = await documents.get(path)
        assert found is not None
        assert found.data == wanted
        assert types(found.data) == types(wanted)


async def test_field_names_may_have_dots_dashes_and_quotes(documents: Documents) -> None:
    names = ["a.b", "c-d", "e`f", "g\\h", "1st", "ключ", "with space", "x/y", "a"]
    await documents.commit(Create("a/b", dict.fromkeys(names, 0)))
    await documents.commit(Update("a/b", {name: n for n, name in enumerate(names)}))
    await documents.commit(Merge("a/b", {"a.b": {"c": 1}}, {"c-d": 10, "e`f": 0.5}))
    found = await documents.get("a/b")
    assert found is not None
    assert found.data == {**{name: n for n, name in enumerate(names)}, "a.b": {"c": 1}, "c-d": 11, "e`f": 2.5}


@pytest.mark.parametrize("write", [Update, Merge])
async def test_named_fields_are_replaced_whole_and_others_stay(documents: Documents, write: Any) -> None:
    await documents.commit(Create("a/b", {"map": {"x": 1, "deep": {"y": 2}}, "list": [1, 2, 3], "kept": {"z": [1]}, "gone": 1}))
    await documents.commit(write("a/b", {"map": {"deep": {"new": True}}, "list": [], "gone": None}))
    found = await documents.get("a/b")
    assert found is not None
    assert found.data == {"map": {"deep": {"new": True}}, "list": [], "kept": {"z": [1]}, "gone": None}
    await documents.commit(write("a/b", {"map": {}}))
    found = await documents.get("a/b")
    assert found is not None
    assert found.data["map"] == {}


async def test_an_empty_document_is_there(documents: Documents) -> None:
    await documents.commit(Create("a/created", {}), Merge("a/merged"))
    found = await documents.get_many(["a/created", "a/merged", "a/none"])
    assert [one and one.data for one in found] == [{}, {}, None]
    assert await documents.count("a") == 2
    assert [one.data for one in await documents.query("a")] == [{}, {}]


async def test_a_time_to_live_is_seconds_to_the_microsecond(documents: Documents) -> None:
    for expires_at in (1_795_405_832.123456, 1_795_405_832, 0.5):
        await documents.commit(Merge("cache/a", {"expires_at": expires_at}))
        found = await documents.get("cache/a")
        assert found is not None
        assert found.data["expires_at"] == pytest.approx(expires_at, abs=1e-6)
        assert await documents.count("cache", Where("expires_at", "<=", expires_at + 1)) == 1
        assert await documents.count("cache", Where("expires_at", "<", expires_at - 0.1)) == 0
    await documents.commit(Update("cache/a", {"expires_at": None}))
    found = await documents.get("cache/a")
    assert found is not None
    assert found.data["expires_at"] is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"deep": [float("-inf")]}, {1, 2}, b"bytes", object()])
async def test_what_is_not_json_is_a_fault_of_the_caller(documents: Documents, value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        await documents.commit(Merge("a/other"), Create("a/b", {"x": value}))
    assert await documents.get_many(["a/b", "a/other"]) == [None, None]


async def test_ids_may_be_any_text_without_slashes(documents: Documents) -> None:
    ids = ["0.1", "a b", "ünï東", "%2F", "a+b", "a'b\"c", "~", "(x)", "-", "A", "a", "x" * 300, "#?&=", "a:b"]
    await documents.commit(*(Create(f"jobs/j/tasks/{name}", {"name": name}) for name in ids))
    found = await documents.get_many([f"jobs/j/tasks/{name}" for name in ids])
    assert [one and (one.id, one.data["name"]) for one in found] == [(name, name) for name in ids]
    assert [one.id for one in await documents.query("jobs/j/tasks")] == sorted(ids)


async def test_what_was_read_is_the_readers_own(documents: Documents) -> None:
    await documents.commit(Create("a/b", {"list": [1], "map": {"x": 1}}))
    first = await documents.get("a/b")
    assert first is not None
    first.data["list"].append(2)
    first.data["map"]["y"] = 2
    second = await documents.get("a/b")
    assert second is not None
    assert json.dumps(second.data, sort_keys=True) == '{"list": [1], "map": {"x": 1}}'
