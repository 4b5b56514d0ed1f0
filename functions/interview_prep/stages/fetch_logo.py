"""Fetch the employer's logo, beside everything else: the guide never waits long for it and does without."""

from __future__ import annotations

import hashlib

from functions.interview_prep.stage_messages import Logo, Posting
from shared.errors import Permanent
from shared.ports import Ports
from shared.sources.logos import logo


async def fetch_logo(posting: Posting, ports: Ports) -> Logo:
    """The logo as a stored PNG (`images/<sha256>.png`), or why there is none.

    Raises:
        Transient: the provider or the blob store did not answer; nothing is known about the logo then.
    """
    try:
        png = await logo(posting.company_domain, ports)
    except Permanent as error:
        return Logo(why=error.message)
    name = f"images/{hashlib.sha256(png).hexdigest()}.png"
    await ports.blobs.put(name, png, "image/png")
    return Logo(blob=name)


def logo_key(posting: Posting) -> str:
    """What a logo is cached by: the employer's domain alone."""
    return posting.company_domain
