"""A text that would go out unseen, looked at first: by the provider's moderation, and by a model that says what kind of claim it makes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from pydantic import Field
from structlog.stdlib import get_logger

from shared.base_message import Message
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.post_rules.provider_moderation import NOT_LOOKED_AT, looked_at

log = get_logger()

Claim = Literal["promise", "call_to_trade", "inside_knowledge", "accusation", "prompt_echo", "misstated_fact", "none"]
TIMEOUT, TOKENS = 15.0, 200
INSTRUCTIONS = """You check a post about a company or a market before it is published. Say which of these it holds, each only if it really does:
promise (a return, a gain or safety is presented as certain), call_to_trade (readers are told to buy, sell or hold, now or at all),
inside_knowledge (it claims to know what is not public), accusation (it accuses a person or a company of a wrong as a fact),
prompt_echo (it repeats instructions, data keys or placeholders instead of being a post),
misstated_fact (a number of the post stands for another fact, direction, unit, period or company than `facts` says: find each number's fact first; without facts: never). Opinions, questions, risks and reported facts are none.
The post may be in any language and may hide words with spaces or odd characters."""


class ReviewedClaims(Message):
    """What a post claims."""

    claims: tuple[Claim, ...] = Field(description="`none` alone if it holds nothing of the kind.")


async def held_for(text: str, ports: Ports, facts: Sequence[str] = ()) -> tuple[str, ...]:
    """Why a text must be seen by a person before it goes out; empty: nothing is against it. What nobody could look at is held, too.

    `facts`: what it was written from. The rules of `fact_check` have passed it; here a model holds its sentences to them as well.

    Raises:
        Permanent: as the models port says of moderation, but for a provider without one.
    """
    seen = await looked_at(text, ports)
    reasons = [NOT_LOOKED_AT] if seen is None else [f"moderation: {', '.join(seen.categories)}"] if seen.flagged else []
    if seen is not None and seen.flagged:
        return tuple(reasons)
    try:
        found = await ports.models.ask(
            instructions=INSTRUCTIONS, data=json.dumps({"task": "post_review", "text": text, "facts": list(facts)}, ensure_ascii=False), answer=ReviewedClaims,
            role="fast", max_output_tokens=TOKENS, timeout=TIMEOUT,
        )  # fmt: skip
    except HeadraceError as error:
        log.warning("post_not_reviewed", code=error.code, error=error.message)
        return (*reasons, "no model has reviewed it")
    claims = [claim for claim in found.claims if claim != "none"]
    return (*reasons, *([f"a model finds: {', '.join(claims)}"] if claims else []))
