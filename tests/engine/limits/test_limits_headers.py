from __future__ import annotations

import pytest

from shared.engine.limits.rate_limit_headers import duration, parse_rate_limit_headers


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12", 12.0), ("1.5", 1.5), ("120ms", 0.12), ("6m0s", 360.0), ("1h2m3s", 3723.0), (" 7s ", 7.0),
        ("-1", None), ("0", None), ("0s", None), ("", None), (None, None), ("soon", None), ("nan", None), ("inf", None),
        ("-6m0s", None), ("6m 0s", None), ("999999999", None), ("9999h", None),
    ],
)  # fmt: skip
def test_durations(text: str | None, seconds: float | None) -> None:
    assert duration(text) == seconds


def test_a_model_provider_s_headers() -> None:
    said = parse_rate_limit_headers(
        {
            "X-RateLimit-Limit-Requests": "500", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "120ms",
            "x-ratelimit-limit-tokens": "-1", "x-ratelimit-remaining-tokens": "995000", "x-ratelimit-reset-tokens": "6m0s",
        },
        1000.0,
    )  # fmt: skip
    assert said.remaining == {"requests": 0, "tokens": 995_000}
    assert said.limit == {"requests": 500}
    assert said.reset == {"requests": 0.12, "tokens": 360.0}
    assert (said.hold, said.window) == (0.12, None)


def test_reddit_s_headers() -> None:
    said = parse_rate_limit_headers(
        {"x-ratelimit-used": "4", "x-ratelimit-remaining": "996.0", "x-ratelimit-reset": "352"}, 1000.0
    )
    assert said.window == (996.0, 352.0)
    assert said.hold == 352.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5), ({"retry-after": "9"}, 9.0), ({"retry-after": "-9"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:17:00 GMT"}, 20.0), ({"retry-after": "GMT"}, None), ({"retry-after": "1e9"}, None), ({}, None),
    ],
)  # fmt: skip
def test_how_long_a_refusal_holds(headers: dict[str, str], seconds: float | None) -> None:
    assert parse_rate_limit_headers(headers, 1000.0).hold == seconds
