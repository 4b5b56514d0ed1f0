"""The languages that posts are written in, by their BCP 47 tags."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh-Hant", "zh-Hans", "ja", "de", "fr", "es"]

NAMES: dict[Language, str] = {
    "en": "English", "zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese", "ja": "Japanese", "de": "German",
    "fr": "French", "es": "Spanish",
}  # fmt: skip
