"""A posting's facts from its own words: labels, headlines, lone lines, sentences. What is weak is left empty, with a guess."""

from __future__ import annotations

import re

from functions.interview_prep.posting.copied_page.find_posting import parts_of
from functions.interview_prep.posting.identity.identify_job import Identity, identify
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.lone_lines import short_rows
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import is_place, names_role
from functions.interview_prep.posting.posting_facts import Facts
from functions.interview_prep.posting.structured_data.schema_org import employment_type
from functions.interview_prep.posting.values.posting_dates import iso_date

_HEAD = 25
"""Lines in which a posting says where it is."""
_EMPLOYMENT = re.compile(r"\b(full[- ]?time|part[- ]?time|contract(?![-\w]|\s*[:：])|internship|temporary|permanent|vollzeit|teilzeit|cdi|cdd|plný úvazek|πλήρης απασχόληση)\b|(全职|兼职|دوام كامل|دوام جزئي)", re.IGNORECASE)  # fmt: skip
_AFTER_NAME = re.compile(r"(?<!\s)\s+[·•|–—-]\s+|(?:(?<!\s)\s+)?[|·•]\s*|,\s+(?=[^,]{2,40}(?:,|$|\())")


def read_by_rules(said: PostingParts) -> tuple[Facts, Identity]:
    """What the text says of itself, and whose posting it is; the facts hold only what is sure."""
    text = said.text if said.headings else parts_of(said.text).own
    identity = identify(said)
    location = labelled_value(text, "location") or identity.location or _location(text)
    facts = Facts(
        title=identity.title,
        company=identity.company,
        location=_without_name(location, identity.company),
        salary=labelled_value(text, "salary") if re.search(r"\d", labelled_value(text, "salary")) else "",
        employment_type=employment_type(labelled_value(text, "employment_type") or _employment(text)),
        date_posted=iso_date(labelled_value(text, "date_posted")),
        valid_through=iso_date(labelled_value(text, "valid_through")),
    )
    return facts, identity


def _without_name(location: str, company: str) -> str:
    """`Acme Toronto, Ontario` as `Toronto, Ontario`."""
    shorter = location.removeprefix(company).strip(" ,·|–—-") if company else location
    return shorter or location


def _location(text: str) -> str:
    """A place on a line of its own among the first, or behind the employer's name: `Acme · Berlin, Germany (Hybrid)`."""
    for row in (row.lstrip("📍🌍🌎🏢 *") for row in short_rows(text)[:_HEAD]):
        if len(row) > 110 or row.startswith("- "):  # noqa: PLR2004 - a line
            continue
        if is_place(row) and not names_role(row):
            return row
        parts = _AFTER_NAME.split(row, maxsplit=1)
        found = [
            part for part in (parts[-1], *re.split(r"(?:(?<!\s)\s+)?[|·•]\s*", parts[-1])) if len(parts) > 1 and is_place(part)
        ]
        if found:
            return found[0].strip()
    return ""


def _employment(text: str) -> str:
    rows = short_rows(text)[:_HEAD]
    found = next((match for row in rows if len(row) <= 60 and (match := _EMPLOYMENT.search(row))), None)  # noqa: PLR2004 - a line, no sentence
    return found[0] if found else ""
