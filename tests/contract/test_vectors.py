from __future__ import annotations

import asyncio
import math
import random
from pathlib import Path

import pytest

from infra.emulators.pinecone import PineconeIndex
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.vectors import SqliteVectors
from shared.errors import Permanent
from shared.ports.documents import Where
from shared.ports.vectors import Vector, Vectors

SEED = random.Random(7)


def unit(angle: float) -> list[float]:
    return [math.cos(angle), math.sin(angle)]


@pytest.fixture
async def fan(vectors: Vectors) -> Vectors:
    """Ten directions, `v0` along the x axis, each a tenth of a right angle further; `topics` is a list."""
    await vectors.upsert(
        "ns",
        *(
            Vector(
                f"v{n}",
                [2 * x for x in unit(n * math.pi / 20)],
                {"n": n, "kind": "ab"[n % 2], "odd": n % 2 == 1, "topics": ["all", f"t{n}"], **({"half": n} if n < 5 else {})},
            )
            for n in range(10)
        ),
    )
    return vectors


async def test_the_nearest_come_first_with_their_cosine(fan: Vectors) -> None:
    found = await fan.query("ns", [7.0, 0.0], limit=3)
    assert [match.id for match in found] == ["v0", "v1", "v2"]
    assert [match.score for match in found] == pytest.approx([math.cos(n * math.pi / 20) for n in range(3)], abs=1e-6)
    assert found[1].metadata == {"n": 1, "kind": "b", "odd": True, "topics": ["all", "t1"], "half": 1}
    assert len(await fan.query("ns", [0.0, 1.0], limit=100)) == 10
    assert (await fan.query("ns", [0.0, 1.0]))[0].id == "v9"


async def test_what_is_near_a_kept_vector_is_found_by_its_id(fan: Vectors) -> None:
    found = await fan.query_by_id("ns", "v3", limit=3)
    assert found == await fan.query("ns", (await fan.fetch("ns", ["v3"]))["v3"].values, limit=3)
    assert found[0].id == "v3"
    assert found[0].score == pytest.approx(1, abs=1e-6)
    assert [match.id for match in await fan.query_by_id("ns", "v3", Where("kind", "==", "a"), limit=1)] in (["v2"], ["v4"])
    for namespace, name in (("ns", "nobody"), ("ns", "ä"), ("other", "v3")):
        assert await fan.query_by_id(namespace, name) == []


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ([Where("kind", "==", "b")], [1, 3, 5, 7, 9]),
        ([Where("kind", "!=", "b"), Where("n", ">", 2)], [4, 6, 8]),
        ([Where("n", "in", (2, 9, 77))], [2, 9]),
        ([Where("n", "<", 2)], [0, 1]),
        ([Where("n", "<=", 2)], [0, 1, 2]),
        ([Where("n", ">=", 8.5)], [9]),
        ([Where("odd", "==", True)], [1, 3, 5, 7, 9]),
        ([Where("odd", "==", 1)], []),
        ([Where("topics", "==", "t4")], [4]),
        ([Where("topics", "in", ["t4", "t6", "none"])], [4, 6]),
        ([Where("half", "!=", 3)], [0, 1, 2, 4]),
        ([Where("half", "<", 100)], [0, 1, 2, 3, 4]),
        ([Where("none", "!=", 3)], []),
        ([Where("kind", ">", 0)], []),
    ],
    ids=str,
)
async def test_conditions_hold_for_every_match(fan: Vectors, where: list[Where], wanted: list[int]) -> None:
    found = await fan.query("ns", [1.0, 0.0], *where)
    assert [match.id for match in found] == [f"v{n}" for n in wanted]


async def test_a_condition_does_not_use_up_the_limit(fan: Vectors) -> None:
    assert [match.id for match in await fan.query("ns", [1.0, 0.0], Where("n", ">", 6), limit=2)] == ["v7", "v8"]


async def test_vectors_are_fetched_as_they_were(fan: Vectors) -> None:
    found = await fan.fetch("ns", ["v3", "none", "v0"])
    assert sorted(found) == ["v0", "v3"]
    assert found["v3"].values == pytest.approx([2 * x for x in unit(3 * math.pi / 20)], abs=1e-6)
    assert found["v3"].metadata["topics"] == ["all", "t3"]
    assert await fan.fetch("ns", []) == {}


async def test_an_id_written_again_is_replaced_whole(fan: Vectors) -> None:
    await fan.query("ns", [1.0, 0.0])
    await fan.upsert("ns", Vector("v9", [5.0, 0.1], {"new": True}))
    assert [match.id for match in await fan.query("ns", [1.0, 0.0], limit=2)] == ["v0", "v9"]
    assert (await fan.query("ns", [1.0, 0.0], Where("new", "==", True)))[0].metadata == {"new": True}
    assert len(await fan.query("ns", [1.0, 0.0], limit=100)) == 10


async def test_what_is_deleted_is_not_found(fan: Vectors) -> None:
    await fan.query("ns", [1.0, 0.0])
    await fan.delete("ns", ["v0", "v1", "none"])
    await fan.delete("ns", ["v0"])
    assert [match.id for match in await fan.query("ns", [1.0, 0.0], limit=2)] == ["v2", "v3"]
    assert await fan.fetch("ns", ["v0"]) == {}
    await fan.upsert("ns", Vector("v0", [1.0, 0.0]))
    assert (await fan.query("ns", [1.0, 0.0], limit=1))[0].metadata == {}
    await fan.clear("ns")
    await fan.clear("ns")
    await fan.clear("never")
    await fan.delete("never", ["v0"])
    assert await fan.query("ns", [1.0, 0.0]) == []


async def test_namespaces_do_not_mix(fan: Vectors) -> None:
    await fan.upsert("other", Vector("v0", [0.0, 1.0], {"n": -1}))
    assert [match.metadata["n"] for match in await fan.query("other", [0.0, 1.0])] == [-1]
    assert await fan.query("third", [0.0, 1.0]) == []
    await fan.clear("other")
    assert len(await fan.query("ns", [0.0, 1.0])) == 10


@pytest.mark.fault(36)
async def test_another_length_is_refused_and_nothing_is_written(fan: Vectors) -> None:
    with pytest.raises(Permanent) as caught:
        await fan.upsert("ns", Vector("short", [1.0, 0.0]), Vector("long", [1.0, 0.0, 0.0]))
    assert caught.value.code == "vectors_refused"
    with pytest.raises(Permanent):
        await fan.query("ns", [1.0, 0.0, 0.0])
    assert await fan.fetch("ns", ["short", "long"]) == {}


async def test_a_vector_without_direction_is_refused(vectors: Vectors) -> None:
    with pytest.raises(Permanent) as caught:
        await vectors.upsert("ns", Vector("zero", [0.0, 0.0]))
    assert caught.value.code == "vectors_refused"


async def test_many_vectors_at_once(vectors: Vectors, pinecone_index: PineconeIndex) -> None:
    """More than one request's worth: 2 MB to write, 100 ids to fetch."""
    many = [Vector(f"m{n}", [SEED.gauss(0, 1) for _ in range(768)], {"n": n}) for n in range(250)]
    await asyncio.gather(vectors.upsert("ns", *many), vectors.upsert("ns", *many[:5]))
    found = await vectors.fetch("ns", [vector.id for vector in many])
    assert sorted(found) == sorted(vector.id for vector in many)
    assert (await vectors.query("ns", many[42].values, limit=1))[0].id == "m42"
    await vectors.delete("ns", [vector.id for vector in many])
    assert await vectors.fetch("ns", ["m42"]) == {}
    assert all(count <= 100 for path, count in pinecone_index.requests if path == "fetch")


async def test_writes_of_another_process_are_seen(tmp_path: Path) -> None:
    here, there = Database(tmp_path / "v.db", synchronous="OFF"), Database(tmp_path / "v.db", synchronous="OFF")
    mine, theirs = SqliteVectors(here), SqliteVectors(there)
    await mine.upsert("ns", Vector("a", [1.0, 0.0]), Vector("b", [0.0, 1.0]))
    assert (await theirs.query("ns", [1.0, 0.0]))[0].id == "a"
    await mine.delete("ns", ["a"])
    await mine.upsert("ns", Vector("c", [1.0, 0.1]))
    assert [match.id for match in await theirs.query("ns", [1.0, 0.0])] == ["c", "b"]
    here.close()
    there.close()
