from __future__ import annotations

from typing import Any

import pytest

from shared.errors import Permanent
from shared.ports.documents import Create, Documents, Where


@pytest.fixture
async def stocked(documents: Documents) -> Documents:
    """Twenty documents: `n` 0..19, `kind` one of three, `at` falling, `odd`, and `half` on every second."""
    await documents.commit(
        *(
            Create(
                f"jobs/j{n:02d}",
                {"n": n, "kind": "abc"[n % 3], "at": 100.5 - n, "odd": n % 2 == 1, **({"half": n} if n % 2 else {})},
            )
            for n in range(20)
        )
    )
    return documents


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ([], range(20)),
        ([Where("n", "==", 7)], [7]),
        ([Where("n", "==", 99)], []),
        ([Where("n", "!=", 7)], [n for n in range(20) if n != 7]),
        ([Where("n", "<", 3)], [0, 1, 2]),
        ([Where("n", "<=", 3)], [0, 1, 2, 3]),
        ([Where("n", ">", 17)], [18, 19]),
        ([Where("n", ">=", 17)], [17, 18, 19]),
        ([Where("n", ">=", 16.5)], [17, 18, 19]),
        ([Where("at", "<", 83.5)], [18, 19]),
        ([Where("n", ">", 3), Where("n", "<=", 6)], [4, 5, 6]),
        ([Where("kind", "==", "b"), Where("n", ">", 10)], [13, 16, 19]),
        ([Where("kind", "in", ("a", "c")), Where("n", "<", 5)], [0, 2, 3]),
        ([Where("kind", "in", ["x"])], []),
        ([Where("kind", "in", ())], []),
        ([Where("n", "in", range(3, 33))], range(3, 20)),
        ([Where("odd", "==", True), Where("n", "<", 6)], [1, 3, 5]),
        ([Where("half", "==", 3)], [3]),
        ([Where("half", "!=", 3)], [n for n in range(20) if n % 2 and n != 3]),
        ([Where("half", "<", 100)], [n for n in range(20) if n % 2]),
        ([Where("none", "==", 1)], []),
    ],
    ids=str,
)
async def test_conditions_pick_and_count_the_same(stocked: Documents, where: list[Where], wanted: list[int]) -> None:
    assert [found.data["n"] for found in await stocked.query("jobs", *where)] == list(wanted)
    assert await stocked.count("jobs", *where) == len(wanted)


async def test_order_limit_and_going_on(stocked: Documents) -> None:
    assert [found.data["n"] for found in await stocked.query("jobs", order_by="at")] == list(range(19, -1, -1))
    assert [found.data["n"] for found in await stocked.query("jobs", order_by="at", descending=True, limit=4)] == [0, 1, 2, 3]
    kind = Where("kind", "==", "a")
    seen: list[int] = []
    after = None
    while page := await stocked.query("jobs", kind, order_by="n", limit=3, after=after):
        seen += [found.data["n"] for found in page]
        after = page[-1].data["n"]
    assert seen == [0, 3, 6, 9, 12, 15, 18]
    assert [found.data["n"] for found in await stocked.query("jobs", order_by="n", descending=True, after=2)] == [1, 0]
    assert await stocked.query("jobs", order_by="n", after=19) == []
    assert len(await stocked.query("jobs", limit=100)) == 20


async def test_without_an_order_it_goes_on_behind_a_path(stocked: Documents) -> None:
    first = await stocked.query("jobs", Where("odd", "==", True), limit=4)
    assert [found.id for found in first] == ["j01", "j03", "j05", "j07"]
    following = await stocked.query("jobs", Where("odd", "==", True), limit=3, after=first[-1].path)
    assert [found.id for found in following] == ["j09", "j11", "j13"]
    assert await stocked.query("jobs", after="jobs/j19") == []


async def test_equal_values_follow_their_paths(documents: Documents) -> None:
    await documents.commit(*(Create(f"jobs/{name}", {"at": at}) for name, at in (("c", 1), ("a", 2), ("b", 1), ("d", 2))))
    assert [found.id for found in await documents.query("jobs", order_by="at")] == ["b", "c", "a", "d"]
    assert [found.id for found in await documents.query("jobs", order_by="at", after=1)] == ["a", "d"]


async def test_texts_are_ordered_by_code_points(documents: Documents) -> None:
    texts = ["b", "a", "B", "é", "z", "東", "🎉", "", "10", "9", "\uffff"]
    await documents.commit(*(Create(f"t/{n}", {"text": text}) for n, text in enumerate(texts)))
    assert [found.data["text"] for found in await documents.query("t", order_by="text")] == sorted(texts)


async def test_whole_numbers_and_fractions_are_ordered_together(documents: Documents) -> None:
    numbers = [1, 0.5, -3, 2.0, 10, 1.5, -0.25]
    await documents.commit(*(Create(f"t/{n}", {"x": number}) for n, number in enumerate(numbers)))
    assert [found.data["x"] for found in await documents.query("t", order_by="x")] == sorted(numbers)
    assert [found.data["x"] for found in await documents.query("t", Where("x", "==", 2))] == [2.0]


async def test_a_collection_is_only_itself(documents: Documents) -> None:
    paths = [
        "jobs/x/tasks/t",
        "jobs/x/tasks2/t",
        "jobs/x/task/t",
        "jobs/x/tasks/t/parts/p",
        "jobs/y/tasks/t",
        "jobs/x",
        "tasks/t",
    ]
    await documents.commit(*(Create(path, {"path": path}) for path in paths))
    for collection, wanted in (("jobs/x/tasks", paths[0]), ("jobs/x/tasks2", paths[1]), ("jobs", "jobs/x"), ("tasks", "tasks/t")):
        assert [found.path for found in await documents.query(collection)] == [wanted]
        assert await documents.count(collection, Where("path", ">", "")) == 1
    assert await documents.query("jobs/z/tasks") == []


async def test_many_are_read_in_the_order_asked(documents: Documents) -> None:
    await documents.commit(*(Create(f"c/{n}", {"n": n}) for n in range(120)))
    order = [f"c/{n * 7 % 130}" for n in range(130)]
    found = await documents.get_many([*order, "c/1", "c/1"])
    assert [one and one.data["n"] for one in found] == [
        n if n < 120 else None for n in (*(int(path[2:]) for path in order), 1, 1)
    ]
    assert await documents.get_many([]) == []


async def test_an_order_leaves_out_what_has_no_such_field_and_ties_follow_it(documents: Documents) -> None:
    fields: dict[str, dict[str, Any]] = {
        "a": {"at": 1},
        "b": {"at": 2},
        "c": {"at": 1},
        "d": {"at": None},
        "e": {},
        "f": {"at": 2},
    }
    await documents.commit(*(Create(f"jobs/{name}", data) for name, data in fields.items()))
    assert [found.id for found in await documents.query("jobs", order_by="at")] == ["d", "a", "c", "b", "f"]
    assert [found.id for found in await documents.query("jobs", order_by="at", descending=True)] == ["f", "b", "c", "a", "d"]


async def test_conditions_and_orders_take_any_field_name(documents: Documents) -> None:
    names = ["a.b", "c-d", "e f", "ключ", "it's"]
    for name in names:
        await documents.commit(*(Create(f"{name}/{n}", {name: n}) for n in range(3)))
        assert [found.data[name] for found in await documents.query(name, Where(name, ">", 0), order_by=name)] == [1, 2]


async def test_in_takes_thirty_values_and_a_commit_at_least_one_write(documents: Documents) -> None:
    with pytest.raises(Permanent):
        await documents.query("jobs", Where("n", "in", tuple(range(31))))
    with pytest.raises(ValueError, match="without writes"):
        await documents.commit()
