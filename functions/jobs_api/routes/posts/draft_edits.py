"""A draft put differently: worded by hand, made anew, another version of it, or a wording for one place."""

from __future__ import annotations

from starlette.responses import Response

from functions.jobs_api.http import request_body
from functions.jobs_api.http.route_definition import Call, answer
from functions.jobs_api.post_models import ChooseRequest, EditRequest, PostVariant, PostVariants, RewriteRequest, VariantRequest
from functions.jobs_api.routes.posts.post_access import outgoing_of, path_of, record_with_picture, with_findings
from functions.pipeline_registration import load
from shared import error_codes
from shared.errors import BadInput, Conflict, Permanent
from shared.ports.documents import Data, Document
from shared.publish import post_states, rewrite_limits


async def edit_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/edit. Only of a draft; the record keeps what stood there before, and `findings` what is wrong with it now."""
    asked = await request_body.read(call.request, EditRequest)
    words = asked.model_dump(exclude={"by"}, exclude_none=True)
    record = await post_states.read(await path_of(call), call.ports)
    if words and (complete := outgoing_of(record).worded) is not None:
        words = await complete(record, words, call.ports)
    edited = await post_states.edit(record.path, words, call.ports, by=asked.by)
    async with rewrite_limits.limited():
        return answer(await record_with_picture(await with_findings(edited, call, reviewed=True), call))


async def rewrite_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/rewrite. Only of a draft; the other part stays as it is."""
    asked = await request_body.read(call.request, RewriteRequest)
    record = await post_states.read(await path_of(call), call.ports)
    post_states.check_draft(record)
    make = outgoing_of(record).rewriting.get(asked.part)
    if make is None:
        raise Permanent(f"{record.id} has no {asked.part} that can be made anew", code=error_codes.NOT_REWRITTEN)
    await rewrite_limits.count(record, call.ports)
    async with rewrite_limits.limited():
        made = await load(make)(record, call.ports)
        return answer(await record_with_picture(await with_findings(made, call, reviewed=asked.part == "text"), call))


async def list_variants(call: Call) -> Response:
    """GET /api/v1/posts/{id}/variants."""
    record = await post_states.read(await path_of(call), call.ports)
    return answer(await _shown(record, call))


async def word_variant(call: Call) -> Response:
    """POST /api/v1/posts/{id}/variants/{platform}. Only of a draft; the other places' texts stay as they are."""
    asked = await request_body.read(call.request, VariantRequest)
    record = await post_states.read(await path_of(call), call.ports)
    async with rewrite_limits.limited():
        worded = await outgoing_of(record).word(record, call.path["platform"], asked.text, call.ports, by=asked.by)
    return answer(await _shown(worded, call))


async def _shown(record: Document, call: Call) -> PostVariants:
    found = await outgoing_of(record).variants(record.data, call.ports)
    return PostVariants(
        items=[
            PostVariant(
                platform=one.platform, text=one.text, length=one.length, most=one.most, stale=one.stale, findings=list(one.findings),
                edited=one.wording is not None, by=one.wording["by"] if one.wording else "",
            )
            for one in found
        ]
    )  # fmt: skip


async def choose_version(call: Call) -> Response:
    """POST /api/v1/posts/{id}/choose. Only of a draft: what is approved stays as it was approved."""
    asked = await request_body.read(call.request, ChooseRequest)
    chosen = await post_states.change(await path_of(call), lambda found: _chosen(found, asked.version), call.ports)
    return answer(await record_with_picture(await with_findings(chosen, call), call))


def _chosen(found: Document, number: int) -> Data | None:
    if found.data["state"] != "draft":
        raise Conflict(f"{found.id} is {found.data['state']}", code="wrong_state", advice="Another version is chosen of a draft.")
    if found.data.get("chosen") == number:
        return None
    version = next((each for each in found.data.get("versions", ()) if each["number"] == number), None)
    if version is None or not version["text"]:
        why = f"it was dropped: {version['dropped']}" if version else "there is no such version"
        raise BadInput(why, code="no_such_version", errors=[{"pointer": "/version", "detail": why}])
    return {"chosen": number, "text": version["text"], "why": "chosen by hand"}
