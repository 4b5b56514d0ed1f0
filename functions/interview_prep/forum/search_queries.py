"""A search in each source's own query language."""

from __future__ import annotations

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.stage_messages import Search

INTERVIEW_WORDS = ("interview", "interviewed", "onsite", "phone screen", "online assessment", "recruiter")
BROAD_WORDS = ("interview", "interviewed", "interviewing", "recruiter", "hiring process", "offer", "rejected")
LONGEST_REDDIT_QUERY = 512  # characters; Reddit cuts longer ones without a word


def reddit_query(search: Search) -> str:
    """All of: the company, a word about interviews, one of the phrases. Without phrases the title must name the company.

    Operators as in Reddit's search help: quotes, AND, OR, `title:`.
    """
    known = search.names or aliases_of(search.company)
    names = tuple(name for name in known if len(name) > 1) or known  # a letter alone finds anything
    if search.broad:
        return f"{_any(tuple(map(_quoted, names)))} AND {_any(tuple(map(_quoted, BROAD_WORDS)))}"
    if not search.phrases:
        company = _any(tuple(f"title:{_quoted(name)}" for name in names))
        return f"{company} AND {_any(tuple(map(_quoted, INTERVIEW_WORDS)))}"
    phrases = list(search.phrases)
    while True:
        parts = (names, INTERVIEW_WORDS, tuple(phrases))
        query = " AND ".join(_any(tuple(map(_quoted, part))) for part in parts)
        if len(query) <= LONGEST_REDDIT_QUERY or len(phrases) == 1:
            return query
        phrases.pop()


def hackernews_query(search: Search) -> str:
    """Words only, all required: Algolia has no OR, so the first phrase stands for all."""
    if search.broad:
        return f"{search.names[-1] if search.names else search.company} hiring process"
    return " ".join((search.company, "interview", *search.phrases[:1]))


def _quoted(phrase: str) -> str:
    phrase = " ".join(phrase.replace('"', " ").replace("\\", " ").split())
    return phrase if phrase.isalnum() and phrase.islower() else f'"{phrase}"'


def _any(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
