"""The dated headlines of a news page, as far as they are of the last months."""

from __future__ import annotations

import re
from datetime import date, timedelta

from functions.interview_prep.employer_messages import NewsLine
from functions.interview_prep.posting.values.posting_dates import iso_date

RECENT = timedelta(days=270)
MOST, LONGEST, SHORTEST = 4, 200, 20
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\.? [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\b"
)


def recent_news(text: str, today: date) -> tuple[NewsLine, ...]:
    """The newest first. A date belongs to the words on its line; where there are none, to those of the next."""
    rows = [row.strip(" -•·|") for row in text.split("\n") if row.strip(" -•·|")]
    found: dict[str, str] = {}
    for at, row in enumerate(rows):
        dated = _DATE.search(row)
        day = iso_date(dated[0]) if dated else ""
        if not dated or not day or not today - RECENT <= date.fromisoformat(day) <= today:
            continue
        beside = f"{row[: dated.start()]} {row[dated.end() :]}".strip(" -–—•·|:,")
        after = rows[at + 1] if at + 1 < len(rows) and not _DATE.search(rows[at + 1]) else ""
        headline = beside if len(beside) >= SHORTEST else after
        if SHORTEST <= len(headline) <= LONGEST:
            found.setdefault(headline, day)
    newest = sorted(found.items(), key=lambda item: item[1], reverse=True)
    return tuple(NewsLine(date=day, text=headline) for headline, day in newest[:MOST])
