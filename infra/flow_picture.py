"""A flow as a picture: `python -m infra.flow_picture NAME > docs/images/NAME.svg`."""

from __future__ import annotations

import sys
from html import escape
from itertools import pairwise

from functions import pipelines
from shared.engine.flow import Flow, Stage

WIDTH, HEIGHT, GAP_X, GAP_Y, PER_ROW, MARGIN = 168, 62, 34, 62, 5, 20
COLORS = {"web": "#3B6EA8", "forum": "#A8642A", "models": "#14665F", "render": "#7A4FA3"}
PLAIN = "#5A676D"
DOES = {"models": "asks a model", "images": "asks a model", "web": "reaches the web"}


def picture(flow: Flow) -> str:
    """An SVG: stages in order, row by row; fan-outs as stacks, joins with what closes them, side stages below.

    A frame around stages is a branch: they run for each of many items, and no item waits for another.
    """
    beside = [stage for stage in flow.stages if flow.is_beside(stage)]
    row = [stage for stage in flow.stages if stage not in beside]
    rows = -(-len(row) // PER_ROW)
    width = 2 * MARGIN + PER_ROW * (WIDTH + GAP_X) - GAP_X + 10
    height = 2 * MARGIN + (rows + bool(beside)) * (HEIGHT + GAP_Y) - GAP_Y + (24 if flow.branches else 14)
    places = {stage.name: _place(at) for at, stage in enumerate(row)}
    places |= {stage.name: (MARGIN + at * (WIDTH + GAP_X), MARGIN + rows * (HEIGHT + GAP_Y)) for at, stage in enumerate(beside)}
    parts = [_frame(branch.name, [places[name] for name, of in flow.inside.items() if of is branch]) for branch in flow.branches]
    parts += [_arrow(places[one.name], places[two.name], _closes(_joins(flow, one))) for one, two in pairwise(row)]
    parts += [_box(stage, *places[stage.name]) for stage in flow.stages]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="Helvetica, Arial, sans-serif" role="img" aria-label="The flow of {escape(flow.pipeline)}">'
        f'<rect width="{width}" height="{height}" rx="10" fill="#FBFAF7"/>{"".join(parts)}</svg>\n'
    )


def _place(at: int) -> tuple[int, int]:
    return MARGIN + at % PER_ROW * (WIDTH + GAP_X), MARGIN + at // PER_ROW * (HEIGHT + GAP_Y)


def _box(stage: Stage, x: int, y: int) -> str:
    color = COLORS.get(stage.lane, PLAIN)
    stack = "".join(
        f'<rect x="{x + off}" y="{y + off}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#FFFFFF" stroke="{color}" stroke-opacity="0.45"/>'
        for off in ((10, 5) if stage.join else ())
    )
    title = stage.name.replace("_", " ")
    return (
        f'{stack}<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#FFFFFF" stroke="{color}" stroke-width="1.4"/>'
        f'<text x="{x + 14}" y="{y + 27}" font-size="15" font-weight="600" fill="#1F2A30">{escape(title)}</text>'
        f'<text x="{x + 14}" y="{y + 47}" font-size="11.5" fill="{color}">{escape(_about(stage))}</text>'
    )


def _frame(name: str, places: list[tuple[int, int]]) -> str:
    """A line around stages, in each row that they are in; what they are is said once."""
    parts: list[str] = []
    for y in sorted({y for _, y in places}):
        columns = [x for x, of in places if of == y]
        left, width = min(columns) - 12, max(columns) - min(columns) + WIDTH + 28
        title = f"{name.replace('_', ' ')}, many at once" if not parts else ""
        parts.append(
            f'<rect x="{left}" y="{y - 17}" width="{width}" height="{HEIGHT + 54}" rx="12" fill="#F1EFE8" stroke="{PLAIN}" stroke-opacity="0.4" stroke-dasharray="5 4"/>'
            f'<text x="{left + 14}" y="{y - 4}" font-size="11.5" font-weight="600" fill="{PLAIN}">{escape(title)}</text>'
        )
    return "".join(parts)


def _about(stage: Stage) -> str:
    about = ["many at once"] if stage.join else []
    if stage.within is not None:
        about.append(f"beside it all, {stage.within:g} s at most")
    elif stage.cache is not None:
        about.append(f"kept {stage.cache.days:g} day{'' if stage.cache.days == 1 else 's'}")
    return " · ".join(about) or DOES.get(stage.lane, "plain code")


def _joins(flow: Flow, stage: Stage) -> Stage:
    """Whose members a stage is the last of: of a branch, the branch's."""
    return next((branch.row for branch in flow.branches if branch.last is stage.run), stage)


def _closes(stage: Stage) -> str:
    if stage.join is None:
        return ""
    enough = f"{stage.join.enough[1]:g} {stage.join.enough[0].replace('_', ' ')}" if stage.join.enough else "all"
    return f"join: {enough}" + (f", {stage.join.within:g} s at most" if stage.join.within else "")


def _arrow(one: tuple[int, int], two: tuple[int, int], label: str) -> str:
    line = '<path d="{}" fill="none" stroke="#9AA5A9" stroke-width="1.5"/><path d="{}" fill="#9AA5A9"/>'
    if one[1] == two[1]:
        x, y, end = one[0] + WIDTH, one[1] + HEIGHT / 2, two[0]
        note = f'<text x="{x - WIDTH / 2 + 5}" y="{one[1] + HEIGHT + 27}" font-size="11.5" fill="{PLAIN}" text-anchor="middle">{escape(label)}</text>'
        return line.format(f"M{x} {y}H{end - 6}", f"M{end} {y}l-8 -4v8z") + note
    middle, across, top = one[1] + HEIGHT + GAP_Y / 2 + 4, two[0] + WIDTH / 2, two[1]
    note = f'<text x="{one[0] + WIDTH / 2 - 12}" y="{middle - 7}" font-size="11.5" fill="{PLAIN}" text-anchor="end">{escape(label)}</text>'
    return line.format(f"M{one[0] + WIDTH / 2} {one[1] + HEIGHT}V{middle}H{across}V{top - 6}", f"M{across} {top}l-4 -8h8z") + note


if __name__ == "__main__":
    sys.stdout.write(picture(pipelines()[sys.argv[1]]))
