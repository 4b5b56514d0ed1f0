"""A change survives Eventarc's form, and what is not of that form is said so."""

from __future__ import annotations

from typing import Any

import pytest
from cloudevents.http import CloudEvent, from_http
from google.cloud.firestore_v1 import _helpers
from google.cloud.firestore_v1.types import Document as StoredDocument
from google.events.cloud.firestore_v1 import DocumentEventData

from shared import eventarc
from shared.adapters.google import field_encoding
from shared.engine.trigger.document_events import Change
from shared.errors import Permanent

DATA: dict[str, Any] = {
    "none": None, "yes": True, "whole": 3, "huge": 2**70, "real": 1.5, "text": "ä—🙂", "half": "\ud83d", "empty": {}, "list": [],
    "map": {"a": {"b": [1, "x", None, {"c": False}]}}, "rows": [[1, 2], [3]], "expires_at": 1_800_000_000.25,
}  # fmt: skip


def told(change: Change) -> CloudEvent:
    headers, body = eventarc.write(change, project="p")
    assert all(value.isascii() and "\n" not in value for value in headers.values())
    return from_http(headers, body)


@pytest.mark.parametrize(("before", "after"), [(None, DATA), (DATA, {**DATA, "yes": False}), (DATA, None), ({}, {})])
def test_created_changed_and_deleted_are_read_as_written(before: Any, after: Any) -> None:
    change = Change("7", "users/a b\n/ü", before, after, 1_800_000_000_123_456_000)
    read = eventarc.read(told(change))
    assert (read.path, read.before, read.after, read.updated_at) == (change.path, before, after, change.updated_at)
    assert read.id == "//firestore.googleapis.com/projects/p/databases/(default) 7"


def test_the_attributes_are_eventarcs() -> None:
    headers, _ = eventarc.write(Change("7", "jobs/j1", None, {}, 10**18), project="p")
    assert headers["content-type"] == "application/protobuf"
    assert headers["ce-type"] == "google.cloud.firestore.document.v1.written"
    assert headers["ce-subject"] == "documents/jobs/j1"
    assert {"ce-id", "ce-time", "ce-source", "ce-document", "ce-database", "ce-project", "ce-dataschema"} <= headers.keys()


def test_what_the_firestore_adapter_wrote_is_read_as_it_was_given() -> None:
    data = {name: value for name, value in DATA.items() if name != "half"}
    fields = _helpers.encode_dict({**field_encoding.encoded(data), field_encoding.COMMIT_FIELD: "x"})
    stored = StoredDocument(name="projects/p/databases/(default)/documents/jobs/j", fields=fields)
    body = DocumentEventData.deserialize(
        b"\x0a"
        + _varint(len(raw := StoredDocument.serialize(stored)))
        + raw  # Firestore's Document is the event's, byte for byte
    )
    event = CloudEvent({"type": eventarc.TYPE, "source": "s", "id": "1"}, DocumentEventData.serialize(body))
    assert eventarc.read(event).after == data
    assert (eventarc.JSON_FIELD, eventarc.COMMIT_FIELD) == (field_encoding.JSON_FIELD, field_encoding.COMMIT_FIELD)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


@pytest.mark.parametrize(
    "data", [None, {"value": {}}, "text", b"\xff\xff\xff", b"", DocumentEventData.serialize(DocumentEventData())]
)
def test_another_body_is_poison(data: Any) -> None:
    with pytest.raises(Permanent) as error:
        eventarc.read(CloudEvent({"type": eventarc.TYPE, "source": "s", "id": "1"}, data))
    assert error.value.code == "poison"


def test_a_deletion_without_a_time_is_poison() -> None:
    headers, body = eventarc.write(Change("7", "jobs/j1", {}, None, 10**18), project="p")
    with pytest.raises(Permanent):
        eventarc.read(from_http({**headers, "ce-time": "1e9"}, body))
