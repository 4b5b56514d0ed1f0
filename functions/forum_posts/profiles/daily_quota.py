"""How many posts a KOL may have written a day: the posts' ids, counted once however often they are planned."""

from __future__ import annotations

from collections.abc import Sequence

from functions.forum_posts.profiles.profile_record import Profile
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Update

KEPT = 3 * 86400.0
"""Seconds: a day everywhere on earth, and some."""


async def take(profile: Profile, posts: Sequence[str], ports: Ports) -> set[str]:
    """Those of the posts (by id, in order) that the KOL's day has room for."""
    if profile.posts_per_day is None:
        return set(posts)
    now = ports.clock.now()
    path = f"quotas/{profile.serial}:{profile.day(now)}"
    while True:
        found = await ports.documents.get(path)
        before: list[str] = found.data["posts"] if found else []
        room = max(0, profile.posts_per_day - len(before))
        new = list(dict.fromkeys(post for post in posts if post not in before))[:room]
        if not new:
            return set(posts) & set(before)
        data: Data = {"posts": before + new, "expires_at": now + KEPT}
        try:
            await ports.documents.commit(Create(path, data) if found is None else Update(path, data, version=found.version))
        except Conflict:
            continue  # another request took some
        return (set(before) | set(new)) & set(posts)
