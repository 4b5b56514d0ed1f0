"""Terminal views of tasks: a stage's tasks as a table, and one task in full with input, output and each attempt's log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from infra.cli.output import tables
from infra.cli.output.live_progress import STYLES
from infra.cli.output.value_formatting import clean, counted, dollars, moment, seconds, text

LONGEST = 2000
"""Characters of an argument or a result; `--json` has all of it."""
LEVELS = {"warning": "yellow", "error": "bold red", "critical": "bold red"}


def tasks(found: Iterable[Mapping[str, Any]]) -> Table:
    """A stage's tasks, those that failed first."""
    made = tables.table("task", "state", "attempt", "seconds", "error", right=("attempt", "seconds"))
    for task in sorted(found, key=lambda task: (task["state"] != "failed", task["branch"] or 0, task["index"] or 0)):
        why = (task["error"] or {}).get("message") or task["waiting"] or ""
        made.add_row(clean(task["id"]), clean(task["state"]), _attempts(task), seconds(task["work_s"]), clean(why))
    return made


def show(task: Mapping[str, Any], to: Console) -> None:
    """All of one task."""
    rest = f"attempt {_attempts(task)}, {seconds(task['work_s'])}, {counted(task['calls'], 'call')}, {dollars(task['cost_usd'])}"
    state = text(task["state"], STYLES.get(task["state"], "cyan"))
    to.print(Text.assemble(text(task["id"], "bold"), " ", state, " ", rest), soft_wrap=True)
    if failed := task["error"]:
        to.print(Text.assemble(("error: ", "bold red"), text(failed["message"])), soft_wrap=True)
    for name, value in (task["input"] or {}).items():
        _value(name, value, task["omitted"], to)
    _value("output", task["output"], task["omitted"], to)
    for attempt in task["attempts"]:
        _attempt(attempt, to)


def _attempts(task: Mapping[str, Any]) -> str:
    lost = task["process_losses"]
    return f"{task['attempt']}" + (f" (+{lost} lost with its process)" if lost else "")


def _value(name: str, value: Any, omitted: list[str], to: Console) -> None:
    shown = "(too large to show)" if name in omitted else json.dumps(value, ensure_ascii=False)
    more = f" … {len(shown) - LONGEST} characters more: --json" if len(shown) > LONGEST else ""
    to.print(Text.assemble((f"{clean(name)}: ", "bold"), text(shown[:LONGEST] + more)), soft_wrap=True)


def _attempt(attempt: Mapping[str, Any], to: Console) -> None:
    """An attempt's lines, each with the seconds since it began."""
    begun = moment(attempt["begun_at"])
    to.print()
    tables.line(f"attempt {attempt['attempt']}: {attempt['outcome'].replace('_', ' ')}", "bold", to=to)
    if unseen := attempt["line_count"] - len(attempt["lines"]):
        tables.line(f"  {unseen} lines before these", "dim", to=to)
    for line in attempt["lines"]:
        at = moment(line["at"])
        since = f"{(at - begun).total_seconds():7.2f} s" if at and begun else ""
        style = LEVELS.get(line["level"], "")
        tables.line(f"  {since}  {line['level']:7}  {line['message']}", style, to=to)
    if failed := attempt["error"]:
        tables.line(f"  {failed['code']}: {failed['message']}", "red", to=to)
    for line in (attempt["traceback"] or "").splitlines():
        tables.line(f"    {line}", "dim", to=to)
