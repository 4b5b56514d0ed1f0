"""What each stage will likely take, for `headrace plan` before any job has run.

Tokens as the offline samples take them, with room for long topics; an image's output tokens are those of 1344x704 in low, of
1024x1280 in medium, and of 1024x1024 in high quality, as `shared/adapters/openai/images.py` counts them.
"""

from __future__ import annotations

from functions.daily_post.stage_messages import DailyRequest
from shared.engine.flow import Expect, Guess


def posts(request: DailyRequest) -> Guess:
    """One per agent; none where one was made before."""
    return len(dict.fromkeys(request.agents))


EXPECTS = {
    "agent_post": Expect(posts),
    "choose_topic": Expect(calls=(0, 2, 8), seconds=(0.1, 1, 8)),
    "write_title": Expect(
        calls=(1, 1, 2),
        resource="openai",
        input_tokens=(500, 800, 3_000),
        output_tokens=(15, 30, 120),
        seconds=(0.5, 1, 5),
    ),
    "write_image_prompt": Expect(
        calls=1,
        resource="openai",
        role="good",
        input_tokens=(700, 1_000, 2_000),
        output_tokens=(120, 200, 600),
        seconds=(2, 5, 15),
    ),
    "write_description": Expect(
        calls=(2, 2, 3),
        resource="openai",
        role="good",
        input_tokens=(700, 1_000, 4_500),
        output_tokens=(80, 300, 1_500),
        seconds=(2, 4, 15),
    ),
    "draw_image": Expect(
        calls=(1, 2, 3),
        resource="openai-images",
        role="image",
        input_tokens=(60, 120, 400),
        output_tokens=(95, 1_500, 7_100),
        seconds=(8, 20, 80),
    ),
    "publish_post": Expect(seconds=(0.1, 0.5, 3)),
}
