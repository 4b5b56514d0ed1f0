"""plan_searches: few, rich searches that know nothing of the posting but company and role."""

from typing import Any

import pytest

from functions.interview_prep.forum.exports.export_schema import Export, SavedPost
from functions.interview_prep.forum.search_queries import LONGEST_REDDIT_QUERY, hackernews_query, reddit_query
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting, Search
from functions.interview_prep.stages.plan_searches import plan_searches
from shared.errors import BadInput
from tests.support.fakes import fake_ports


def posting(title: str = "Senior Software Engineer", company: str = "Acme", **more: Any) -> Posting:
    return Posting(title=title, company=company, description=more.pop("description", "text"), **more)


def request(**more: Any) -> PrepRequest:
    return PrepRequest(posting_text="text", **more)


async def plan(it: Posting | None = None, wish: PrepRequest | None = None, **settings: Any) -> list[Search]:
    return await plan_searches(it or posting(), wish or request(), fake_ports(**settings))


WITH_KEY: dict[str, Any] = {"reddit_client_id": "id"}


async def test_a_fresh_guide_needs_few_searches_best_first() -> None:
    searches = await plan(**WITH_KEY)
    assert 4 <= len(searches) <= 6
    assert [search.rank for search in searches] == sorted(search.rank for search in searches)
    assert {search.rank for search in searches} == {0, 1, 2, 3}
    assert all(search.limit == 100 and search.sources[0] == "reddit" for search in searches)
    assert "software engineer" in searches[0].phrases
    assert len(searches[0].places) > 3


async def test_searches_run_at_once_never_find_the_same_post() -> None:
    first = [set(search.places) for search in await plan(**WITH_KEY) if search.rank == 0]
    assert len(first) == 2
    assert not first[0] & first[1]


async def test_another_posting_of_the_same_job_gives_the_same_searches() -> None:
    one = await plan(
        posting("Senior Software Engineer, Payments (Remote)", "Acme, Inc.", url="https://a.test", description="one"), **WITH_KEY
    )
    two = await plan(
        posting("Sr. Software Engineer - Search", "ACME", location="Oslo", level="staff", description="two"), **WITH_KEY
    )
    assert [s.company for s in one] == [s.company.capitalize() for s in two]
    assert await plan(posting("Sr. Software Engineer - Search", "acme", description="two"), **WITH_KEY) == one


async def test_without_credentials_reddit_is_not_planned() -> None:
    assert all("reddit" not in search.sources for search in await plan())
    assert (await plan())[0].sources == ("reddit_rss", "hackernews")


async def test_the_request_overrides_the_setting_and_keeps_its_order() -> None:
    searches = await plan(wish=request(sources=("hackernews", "reddit")), **WITH_KEY)
    assert searches[0].sources == ("hackernews", "reddit")


async def test_a_source_without_places_is_asked_once_per_phrases() -> None:
    for wish in (request(), request(sources=("hackernews",))):
        asked = [(search.phrases, search.broad) for search in await plan(wish=wish) if "hackernews" in search.sources]
        assert len(asked) == len(set(asked)) == 4
    assert all(search.places == () for search in await plan(wish=request(sources=("hackernews",))))


@pytest.mark.parametrize("wish", [request(sources=()), request(sources=("reddit",)), request(sources=("export",))])
async def test_no_usable_source_plans_nothing(wish: PrepRequest) -> None:
    assert await plan(wish=wish) == []


async def test_none_as_the_setting_plans_nothing() -> None:
    assert await plan(forum_sources=("none",)) == []


async def test_a_misspelt_setting_is_said() -> None:
    with pytest.raises(BadInput) as error:
        await plan(forum_sources=("redit",))
    assert error.value.code == "bad_setting"
    assert "reddit_rss" in error.value.advice


async def test_each_export_is_a_search_of_its_own() -> None:
    saved = SavedPost(title="Acme interview")
    wish = request(exports=(Export(posts=(saved,)), Export(), Export(posts=(saved, saved))))
    exports = [search for search in await plan(wish=wish) if search.sources == ("export",)]
    assert [(search.rank, len(search.saved)) for search in exports] == [(0, 1), (0, 2)]
    assert len(await plan(wish=wish)) <= 12
    unwanted = request(exports=wish.exports, sources=("hackernews",))
    assert all(search.sources == ("hackernews",) for search in await plan(wish=unwanted))


async def test_a_posting_without_company_or_title() -> None:
    assert await plan(posting(company="")) == []
    assert {search.rank for search in await plan(posting(title=""))} == {2, 3}
    assert {search.rank for search in await plan(posting("Software Engineer"))} == {0, 2, 3}


def search(**more: Any) -> Search:
    return Search(
        **{"sources": ("reddit",), "company": "Acme", "role": "software engineer", "phrases": ("software engineer", "SWE")} | more
    )


def test_reddits_query_language() -> None:
    words = '(interview OR interviewed OR onsite OR "phone screen" OR "online assessment" OR recruiter)'
    assert reddit_query(search()) == f'"Acme" AND {words} AND ("software engineer" OR "SWE")'
    assert reddit_query(search(phrases=())) == f'title:"Acme" AND {words}'
    assert reddit_query(search(company="Meta", phrases=())) == f'(title:"Meta" OR title:"Facebook") AND {words}'
    assert reddit_query(search(company='A" OR x', phrases=())).startswith('title:"A OR X"')


def test_a_letter_alone_is_not_searched_for_where_there_is_another_name() -> None:
    assert reddit_query(search(company="X", phrases=())).startswith('title:"Twitter" AND')


def test_a_long_query_loses_phrases_not_its_end() -> None:
    query = reddit_query(search(phrases=tuple(f"phrase number {number}" for number in range(60))))
    assert len(query) <= LONGEST_REDDIT_QUERY
    assert query.endswith('")')


def test_hacker_news_takes_words() -> None:
    assert hackernews_query(search()) == "Acme interview software engineer"
    assert hackernews_query(search(phrases=())) == "Acme interview"
