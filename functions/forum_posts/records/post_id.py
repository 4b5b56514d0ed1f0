"""Which post an item is: the same for the same item within an hour, another one after that, or when it is asked for fresh.

All that is paid for an item (its texts, their place in the gate, its record) hangs on the post's id, so nothing is paid twice
within the hour, whoever asks. `fresh` begins a new edition, which those who ask later get as well.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence

from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.stage_messages import Planned, PostItem, PostsRequest
from shared.engine.store import paths
from shared.engine.store.batches import in_batches
from shared.engine.store.payloads import canonical
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update, Write

HOUR = 3600.0
AT_ONCE = 400


async def editions(request: PostsRequest, items: Mapping[int, tuple[PostItem, Profile]], ports: Ports) -> list[Planned]:
    """The items (by their place in the request) as they are to be written. An item given twice in one request is two posts."""
    seen: Counter[str] = Counter()
    keys: dict[int, str] = {}
    seeds: dict[int, str] = {}
    for number, (item, profile) in items.items():
        content = canonical(
            [
                item.model_dump(mode="json", exclude={"fresh"}),
                profile.version,
                request.versions,
                request.one_call,
                request.publish,
            ]
        )
        seen[content] += 1
        keys[number] = paths.digest("forum_posts", content, str(seen[content]))
        seeds[number] = f"{int(ports.clock.now() // HOUR)}.{seen[content]}"
    fresh = {keys[number] for number, (item, _) in items.items() if item.fresh}
    tokens: dict[str, tuple[str, bool]] = {}
    wanted = list(keys.values())
    for some in in_batches(wanted, AT_ONCE):
        tokens |= await _tokens(some, fresh, ports)
    return [
        Planned(
            id=paths.digest(keys[number], tokens[keys[number]][0])[:20],
            number=number,
            item=item.model_copy(update={"fresh": False}),
            persona=profile.version,
            language=profile.language,
            seed=seeds[number],
            versions=request.versions,
            publish=request.publish,
            one_call=request.one_call,
            new=tokens[keys[number]][1],
        )
        for number, (item, profile) in items.items()
    ]


async def _tokens(keys: Sequence[str], fresh: set[str], ports: Ports) -> dict[str, tuple[str, bool]]:
    """Each key's edition, and whether it is new: the present one, or a new one, of which everybody sees the same."""
    places = [paths.cache(f"forum_posts_edition:{key}") for key in keys]
    while True:
        now = ports.clock.now()
        found: dict[str, tuple[str, bool]] = {}
        writes: list[Write] = []
        for key, place, kept in zip(keys, places, await ports.documents.get_many(places), strict=True):
            if kept is not None and _holds(kept, now) and key not in fresh:
                found[key] = kept.data["token"], False
                continue
            token = secrets.token_hex(8)
            found[key] = token, True
            data: Data = {"token": token, "expires_at": now + HOUR}
            writes.append(Create(place, data) if kept is None else Update(place, data, version=kept.version))
        try:
            if writes:
                await ports.documents.commit(*writes)
        except Conflict:
            continue  # another request for the same has begun the hour
        return found


def _holds(kept: Document, now: float) -> bool:
    return bool(kept.data["expires_at"] > now)
