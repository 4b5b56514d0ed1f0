"""A draft whose agent is gone or broken: the API says what is wrong with it, not that the API is."""

from __future__ import annotations

import pytest

from functions.daily_post import error_codes
from functions.jobs_api.http.problems import status_of
from shared.errors import Permanent


@pytest.mark.parametrize("code", [error_codes.UNKNOWN_AGENT, error_codes.BAD_AGENT])
def test_an_agent_that_cannot_be_used_is_no_fault_of_the_api(code: str) -> None:
    assert status_of(Permanent("there is no agent pier", code=code)) == 422
