"""A secret setting's value in none of what is said, whoever echoed it."""

import io
import json

import pytest
import structlog

from shared import logs
from shared.errors import BadInput, Permanent
from shared.settings import Settings
from shared.text import redaction

ECHOED = "sk-canary-7f3a/9b+1c"
HOOK = "https://user:pa55word-canary@hooks.example/services/T0000000000CANARY?token=canary-token-1"


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_secrets", {})
    Settings.load(
        {"OPENAI_API_KEY": ECHOED, "HEADRACE_PUBLISH_URL": HOOK, "HEADRACE_PUBLISH_SECRET": "whsec_canary1, whsec_canary2"}
    )


@pytest.mark.parametrize(
    "echoed",
    [ECHOED, "sk-canary-7f3a%2F9b%2B1c", HOOK, "pa55word-canary", "T0000000000CANARY", "canary-token-1", "whsec_canary2"],
)
def test_an_error_does_not_repeat_a_secret_that_somebody_echoed(echoed: str) -> None:
    error = Permanent(f"refused the key {echoed}!", advice=f"Look at {echoed}.")

    assert "canary" not in f"{error.message} {error.advice} {error}".lower()


def test_log_lines_hold_no_secret_however_deep_and_keep_counts_of_tokens() -> None:
    stream = io.StringIO()
    logs.configure("info", stream)
    try:
        raise ValueError(ECHOED)
    except ValueError as error:
        structlog.get_logger().error(
            "failed", why=[{"said": ECHOED}], url=HOOK, tokens=7, input_tokens=5, token="t", exc_info=error
        )

    line = json.loads(stream.getvalue())
    assert "canary" not in stream.getvalue().lower()
    assert (line["tokens"], line["input_tokens"], line["token"]) == (7, 5, "***")


def test_an_address_is_told_by_its_origin() -> None:
    assert redaction.origin_of(HOOK) == "https://hooks.example"
    assert redaction.redacted(f"{HOOK} answered 500") == "https://hooks.example/*** answered 500"


def test_a_setting_that_is_wrong_is_told_in_full() -> None:
    with pytest.raises(BadInput, match="'many'"):
        Settings.load({"HEADRACE_WORKERS": "many"})


def test_lines_that_are_kept_of_an_attempt_hold_no_secret() -> None:
    logs.configure("error", io.StringIO())
    kept = logs.KeptLines(lambda: 0.0)
    with logs.keep_lines(kept):
        try:
            raise ValueError(ECHOED)
        except ValueError as error:
            structlog.get_logger().warning("failed", why=ECHOED, exc_info=error)

    assert kept.count == 1
    assert "canary" not in f"{kept.lines} {kept.traceback}".lower()
