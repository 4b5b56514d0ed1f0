"""A document's change in Eventarc's form: a CloudEvent with a protobuf body. Read by triggered functions, written by the local cloud.

The attributes are those of google.cloud.firestore.document.v1.written; the body is google-events' DocumentEventData.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from cloudevents.conversion import to_binary
from cloudevents.exceptions import GenericException
from cloudevents.http import CloudEvent, from_http

from shared.engine.trigger.document_events import Change
from shared.errors import Permanent
from shared.ports.documents import Data

TYPE = "google.cloud.firestore.document.v1.written"
"""Created, updated or deleted: what every trigger asks for."""
JSON_FIELD = "$json"
"""A value that Firestore has no form for is kept as JSON text: see `shared.adapters.google.field_encoding`."""
COMMIT_FIELD = "_commit"
"""The Firestore adapter's own field in every document; no part of it."""


LATE_IMPORTS = ("google.events.cloud.firestore_v1",)
"""What is imported with the first event. A process that serves everything imports these ahead, while it waits anyway."""


def parse(headers: Mapping[str, str], body: bytes) -> CloudEvent:
    """The event of an HTTP request.

    Raises:
        Permanent: it is none (`poison`).
    """
    try:
        return from_http(headers, body)
    except (GenericException, ValueError, TypeError) as error:
        raise Permanent("the request is no CloudEvent", code="poison") from error


def read(event: CloudEvent) -> Change:
    """The change that an event tells.

    Raises:
        Permanent: its body is not a DocumentEventData about a document (`poison`).
    """
    from google.events.cloud.firestore_v1 import DocumentEventData  # noqa: PLC0415 - imports are cold-start time
    from google.protobuf.message import DecodeError  # noqa: PLC0415

    if not isinstance(event.data, bytes):  # the framework reads JSON into objects
        raise Permanent("the event's body is not protobuf", code="poison", advice="Eventarc: event_data_content_type.")
    data = DocumentEventData.pb(DocumentEventData())
    try:
        data.ParseFromString(event.data)
    except DecodeError as error:
        raise Permanent("the event's body is no DocumentEventData", code="poison") from error
    here = data.HasField("value")
    _, _, path = (data.value if here else data.old_value).name.partition("/documents/")
    if not path:
        raise Permanent("the event names no document", code="poison")
    return Change(
        id=f"{event['source']} {event['id']}",
        path=path,
        before=_fields(data.old_value) if data.HasField("old_value") else None,
        after=_fields(data.value) if here else None,
        updated_at=_whole_nanoseconds(data.value.update_time) if here else _nanoseconds(event.get("time")),
    )


def _nanoseconds(time: str | None) -> int:
    """RFC 3339 as whole nanoseconds: a deleted document has no update time but its event's."""
    from google.protobuf.timestamp_pb2 import Timestamp  # noqa: PLC0415 - as above

    moment = Timestamp()
    try:
        moment.FromJsonString(time or "")
    except ValueError as error:
        raise Permanent("the event has no time", code="poison") from error
    return _whole_nanoseconds(moment)


def _whole_nanoseconds(moment: Any) -> int:
    try:
        return int(moment.ToNanoseconds())
    except ValueError as error:
        raise Permanent("the event is of no time that there is", code="poison") from error


def _fields(document: Any) -> Data:
    return {name: _plain(value) for name, value in document.fields.items() if name != COMMIT_FIELD}


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one per kind of value
    """A protobuf value as JSON; times as POSIX seconds."""
    kind = value.WhichOneof("value_type")
    match kind:
        case None | "null_value":
            return None
        case "timestamp_value":
            return value.timestamp_value.seconds + value.timestamp_value.nanos / 1e9
        case "bytes_value":
            return base64.b64encode(value.bytes_value).decode()
        case "geo_point_value":
            return {"latitude": value.geo_point_value.latitude, "longitude": value.geo_point_value.longitude}
        case "array_value":
            return [_plain(item) for item in value.array_value.values]
        case "map_value":
            fields = {name: _plain(item) for name, item in value.map_value.fields.items()}
            return _parsed(fields[JSON_FIELD]) if fields.keys() == {JSON_FIELD} else fields
        case _:
            return getattr(value, kind)


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise Permanent("a value of the event is no JSON", code="poison") from error


def write(change: Change, *, project: str, location: str = "local") -> tuple[Mapping[str, str], bytes]:
    """Headers and body of the event that tells `change`, as Eventarc would POST it."""
    from google.events.cloud.firestore_v1 import DocumentEventData  # noqa: PLC0415 - imports are cold-start time
    from google.protobuf.timestamp_pb2 import Timestamp  # noqa: PLC0415

    database = f"projects/{project}/databases/(default)"
    moment = Timestamp()
    moment.FromNanoseconds(change.updated_at)
    data = DocumentEventData.pb(DocumentEventData())
    for told, fields in ((data.value, change.after), (data.old_value, change.before)):
        if fields is not None:
            told.name = f"{database}/documents/{change.path}"
            told.update_time.CopyFrom(moment)
            for name, value in fields.items():
                _put(told.fields[name], value)
    document = quote(change.path, safe="/:")  # a header's value is ASCII
    attributes = {
        "type": TYPE, "source": f"//firestore.googleapis.com/{database}", "subject": f"documents/{document}", "id": change.id,
        "time": moment.ToJsonString(), "datacontenttype": "application/protobuf", "document": document, "project": project,
        "database": "(default)", "namespace": "(default)", "location": location,
        "dataschema": "https://github.com/googleapis/google-cloudevents/blob/main/proto/google/events/cloud/firestore/v1/data.proto",
    }  # fmt: skip
    headers, body = to_binary(CloudEvent(attributes, data.SerializeToString()))
    return headers, body


def _put(into: Any, value: Any) -> None:
    """JSON into a protobuf value, as Firestore would hold it."""
    match value:
        case None:
            into.null_value = 0
        case bool():
            into.boolean_value = value
        case int() if -(2**63) <= value < 2**63:
            into.integer_value = value
        case float():
            into.double_value = value
        case str() if _is_unicode(value):
            into.string_value = value
        case dict():
            into.map_value.SetInParent()
            for name, item in value.items():
                _put(into.map_value.fields[name], item)
        case list() if not any(isinstance(item, list) for item in value):
            into.array_value.SetInParent()
            for item in value:
                _put(into.array_value.values.add(), item)
        case _:
            _put(into, {JSON_FIELD: json.dumps(value)})


def _is_unicode(text: str) -> bool:
    """JSON may hold halves of characters; nothing else takes them."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
