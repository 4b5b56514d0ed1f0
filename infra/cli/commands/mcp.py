"""`headrace mcp`: the API as tools for an assistant, over standard input and output."""

from __future__ import annotations

from infra.cli.api_target import Target, with_target
from infra.cli.output.command_name import install_extra
from infra.cli.shared_options import Data, Url
from shared.errors import BadInput

EXAMPLE = """Example: headrace mcp --url https://headrace.example, as the command of an assistant's server "headrace" """


def mcp(url: Url = None, data: Data = None) -> None:
    """Serve the Model Context Protocol to an assistant: plan, start and watch jobs, read their results. Needs the extra `mcp` of the package."""
    try:
        from infra.cli.mcp_server import server_for  # noqa: PLC0415 - an extra, and half a second that other commands save
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise BadInput(
            "the mcp package is not installed", code="missing_extra", advice=f"Install it: {install_extra('mcp')}"
        ) from error

    async def serve(target: Target) -> None:
        await server_for(target.client).run_stdio_async()

    with_target(url, data, serve)
