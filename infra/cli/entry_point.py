"""What the installed command calls: Ctrl-C while the rest is still being loaded ends it without a word, as it does later."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the command line and run it; ends the process with its exit code."""
    try:
        from infra.cli.main import main as run  # noqa: PLC0415 - loading takes a second in which somebody may change their mind
    except KeyboardInterrupt:
        sys.exit(130)  # `exit_codes.INTERRUPTED`, which may not be loaded yet
    run()
