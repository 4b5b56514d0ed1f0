"""A profile reset: of what a user did and was served, nothing is left."""

from __future__ import annotations

from functions.for_you import places
from shared.ports import Ports
from shared.ports.documents import Delete, Where

PAGE = 400


async def reset(user: str, ports: Ports, *, record: bool = False) -> int:
    """Delete a user's engagements, sessions, queue, cursor and served list; with `record`, the user's own record too.

    Answers how many documents there were. Twice is once.

    Raises:
        Transient: the store did not answer: call it again.
    """
    key = places.user_key(user)
    own = [places.queue(key), places.cursor(key), places.served(key), *([f"users/{user}"] if record else [])]
    there = await ports.documents.get_many(own)
    await ports.documents.commit(*(Delete(path) for path in own))
    gone = sum(found is not None for found in there)
    for collection in ("engagements", "sessions"):
        while found_ones := await ports.documents.query(collection, Where("user_id", "==", user), limit=PAGE):
            await ports.documents.commit(*(Delete(found.path) for found in found_ones))
            gone += len(found_ones)
    # A refresh under way may have read what is gone now: its queue goes as well.
    await ports.documents.commit(*(Delete(path) for path in own))
    return gone
