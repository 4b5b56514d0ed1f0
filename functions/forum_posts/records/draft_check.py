"""Holds a draft as it stands against the rules that its versions were held to."""

from __future__ import annotations

from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.stage_messages import Planned, PostItem
from functions.forum_posts.writing.check_text import rules_of
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.post_rules.check_text import check
from shared.publish.draft_findings import findings_of


def planned(record: Document) -> Planned:
    """The post as its record says it was planned."""
    data = record.data
    return Planned(
        id=record.id, number=data["number"], item=PostItem.model_validate(data["item"]), persona=data["persona"], language=data["language"],
        seed=record.id, versions=len(data["versions"]),
    )  # fmt: skip


async def findings(record: Document, ports: Ports) -> list[Data]:
    """What is wrong with its text as it would be published, closing words included.

    Raises:
        Permanent: its persona is gone (`unknown_kol`) or cannot be read (`bad_profile`).
    """
    post = planned(record)
    profile = await profile_cache.planned(post.item.kol_serial, post.persona, ports)
    return findings_of(check(record.data["text"], rules_of(post, profile)))


def facts(record: Document) -> tuple[str, ...]:
    """What it was written from."""
    item = PostItem.model_validate(record.data["item"])
    return tuple(part for part in (*item.facts, item.topic) if part)
