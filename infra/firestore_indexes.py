"""infra/firestore.indexes.json from the declared queries: `python -m infra.firestore_indexes` writes it anew.

Firestore keeps two entries per field of a document by default, and takes 500 writes a second to an index of values that rise.
Here no field has any, but those that a declared query needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from functions.declared_queries import declared
from shared.ports.declared_queries import Declared, Query

FILE = Path(__file__).parent / "firestore.indexes.json"
ASCENDING, DESCENDING = "ASCENDING", "DESCENDING"
EVERY_GROUP, EVERY_FIELD = "__default__", "*"
"""Firestore's names for what holds where nothing else is said."""


def index_file(all_of: Declared) -> dict[str, Any]:
    """The file's content: composite indexes, and exceptions from the rule that no field has an index."""
    return {"indexes": list(_composites(all_of.queries)), "fieldOverrides": list(_fields(all_of))}


def text(content: dict[str, Any]) -> str:
    """It as JSON, a line for each."""
    lists = (f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(one)}" for one in content[name]) + "\n  ]" for name in content)
    return "{\n" + ",\n".join(lists) + "\n}\n"


def _composites(queries: Iterable[Query]) -> Iterator[dict[str, Any]]:
    for query in queries:
        if query.is_composite:
            last = {"fieldPath": query.sort, "order": DESCENDING if query.descending else ASCENDING}
            fields = [*({"fieldPath": field, "order": ASCENDING} for field in sorted(query.equal)), last]
            yield {"collectionGroup": query.group, "queryScope": "COLLECTION", "fields": fields}


def _fields(all_of: Declared) -> Iterator[dict[str, Any]]:
    yield {"collectionGroup": EVERY_GROUP, "fieldPath": EVERY_FIELD, "indexes": []}
    orders: dict[tuple[str, str], set[str]] = {}
    for query in all_of.queries:
        if not query.is_composite:
            for field in query.fields:
                order = DESCENDING if field == query.sort and query.descending else ASCENDING
                orders.setdefault((query.group, field), set()).add(order)
    for (group, field), wanted in sorted(orders.items()):
        indexes = [{"order": order, "queryScope": "COLLECTION"} for order in sorted(wanted)]
        yield {"collectionGroup": group, "fieldPath": field, "indexes": indexes}
    for group in sorted(all_of.expiring):
        yield {"collectionGroup": group, "fieldPath": "expires_at", "ttl": True, "indexes": []}


if __name__ == "__main__":
    FILE.write_text(text(index_file(declared())))
