"""A post that would go out unseen is read by a model beside its facts: what it finds, and what nobody read, holds it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.offline_model.posts.forum_posts import review
from shared.errors import Transient
from shared.ports.models import Moderation
from shared.post_rules.text_review import ReviewedClaims, held_for
from tests.support.fakes import FakeModels, fake_ports

FACTS = ("Q3 revenue: $57.0 billion, up 62% from a year ago", "Foreign investors net sold $1.2 billion")


def models(**more: Any) -> FakeModels:
    return FakeModels(moderation=lambda **_: Moderation(flagged=False), **more)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Revenue of $57.0 billion is up 62%.", ()),
        ("Foreign investors net bought $1.2 billion.", ("misstated_fact",)),
        ("Guaranteed profits, and revenue of $57.0 billion.", ("promise",)),
    ],
)
async def test_a_model_reads_the_text_beside_its_facts(text: str, claims: tuple[str, ...]) -> None:
    asked = models(reply=lambda **question: ReviewedClaims.model_validate(review(json.loads(question["data"]))))
    held = await held_for(text, fake_ports(models=asked), FACTS)
    assert held == tuple(f"a model finds: {claim}" for claim in claims)
    assert json.loads(asked.calls[-1]["data"])["facts"] == list(FACTS)
    assert "misstated_fact" in asked.calls[-1]["instructions"]


async def test_what_no_model_has_read_is_held() -> None:
    def fails(**_: Any) -> Any:
        raise Transient("away")

    assert await held_for("Fine.", fake_ports(models=models(reply=fails)), FACTS) == ("no model has reviewed it",)
