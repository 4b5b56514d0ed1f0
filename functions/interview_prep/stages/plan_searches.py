"""Decide which forum searches a guide needs: few, each as rich as its source allows."""

from __future__ import annotations

from typing import get_args

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.forum.job_families import GENERAL_PLACES, LEVEL_PHRASES, Role, role_of
from functions.interview_prep.prep_request import ForumSource, PrepRequest
from functions.interview_prep.stage_messages import Posting, Search
from shared.errors import BadInput
from shared.ports import Ports

_REDDIT: frozenset[ForumSource] = frozenset({"reddit", "reddit_rss"})
_NO_SOURCE = "none"
_COMPANY_ALONE, _ANYWHERE = 2, 3


async def plan_searches(posting: Posting, request: PrepRequest, ports: Ports) -> list[Search]:
    """At most six searches by company and role, and one for each of the user's exports; the most specific first.

    They hold nothing else of the posting, so that another posting of the same job finds them in the cache.

    Raises:
        BadInput: the setting names an unknown source (`bad_setting`).
    """
    sources = _sources(request, ports)
    company, role = company_name(posting.company), role_of(posting.title)
    names = aliases_of(posting.company, posting.company_domain)
    if not company or not sources:
        return []
    searches = [
        Search(
            sources=("export",),
            company=company,
            names=names,
            role=role.text,
            phrases=role.phrases,
            skipped=export.skipped,
            saved=export.posts,
        )
        for export in request.exports
        if export.posts and "export" in sources
    ]
    asked = tuple(source for source in sources if source != "export")
    reddit = tuple(source for source in asked if source in _REDDIT)
    for rank, phrases, (first, *others) in _queries(role):
        broad = rank == _ANYWHERE
        # Only Reddit has places: elsewhere the same phrases again would be the same request again.
        for places, able in [(first if reddit else (), asked), *((other, reddit) for other in others)]:
            if able:
                searches.append(
                    Search(
                        sources=able,
                        company=company,
                        names=names,
                        role=role.text,
                        phrases=phrases,
                        places=places,
                        rank=rank,
                        broad=broad,
                        limit=100,
                    )
                )
    return searches


def _queries(role: Role) -> list[tuple[int, tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Rank, phrases, and the groups of places to ask, one request each; groups do not overlap, so no post counts twice."""
    general = tuple(place for place in GENERAL_PLACES if place not in role.places)
    everywhere = (*role.places, *general)
    level = LEVEL_PHRASES.get(role.level, ())
    queries = [
        (0, role.phrases, tuple(group for group in (role.places, general) if group)),
        (1, level, (everywhere,)),
        (_COMPANY_ALONE, (), (everywhere, ())),
        (_ANYWHERE, (), ((),)),
    ]
    return [query for query in queries if query[1] or query[0] >= _COMPANY_ALONE]


def _sources(request: PrepRequest, ports: Ports) -> tuple[ForumSource, ...]:
    """The sources to try, in order: the request's, else the setting's; Reddit's API only with its credentials."""
    names = request.sources if request.sources is not None else ports.settings.forum_sources
    known = {name: name for name in get_args(ForumSource)}
    unknown = [name for name in names if name not in known and name != _NO_SOURCE]
    if unknown:
        raise BadInput(
            f"HEADRACE_FORUM_SOURCES names {unknown[0]!r}, which is no forum source",
            code="bad_setting",
            advice=f"Use any of {', '.join(known)}, or {_NO_SOURCE}.",
        )
    usable = (known[name] for name in dict.fromkeys(names) if name in known)
    return tuple(name for name in usable if name != "reddit" or ports.settings.reddit_client_id)
