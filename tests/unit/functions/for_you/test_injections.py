"""What strangers wrote into an episode stays in the episode's own fields: no sentence of ours repeats an address or markup of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Episode
from functions.for_you.ranking.ranking_signals import Signals
from functions.for_you.reranking import item_reasons
from shared.text.folding import fold
from tests.support.hostile.injections import LINKS, TAGS, came_out


@pytest.mark.parametrize("sentence", [*LINKS, *TAGS])
@pytest.mark.parametrize("code", ["liked", "followed", "interest"])
def test_a_feeds_reason(sentence: str, code: str) -> None:
    named = SimpleNamespace(
        titles=[f"A talk {sentence}"],
        series_titles=[sentence],
        series=np.array([0]),
        topic_names=[sentence],
        topics=np.array([[1.0]]),
    )
    found = SimpleNamespace(medoids=np.array([0]), nearest=np.array([0]))
    said = item_reasons._sentence(code, 0, cast("Signals", found), cast("Snapshot", named))
    assert not came_out(fold(said).text), said


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.test/x", "file:///etc/passwd", "vbscript:x"])
def test_an_episodes_address_leads_to_the_web_or_nowhere(url: str) -> None:
    fields: dict[str, Any] = {"id": "e", "title": "T", "published_at": 1.0}
    assert Episode(**fields, url=url).url == ""
    assert Episode(**fields, url="https://a.test/x").url == "https://a.test/x"
