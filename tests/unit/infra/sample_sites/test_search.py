"""Reddit's search language."""

from __future__ import annotations

import pytest

from infra.sample_sites.forum.query_language import Document, folded, parse

POST = Document(
    title=folded("My Larkmoor interviews: system design"),
    selftext=folded("Two rounds. They asked about ledgers, and I wasn't ready for the phone screen."),
    subreddit=folded("ExperiencedDevs"),
    author=folded("tin_teapot"),
)


@pytest.mark.parametrize(
    "query",
    [
        "larkmoor",
        "Larkmoor interview",
        "interviewing ledger",  # any form of a word
        '"system design"',
        '"phone screen" AND larkmoor',
        "osprelle OR larkmoor",
        "(osprelle OR larkmoor) AND (ledger OR payouts)",
        "title:larkmoor",
        'title:"larkmoor interview"',
        "title:(osprelle OR larkmoor) selftext:rounds",
        "larkmoor -osprelle",
        "larkmoor NOT osprelle",
        "larkmoor AND NOT (osprelle OR wrenhaul)",
        "subreddit:experienceddevs",
        "author:tin_teapot",
        "osprelle larkmoor OR ledger",  # AND binds more tightly
        "",
        '"larkmoor interview',  # an open quote
        "((larkmoor",
        "larkmoor)) AND ledger",
        "on-call OR larkmoor",
    ],
)
def test_fits(query: str) -> None:
    assert parse(query).test(POST)


@pytest.mark.parametrize(
    "query",
    [
        "osprelle",
        "larkmoor osprelle",
        '"design system"',
        "title:ledger",
        "selftext:larkmoor",
        "larkmoor -ledger",
        "-larkmoor",
        "NOT larkmoor",
        "(osprelle OR wrenhaul) AND larkmoor",
        "larkmoor AND (osprelle OR wrenhaul)",
        "subreddit:jobs",
        "lark",  # words, not parts of words
        "-title:larkmoor",
        "larkmoor OR ledger) osprelle",
    ],
)
def test_does_not_fit(query: str) -> None:
    assert not parse(query).test(POST)


def test_the_title_counts_most_and_excluded_words_not_at_all() -> None:
    assert parse("larkmoor").rank(POST) == 3
    assert parse("ledger").rank(POST) == 1
    assert parse("-osprelle larkmoor").words == (" larkmoor ",)


def test_a_long_query_is_cut() -> None:
    assert parse(f"{'larkmoor ' * 60} osprelle").test(POST)


def test_deep_nesting_is_parsed() -> None:
    assert parse("(" * 200 + "larkmoor" + ")" * 200).test(POST)
