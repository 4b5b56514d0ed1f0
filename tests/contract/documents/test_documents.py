from __future__ import annotations

import asyncio

import pytest

from shared.errors import Conflict, Permanent
from shared.ports.documents import Create, Delete, Documents, Merge, Update, Where


async def test_what_is_created_can_be_read(documents: Documents) -> None:
    committed = await documents.commit(Create("jobs/a", {"n": 1, "text": "Ωμέγα 東京 🎉", "deep": {"list": [1, None]}}))
    found = await documents.get("jobs/a")
    assert found is not None
    assert (found.id, found.data["text"], found.version) == ("a", "Ωμέγα 東京 🎉", committed.version)
    assert await documents.get("jobs/b") is None
    assert [d and d.id for d in await documents.get_many(["jobs/b", "jobs/a"])] == [None, "a"]


async def test_of_many_creators_one_wins(documents: Documents) -> None:
    answers = await asyncio.gather(*(documents.commit(Create("jobs/a", {"by": n})) for n in range(32)), return_exceptions=True)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 31


async def test_updates_keep_other_fields_and_hold_to_their_version(documents: Documents) -> None:
    first = await documents.commit(Create("jobs/a", {"n": 1, "kept": True}))
    second = await documents.commit(Update("jobs/a", {"n": 2}, version=first.version))
    with pytest.raises(Conflict):
        await documents.commit(Update("jobs/a", {"n": 3}, version=first.version))
    found = await documents.get("jobs/a")
    assert found is not None
    assert (found.data, found.version) == ({"n": 2, "kept": True}, second.version)
    assert second.version > first.version
    with pytest.raises(Conflict):
        await documents.commit(Update("jobs/missing", {"n": 1}))


async def test_increments_answer_what_they_reached_and_lose_nothing(documents: Documents) -> None:
    answers = await asyncio.gather(
        *(documents.commit(Merge("c/shard", {"seen": True}, {"n": 1, "usd": 0.25})) for _ in range(50))
    )
    assert sorted(answer.values[0]["n"] for answer in answers) == list(range(1, 51))
    found = await documents.get("c/shard")
    assert found is not None
    assert found.data == {"seen": True, "n": 50, "usd": 12.5}


async def test_a_commit_is_all_or_nothing(documents: Documents) -> None:
    await documents.commit(Create("jobs/a", {"n": 1}))
    with pytest.raises(Conflict):
        await documents.commit(Merge("jobs/b", increments={"n": 1}), Create("jobs/a", {"n": 9}))
    assert await documents.get("jobs/b") is None


async def test_neighbours_of_a_refused_commit_are_kept(documents: Documents) -> None:
    await documents.commit(Create("jobs/a", {}))
    answers = await asyncio.gather(
        *(documents.commit(Create(f"jobs/{name}", {})) for name in ("x", "a", "y")), return_exceptions=True
    )
    assert [isinstance(answer, Conflict) for answer in answers] == [False, True, False]
    assert await documents.count("jobs") == 3


async def test_queries_filter_order_limit_and_continue(documents: Documents) -> None:
    for n in range(10):
        await documents.commit(Create(f"jobs/j{n}", {"n": n, "even": n % 2 == 0, "state": "open" if n < 7 else "done"}))
    await documents.commit(Create("jobs/j1/tasks/t", {"n": 1, "state": "open"}))
    newest = await documents.query("jobs", Where("state", "==", "open"), order_by="n", descending=True, limit=3)
    assert [d.data["n"] for d in newest] == [6, 5, 4]
    following = await documents.query("jobs", Where("state", "==", "open"), order_by="n", descending=True, limit=3, after=4)
    assert [d.data["n"] for d in following] == [3, 2, 1]
    assert [d.data["n"] for d in await documents.query("jobs", Where("state", "in", ("done", "lost")), Where("n", ">", 7))] == [
        8,
        9,
    ]
    assert await documents.count("jobs", Where("n", "!=", 3), Where("n", "<=", 5)) == 5
    assert [d.id for d in await documents.query("jobs/j1/tasks")] == ["t"]


async def test_delete_is_repeatable(documents: Documents) -> None:
    await documents.commit(Create("jobs/a", {}))
    await documents.commit(Delete("jobs/a"))
    await documents.commit(Delete("jobs/a"))
    assert await documents.get("jobs/a") is None


async def test_a_document_holds_almost_a_mebibyte(documents: Documents) -> None:
    text = "x" * 1_048_000  # its name and its fields' names count too
    await documents.commit(Create("jobs/big", {"t": text}))
    found = await documents.get("jobs/big")
    assert found is not None
    assert found.data["t"] == text


@pytest.mark.fault(13)
@pytest.mark.parametrize("data", [{"t": "x" * (1024 * 1024 + 1)}, {"a": "x" * 600_000, "b": "é" * 300_000}])
async def test_a_document_over_a_mebibyte_is_refused(documents: Documents, data: dict[str, str]) -> None:
    with pytest.raises(Permanent) as caught:
        await documents.commit(Merge("jobs/other", {"n": 1}), Create("jobs/big", data))
    assert caught.value.code == "document_too_large"
    assert await documents.get_many(["jobs/big", "jobs/other"]) == [None, None]


@pytest.mark.fault(13)
async def test_a_document_cannot_grow_over_a_mebibyte(documents: Documents) -> None:
    await documents.commit(Create("jobs/big", {"a": "x" * 600_000}))
    for grown in (Update("jobs/big", {"b": "x" * 600_000}), Merge("jobs/big", {"b": "x" * 600_000})):
        with pytest.raises(Permanent) as caught:
            await documents.commit(grown)
        assert caught.value.code == "document_too_large"


async def test_a_commit_may_be_large(documents: Documents) -> None:
    await documents.commit(*(Create(f"c/{n}", {"t": "x" * 100_000}) for n in range(30)))
    assert await documents.count("c") == 30


async def test_a_commit_is_at_most_500_writes(documents: Documents) -> None:
    with pytest.raises(Permanent):
        await documents.commit(*(Merge(f"c/{n}") for n in range(501)))
    await documents.commit(*(Merge(f"c/{n}") for n in range(500)))
    assert await documents.count("c") == 500
