"""Subjects that interviews and postings name, with what to review of each: general knowledge, no company's."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from infra.offline_model.interviews.wording import in_english, say

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject: how it is found in text, and precise things to be able to do."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    review: tuple[str, ...]
    usual: tuple[str, ...] = ()
    """What to be able to do with any subject of the kind."""

    @property
    def told(self) -> tuple[str, ...]:
        """What to be able to do, in the language that is written in: of other languages than English the kind's alone is known."""
        return self.review if in_english() else tuple(map(say, self.usual))


@cache
def topics() -> tuple[Topic, ...]:
    """All known subjects."""
    entries = json.loads((HERE / "topics.json").read_text(encoding="utf-8"))
    by_kind = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    return tuple(
        Topic(
            name,
            entry["kind"],
            _pattern(name, entry),
            tuple(entry.get("review", by_kind[entry["kind"]])),
            tuple(by_kind[entry["kind"]]),
        )
        for name, entry in entries.items()
    )


def _pattern(name: str, entry: dict[str, object]) -> re.Pattern[str]:
    """Names that are also plain words (`Go`, `React`) count only in their own spelling, and not at a sentence's start."""
    also = entry.get("also", [])
    words = [re.escape(word) for word in (also if isinstance(also, list) else [])]
    exact = re.escape(name)
    own = rf"(?<![.!?]\s)(?<!^)(?-i:{exact})" if entry.get("exact") and len(name) <= 5 else exact  # noqa: PLR2004 # short words
    return re.compile(
        rf"(?<![A-Za-z0-9_.+#-])(?:{'|'.join([own, *words])})(?![A-Za-z0-9_+#&]|-[A-Za-z0-9])", re.IGNORECASE | re.MULTILINE
    )


def topics_in(text: str) -> list[Topic]:
    """The subjects that `text` names, in order of first appearance."""
    found = [(match.start(), topic) for topic in topics() if (match := topic.pattern.search(text))]
    return [topic for _, topic in sorted(found, key=lambda pair: pair[0])]


def topic_named(name: str) -> Topic | None:
    """The subject of that name."""
    return next((topic for topic in topics() if topic.name.lower() == name.strip().lower()), None)


COMPANIES = re.findall(
    r"[^,]+(?=, |$)",
    "Google, Meta, Facebook, Amazon, Microsoft, Apple, Netflix, Uber, Lyft, Airbnb, LinkedIn, Salesforce, Oracle, IBM, "
    "Stripe, Square, Block, PayPal, Coinbase, Robinhood, Databricks, Snowflake, Walmart, Target, Costco, Capital One, "
    "Bloomberg, Goldman Sachs, JPMorgan, TikTok, ByteDance, Spotify, Shopify, Dropbox, Slack, Zoom, Tesla, Nvidia, Intel, "
    "AMD, Cisco, Adobe, Intuit, DoorDash, Instacart, Pinterest, Snap, Twitter, Reddit, Palantir, OpenAI, Anthropic, Datadog, "
    "Cloudflare, Atlassian, Twilio, Figma, Plaid, Brex, Affirm, Thumbtack, Mercor, eBay, McDonald's, AT&T, Verizon, Deloitte, "
    "Accenture, Infosys, TCS",
)
"""Large employers that posts compare with each other."""


@cache
def _others(company: str) -> re.Pattern[str]:
    names = [re.escape(name.strip()) for name in COMPANIES if name.lower() not in company.lower()]
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def names_other_company(text: str, company: str) -> bool:
    """Whether the text speaks of a well-known employer that is not `company`."""
    return bool(_others(company).search(text)) and company.lower() not in text.lower()
