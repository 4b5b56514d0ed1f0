"""What a task of a pipeline's publishing function says."""

from __future__ import annotations

import json
import re

from shared.errors import Permanent
from shared.ports.documents import Data

POST = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""A record's id."""


def read_task(body: bytes) -> Data:
    """What a task says: which `post`, or that `metrics` are wanted.

    Raises:
        Permanent: neither (`poison`).
    """
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Permanent("not a post to publish", code="poison") from error
    post = asked.get("post") if isinstance(asked, dict) else None
    if not (isinstance(post, str) and POST.fullmatch(post)) and not (isinstance(asked, dict) and asked.get("metrics") is True):
        raise Permanent("not a post to publish", code="poison")
    found: Data = asked
    return found
