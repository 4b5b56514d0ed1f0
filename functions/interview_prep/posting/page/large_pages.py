"""Where a page is read: in a thread, or, when it is so large that reading it may take long, in a child process with its limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from shared.parser_process.run_in_child import aside
from shared.ports.web import Page

P = ParamSpec("P")
T = TypeVar("T")
IN_PLACE, MOST_TAGS = 1024 * 1024, 10_000
"""Bytes and tags of a page that is read in this process: that takes no half second, whatever they are. Few real pages have more."""


async def read_aside(page: Page, call: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
    """`call(*arguments, **options)`, which reads this page: a function of a module, on picklable values.

    Raises:
        Permanent: it is large, and did not end within its limits (`parser_limits`).
        Transient: the machine had no time for it (`parser_timeout`).
        HeadraceError: what the call raised.
    """
    large = len(page.content) > IN_PLACE or page.content.count(b"<") > MOST_TAGS
    return await aside(large, call, *arguments, **options)
