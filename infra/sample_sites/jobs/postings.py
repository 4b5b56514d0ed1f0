"""The sample job postings: `postings/<slug>.txt`, a head of `key: value` lines and a body in light markup."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Pay:
    """A salary range. `unit` as schema.org writes it: HOUR, MONTH, YEAR."""

    currency: str
    low: float
    high: float
    unit: str

    @property
    def text(self) -> str:
        """As a page shows it."""
        digits = 2 if self.unit == "HOUR" else 0
        return f"{self.currency} {self.low:,.{digits}f} to {self.high:,.{digits}f} per {self.unit.lower()}"


@dataclass(frozen=True)
class SamplePosting:
    """One posting. `posted` and `valid` are days before and after today."""

    slug: str
    title: str
    company: str
    domain: str
    city: str
    country: str
    remote: str
    type: str
    pay: Pay
    posted: int
    valid: int
    id: str
    body: str
    lang: str = "en"

    @property
    def html(self) -> str:
        """The body as HTML: `h2`, `p`, `ul`."""
        return "\n".join(_block(block) for block in self.body.split("\n\n"))

    @property
    def place(self) -> str:
        """Where the work is, as a page shows it."""
        return f"{self.city}, {self.country}" + (f" or remote in {self.remote}" if self.remote else "")

    def dates(self, today: date) -> tuple[str, str]:
        """Posted and valid through, ISO."""
        return (today - timedelta(days=self.posted)).isoformat(), (today + timedelta(days=self.valid)).isoformat()

    def section(self, heading: str) -> str:
        """The text under one of its headings, for the APIs that deliver parts."""
        return next((part.split("\n", 1)[1].strip() for part in self.parts() if part.split("\n", 1)[0] == heading), "")

    def parts(self) -> list[str]:
        """The body cut before each heading; the first has none."""
        return self.body.split("\n\n## ")

    def json_ld(self, today: date) -> dict[str, Any]:
        """The posting as schema.org's JobPosting."""
        posted, valid = self.dates(today)
        data: dict[str, Any] = {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": self.title,
            "description": self.html,
            "identifier": {"@type": "PropertyValue", "name": self.company, "value": self.id},
            "datePosted": posted,
            "validThrough": f"{valid}T23:59:59+00:00",
            "employmentType": self.type,
            "hiringOrganization": {"@type": "Organization", "name": self.company, "sameAs": f"https://www.{self.domain}"},
            "jobLocation": {
                "@type": "Place",
                "address": {"@type": "PostalAddress", "addressLocality": self.city, "addressCountry": self.country},
            },
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": self.pay.currency,
                "value": {
                    "@type": "QuantitativeValue",
                    "minValue": self.pay.low,
                    "maxValue": self.pay.high,
                    "unitText": self.pay.unit,
                },
            },
        }
        if self.remote:
            countries = [{"@type": "Country", "name": name.strip()} for name in self.remote.split(",")]
            data |= {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": countries}
        return data


@lru_cache(maxsize=32)
def posting(slug: str) -> SamplePosting:
    """The posting in `postings/<slug>.txt`."""
    head, body = (FOLDER / f"{slug}.txt").read_text("utf-8").split("\n\n", 1)
    fields: dict[str, Any] = {}
    for line in head.splitlines():
        key, value = line.split(":", 1)
        fields[key] = value.strip()
    currency, low, high, unit = fields.pop("pay").split()
    pay = Pay(currency, float(low), float(high), unit)
    return SamplePosting(
        **{
            **fields,
            "slug": slug,
            "pay": pay,
            "body": body.strip(),
            "posted": int(fields["posted"]),
            "valid": int(fields["valid"]),
        }
    )


def to_html(text: str) -> str:
    """Light markup as HTML."""
    return "\n".join(_block(block) for block in text.split("\n\n"))


def _block(block: str) -> str:
    block = block.strip()
    if block.startswith("## "):
        return f"<h2>{html.escape(block[3:])}</h2>"
    if block.startswith("- "):
        items = "".join(f"\n<li>{html.escape(line[2:])}</li>" for line in block.splitlines())
        return f"<ul>{items}\n</ul>"
    return f"<p>{html.escape(block)}</p>"
