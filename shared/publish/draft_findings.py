"""What the rules find in a draft as it stands: told to who words it, and written down with who approves it all the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.post_rules.text_review import held_for
from shared.publish import post_states
from shared.text.fault_codes import Fault

HELD = "held"
"""The code of what moderation or the reviewing model says, as against the rules."""
OF_PLACES = frozenset({"platform_length", "too_long", "links", "hashtags", "emoji"})
"""Codes of what is counted by the place that a text goes to."""
MOST = 20
SHOWN = 120
"""Characters of the piece that a finding is about."""
WORDED = ("text", "title", "description")

Check = Callable[[Document, Ports], Awaitable[list[Data]]]
"""A pipeline's rules for a draft; findings as `findings_of` makes them."""


async def _reviewed(text: str, ports: Ports, facts: Sequence[str]) -> tuple[str, ...]:
    """What moderation and a model say; that they say nothing is said, too: the draft is worded already."""
    try:
        return await held_for(text, ports, facts)
    except HeadraceError as error:
        return (f"nobody has reviewed it: {error.message}",)


def findings_of(faults: Iterable[Fault]) -> list[Data]:
    """Faults as a record keeps them: `code`, `reason`, and the piece `found`."""
    return [{"code": fault.code, "reason": fault.reason, "found": fault.found[:SHOWN]} for fault in faults][:MOST]


async def findings_beside(record: Document, text: str, check: Check, ports: Ports, facts: Sequence[str]) -> list[Data]:
    """What is found in another text for one place that is not found in the record's own. Lengths are for the place to count.

    Raises:
        Permanent, Transient: as `check` says.
    """
    other = Document(record.path, {**record.data, "text": text}, record.version)
    own = {(one["code"], one["found"], one["reason"]) for one in await check(record, ports)}
    found = [one for one in await check(other, ports) if (one["code"], one["found"], one["reason"]) not in own]
    return [one for one in found if one["code"] not in OF_PLACES] + _held(await _reviewed(text, ports, facts))


def _held(reasons: Iterable[str]) -> list[Data]:
    return [{"code": HELD, "reason": reason, "found": ""} for reason in reasons]


async def checked(record: Document, check: Check, ports: Ports, *, review: Sequence[str] | None = None) -> Document:
    """The record with its `findings`. A warning: nothing is refused, whoever approves is told.

    `review`: the facts, where moderation and a model shall look at the text, too; without, what they said of this wording stays.

    Raises:
        Permanent, Transient: as `check` and the store say.
    """
    found = await check(record, ports)
    if review is None:
        found += [one for one in record.data.get("findings") or () if one["code"] == HELD]
    else:
        reasons = await _reviewed(str(record.data.get("text") or ""), ports, review)
        found += _held(reasons)

    def told(now: Document) -> Data | None:
        same = all(now.data.get(name) == record.data.get(name) for name in WORDED)
        return {"findings": found} if same and (now.data.get("findings") or []) != found else None

    return await post_states.change(record.path, told, ports)
