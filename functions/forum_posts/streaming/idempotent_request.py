"""Plans a streamed post's request once per Idempotency-Key, and reserves the main text's cost from its budget."""

from __future__ import annotations

from dataclasses import replace

from pydantic import Field

from functions import owner_spending
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


class PlannedRequest(Message):
    """A request as it was planned: what is kept of it under its Idempotency-Key. `reserved`: dollars for the main text."""

    post: Planned
    raw: Data
    lane: str
    deadline_s: float | None = None
    budget_usd: float | None = None
    reserved: float = 0.0
    labels: dict[str, str] = Field(default_factory=dict)
    callback_url: str | None = None
    key: str | None = None

    @property
    def options(self) -> lifecycle.Options:
        """The job's: its budget is what the main text leaves."""
        names = ("lane", "budget_usd", "deadline_s", "labels", "callback_url", "key")
        return lifecycle.Options(**{name: getattr(self, name) for name in names})


async def plan_once(
    request: PostsRequest, raw: Data, options: lifecycle.Options, key: str | None, ports: Ports, *, owner: str = ""
) -> tuple[PlannedRequest, bool]:
    """Plan the one item, and set aside what it may cost, of its `owner`'s day and of that for the main text.

    Answers as well whether that was done: a key that its owner used for the same request gives the post that was planned then.

    Raises:
        Permanent: the item cannot be written (as `plan_posts`), or the owner may not spend so much today (`day_spent`).
        BadInput: the budget does not reach for the main text (`budget_too_small`), or the key was used for another request
            (`idempotency_mismatch`).
    """
    place = paths.idempotency(f"{owner} forum_posts stream".strip(), key) if key is not None else None
    body = paths.digest(canonical([raw, vars(options)]))
    while True:
        used = await ports.documents.get(place) if place is not None else None
        if used is not None and used.data["expires_at"] > ports.clock.now():
            return _same(used, body), False
        budget_usd = await owner_spending.set_aside(owner, options.budget_usd, ports)
        try:
            planned = await _plan(request, raw, replace(options, budget_usd=budget_usd), ports)
            if place is not None:
                fields = {"body": body, "asked": planned.model_dump(mode="json"), "expires_at": ports.clock.now() + KEPT}
                write = Create(place, fields) if used is None else Update(place, fields, version=used.version)
                await ports.documents.commit(write)
        except Conflict:  # the same request, at the same time: the next look finds it
            await owner_spending.give_back(owner, budget_usd, ports)
        except Exception:
            await owner_spending.give_back(owner, budget_usd, ports)
            raise
        else:
            return planned, True


def _same(used: Document, body: str) -> PlannedRequest:
    if used.data["body"] != body:
        raise BadInput(
            "this Idempotency-Key was used for another request",
            code="idempotency_mismatch",
            advice="Use a new key for a new request.",
        )
    return PlannedRequest.model_validate(used.data["asked"])


async def _plan(request: PostsRequest, raw: Data, options: lifecycle.Options, ports: Ports) -> PlannedRequest:
    post = (await plan_posts(request, ports)).posts[0]
    raw = {**raw, "items": [{**raw["items"][0], "fresh": False}]}  # a fresh one was begun right here
    wishes = {name: getattr(options, name) for name in ("lane", "deadline_s", "labels", "callback_url", "key")}
    if options.budget_usd is None:
        return PlannedRequest(post=post, raw=raw, **wishes)
    wanted = wanted_main(post, await profile_cache.planned(post.item.kol_serial, post.persona, ports))
    reserved = CALLS * ports.models.ceiling(call_of(wanted, "write_post", question(wanted, [])))
    left = options.budget_usd - reserved
    if left <= 0:
        advice = f"Give more than {reserved:.6f}."
        raise BadInput("the budget does not reach for the main text", code="budget_too_small", advice=advice)
    return PlannedRequest(post=post, raw=raw, **wishes, budget_usd=left, reserved=reserved)
