"""Pages of postings, read as the stage reads them."""

from __future__ import annotations

from typing import Any

import pytest

from functions.interview_prep.posting.read_by_model import PostingFacts
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import HeadraceError
from shared.ports.web import Page
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

URL = "https://careers.acme.example/jobs/42"


BODY = (
    "<h2>About the role</h2><p>You will build payment systems in Go and Kotlin with a team of nine.</p><ul><li>Five years of backend work</li><li>SQL</li></ul>"
    * 3
)


LD = '{"@type":"JobPosting","title":"Backend Engineer","hiringOrganization":{"name":"Acme"},"description":"DESC"}'.replace(
    "DESC", BODY
)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


async def read(
    content: bytes | str | Page, *, models: FakeModels | None = None, asked: dict[str, Any] | None = None, **headers: str
) -> Posting:
    answer = content if isinstance(content, Page) else page(URL, content, status=200, **({"content_type": "text/html"} | headers))
    request = PrepRequest(**({"job_posting_url": URL} | (asked or {})))
    return await read_posting(request, fake_ports(web=FakeWeb({URL: answer}), models=models))


async def refused(content: bytes | str | Page, **more: Any) -> HeadraceError:
    with pytest.raises(HeadraceError) as caught:
        await read(content, **more)
    assert caught.value.advice, "a refusal says what to do"
    return caught.value


def says(**facts: str | tuple[str, ...]) -> FakeModels:
    return FakeModels(lambda **_: PostingFacts.model_validate({"verdict": "posting", **facts}))
