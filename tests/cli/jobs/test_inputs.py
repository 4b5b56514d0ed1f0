"""A request from a file, from `--set`, and from files that `--set` names."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from functions import pipelines
from infra.cli.job_input import read_input
from shared.errors import BadInput

FLOW = pipelines()["interview-prep"]
EXPORT = {"company": "Acme", "posts": [{"title": "My loop at Acme", "body": "Four rounds.", "score": 3}]}


def write(path: Path, value: object) -> str:
    path.write_text(json.dumps(value))
    return str(path)


def test_set_goes_on_top_of_the_file(tmp_path: Path) -> None:
    source = write(tmp_path / "in.json", {"company": "Acme", "role": "Engineer"})
    assert read_input(FLOW, source, ["role=Manager"]) == {"company": "Acme", "role": "Manager"}


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"company": "Acme"}'))
    assert read_input(FLOW, "-", []) == {"company": "Acme"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("company=Acme=Co", "Acme=Co"),
        ("company=1337", "1337"),
        ("company=null", None),
        ('company="Acme"', "Acme"),
        ("posting_text=[1] a job", "[1] a job"),
        ("sources=reddit, hackernews", ["reddit", "hackernews"]),
        ('sources=["reddit"]', ["reddit"]),
        ("sources=", []),
        ("surplus=7", 7),
        ("surplus=a,b", "a,b"),
    ],
)
def test_values_are_json_where_that_makes_sense(setting: str, value: object) -> None:
    assert list(read_input(FLOW, None, [setting]).values()) == [value]


def test_a_texts_field_takes_what_a_file_says(tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_text("Senior Engineer at Acme\n\n\u201cRemote\u201d: 70,000\u00a0EUR. 1337", encoding="utf-8")
    assert read_input(FLOW, None, [f"posting_text=@{posting}"]) == {"posting_text": posting.read_text(encoding="utf-8")}
    posting.write_text("1337")
    assert read_input(FLOW, None, [f"posting_text=@{posting}", "role=a.b"]) == {"posting_text": "1337", "role": "a.b"}


def test_a_file_that_is_named_in_place_of_its_text_is_told_so(tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_bytes(b"Engineer \x96 Acme")
    for setting, told in (
        (f"posting_text={posting}", f"--set posting_text=@{posting}"),
        (f"posting_text=@{posting}", "Save it as UTF-8."),
        (f"posting_text=@{posting}.gone", "No such file"),
    ):
        with pytest.raises(BadInput) as refused:
            read_input(FLOW, None, [setting])
        assert told in str(refused.value) + refused.value.advice
    posting.write_text("Engineer at Acme")
    with pytest.raises(BadInput) as refused:
        read_input(FLOW, str(posting), [])
    assert "--set NAME=@FILE" in refused.value.advice


def test_files_of_saved_posts_are_read_whatever_their_shape(tmp_path: Path) -> None:
    own = write(tmp_path / "own.json", EXPORT)
    plain = write(tmp_path / "list.json", EXPORT["posts"])
    made = read_input(FLOW, None, [f"exports={own},{plain}", "posting_text=Engineer"])
    assert [export["posts"][0]["title"] for export in made["exports"]] == ["My loop at Acme"] * 2
    assert FLOW.request.model_validate_json(json.dumps(made))


def test_reddits_own_json_becomes_an_export(tmp_path: Path) -> None:
    post = {
        "id": "zz1",
        "title": "Acme interview",
        "selftext": "Hard.",
        "subreddit": "jobs",
        "permalink": "/r/jobs/comments/zz1/x/",
    }
    numbers = {"score": 5, "created_utc": 1.7e9, "num_comments": 0}
    listing = {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {**post, **numbers}}]}}
    source = write(tmp_path / "in.json", {"posting_text": "Engineer", "exports": [write(tmp_path / "raw.json", listing)]})
    [export] = read_input(FLOW, source, [])["exports"]
    assert export["posts"][0]["title"] == "Acme interview"


def test_an_export_written_out_is_left_alone() -> None:
    assert read_input(FLOW, None, [f"exports={json.dumps([EXPORT])}"]) == {"exports": [EXPORT]}


def test_an_export_that_is_no_json_is_read_by_its_pipeline(tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("id,title,body,permalink\na1,Acme interview,Three rounds and an offer.,/r/jobs/comments/a1/x/\n")
    [export] = read_input(FLOW, None, [f"exports={table}"])["exports"]
    assert export["posts"][0]["title"] == "Acme interview"


def test_a_line_separator_within_json_lines_ends_no_line(tmp_path: Path) -> None:
    posts = [{"title": "Acme interview", "selftext": f"Three rounds.\u2028Then offer {at}."} for at in range(2)]
    lines = tmp_path / "posts.jsonl"
    lines.write_text("\n".join(json.dumps(post, ensure_ascii=False) for post in posts), encoding="utf-8")
    [export] = read_input(FLOW, None, [f"exports={lines}"])["exports"]
    assert len(export["posts"]) == len(posts)


@pytest.mark.parametrize(
    ("source", "setting", "code"),
    [
        ("missing.json", "a=b", "no_such_file"),
        ("bad.json", "a=b", "bad_json"),
        ("list.json", "a=b", "bad_json"),
        ("bytes.json", "a=b", "no_such_file"),
        (None, "a", "bad_set"),
        (None, "=b", "bad_set"),
        (None, 'exports=["a"', "bad_set"),
        (None, "exports={name}", "bad_set"),
        (None, "exports=missing.json", "no_such_file"),
        (None, "exports=bad.json", "bad_json"),
        (None, "exports=none.json", "export_unknown"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str | None, setting: str, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.json").write_text("{")
    Path("bytes.json").write_bytes(b"\xff\xfe\x00")
    write(Path("list.json"), [1])
    write(Path("none.json"), {"hello": 1})
    with pytest.raises(BadInput) as caught:
        read_input(FLOW, source, [setting])
    assert caught.value.code == code
