"""Pages of records: read as text, and only what somebody wants is taken apart."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.transcript_graph.graph.lazy_page import Page
from functions.transcript_graph.lazy_json import LazyList, LazyMapping, bucketed_text, itemised_text, plain_text, record_of

records = st.dictionaries(
    st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9)), max_size=6
)


@given(records, records, st.lists(st.text(max_size=5)))
def test_a_page_is_what_was_put_into_it(first: dict[str, Any], more: dict[str, Any], gone: list[str]) -> None:
    page = Page()
    for key, value in first.items():
        page.put(key, value)
    page = Page.of(page.text())
    for key, value in more.items():
        page.put(key, value)
    dropped = [page.drop(key) for key in gone]
    left = {key: value for key, value in {**first, **more}.items() if key not in gone}
    assert sum(there for there, _ in dropped) == len({*first, *more}) - len(left)
    assert dict(Page.of(page.text()).items()) == dict(page.items()) == left
    assert (len(page), [key in page for key in left]) == (len(left), [True] * len(left))


def test_the_text_does_not_depend_on_what_was_read_or_on_the_order() -> None:
    page = Page()
    for key in ("b", "a"):
        page.put(key, {"said": "two\nlines"})
    text = page.text()
    again = Page.of(text)
    assert again.get("a") == {"said": "two\nlines"}
    assert again.text() == text


def test_pages_that_were_kept_as_one_object_are_read() -> None:
    assert dict(Page.of('{"a":{"x":1},"b":[2]}').items()) == {"a": {"x": 1}, "b": [2]}


def test_a_record_is_copied_as_it_is_kept_read_or_not() -> None:
    page, other = Page.of('["a","b"]\n{"x":1}\n{"y":2}'), Page()
    assert page.get("a") == {"x": 1}
    page.put("c", [3])
    for key in page.names():
        page.copy_record(key, other)
    assert other.text() == page.text() == '["a","b","c"]\n{"x":1}\n{"y":2}\n[3]'


def test_a_page_holds_halves_of_characters() -> None:
    page = Page()
    page.put("a", {"name": "half \ud83d"})
    assert dict(Page.of(page.text()).items()) == {"a": {"name": "half \ud83d"}}


@given(records, records, st.lists(st.text(max_size=5)))
def test_a_long_record_is_what_was_put_into_its_parts(first: dict[str, Any], more: dict[str, Any], read: list[str]) -> None:
    record = record_of(bucketed_text({"name": "Ada", "out": first, "in": {}}, ("out", "in")))
    assert isinstance(record["out"], LazyMapping)
    for key in read:
        assert record["out"].get(key) == first.get(key)
    record["out"].update(more)
    for key in read:
        record["out"].pop(key, None)
    left = {key: value for key, value in {**first, **more}.items() if key not in read}
    assert (len(record["out"]), set(record["out"]), "Ada" in record["out"]) == (len(left), set(left), False)
    whole = {"name": "Ada", "out": left, "in": {}}
    assert record_of(bucketed_text(record, ("out", "in"))) == record_of(plain_text(record)) == record == whole


def test_of_a_long_record_only_the_bucket_that_is_asked_for_is_read_and_written() -> None:
    record: dict[str, Any] = {"name": "Ada", "out": {f"k{number}": number for number in range(100)}}
    first, *lines = bucketed_text(record, ["out"]).split("\n")
    read = record_of("\n".join([first, *lines[:-1], "nothing packed"]))
    key = next(key for key in record["out"] if crc32(key.encode()) % 8 == 0)
    read["out"][key] = "changed"
    again = bucketed_text(read, ["out"]).split("\n")
    assert len(lines) == 8
    assert (again[0], again[2:]) == (first, [*lines[1:-1], "nothing packed"])
    assert record_of("\n".join([first, again[1], *lines[1:]]))["out"] == {**record["out"], key: "changed"}


def test_a_record_of_lines_as_they_were_kept_before_is_read() -> None:
    record = record_of('#[{"name":"Ada"},{"out":["a","b"]}]\n{"knows":1}\n{"knows":2}')
    assert (record["name"], dict(record["out"])) == ("Ada", {"a": {"knows": 1}, "b": {"knows": 2}})
    assert record_of(bucketed_text(record, ["out"]))["out"] == {"a": {"knows": 1}, "b": {"knows": 2}}


def test_of_a_list_only_the_items_that_are_asked_for_are_parsed() -> None:
    text = itemised_text({"id": "talk", "entities": ["a", "b", "c"], "none": []}, ("entities", "none"))
    first, *lines = text.split("\n")
    read = record_of("\n".join([first, "no JSON at all", *lines[1:]]))
    assert isinstance(read["entities"], LazyList)
    assert (read["id"], read["entities"][1], read["entities"][-1], len(read["entities"]), list(read["none"])) == (
        "talk",
        "b",
        "c",
        3,
        [],
    )
    whole = record_of(text)["entities"]
    assert (whole[2], list(whole), whole[:2], list(whole)) == ("c", ["a", "b", "c"], ["a", "b"], ["a", "b", "c"])
    with pytest.raises(IndexError):
        whole[3]


def test_a_list_that_is_long_is_no_record_in_parts() -> None:
    page = Page()
    page.put("a", [1, 2, 3])
    [(key, text)] = page.long_ones(3, ("seen",))
    page.keep_apart(key, "0a1b")
    again = Page.of(page.text())
    again.fill("a", text)
    assert again.get("a") == [1, 2, 3]
