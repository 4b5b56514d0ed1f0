"""When a persona may post: the fields of its record, and the first moment at which one of its posts may go out."""

from __future__ import annotations

from pydantic import Field, field_validator

from shared.base_message import FewFaults
from shared.ports import Ports
from shared.ports.documents import Document
from shared.publish.posting_times.post_spacing import moment_for
from shared.publish.posting_times.quiet_hours import quiet_until, ranges_of
from shared.records.field_types import TimeZone


class PostingHours(FewFaults):
    """What a persona's record says of when it posts."""

    time_zone: TimeZone = Field("UTC", description="As in `Asia/Taipei`.")
    quiet_hours: str | None = Field(
        None, max_length=200, description="`22:00-07:00`, or several with commas: nothing of theirs is published then."
    )
    minutes_between_posts: int = Field(0, ge=0, le=10_080, description="Least minutes between two published posts of theirs.")

    @field_validator("quiet_hours")
    @classmethod
    def _hours(cls, value: str | None) -> str | None:
        if value:
            ranges_of(value)
        return value.strip() if value else None

    def quiet_until(self, now: float) -> float:
        """When the quiet hours end that `now` (POSIX seconds) is in; 0 when it is in none."""
        return quiet_until(ranges_of(self.quiet_hours), self.time_zone, now) if self.quiet_hours else 0.0


async def first_moment(record: Document, hours: PostingHours | None, spacing: str, ports: Ports) -> float:
    """When a post may go out (POSIX seconds): as asked, out of quiet hours, apart from the persona's other posts; 0: now.

    `spacing`: the document where the persona's moments are kept. `hours` None: the persona is gone, its posts go out as asked.

    Raises:
        Transient: the store did not answer.
    """
    now, chosen = ports.clock.now(), float(record.data.get("publish_after") or 0)
    asked = max(now, chosen)
    if hours is None:
        return asked if asked > now else 0.0

    def allowed(moment: float) -> float:
        return hours.quiet_until(max(moment, asked)) or max(moment, asked)

    gap = hours.minutes_between_posts * 60.0
    moment = await moment_for(spacing, record.id, gap, ports, allowed, chosen=chosen) if gap else allowed(now)
    return moment if moment > now else 0.0
