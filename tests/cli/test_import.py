"""`headrace import`: good rows in, bad rows named, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infra.cli.main import app
from shared.errors import BadInput
from shared.records.table_files import _csv, json_lines, rows

KOL = {"serial": "208", "name": "老王", "persona": "退休分析師", "language": "zh-Hant"}


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["import", *arguments])


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path / "data")]


def test_profiles_come_in_and_the_second_time_nothing_changes(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "kols.json"
    file.write_text(json.dumps([KOL, {**KOL, "serial": 209}]))
    first = run("profiles", str(file), *data)
    assert (first.exit_code, first.output.strip()) == (0, "profiles: 2 new, 0 changed, 0 unchanged")
    assert run("profiles", str(file), *data).output.strip() == "profiles: 0 new, 0 changed, 2 unchanged"
    file.write_text(json.dumps([{**KOL, "persona": "another"}]))
    assert run("profiles", str(file), *data).output.strip() == "profiles: 0 new, 1 changed, 0 unchanged"


def test_bad_rows_are_named_and_hold_up_no_other(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "kols.jsonl"
    another, awake = {**KOL, "persona": "another"}, {**KOL, "serial": "209", "quiet_hours": "all night"}
    file.write_text("\n".join([json.dumps(KOL), "{", json.dumps(awake), "", json.dumps(another), "7"]))
    done = run("profiles", str(file), "--json", *data)
    told = json.loads(done.output)
    assert (done.exit_code, told["new"], told["rows"]) == (3, 1, 5)
    assert [bad["line"] for bad in told["bad"]] == [2, 3, 5, 6]
    assert "22:00-07:00" in told["bad"][1]["reason"]
    assert "line 1" in told["bad"][2]["reason"]


def test_a_line_that_stands_in_a_log_twice_is_no_fault(tmp_path: Path, data: list[str]) -> None:
    played = {"user_id": "u", "episode_id": "e", "action": "finish", "at": 1795900000}
    file = tmp_path / "engagements.jsonl"
    file.write_text("\n".join(map(json.dumps, [played, {**played, "action": "like"}, played])))
    done = run("engagements", str(file), *data)
    assert (done.exit_code, done.output.strip()) == (0, "engagements: 2 new, 0 changed, 1 unchanged")


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ({"guid": "a", "podcast_id": "w"}, "Rename 'guid' to 'id': it is another in each row."),
        ({"Episode ID": 7}, "Rename 'Episode ID' to 'id': it is another in each row."),
        (
            {"series_id": "w", "url": "https://a.example/7"},
            "Give each row a field 'id' of its own: a number, or any text without a slash.",
        ),
        ({"id": ""}, "Give each row a field 'id' of its own: a number, or any text without a slash."),
    ],
)
def test_rows_without_an_id_are_told_what_could_be_it(
    tmp_path: Path, data: list[str], fields: dict[str, Any], advice: str
) -> None:
    file = tmp_path / "episodes.json"
    others = {"guid": "b", "Episode ID": 8}
    second = {name: others.get(name, value) for name, value in fields.items()}
    file.write_text(json.dumps([{"title": "One", **fields}, {"title": "Two", **second}]))
    done = run("episodes", str(file), *data)
    assert done.exit_code == 1
    assert f"{advice} A row whose id is there already changes that episode, any other brings in a new one." in done.output
    assert json.loads(run("episodes", str(file), "--json", *data).output)["advice"].startswith(advice)


def test_rows_whose_id_is_made_of_what_they_say_need_no_advice(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "deeds.json"
    file.write_text(json.dumps([{"user_id": "u", "episode_id": "e", "at": "yesterday"}]))
    told = json.loads(run("engagements", str(file), "--json", *data).output)
    assert (len(told["bad"]), "advice" in told) == (1, False)


def test_a_file_of_something_else_is_told_in_a_screenful(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "others.jsonl"
    file.write_text("\n".join(["{}"] * 500))
    told = run("profiles", str(file), *data).output.splitlines()
    assert (len(told), told[19].startswith("line 20: "), told[20].startswith("and 480 lines more")) == (23, True, True)
    assert told[21].startswith("Give each row a field 'serial' of its own")
    assert told[22] == "profiles: 0 new, 0 changed, 0 unchanged, 500 bad"
    assert len(json.loads(run("profiles", str(file), "--json", *data).output)["bad"]) == 500


def test_fields_that_are_wrong_are_told_in_words(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "kols.jsonl"
    rows_of = [{**KOL, "personna": "x"}, {**KOL, "xyzzy": 1}, {"serial": "1/2", "persona": "x", "language": "en"}]
    file.write_text("\n".join(map(json.dumps, rows_of)))
    reasons = [bad["reason"] for bad in json.loads(run("profiles", str(file), "--json", *data).output)["bad"]]
    assert reasons[0] == "/personna: there is no such field. Did you mean persona?"
    assert reasons[1].startswith("/xyzzy: there is no such field: there are ")
    assert "serial, name, persona" in reasons[1]
    assert "/name: is missing" in reasons[2]
    assert "/serial: is to be 1 to 64 characters, each of A-Z" in reasons[2]


def test_a_table_has_lists_in_cells_and_empty_cells(tmp_path: Path) -> None:
    file = tmp_path / "kols.csv"
    file.write_text('serial,name,persona,traits,model\r\n208,Wang,"dry, patient",dry | patient,\r\n209,Li,x,,y,z\r\n', newline="")
    (line, row), (bad, why) = rows(file)
    assert (line, row["traits"], "model" in row) == (2, "dry | patient", False)
    assert bad == 3
    assert isinstance(why, BadInput)


def test_agents_are_one_more_line_in_the_table(tmp_path: Path, data: list[str]) -> None:
    file = tmp_path / "agents.json"
    file.write_text(json.dumps([{"id": "ann", "name": "Ann", "persona": "a gardener", "time_zone": "Europe/Paris"}]))
    assert run("agents", str(file), *data).output.strip() == "agents: 1 new, 0 changed, 0 unchanged"


@pytest.mark.parametrize(
    ("kind", "name", "content", "said"),
    [
        ("cats", "x.json", "[]", "there is no kind 'cats'"),
        ("profiles", "x.xml", "", "is none of"),
        ("profiles", "x.json", "[", "is not JSON"),
        ("profiles", "none.json", None, "No such file"),
    ],
)
def test_what_cannot_be_imported_says_why(tmp_path: Path, kind: str, name: str, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    done = run(kind, str(tmp_path / name), "--data", str(tmp_path / "data"))
    assert done.exit_code == 2
    assert said in done.output


def test_a_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"a": "one\u2028two\u2029three\x85four"}\r\n{"a": "five"}\n', encoding="utf-8")
    assert [row for _, row in json_lines(path.read_text(encoding="utf-8"))] == [
        {"a": "one\u2028two\u2029three\x85four"},
        {"a": "five"},
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_may_part_its_cells_as_spreadsheets_do(sign: str) -> None:
    text = sign.join(("id", "name", "share")) + "\n" + sign.join(("a", "Ada", "0.5")) + "\n"
    assert [row for _, row in _csv(text, Path("x.csv"))] == [{"id": "a", "name": "Ada", "share": "0.5"}]
