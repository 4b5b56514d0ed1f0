"""Cases as JSON files: what they measure, and what becomes of those that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from functions.for_you.evaluation.case_files import Case, run_all
from shared.errors import BadInput

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "for-you-cases"
QUICK: dict[str, Any] = {"kind": "latency", "episodes": 60, "users": 4, "each": 1, "store_ms": 5, "spread_s": 0.1}


def case(folder: Path, name: str, **fields: Any) -> None:
    (folder / f"{name}.json").write_text(json.dumps(fields))


def test_each_bar_of_each_case_is_a_row_that_holds_or_does_not(tmp_path: Path) -> None:
    case(tmp_path, "1_queue", **QUICK, bars={"p95": 5000, "most_reads": 3})
    case(tmp_path, "2_fresh", **QUICK, vectors_ms=10, fresh=True, bars={"searches": 0})
    case(tmp_path, "3_ranking", kind="ranking", episodes=80, dimensions=8, bars={"p95": 0.0001})
    rows = run_all(tmp_path)
    assert [(row["case"], row["what"], row["holds"]) for row in rows] == [
        ("1_queue", "p95", True), ("1_queue", "most_reads", True), ("2_fresh", "searches", False), ("3_ranking", "p95", False),
    ]  # fmt: skip


def small_log(folder: Path) -> None:
    rows = [f"u{user},i{(user + step) % 12},5,{step}" for user in range(25) for step in range(10)]
    (folder / "log.csv").write_text("\n".join(["user,item,rating,time", *rows]))


def test_quality_of_files_beside_the_case_is_measured(tmp_path: Path) -> None:
    small_log(tmp_path)
    case(tmp_path, "q", kind="quality", ranker="popularity", interactions="log.csv", bars={"recall@50": 1, "ndcg@10": 2})
    assert [(row["what"], row["holds"]) for row in run_all(tmp_path)] == [("recall@50", True), ("ndcg@10", False)]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("{", "JSON|Expecting"),
        ('{"kind": "speed", "bars": {}}', "speed"),
        ('{"kind": "latency", "users": 0, "bars": {}}', "users"),
        (json.dumps({**QUICK, "bars": {"p94": 1}}), "no such figure: p94"),
        ('{"kind": "quality", "ranker": "chance", "interactions": "log.csv", "bars": {"mrr": 1}}', "no ranker 'chance'"),
    ],
)
def test_a_case_that_cannot_be_used_is_refused_with_its_reason(tmp_path: Path, content: str, match: str) -> None:
    small_log(tmp_path)
    (tmp_path / "bad.json").write_text(content)
    with pytest.raises(BadInput, match=match) as caught:
        run_all(tmp_path)
    assert caught.value.code == "bad_case"
    with pytest.raises(BadInput, match="no case"):
        run_all(tmp_path / "nowhere")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_are_cases(path: Path) -> None:
    assert Case.validate_python(json.loads(path.read_text())).bars
