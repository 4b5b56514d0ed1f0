"""One further version: another angle, another outline, another trait to the fore. Not another temperature."""

from __future__ import annotations

from typing import Any

from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.stage_messages import Version, VersionRequest
from functions.forum_posts.writing.generation_request import Wanted
from functions.forum_posts.writing.version_angles import angle_named
from functions.forum_posts.writing.version_writer import version
from shared.ports import Ports


async def write_version(wanted: VersionRequest, ports: Ports) -> Version:
    """The version, or why there is none.

    Raises:
        PutBack, Transient, Permanent: as the models port says. Permanent: also when the profile is gone (`unknown_kol`).
    """
    profile = await profile_cache.planned(wanted.post.item.kol_serial, wanted.post.persona, ports)
    about = Wanted(
        wanted.post, profile, wanted.number, angle_named(wanted.angle),
        taken=wanted.taken, main=wanted.main, draft=wanted.draft, drafted_by=wanted.drafted_by, probability=wanted.probability,
    )  # fmt: skip
    return await version(about, ports)


def version_key(wanted: VersionRequest) -> list[Any]:
    """As the main text's: within the hour, a post's version is one piece of work."""
    return [wanted.post.id, wanted.number]
