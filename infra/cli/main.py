"""The `headrace` command. A command parses, calls one function, prints; errors become one line and an exit code here."""

from __future__ import annotations

import io
import sys
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, TextIO, cast

import stamina
import typer
from structlog.stdlib import get_logger
from typer.core import TyperGroup

from infra.cli import exit_codes
from infra.cli.commands import data_folder, deploy, dev, doctor, evaluate, feed, graph, infra, init, keys, mcp
from infra.cli.commands.jobs import jobs, notifications, pipelines, plan, post_calendar, posts, questions, recurring, run
from infra.cli.commands.records import forget, imports, records
from infra.cli.output import tables
from infra.cli.shared_options import JSON_WANTED, RUN_EXAMPLE
from shared import logs
from shared.errors import BadInput, HeadraceError
from shared.settings import Settings, misspelt
from shared.text.validation_faults import in_words

log = get_logger()


class _Commands(TyperGroup):
    """The one place where a command's errors meet the terminal."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta[JSON_WANTED] = "--json" in args  # also for what is typed so wrongly that no command begins
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except HeadraceError as error:
            tables.error(error, json_wanted=bool(ctx.meta.get(JSON_WANTED)))
            raise typer.Exit(exit_codes.of_error(error)) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(exit_codes.INTERRUPTED) from error
        except BrokenPipeError:
            raise  # whoever read the output has enough of it: typer ends quietly
        except Exception as error:
            if isinstance(error, typer.Abort) or hasattr(error, "exit_code"):  # typer's own ways to end
                _say_plainly(error)
                if ctx.meta.get(JSON_WANTED) and hasattr(error, "format_message"):
                    _tell_usage(error)
                raise
            tables.error(_unexpected(error), json_wanted=bool(ctx.meta.get(JSON_WANTED)))
            raise typer.Exit(exit_codes.FAILED) from error


def _say_plainly(error: Any) -> None:
    """Typer checks options by pydantic, and repeats its words."""
    if isinstance(getattr(error, "message", None), str):
        error.message = in_words(error.message)


def _tell_usage(error: Any) -> None:
    """A mistake in what was typed, as one JSON document.

    Raises:
        Exit: always.
    """
    where = error.ctx.command_path if error.ctx else "headrace"
    advice = f"See: {where} --help"
    tables.error(BadInput(error.format_message(), code="bad_usage", advice=advice), json_wanted=True)
    raise typer.Exit(exit_codes.USAGE) from error


def _unexpected(error: Exception) -> HeadraceError:
    """What nobody has thought of, in one line with its place: a traceback helps whoever mends it, and is in the log at `debug`."""
    log.debug("command_failed", exc_info=error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    advice = "It is a fault of Headrace's: HEADRACE_LOG_LEVEL=debug shows where it came from."
    return HeadraceError(f"{type(error).__name__}: {error} ({where})", code="internal", advice=advice)


class _Stderr:
    """Standard error as it is at the time: a live display takes its place to keep log lines from its bars."""

    def write(self, line: str) -> int:
        return sys.stderr.write(line)

    def flush(self) -> None:
        sys.stderr.flush()


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Slow, many-call AI content jobs at the speed of their limits.",
    epilog=f"Example: headrace run {RUN_EXAMPLE}",
)
app.command(epilog=run.EXAMPLE)(run.run)
app.command(epilog=plan.EXAMPLE)(plan.plan)
questions.add_to(jobs.app)
app.add_typer(jobs.app, name="jobs")
app.add_typer(recurring.app, name="recurring")
post_calendar.add_to(posts.app)
app.add_typer(posts.app, name="posts")
app.command(epilog=graph.EXAMPLE)(graph.graph)
app.command("import", epilog=imports.EXAMPLE)(imports.bring_in)
app.add_typer(records.app, name="records")
app.command(epilog=pipelines.EXAMPLE)(pipelines.pipelines)
app.command(epilog=feed.EXAMPLE)(feed.feed)
app.command(epilog=forget.EXAMPLE)(forget.forget)
app.command("eval", epilog=evaluate.EXAMPLE)(evaluate.evaluate)
app.command(epilog=init.EXAMPLE)(init.init)
app.command(epilog=dev.EXAMPLE)(dev.dev)
app.command(epilog=mcp.EXAMPLE)(mcp.mcp)
app.command(epilog=doctor.EXAMPLE)(doctor.doctor)
app.add_typer(data_folder.app, name="data")
app.add_typer(keys.app, name="keys")
app.add_typer(notifications.app, name="notifications")
app.add_typer(infra.app, name="infra")
app.add_typer(deploy.app, name="deploy")


def _version(value: bool) -> None:
    if value:
        tables.line(f"headrace {version('headrace')}")
        raise typer.Exit


@app.callback()
def _start(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
) -> None:
    for name, meant in misspelt().items():
        tables.warning(
            f"{name} is no setting{f': did you mean {meant}?' if meant else ' of Headrace: docs/settings.md has them.'}"
        )
    logs.configure(Settings.load().log_level, cast("TextIO", _Stderr()), human=True)
    stamina.instrumentation.set_on_retry_hooks([])  # a second try is no news on a terminal; the last one's error is


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that the terminal's encoding has not is no reason to stop
    app(prog_name="headrace")


if __name__ == "__main__":
    main()
