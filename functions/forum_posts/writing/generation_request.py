"""How a text is asked for, whole or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.prompts import asked, prompt
from functions.forum_posts.stage_messages import Planned
from functions.forum_posts.writing.check_text import max_tokens, words_left
from functions.forum_posts.writing.version_angles import Angle
from shared import error_codes
from shared.base_message import Message
from shared.errors import Permanent
from shared.ports import Ports

TIMEOUT = 100.0

Say = Callable[[str], None]
Data = dict[str, object]


@dataclass(frozen=True)
class Wanted:
    """What one text is written from. `draft`: it is written already, and has only to pass."""

    post: Planned
    profile: Profile
    number: int
    angle: Angle
    taken: tuple[str, ...] = ()
    main: str = ""
    draft: str = ""
    drafted_by: str = ""
    probability: float | None = None

    @property
    def owner(self) -> str:
        return duplicate_gate.owner_of(self.post.id, self.number)


class Written(Message):
    """A post as the model writes it."""

    text: str


async def ask(call: dict[str, Any], ports: Ports) -> str:
    """The model's text, whole: nobody listens, and pieces by the hundred cost more than they are worth.

    Raises:
        PutBack, Transient, Permanent: as the models port says.
    """
    written = await ports.models.ask(**call, answer=Written)
    return written.text


async def hear(call: dict[str, Any], ports: Ports, say: Say) -> str:
    """The same, `say` hearing every piece. One that was cut off is given as far as it goes: its checks say what is wrong.

    Raises:
        PutBack, Transient, Permanent: as the models port says.
    """
    pieces: list[str] = []
    try:
        async with aclosing(ports.models.write(**call)) as stream:
            async for piece in stream:
                pieces.append(piece)
                say(piece)
    except Permanent as error:
        if error.code != error_codes.MODEL_TRUNCATED or not pieces:
            raise
    return "".join(pieces)


def call_of(wanted: Wanted, instructions: str, data: Data) -> dict[str, Any]:
    """The arguments of a call, whichever way it is made."""
    return {
        "instructions": prompt(instructions),
        "data": json.dumps(data, ensure_ascii=False),
        "role": "fast",
        "model": wanted.profile.model,
        "max_output_tokens": max_tokens(wanted.post),
        "timeout": TIMEOUT,
    }


def question(wanted: Wanted, avoid: list[str]) -> Data:
    """What a text is asked for with."""
    data: Data = {
        "task": "forum_post_version" if wanted.main else "forum_post",
        "persona": asked(wanted.profile),
        "posting_type": wanted.post.item.posting_type,
        "angle": {"name": wanted.angle.name, "brief": wanted.angle.brief(wanted.post.language)},
        **about(wanted),
    }
    if wanted.main:
        data["main"] = wanted.main
    if avoid:
        data["avoid"] = avoid
    return data


def about(wanted: Wanted) -> Data:
    """The item. The length asked for leaves room for the closing words, which are added afterwards."""
    item = wanted.post.item
    return {
        "language": wanted.post.language,
        "stock": {"code": item.stock_code, "name": item.stock_name},
        "topic": item.topic,
        "facts": list(item.facts),
        "max_words": words_left(wanted.post, wanted.profile),
    }
