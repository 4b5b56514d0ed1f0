"""The result as people read it on the spot: each post's chosen text, what is missing and why, the models' cost, how alike texts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.result_blocks import Block, Column, Gap, Heading, Note, Paragraphs, Table

MOST = 10
"""Posts shown; the result's file has them all."""


def view(result: dict[str, Any]) -> Iterator[Block]:
    """Blocks of a `Posts` as JSON."""
    for post in result["posts"][:MOST]:
        chosen = f"version {post['chosen'] + 1} of {len(post['versions'])}" if post["chosen"] is not None else ""
        yield Heading(
            (post["kol_name"] or post["kol_serial"], post["stock_code"], post["posting_type"], chosen, post["state"], post["id"])
        )
        yield Paragraphs(post["text"])
        yield Gap()
    if (more := len(result["posts"]) - MOST) > 0:
        yield Note(f"… and {more} more")
    for missing in result["missing"]:
        what = " ".join(part for part in (f"item {missing['number']}", missing["kol_serial"], missing["stock_code"]) if part)
        yield Note(f"{what}: {missing['reason']}", warning=True)
    if voices := [post for post in result["posts"] if post.get("voice")]:
        yield _voices(voices)
    if result["cost"]:
        yield _cost(result["cost"])
    alike = result["similarity"]
    most, gate = f"{alike['most']:.0%}", f"{alike['gate']:.0%}"
    yield Note(f"{alike['texts']} texts; the two most alike share {most} of their n-grams, refused from {gate} on")


def _voices(posts: list[dict[str, Any]]) -> Table:
    """By persona, on average of its posts: as its samples are, and as its texts came out."""
    names = ("length", "sentence", "emoji", "questions")
    columns = (Column("persona"), *(Column(f"{name}: samples, posts") for name in names), Column("closeness", "number"))
    by_persona: dict[str, list[dict[str, Any]]] = {}
    for post in posts:
        by_persona.setdefault(post["kol_name"] or post["kol_serial"], []).append(post["voice"])
    rows = []
    for persona, voices in by_persona.items():
        pairs = [f"{_mean(voices, 'samples', name):.1f}, {_mean(voices, 'text', name):.1f}" for name in names]
        rows.append([persona, *pairs, round(sum(voice["closeness"] for voice in voices) / len(voices), 2)])
    return Table(columns, rows)


def _mean(voices: list[dict[str, Any]], whose: str, name: str) -> float:
    return float(sum(voice[whose][name] for voice in voices) / len(voices))


def _cost(models: list[dict[str, Any]]) -> Table:
    columns = (
        Column("model"),
        Column("calls", "number"),
        Column("input tokens", "number"),
        Column("output tokens", "number"),
        Column("cost", "dollars"),
    )
    names = ("model", "calls", "input_tokens", "output_tokens", "usd")
    return Table(columns, [[row[name] for name in names] for row in models])
