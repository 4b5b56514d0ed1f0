"""Progress: live bars on a terminal, elsewhere one plain line per change."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from infra.cli.exit_codes import BY_STATUS
from infra.cli.output.value_formatting import dollars, lasted, seconds, text, words

STYLES = {"succeeded": "green", "partial": "yellow", "failed": "red", "cancelled": "yellow", "paused": "yellow"}


class Display(Protocol):
    """Shows a job's states; entered once."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
    def update(self, state: dict[str, Any]) -> None: ...


def display_on(console: Console) -> Display:
    """The display that suits where `console` writes to."""
    return Bars(console) if console.is_terminal and not console.is_dumb_terminal else Lines(console)


class _Since:
    """A job's seconds so far, by this machine's clock once the first state has come."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._shown = 0.0

    def start(self, state: dict[str, Any]) -> None:
        if self._began is None:
            self._began = time.monotonic() - (lasted(state) or 0.0)

    def __call__(self, state: dict[str, Any]) -> float:
        whole = lasted(state) if state.get("finished_at") else None
        told = whole if whole is not None else time.monotonic() - (self._began or time.monotonic())
        self._shown = max(self._shown, told)  # answers take time: the job's own end may be before what was shown
        return self._shown


class Lines:
    """`  3.2 s   45 %  18 posts found`, when the sentence changes; each warning once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._since = _Since()
        self._said = ""
        self._warned = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def update(self, state: dict[str, Any]) -> None:
        self._since.start(state)
        at = f"{seconds(self._since(state)):>8}"
        message = text(state["progress"]["message"]).plain
        if message != self._said:
            self._said = message
            self._print(f"{at}  {state['progress']['percent']:3.0f} %  {message}")
        for warning in state["warnings"][self._warned :]:
            self._print(f"{at}         warning: {text(warning).plain}")
        self._warned = len(state["warnings"])

    def _print(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)
        self._console.file.flush()


class Bars:
    """One bar per stage, then what is going on, redrawn several times a second."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._since = _Since()
        self._state: dict[str, Any] | None = None
        self._heard = 0.0
        marks = ("✓", "●", "✗", " · ") if console.encoding.lower().startswith("utf") else ("+", "*", "x", " | ")
        self._ended, self._running, self._failed, self._dot = marks
        self._live = Live(get_renderable=self._draw, console=console, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._live.stop()

    def update(self, state: dict[str, Any]) -> None:
        self._since.start(state)
        self._state, self._heard = state, time.monotonic()

    def _draw(self) -> Group | Text:
        if self._state is None:
            return Text("Starting", style="dim")
        table = Table.grid(padding=(0, 1))
        for justify in ("left", "left", "left", "right", "right", "left"):
            table.add_column(justify=justify, no_wrap=True)
        for stage in self._state["stages"]:
            table.add_row(*self._row(stage))
        warnings = [text(f"warning: {warning}", "yellow") for warning in self._state["warnings"]]
        return Group(table, self._sentence(self._state), *warnings)

    def _row(self, stage: dict[str, Any]) -> tuple[Any, ...]:
        total = stage["total"]
        if not total:
            return (Text(" "), text(words(stage["name"]), "dim"), Text(""), Text(""), Text(""), Text(""))
        ended = stage["done"] + stage["failed"] + stage["skipped"]
        running = stage["state"] == "running" and self._state is not None and self._state["status"] not in BY_STATUS
        if stage["failed"]:
            mark = Text(self._failed, style="red" if stage["failed"] == total else "yellow")
        else:
            mark = Text(self._running, style="cyan") if running else Text(self._ended, style="green")
        took = (stage["seconds"] or 0) + (time.monotonic() - self._heard if running else 0)
        bar = ProgressBar(total=total, completed=ended, width=24, finished_style="green")
        return (mark, text(words(stage["name"])), bar, Text(f"{ended}/{total}"), Text(seconds(took)), _notes(stage))

    def _sentence(self, state: dict[str, Any]) -> Text:
        progress = state["progress"]
        parts = [f"{progress['percent']:.0f} %", seconds(self._since(state))]
        left = (progress["eta_s"] or 0) - (time.monotonic() - self._heard)
        if left >= 1 and state["status"] not in BY_STATUS:
            parts.append(f"about {seconds(round(left))} left")
        parts.append(dollars(state["cost"]["usd"]))
        said = text(progress["message"], f"bold {STYLES.get(state['status'], '')}".strip())
        return Text.assemble(said, (self._dot + self._dot.join(parts), "dim"))


def _notes(stage: dict[str, Any]) -> Text:
    """What was spared, skipped or failed, and how long tasks waited for limits."""
    notes = [f"{stage[name]} {name}" for name in ("cached", "failed", "skipped") if stage[name]]
    if stage["wait_s"] >= 0.1:  # noqa: PLR2004 - less is not worth a word
        notes.append(f"waited {seconds(stage['wait_s'])}")
    return text(", ".join(notes), "dim")
