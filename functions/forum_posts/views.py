"""The result as people read it on the spot: each post's chosen text, what is missing and why, the models' cost, how alike texts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.result_blocks import Block, Column, Gap, Heading, Note, Paragraphs, Table

MOST = 10
"""Posts shown; the result's file has them all."""
LEGEND = "each: words of a sentence; step: by how many the next one differs; asks: texts with a question; far: versions far off the samples"
"""What the headings of voices are short for: on a narrow terminal longer ones leave out columns."""


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
    if result.get("voices"):
        yield _voices(result["voices"])
        yield Note(LEGEND)
        for voice in result["voices"]:
            for drift in voice["drifts"]:
                yield Note(f"{voice['kol_name'] or voice['kol_serial']}: {drift}", warning=True)
    if result["cost"]:
        yield _cost(result["cost"])
    alike = result["similarity"]
    most, gate = f"{alike['most']:.0%}", f"{alike['gate']:.0%}"
    yield Note(f"{alike['texts']} texts; the two most alike share {most} of their n-grams, refused from {gate} on")


def _voices(personas: list[dict[str, Any]]) -> Table:
    """By persona: how its style samples are written, and below them its versions."""
    names = {"length": "words", "sentence": "each", "rhythm": "step", "emoji": "emoji"}
    shares = (Column("asks", "share"), Column("alike", "share"))
    columns = (Column("on average"), Column(""), *map(Column, names.values()), *shares, Column("far"))
    rows: list[list[Any]] = []
    for one in personas:
        theirs, own = ([f"{one[of][name]:.1f}" for name in names] + [one[of]["questions"]] for of in ("samples", "versions"))
        rows.append([one["kol_name"] or one["kol_serial"], "its samples", *theirs, None, None])
        rows.append(["", "its versions", *own, one["closeness"], f"{one['far']} of {one['count']}"])
    return Table(columns, rows)


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
