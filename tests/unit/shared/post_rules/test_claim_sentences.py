"""Promises, pumps, inside knowledge and accusations in two languages, also where their spelling is to hide them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.post_rules.banned_claims import banned

SENTENCES: dict[str, list[str]] = json.loads((Path(__file__).parent / "claim_sentences.json").read_text(encoding="utf-8"))
BANNED = [text for kind, texts in SENTENCES.items() if kind != "harmless" for text in texts]
CAUGHT, FALSE_ALARMS = 0.95, 0.02
_CYRILLIC = str.maketrans("aeocpx", "аеосрх")


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def look_alikes(text: str) -> str:
    """Every second word with Cyrillic letters in it."""
    words = text.split(" ")
    return " ".join(word.translate(_CYRILLIC) if at % 2 else word for at, word in enumerate(words))


def invisible(text: str) -> str:
    return "\u200b".join(text)


def spaced_han(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text)


def dotted_han(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", "·", text)


def accented(text: str) -> str:
    return re.sub("[aeou]", lambda match: match[0] + "\u0301", text)


def bold(text: str) -> str:
    """Mathematical letters."""
    return "".join(chr(0x1D400 + ord(char) - 65) if "A" <= char <= "Z" else chr(0x1D41A + ord(char) - 97) if "a" <= char <= "z" else char for char in text)  # fmt: skip


def shouted(text: str) -> str:
    return text.upper()


TRICKS = (str, full_width, look_alikes, invisible, spaced_han, dotted_han, accented, bold, shouted)


@pytest.mark.parametrize("trick", TRICKS)
def test_what_no_post_may_claim_is_caught(trick: Callable[[str], str]) -> None:
    missed = [text for text in BANNED if not list(banned(trick(text)))]
    assert len(missed) <= (1 - CAUGHT) * len(BANNED), missed


def test_what_people_say_without_claiming_it_passes() -> None:
    wrong = [(text, fault.found) for text in SENTENCES["harmless"] for fault in banned(text)]
    assert len(wrong) <= FALSE_ALARMS * len(SENTENCES["harmless"]), wrong
