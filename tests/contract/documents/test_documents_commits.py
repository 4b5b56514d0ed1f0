"""What the engine builds on: versions, preconditions, increments, and all of one commit together, under contention."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise

import pytest

from shared.errors import Conflict
from shared.ports.documents import Create, Delete, Document, Documents, Merge, Update, Where, Write


async def read(documents: Documents, path: str) -> Document:
    found = await documents.get(path)
    assert found is not None
    return found


async def test_all_writes_of_a_commit_share_its_version(documents: Documents) -> None:
    await documents.commit(Create("a/old", {"n": 1}))
    done = await documents.commit(
        Create("a/new", {}), Update("a/old", {"n": 2}), Merge("b/shard", {}, {"n": 1}), Merge("b/plain", {"x": 1})
    )
    found = await documents.get_many(["a/new", "a/old", "b/shard", "b/plain"])
    assert [one and one.version for one in found] == [done.version] * 4
    assert [dict(values) for values in done.values] == [{}, {}, {"n": 1}, {}]


async def test_later_commits_have_larger_versions_whatever_they_write(documents: Documents) -> None:
    versions = [(await documents.commit(Merge(f"c/{n % 3}", {"n": n}))).version for n in range(60)]
    assert all(before < after for before, after in pairwise(versions))
    at_once = await asyncio.gather(*(documents.commit(Merge(f"d/{n}", {"n": n})) for n in range(40)))
    assert min(done.version for done in at_once) > versions[-1]
    assert (await documents.commit(Delete("d/1"))).version > max(done.version for done in at_once)


async def test_a_write_that_changes_nothing_is_a_new_version_all_the_same(documents: Documents) -> None:
    first = await documents.commit(Create("a/b", {"n": 1}))
    second = await documents.commit(Update("a/b", {"n": 1}, version=first.version))
    third = await documents.commit(Merge("a/b", {"n": 1}))
    fourth = await documents.commit(Update("a/b", {}, version=third.version))
    assert first.version < second.version < third.version < fourth.version
    assert (await read(documents, "a/b")).version == fourth.version
    with pytest.raises(Conflict):
        await documents.commit(Update("a/b", {"n": 1}, version=third.version))


async def test_of_two_that_saw_the_same_version_one_writes(documents: Documents) -> None:
    for n in range(5):
        seen = await documents.commit(Merge("a/b", {"n": n}))
        answers = await asyncio.gather(
            *(documents.commit(Update("a/b", {"by": who}, version=seen.version)) for who in range(8)), return_exceptions=True
        )
        won = [answer for answer in answers if not isinstance(answer, BaseException)]
        assert len(won) == 1
        assert all(isinstance(answer, Conflict) for answer in answers if answer is not won[0])
        assert (await read(documents, "a/b")).version == won[0].version


async def test_compare_and_set_loses_nothing(documents: Documents) -> None:
    await documents.commit(Create("a/b", {"n": 0}))

    async def add() -> int:
        while True:
            seen = await read(documents, "a/b")
            try:
                return (await documents.commit(Update("a/b", {"n": seen.data["n"] + 1}, version=seen.version))).version
            except Conflict:
                await asyncio.sleep(random.uniform(0, 0.02))

    versions = await asyncio.gather(*(add() for _ in range(24)))
    assert (await read(documents, "a/b")).data == {"n": 24}
    assert len(set(versions)) == 24


@pytest.mark.fault(32)
async def test_thirty_two_increments_at_once_answer_thirty_two_different_counts(documents: Documents) -> None:
    answers = await asyncio.gather(*(documents.commit(Merge("c/shard", increments={"ended": 1, "usd": 0.5})) for _ in range(32)))
    assert sorted(answer.values[0]["ended"] for answer in answers) == list(range(1, 33))
    assert sorted(answer.values[0]["usd"] for answer in answers) == [n / 2 for n in range(1, 33)]
    in_order = sorted(answers, key=lambda answer: answer.version)
    assert [answer.values[0]["ended"] for answer in in_order] == list(range(1, 33))


async def test_increments_stay_whole_until_a_fraction_comes(documents: Documents) -> None:
    reached = [(await documents.commit(Merge("c/s", {}, {"n": n}))).values[0]["n"] for n in (2, -5, 2**40, 0.5, 1)]
    assert reached == [2, -3, 2**40 - 3, 2**40 - 2.5, 2**40 - 1.5]
    assert [type(n) for n in reached] == [int, int, int, float, float]
    assert type((await read(documents, "c/s")).data["n"]) is float
    assert type((await documents.commit(Merge("c/t", {}, {"n": 3}))).values[0]["n"]) is int


async def test_increments_are_answered_by_name_for_each_write(documents: Documents) -> None:
    await documents.commit(Merge("c/1", {}, {"z": 10, "a": 20, "m-n.o": 30}))
    done = await documents.commit(
        Merge("c/1", {"kept": "x"}, {"z": 1, "m-n.o": 3, "a": 2}),
        Create("c/2", {}),
        Merge("c/3", {"b": 1}, {"a": 5}),
        Delete("c/4"),
    )
    assert [dict(values) for values in done.values] == [{"z": 11, "m-n.o": 33, "a": 22}, {}, {"a": 5}, {}]
    assert (await read(documents, "c/1")).data == {"kept": "x", "z": 11, "a": 22, "m-n.o": 33}


@pytest.mark.fault(32)
async def test_a_result_recorded_twice_is_counted_once(documents: Documents) -> None:
    """The fan-in: `Create` the result and count it in the same commit; duplicates and their counts are refused together."""

    async def record(task: int) -> float | None:
        try:
            done = await documents.commit(
                Create(f"jobs/j/tasks/{task}", {"ok": True}), Merge("jobs/j/shards/0", {}, {"ended": 1})
            )
        except Conflict:
            return None
        return done.values[1]["ended"]

    counts = await asyncio.gather(*(record(n % 16) for n in range(48)))
    assert sorted(count for count in counts if count is not None) == list(range(1, 17))
    assert (await read(documents, "jobs/j/shards/0")).data == {"ended": 16}


@pytest.mark.parametrize("which", ["create", "missing", "changed"])
async def test_one_refused_write_undoes_all_kinds(documents: Documents, which: str) -> None:
    stale = await documents.commit(Create("a/1", {"n": 1}), Create("a/2", {"n": 0}), Create("a/6", {}))
    kept = await documents.commit(Update("a/2", {"n": 1}))
    refused: dict[str, Write] = {
        "create": Create("a/6", {}),
        "missing": Update("a/none", {}),
        "changed": Update("a/2", {"n": 9}, stale.version),
    }
    before: list[Write] = [Delete("a/1"), Merge("a/3", {"x": 1}, {"n": 1}), Create("a/4", {})]
    after: list[Write] = [Merge("a/5"), Update("a/6", {"n": 1})]
    with pytest.raises(Conflict):
        await documents.commit(*before, refused[which], *after)
    found = await documents.get_many([f"a/{n}" for n in range(1, 7)])
    assert [one and (one.data, one.version) for one in found] == [
        ({"n": 1}, stale.version), ({"n": 1}, kept.version), None, None, None, ({}, stale.version),
    ]  # fmt: skip


async def test_a_document_written_twice_in_a_commit_has_both(documents: Documents) -> None:
    done = await documents.commit(Create("a/b", {"x": 1}), Merge("a/b", {"y": 2}, {"n": 1}), Merge("a/b", {}, {"n": 1}))
    found = await read(documents, "a/b")
    assert (found.data, found.version) == ({"x": 1, "y": 2, "n": 2}, done.version)
    assert [dict(values) for values in done.values] == [{}, {"n": 1}, {"n": 2}]


async def test_what_was_deleted_can_be_made_again_and_is_another(documents: Documents) -> None:
    first = await documents.commit(Create("a/b", {"old": True}))
    await documents.commit(Delete("a/b"))
    with pytest.raises(Conflict):
        await documents.commit(Update("a/b", {"n": 1}))
    with pytest.raises(Conflict):
        await documents.commit(Update("a/b", {"n": 1}, version=first.version))
    again = await documents.commit(Create("a/b", {"new": True}))
    assert again.version > first.version
    with pytest.raises(Conflict):
        await documents.commit(Update("a/b", {"n": 1}, version=first.version))
    assert (await read(documents, "a/b")).data == {"new": True}
    await documents.commit(Delete("a/b"))
    merged = await documents.commit(Merge("a/b", {}, {"n": 1}))
    assert dict(merged.values[0]) == {"n": 1}
    assert (await read(documents, "a/b")).data == {"n": 1}


async def test_deleting_a_document_leaves_what_lies_below_it(documents: Documents) -> None:
    await documents.commit(Create("jobs/j", {}), Create("jobs/j/tasks/t", {"n": 1}))
    await documents.commit(Delete("jobs/j"))
    assert await documents.count("jobs") == 0
    assert (await read(documents, "jobs/j/tasks/t")).data == {"n": 1}


async def test_a_read_sees_every_commit_answered_before_it(documents: Documents) -> None:
    for n in range(30):
        done = await documents.commit(Merge("a/b", {"n": n}), Merge(f"c/{n}", {"n": n}))
        found, listed = await asyncio.gather(documents.get("a/b"), documents.query("c", Where("n", "==", n)))
        assert found is not None
        assert (found.data["n"], found.version) == (n, done.version)
        assert [one.id for one in listed] == [str(n)]
        assert await documents.count("c") == n + 1


async def test_a_field_is_raised_before_it_is_added_to(documents: Documents) -> None:
    first = await documents.commit(Merge("c/line", increments={"end": 3}, at_least={"end": 100}))
    above = await documents.commit(Merge("c/line", {"kept": 1}, increments={"end": 3.5}, at_least={"end": 50}))
    other = await documents.commit(Merge("c/other", at_least={"end": 7}), Merge("c/line", increments={"end": 1}))
    assert [first.values, above.values] == [({"end": 103},), ({"end": 106.5},)]
    assert other.values == ({}, {"end": 107.5})
    assert [(await read(documents, path)).data for path in ("c/line", "c/other")] == [{"end": 107.5, "kept": 1}, {"end": 7}]


async def test_a_commit_s_version_is_that_of_what_it_wrote(documents: Documents) -> None:
    taken = await documents.commit(Merge("c/line", increments={"end": 3}, at_least={"end": 100}))
    assert (await read(documents, "c/line")).version == taken.version
    await documents.commit(Update("c/line", {"end": 100}, version=taken.version))
    with pytest.raises(Conflict):
        await documents.commit(Update("c/line", {"end": 0}, version=taken.version))
