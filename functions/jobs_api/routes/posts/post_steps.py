"""A post on its way: approved, rejected, published."""

from __future__ import annotations

from starlette.responses import Response

from functions.jobs_api.http import request_body
from functions.jobs_api.http.route_definition import Call, answer
from functions.jobs_api.post_models import ApproveRequest, PublishRequest, RejectRequest, WithdrawRequest
from functions.jobs_api.routes.posts.post_access import outgoing_of, path_of, publishing_of, record_with_picture, with_findings
from shared.ports.documents import Document
from shared.publish import post_states


async def approve_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/approve. Twice is once."""
    asked, path = await request_body.read(call.request, ApproveRequest), await path_of(call)
    await with_findings(await post_states.read(path, call.ports), call)
    approved = await post_states.approve(path, call.ports, by=asked.by)
    return answer(await record_with_picture(await _send(approved, call) if asked.publish else approved, call))


async def reject_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/reject. Twice is once."""
    asked = await request_body.read(call.request, RejectRequest)
    record = await post_states.read(await path_of(call), call.ports)
    outgoing = publishing_of(record)
    refuse = outgoing.reject if outgoing is not None else post_states.reject
    return answer(await record_with_picture(await refuse(record.path, call.ports, reason=asked.reason), call))


async def withdraw_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/withdraw. Only of what is approved and surely not out. Twice is once."""
    asked = await request_body.read(call.request, WithdrawRequest)
    record = await post_states.read(await path_of(call), call.ports)
    return answer(await record_with_picture(await outgoing_of(record).withdraw(record.path, call.ports, by=asked.by), call))


async def publish_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/publish. Twice is once; 202 when it goes out later: at its time, after quiet hours, or when a try is repeated."""
    asked = await request_body.read(call.request, PublishRequest)
    sent = await _send(
        await post_states.read(await path_of(call), call.ports), call, at=asked.at.timestamp() if asked.at else 0.0
    )
    return answer(await record_with_picture(sent, call), 200 if sent.data["state"] == "published" else 202)


async def _send(record: Document, call: Call, at: float = 0.0) -> Document:
    """Publish it as its pipeline does, at a time (POSIX seconds) if one is given."""
    outgoing = outgoing_of(record)
    return await (outgoing.send_at(record.path, at, call.ports) if at else outgoing.send(record.path, call.ports))
