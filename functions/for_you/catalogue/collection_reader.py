"""All stored documents of a collection, page by page: for jobs, never for requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from shared.ports import Ports

PAGE = 500
Kind = TypeVar("Kind", bound=BaseModel)


async def all_of(
    collection: str, model: type[Kind], by: str, ports: Ports, *, most: int, descending: bool = False
) -> AsyncIterator[Kind]:
    """At most `most`, by a field that no two share. What does not fit the model is passed over.

    Raises:
        Transient: the store did not answer.
    """
    after = None
    for _ in range(0, most, PAGE):
        page = await ports.documents.query(collection, order_by=by, descending=descending, limit=PAGE, after=after)
        for found in page:
            try:
                yield model.model_validate(found.data)
            except ValidationError:
                continue
        if len(page) < PAGE:
            return
        after = page[-1].data[by]
