"""Plans a streamed post's request once per Idempotency-Key, and reserves the main text's cost from its budget."""

from __future__ import annotations

import contextlib

from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.stage_messages import Planned, PostsRequest
from functions.forum_posts.stages.plan_posts import plan_posts
from functions.forum_posts.stages.write_main import wanted_main
from functions.forum_posts.writing.generation_request import call_of, question
from shared.base_message import Message
from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.store.payloads import canonical
from shared.errors import BadInput, Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update

KEPT = 7 * 86400.0
"""Seconds that an Idempotency-Key is remembered."""
CALLS = 2
"""Calls that the main text may take of a budget: one to write it, one to mend it."""


class Asked(Message):
    """A request as it was planned: what is kept of it under its Idempotency-Key. `reserved`: dollars for the main text."""

    post: Planned
    raw: Data
    lane: str
    deadline_s: float | None = None
    budget_usd: float | None = None
    reserved: float = 0.0

    @property
    def options(self) -> lifecycle.Options:
        """The job's: its budget is what the main text leaves."""
        return lifecycle.Options(lane=self.lane, budget_usd=self.budget_usd, deadline_s=self.deadline_s)


async def asked(
    request: PostsRequest, raw: Data, options: lifecycle.Options, key: str | None, ports: Ports, *, owner: str = ""
) -> Asked:
    """Plan the one item, and set aside what the main text may cost. A key that its `owner` used for the same request gives its post.

    Raises:
        Permanent: the item cannot be written (as `plan_posts`).
        BadInput: the budget does not reach for the main text (`budget_too_small`), or the key was used for another request
            (`idempotency_mismatch`).
    """
    place = paths.idempotency(f"{owner} forum_posts stream".strip(), key) if key is not None else None
    body = paths.digest(canonical([raw, vars(options)]))
    while True:
        used = await ports.documents.get(place) if place is not None else None
        if used is not None and used.data["expires_at"] > ports.clock.now():
            return _same(used, body)
        planned = await _plan(request, raw, options, ports)
        if place is None:
            return planned
        fields = {"body": body, "asked": planned.model_dump(mode="json"), "expires_at": ports.clock.now() + KEPT}
        with contextlib.suppress(Conflict):  # the same request, at the same time: the next look finds it
            await ports.documents.commit(Create(place, fields) if used is None else Update(place, fields, version=used.version))


def _same(used: Document, body: str) -> Asked:
    if used.data["body"] != body:
        raise BadInput(
            "this Idempotency-Key was used for another request",
            code="idempotency_mismatch",
            advice="Use a new key for a new request.",
        )
    return Asked.model_validate(used.data["asked"])


async def _plan(request: PostsRequest, raw: Data, options: lifecycle.Options, ports: Ports) -> Asked:
    post = (await plan_posts(request, ports)).posts[0]
    raw = {**raw, "items": [{**raw["items"][0], "fresh": False}]}  # a fresh one was begun right here
    if options.budget_usd is None:
        return Asked(post=post, raw=raw, lane=options.lane, deadline_s=options.deadline_s)
    wanted = wanted_main(post, await profile_cache.planned(post.item.kol_serial, post.persona, ports))
    reserved = CALLS * ports.models.ceiling(call_of(wanted, "write_post", question(wanted, [])))
    left = options.budget_usd - reserved
    if left <= 0:
        advice = f"Give more than {reserved:.6f}."
        raise BadInput("the budget does not reach for the main text", code="budget_too_small", advice=advice)
    return Asked(post=post, raw=raw, lane=options.lane, deadline_s=options.deadline_s, budget_usd=left, reserved=reserved)
