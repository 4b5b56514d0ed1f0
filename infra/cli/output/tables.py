"""What commands print: tables for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from functions.jobs_api.reports.progress import RESUMED, held_up_by
from infra.cli.output.command_name import as_called
from infra.cli.output.live_progress import STYLES
from infra.cli.output.value_formatting import ago, clean, counted, dollars, lasted, moment, seconds, share, text, until, words
from shared.errors import BadInput, HeadraceError

WRAPPED = ("why", "error", "text", "")
"""Columns of sentences: only these, and those that a table names, give way on a narrow terminal."""
SENTENCE = 16
"""Characters that a column of sentences has at least."""


def console(*, progress: bool = False, as_json: bool = False) -> Console:
    """Standard output; progress goes to standard error when a program reads the output."""
    return Console(stderr=progress and as_json, highlight=False)


def as_json(value: Any) -> None:
    """One JSON document on standard output."""
    utf = "utf" in (sys.stdout.encoding or "").lower()  # what another encoding has no sign for is escaped
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=not utf, default=str) + "\n")
    sys.stdout.flush()


def line(value: str, style: str = "", *, to: Console | None = None) -> None:
    """One line, never wrapped: it may be an address that someone copies."""
    (to or console()).print(text(as_called(value), style), soft_wrap=True)


def warning(value: str) -> None:
    """One line beside the output, on standard error: what a command goes on without."""
    line(f"warning: {value}", "yellow", to=Console(stderr=True, highlight=False))


class _Fitted(Table):
    """A table that leaves columns out where they have no room, the last ones first: ids and numbers that are shown are whole."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        whole, kept = self.columns, list(self.columns)
        while sum(map(_width, kept)) > options.max_width and (least := [one for one in kept[1:] if one.no_wrap]):
            kept.remove(least[-1])
        self.columns = kept
        try:
            yield from super().__rich_console__(console, options)
        finally:
            self.columns = whole


def _width(column: Column) -> int:
    """The characters that a column needs: all of its longest cell, or some words of a sentence."""
    cells = [cell_len(str(cell)) for cell in (column.header, *column.cells)]
    return (max(cells) if column.no_wrap else min(SENTENCE, max(cells))) + 2


def table(*columns: str, right: Iterable[str] = (), wrapped: Iterable[str] = ()) -> Table:
    """An empty table; the columns named in `right` hold numbers, those in `wrapped` texts of any length."""
    made = _Fitted(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for column in columns:
        whole = column not in (*WRAPPED, *wrapped)
        made.add_column(column, justify="right" if column in right else "left", no_wrap=whole, overflow="fold")
    return made


def error(problem: HeadraceError, *, json_wanted: bool) -> None:
    """An error in one line, each fault of the input in one more, then what to do."""
    faults = problem.errors if isinstance(problem, BadInput) else []
    if json_wanted:
        as_json({"error": {"code": problem.code, "message": problem.message, "advice": problem.advice, "errors": faults}})
        return
    out = Console(stderr=True, highlight=False)
    out.print(Text.assemble(("error: ", "bold red"), text(as_called(problem.message))), soft_wrap=True)
    for fault in faults:
        if clean(fault.get("detail", "")) not in problem.message:
            line(f"  {fault.get('pointer', '')}: {fault.get('detail', '')}", to=out)
    if problem.advice and clean(problem.advice) not in problem.message:
        line(f"  {problem.advice}", "dim", to=out)


def calls_by_stage(tasks: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Outside calls of each stage, added up over its tasks."""
    calls: dict[str, int] = {}
    for task in tasks:
        calls[task["stage"]] = calls.get(task["stage"], 0) + task["calls"]
    return calls


def timing(job: Mapping[str, Any], calls: Mapping[str, int]) -> Table:
    """Where a job's time and money went. Stages that ran beside the others have no share of the critical path."""
    shares = {row["stage"]: row["share"] for row in job["critical_path"]}
    branches = {stage.get("branch") for stage in job["stages"]}
    numbers = ("seconds", "share", "calls", "cache hits", "cost")
    made = table("stage", *numbers, right=numbers)
    for stage in job["stages"]:
        if stage["total"]:
            hits = f"{stage['cached']} of {stage['total']}" if stage["cached"] else "0"
            aside = "" if stage["name"] in branches else "beside"  # a branch's time is that of its stages
            part = share(shares[stage["name"]]) if stage["name"] in shares else aside
            called = str(calls.get(stage["name"], 0))
            made.add_row(_named(stage), f"{stage['seconds'] or 0:.2f}", part, called, hits, dollars(stage["cost_usd"]))
    hits = str(sum(stage["cached"] for stage in job["stages"]))
    # A job starts when its first task does, which had waited by then: its stages' times begin before.
    still, of_stages = _stood_still(job), sum(row["seconds"] for row in job["critical_path"])
    whole = f"{max(lasted(dict(job)) or 0, of_stages + still):.2f}"
    made.add_section()
    if still:
        made.add_row("nothing ran", f"{still:.2f}")
    made.add_row("all", whole, "", str(sum(calls.values())), hits, dollars(job["cost"]["usd"]), style="bold")
    return made


def _named(stage: Mapping[str, Any]) -> str:
    """A stage as its table shows it: those inside a branch below its row."""
    return ("  " if stage.get("branch") else "") + words(stage["name"])


def stages(job: Mapping[str, Any], tasks: Iterable[Mapping[str, Any]]) -> Table:
    """A job's stages in numbers, with what its tasks wait for or failed of."""
    notes: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for task in tasks:
        why = held_up_by(job["status"], task["waiting"]) if task["waiting"] else (task["error"] or {}).get("message")
        if why:
            notes.setdefault(task["stage"], {}).setdefault(clean(why), []).append(task)
    numbers = ("done", "failed", "skipped", "cached", "seconds", "waited", "cost")
    columns = ("stage", "state", *numbers, "why")
    rows: list[tuple[str | Text, ...]] = []
    for stage in job["stages"]:
        counts = (str(stage[name] or "") for name in ("failed", "skipped", "cached"))
        done = f"{stage['done']}/{stage['total']}" if stage["total"] else ""
        waited = seconds(stage["wait_s"]) if stage["wait_s"] else ""
        cost = dollars(stage["cost_usd"]) if stage["cost_usd"] else ""
        why = text("; ".join(_note(why, of) for why, of in list(notes.get(stage["name"], {}).items())[:3]), "dim")
        state, took = clean(stage.get("state", "")), seconds(stage["seconds"])
        if state == "waiting" and job["finished_at"]:
            state = "not begun"
        rows.append((_named(stage), state, done, *counts, took, waited, cost, why))
    filled = [at for at in range(len(columns)) if any(str(row[at]) for row in rows)]  # empty columns would take the others' room
    made = table(*(columns[at] for at in filled), right=numbers)
    for row in rows:
        made.add_row(*(row[at] for at in filled))
    return made


def _note(why: str, tasks: list[Mapping[str, Any]]) -> str:
    """`12 wait for openai, the next 3.2 s`; an error's message as it is."""
    if not any(task["waiting"] for task in tasks):
        return why
    due = [left for task in tasks if why != RESUMED and (left := until(task.get("due_at"))) is not None]
    return f"{len(tasks)} wait{'s' if len(tasks) == 1 else ''} for {why}" + (f", the next {seconds(min(due))}" if due else "")


def head(job: Mapping[str, Any]) -> Text:
    """A job in one line: what, how it stands, how long, how much."""
    status = text(job["status"], f"bold {STYLES.get(job['status'], 'cyan')}")
    took = lasted(dict(job))
    rest = [f"in {seconds(took)}{_at_least(job, took)}"] if took is not None and job["finished_at"] else []
    rest += [dollars(job["cost"]["usd"]), counted(job["cost"]["calls"], "call")]
    return Text.assemble(text(f"{job['pipeline']} {job['id']}"), " ", status, " ", text(", ".join(rest)))


def _at_least(job: Mapping[str, Any], took: float) -> str:
    """The time that such a job takes at least, and what share of its own that is; nothing where what was kept made it faster."""
    floor, took = job["progress"].get("floor_s"), took - _stood_still(job)
    return f" ({seconds(floor)} at least: {floor / took:.0%})" if floor and took >= floor else ""


def _stood_still(job: Mapping[str, Any]) -> float:
    """Seconds of a job in which nothing of it went on."""
    return float(sum(one["seconds"] for one in job.get("stood_still", ())))


def reasons(job: Mapping[str, Any], to: Console) -> None:
    """Why a job failed or paused and what to do, when it stood still, and its warnings."""
    for one in job.get("stood_still", ()):
        since = moment(one["since"])
        at = f" from {since.astimezone():%Y-%m-%d %H:%M:%S} on" if since else ""
        line(f"nothing ran for {seconds(one['seconds'])}{at}: {one['why']}", to=to)
    if paused := job.get("paused"):
        to.print(Text.assemble(("paused: ", "bold yellow"), text(paused["message"])), soft_wrap=True)
        line(f"  {paused['advice']}", "dim", to=to)
    if failed := job["error"]:
        stage = f" (in {words(failed['stage'])})" if failed.get("stage") else ""
        to.print(Text.assemble(("error: ", "bold red"), text(f"{failed['message']}{stage}")), soft_wrap=True)
        if failed.get("advice"):
            line(f"  {failed['advice']}", "dim", to=to)
    for warning in job["warnings"]:
        line(f"warning: {warning}", "yellow", to=to)


def jobs(items: list[dict[str, Any]]) -> Group:
    """Jobs, one a row, and below it why some failed: a sentence has no room beside five columns on a usual terminal."""
    made = table("id", "pipeline", "status", "created", "took", right=("took",))
    errors: dict[str, list[str]] = {}
    for job in items:
        took = seconds(lasted(job)) if job["started_at"] else ""
        status = text(job["status"], STYLES.get(job["status"], ""))
        made.add_row(clean(job["id"]), clean(job["pipeline"]), status, ago(job["created_at"]), took)
        starts = until(job.get("start_at")) if job["status"] == "queued" else None
        if why := f"starts in {seconds(starts)}" if starts else clean((job["error"] or {}).get("message", "")):
            errors.setdefault(why, []).append(clean(job["id"]))
    told = [Padding(text(f"{_and_more(ids)}: {why}", "dim"), (1, 0, 0, 0)) for why, ids in errors.items()]
    return Group(made, *told)


def _and_more(ids: list[str]) -> str:
    return f"{ids[0]} and {len(ids) - 1} more" if len(ids) > 1 else ids[0]
