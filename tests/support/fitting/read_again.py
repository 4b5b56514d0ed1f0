"""Read a posting as the pipeline does, and look at the features that its reading ended with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any, TypeVar
from unittest.mock import patch

from functions.interview_prep.posting.identity.weighed import Features
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from infra.offline_model.interviews import posting_facts
from shared.errors import HeadraceError
from shared.ports.web import Page
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

Found = TypeVar("Found")


async def last_features(kind: str, text: str, module: ModuleType, nothing: Found) -> tuple[Features, Found]:
    """The features that the last choice of `module` had, and the candidates; `nothing` where the posting was refused before."""
    seen: list[tuple[Features, Found]] = []
    features_of = module.features_of

    def spy(found: Found, *others: Any) -> Features:
        features: Features = features_of(found, *others)
        seen.append((features, found))
        return features

    models = FakeModels(
        lambda **asked: asked["answer"].model_validate(posting_facts.answer(asked["data"], asked["answer"].model_json_schema()))
    )
    pages: dict[str, Page | Exception | Callable[..., Page]] = {}
    if kind == "paste":
        request = PrepRequest(posting_text=text)
    else:
        url = kind.split()[1]
        request = PrepRequest(job_posting_url=url)
        pages[url] = page(url, text, content_type="text/html; charset=utf-8")
    with patch.object(module, "features_of", spy), suppress(HeadraceError):
        await read_posting(request, fake_ports(web=FakeWeb(pages), models=models))
    return seen[-1] if seen else ({}, nothing)
