"""Pages and pastes of many kinds, read whole: whose job it is, a question with a guess, or the right refusal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import HeadraceError
from shared.ports.web import Page
from tests.support.fakes import FakeWeb, fake_ports, page
from tests.unit.functions.interview_prep.posting.identity.test_posting_identity import offline

FOLDER = Path(__file__).with_name("posting_inputs")
RIGHT, WRONG, REFUSED = 0.9, 0.02, 0.98
"""Shares that are wanted: employer and title right; a guide for a wrong one; what is no job refused for the right reason."""


def _inputs(name: str) -> Iterator[tuple[str, str, str, str]]:
    """Each input's kind (`paste`, or `html` with its address and status), its two expectations, and its text."""
    duties = (FOLDER / "duties.txt").read_text("utf-8")
    rows = "".join(f"<li>{row[2:]}</li>" if row.startswith("- ") else f"<p>{row}</p>" for row in duties.splitlines())
    for block in re.split(r"(?m)^=== ", (FOLDER / name).read_text("utf-8"))[1:]:
        head, _, text = block.partition("\n")
        kind, _, rest = head.partition(" | ")
        first, _, second = rest.rpartition(" | ")
        yield kind, first, second, text.replace("{duties}", duties).replace("{htmlduties}", rows)


async def read_one(kind: str, text: str) -> tuple[str, str, str]:
    """The error's code, or `made` with title and company."""
    pages: dict[str, Page | Exception | Callable[..., Page]] = {}
    request = PrepRequest(posting_text=text) if kind == "paste" else None
    if request is None:
        _, url, *status = kind.split()
        pages[url] = page(url, text, status=int(status[0]) if status else 200, content_type="text/html; charset=utf-8")
        request = PrepRequest(job_posting_url=url)
    try:
        posting = await read_posting(request, fake_ports(web=FakeWeb(pages), models=offline()))
    except HeadraceError as error:
        return error.code, "", ""
    return "made", posting.title, posting.company


def _same(found: str, wanted: str) -> bool:
    return any(squash(company_name(found)) == squash(company_name(one)) for one in wanted.split(" / "))


def _bare(title: str) -> str:
    return squash(re.sub(r"[（(][^()（）]*[)）]", "", title))


async def _outcomes(name: str) -> tuple[Counter[str], list[tuple[str, ...]]]:
    """How each single job was read: `right`, `wrong` employer, wrong `title`, `asked` about, `refused`; and all that was not right."""
    outcomes: Counter[str] = Counter()
    failed: list[tuple[str, ...]] = []
    for kind, title, company, text in _inputs(name):
        code, found_title, found_company = await read_one(kind, text)
        if company == "?":  # no employer is named: asking is right
            outcome = "right" if code == "posting_incomplete" else "refused" if code != "made" else "wrong"
        elif code != "made":
            outcome = "asked" if code == "posting_incomplete" else "refused"
        elif not _same(found_company, company):
            outcome = "wrong"
        else:
            outcome = "right" if _bare(found_title) == _bare(title) else "title"
        outcomes[outcome] += 1
        failed += [] if outcome == "right" else [(outcome, title, company, found_title, found_company)]
    return outcomes, failed


async def test_single_jobs_are_read_right_or_asked_about() -> None:
    outcomes, failed = await _outcomes("single_jobs.txt")
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["right"] >= RIGHT * count, failed
    assert not outcomes["refused"], failed


async def test_everyday_postings_in_nine_languages_are_read_right_or_asked_about() -> None:
    outcomes, failed = await _outcomes("everyday_jobs.txt")
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["right"] + outcomes["title"] >= 0.85 * count, (
        failed
    )  # some titles have their place or their grade behind them
    assert not outcomes["refused"], failed


async def test_pastes_and_pages_of_a_hundred_shapes_are_read_right_or_asked_about() -> None:
    outcomes, failed = await _outcomes("many_shapes.txt")  # the weights are fitted on these: they say what the rules can do
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["right"] + outcomes["title"] >= 0.73 * count, failed
    assert not outcomes["refused"], failed


async def test_jobs_that_no_weight_was_fitted_on_are_mostly_read_right() -> None:
    outcomes, failed = await _outcomes("held_out_jobs.txt")
    count = outcomes.total()
    assert outcomes["wrong"] <= 0.09 * count, failed
    assert outcomes["right"] + outcomes["title"] >= 0.65 * count, failed


async def test_jobs_that_no_rule_was_made_for_are_seldom_taken_for_anothers() -> None:
    outcomes, failed = await _outcomes(
        "unseen_jobs.txt"
    )  # written by people who had not seen the rules: over half right, a third asked about
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["right"] >= 0.63 * count, failed
    assert outcomes["refused"] <= 0.05 * count, failed


async def test_postings_as_boards_copy_them_are_read_right_or_asked_about() -> None:
    outcomes, failed = await _outcomes("board_copies.txt")  # no weight was fitted on these
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["right"] + outcomes["title"] >= 0.8 * count, failed
    assert not outcomes["refused"], failed


async def test_jobs_in_sixty_more_shapes_are_read_right_or_asked_about() -> None:
    outcomes, failed = await _outcomes("hard_jobs.txt")  # no weight was fitted on these
    count = outcomes.total()
    assert outcomes["wrong"] <= WRONG * count, failed
    assert outcomes["title"] <= 0.05 * count, failed  # a town or a shift behind the job's name in its heading
    assert outcomes["right"] + outcomes["title"] >= 0.8 * count, failed
    assert not outcomes["refused"], failed


@pytest.mark.parametrize("name", ["not_one_job.txt", "not_one_job_either.txt", "not_one_job_kinds.txt"])
async def test_what_is_not_one_job_is_refused_for_the_right_reason(name: str) -> None:
    failed = []
    count = 0
    for kind, reasons, what, text in _inputs(name):
        count += 1
        code, *found = await read_one(kind, text)
        short = code.removeprefix("posting_").removeprefix("page_").removeprefix("is_")
        if short not in reasons.split(","):
            failed.append((what, code, *found))
    assert len(failed) <= (1 - REFUSED) * count, failed


@pytest.mark.parametrize(
    ("kind", "title", "company", "text"), [pytest.param(*one, id=one[1]) for one in _inputs("other_languages.txt")]
)
async def test_a_posting_in_another_language_says_whose_job_it_is(kind: str, title: str, company: str, text: str) -> None:
    """Capitals without accents, legal forms with a branch behind them, labels, towns with their region, titles in small letters."""
    assert await read_one(kind, text) == ("made", title, company)
