"""What a variable's text has to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from shared.errors import BadInput
from shared.settings import Settings
from shared.user_input.setting_values import read_value


@pytest.mark.parametrize(
    ("raw", "default", "value"),
    [("7", 1, 7), ("0", 1, 0), ("1.5", 0.0, 1.5), ("a, b,,", (), ("a", "b")), ("x/y", Path(), Path("x/y")), ("text", "", "text")],
)
def test_a_value_is_of_its_settings_kind(raw: str, default: Any, value: Any) -> None:
    assert read_value("HEADRACE_X", raw, default) == value


@pytest.mark.parametrize(
    ("raw", "default", "said"),
    [
        ("many", 1, "a whole number from 0 on"),
        ("1.5", 1, "a whole number from 0 on"),
        ("-1", 1, "a whole number from 0 on"),
        ("x", 0.0, "a number from 0 on"),
        ("-0.5", 0.0, "a number from 0 on"),
        ("nan", 0.0, "a number from 0 on"),
        ("inf", 0.0, "a number from 0 on"),
        ("9" * 400, 1, "a whole number from 0 on"),
        ("9" * 5000, 1, "a whole number from 0 on"),
    ],
)
def test_what_is_no_number_that_could_be_meant_is_refused(raw: str, default: Any, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        read_value("HEADRACE_X", raw, default)


def test_there_is_at_least_one_worker() -> None:
    with pytest.raises(BadInput, match=re.escape("HEADRACE_WORKERS='0'")):
        Settings.load({"HEADRACE_WORKERS": "0"})


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("OPENAI_BASE_URL", "api.example/v1", "no address that begins with http:// or https://"),
        ("OPENAI_BASE_URL", "https://", "no address that begins with http:// or https://"),
        ("HEADRACE_NOTIFY_URL", "ftp://hooks.example/", "no address that begins with http:// or https://"),
        ("HEADRACE_LOGO_URL", "logos.example", "no address that begins with http:// or https://"),
        ("HEADRACE_NEWS_FEEDS", "https://a.example/feed,b.example/feed", "no address that begins with http:// or https://"),
        ("HEADRACE_SMTP_URL", "https://mail.example", "no address that begins with smtp:// or smtps://"),
        ("HEADRACE_SMTP_URL", "smtp://mail.example:99999", "no address that begins with smtp:// or smtps://"),
        ("HEADRACE_FORUM_SOURCES", "reddit,slashdot", "HEADRACE_FORUM_SOURCES='slashdot' is none that there is"),
        ("HEADRACE_SYNC", "sometimes", "HEADRACE_SYNC='sometimes' is none that there is"),
        ("HEADRACE_TELEMETRY", "jaeger", "HEADRACE_TELEMETRY='jaeger' is none that there is"),
        ("HEADRACE_LOG_LEVEL", "loud", "HEADRACE_LOG_LEVEL='loud' is none that there is"),
        ("HEADRACE_TRACE_SHARE", "7", "is not a number from 0 to 1"),
    ],
)
def test_what_a_setting_cannot_be_is_refused_when_it_is_read(name: str, raw: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        Settings.load({name: raw})
    assert refused.value.advice


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("HEADRACE_PUBLISH_URL", "mastodon+https://social.example"),
        ("HEADRACE_PUBLISH_URL", "bluesky+https://mei.example@bsky.social"),
        ("HEADRACE_COMPANY_URL", "https://{domain}/"),
        ("HEADRACE_FUNCTION_URL", "https://{service}-12.us-central1.run.app"),
        ("HEADRACE_SMTP_URL", "smtps://user:pass%40word@mail.example:465"),
        ("OPENAI_BASE_URL", "http://[::1]:11434/v1"),
    ],
)
def test_addresses_that_settings_take(name: str, raw: str) -> None:
    assert raw in Settings.load({name: raw}).by_variable().values()


def test_words_are_taken_in_any_case_and_no_secret_is_repeated() -> None:
    assert Settings.load({"HEADRACE_SYNC": "NORMAL", "HEADRACE_LOG_LEVEL": "Debug"}).sync == "normal"
    with pytest.raises(BadInput) as refused:
        Settings.load({"HEADRACE_NOTIFY_URL": "whsec_canary"})
    assert "canary" not in f"{refused.value.message}{refused.value.advice}"


def test_an_address_that_has_a_default_can_be_switched_off() -> None:
    assert Settings.load({"HEADRACE_COMPANY_URL": "off"}).company_url == ""
    assert Settings.load({"HEADRACE_COMPANY_URL": ""}).company_url == "https://{domain}/"
