"""The `headrace` command. A command parses, calls one function, prints; errors become one line and an exit code here."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated, Any, TextIO, cast

import stamina
import typer
from typer.core import TyperGroup

from infra.cli import exit_codes
from infra.cli.commands import deploy, dev, doctor, evaluate, feed, graph, infra, init, keys, mcp
from infra.cli.commands.jobs import jobs, notifications, pipelines, plan, posts, questions, recurring, run
from infra.cli.commands.records import forget, imports, records
from infra.cli.output import tables
from infra.cli.shared_options import JSON_WANTED, RUN_EXAMPLE
from shared import logs
from shared.errors import HeadraceError
from shared.settings import Settings


class _Commands(TyperGroup):
    """The one place where a command's errors meet the terminal."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except HeadraceError as error:
            tables.error(error, json_wanted=bool(ctx.meta.get(JSON_WANTED)))
            raise typer.Exit(exit_codes.of_error(error)) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(exit_codes.INTERRUPTED) from error


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
    logs.configure(Settings.load().log_level, cast("TextIO", _Stderr()))
    stamina.instrumentation.set_on_retry_hooks([])  # a second try is no news on a terminal; the last one's error is


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    app(prog_name="headrace")


if __name__ == "__main__":
    main()
