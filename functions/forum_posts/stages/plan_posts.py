"""Who may post what: profiles read, items named, quotas taken. What cannot be written is refused alone, never the batch."""

from __future__ import annotations

from collections import defaultdict

from functions.forum_posts import error_codes
from functions.forum_posts.profiles import daily_quota, profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.records.post_id import editions
from functions.forum_posts.stage_messages import Plan, Planned, PostItem, PostsRequest, Refused
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports


async def plan_posts(request: PostsRequest, ports: Ports) -> Plan:
    """The posts to write and the items that are refused: `unknown_kol`, `bad_profile`, `quota_reached`.

    Raises:
        Permanent: not one item can be written (the first one's code).
    """
    profiles = await profile_cache.PROFILES.current((item.kol_serial for item in request.items), ports)
    refused: list[Refused] = []
    usable: dict[int, tuple[PostItem, Profile]] = {}
    for number, item in enumerate(request.items):
        profile = profiles[item.kol_serial]
        if isinstance(profile, Profile):
            usable[number] = (item, profile)
        else:
            refused.append(_refused(number, item, profile))
    planned = await editions(request, usable, ports)
    room = await _room(planned, profiles, ports)
    refused += [_refused(post.number, post.item, _spent(usable[post.number][1])) for post in planned if post.id not in room]
    posts = tuple(post for post in planned if post.id in room)
    if not posts:
        first = min(refused, key=lambda one: one.number)
        raise Permanent(
            f"no item can be written: {first.reason}" if len(refused) > 1 else first.reason,
            code=first.code,
            advice=_advice(first),
        )
    return Plan(posts=posts, refused=tuple(sorted(refused, key=lambda one: one.number)))


async def _room(planned: list[Planned], profiles: dict[str, Profile | Permanent], ports: Ports) -> set[str]:
    """The ids of posts that their KOLs' quotas allow."""
    by_kol: defaultdict[str, list[str]] = defaultdict(list)
    for post in planned:
        by_kol[post.item.kol_serial].append(post.id)
    room: set[str] = set()
    for serial, ids in by_kol.items():
        profile = profiles[serial]
        if isinstance(profile, Profile):
            room |= await daily_quota.take(profile, ids, ports)
    return room


def _spent(profile: Profile) -> Permanent:
    return Permanent(f"{profile.serial} has written its {profile.posts_per_day} posts of the day", code="quota_reached")


def _refused(number: int, item: PostItem, why: HeadraceError) -> Refused:
    return Refused(number=number, kol_serial=item.kol_serial, code=why.code, reason=why.message)


def _advice(refused: Refused) -> str:
    return {
        error_codes.UNKNOWN_KOL: "`headrace import profiles FILE` brings profiles in.",
        error_codes.BAD_PROFILE: "Import the profile again.",
        error_codes.QUOTA_REACHED: "Try again tomorrow (in the KOL's time zone), or raise `posts_per_day`.",
    }.get(refused.code, "")
