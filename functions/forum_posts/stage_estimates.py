"""What each stage will likely take, for `headrace plan` before any job has run.

Tokens as counted on prompts with a full persona and five facts; seconds as current models take for such a text. Stages inside the
branch are counted for one item.
"""

from __future__ import annotations

from functions.forum_posts.stage_messages import PostsRequest
from shared.engine.flow import Expect, Guess


def posts(request: PostsRequest) -> Guess:
    """One branch per item."""
    return len(request.items)


def versions(request: PostsRequest) -> Guess:
    """The main text's others. Written in one call, only what has to be mended is asked for."""
    others = request.versions - 1
    return (0, others / 6, others) if request.one_call else others


EXPECTS = {
    "post": Expect(posts),
    # At most: mended, and written anew twice. At least: the hour's cache has it.
    "write_main": Expect(
        calls=(0, 1.15, 6),
        resource="openai",
        input_tokens=(0, 1_150, 7_000),
        output_tokens=(0, 260, 6_000),
        seconds=(1, 3, 40),
    ),
    "write_version": Expect(
        versions,
        calls=(0, 1.15, 6),
        resource="openai",
        input_tokens=(0, 1_350, 8_000),
        output_tokens=(0, 260, 6_000),
        seconds=(1, 3, 40),
    ),
}
