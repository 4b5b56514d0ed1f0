"""What goes out next and why not sooner, and what is held until somebody does something."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import Ports
from shared.ports.documents import Data, Document, Where

MOST = 200
"""Posts of one look, of each kind."""
CHOSEN = "at the time that was chosen"
PUT_OFF = "after the time that was chosen: quiet hours, or the gap to another post of the account"
HOURS = "as soon as quiet hours and the gap to other posts of the account let it"
GOING = "it is going out"
UNANSWERED = "a try was not answered, and is made again"
NOT_APPROVED = "nobody has approved it yet"
NOT_SENT = "it is approved, and nobody has said that it shall go out"


@dataclass(frozen=True)
class Waiting:
    """A post that goes out, or is tried again, `at` a moment (POSIX seconds); `why` then."""

    at: float
    post: Document
    why: str


@dataclass(frozen=True)
class Held:
    """A post that goes out when somebody has done something about the reasons."""

    post: Document
    reasons: tuple[str, ...]


async def waiting_posts(ports: Ports) -> list[Waiting]:
    """What waits for its time, the first one first.

    Raises:
        Transient: the store did not answer.
    """
    found = await ports.documents.query("posts", Where("publish_due", ">", 0), order_by="publish_due", limit=MOST)
    return [Waiting(float(post.data["publish_due"]), post, _why(post.data)) for post in found]


async def held_posts(ports: Ports) -> list[Held]:
    """Drafts, and approved posts that have no time: refused ones too. The newest first, drafts after the approved.

    Raises:
        Transient: the store did not answer.
    """
    held = []
    for state in ("approved", "draft"):
        found = await ports.documents.query(
            "posts", Where("state", "==", state), order_by="created_at", descending=True, limit=MOST
        )
        held += [Held(post, _reasons(post.data)) for post in found if not post.data.get("publish_due")]
    return held


def _why(data: Data) -> str:
    if data["state"] == "publishing":
        error = (data.get("publish") or {}).get("error")
        return f"{UNANSWERED}: {error['message']}" if error else GOING
    chosen = float(data.get("publish_after") or 0)
    if not chosen:
        return HOURS
    return CHOSEN if data["publish_due"] <= chosen else PUT_OFF


def _reasons(data: Data) -> tuple[str, ...]:
    error = (data.get("publish") or {}).get("error")
    said = [error["message"]] if error else []
    if data["state"] == "approved":
        return tuple(said) or (NOT_SENT,)
    findings = [str(one["reason"]) for one in data.get("findings") or ()]
    return tuple(dict.fromkeys([*said, *(data.get("held") or ()), *findings])) or (NOT_APPROVED,)
