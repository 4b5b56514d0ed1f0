"""What the suite itself stands on."""

from __future__ import annotations

import logging


def test_a_logger_that_a_thread_makes_while_pytest_walks_through_them_fails_no_test() -> None:
    for at, _ in zip(range(3), logging.Logger.manager.loggerDict.values(), strict=False):
        logging.getLogger(f"tests.made.meanwhile.{at}")
    assert "tests.made.meanwhile.2" in logging.Logger.manager.loggerDict
