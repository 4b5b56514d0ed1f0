"""Regenerates a draft's text from another angle, as one more version, which becomes the chosen one; earlier versions stay."""

from __future__ import annotations

from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.records import draft_check
from functions.forum_posts.stage_messages import Version
from functions.forum_posts.writing.generation_request import Wanted
from functions.forum_posts.writing.version_angles import angle_after, angle_named
from functions.forum_posts.writing.version_writer import version
from shared import error_codes
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.publish import post_states

MOST = 20
"""Versions of one post."""


async def new_text(record: Document, ports: Ports) -> Document:
    """The record with a new version chosen. Asked twice at the same moment, it is written once.

    Raises:
        Permanent: the profile is gone (`unknown_kol`), there are versions enough (`not_rewritten`), or what was written cannot be
            used (`not_rewritten`).
        PutBack, Transient, Permanent: as the models port says.
    """
    wanted = await _wanted(record, ports)
    made = await version(wanted, ports)
    if not made.text:
        raise Permanent(
            f"what was written cannot be used: {made.dropped}", code=error_codes.NOT_REWRITTEN, advice="Ask once more."
        )

    def added(found: Document) -> Data | None:
        post_states.check_draft(found)
        if any(each["number"] == made.number for each in found.data["versions"]):
            return None  # the same, asked for at the same moment
        versions = [*found.data["versions"], made.model_dump(mode="json")]
        return {"versions": versions, "chosen": made.number, "text": made.text, "why": "written anew by hand"}

    return await post_states.change(record.path, added, ports)


async def _wanted(record: Document, ports: Ports) -> Wanted:
    versions = [Version.model_validate(each) for each in record.data["versions"]]
    if len(versions) >= MOST:
        raise Permanent(
            f"{record.id} has {len(versions)} versions", code=error_codes.NOT_REWRITTEN, advice="Choose one, or edit it."
        )
    post = draft_check.planned(record)
    item = post.item
    last = angle_named(versions[-1].angle)
    taken = tuple({angle_named(each.angle).key for each in versions})
    profile = await profile_cache.planned(item.kol_serial, post.persona, ports)
    number = max(each.number for each in versions) + 1
    return Wanted(post, profile, number, angle_after(last, item.posting_type, taken), taken=taken, main=record.data["text"])
