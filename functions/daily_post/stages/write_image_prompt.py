"""What the image model shall draw, and what is to be seen then. Beside it the title is written."""

from __future__ import annotations

from functions.daily_post.image.aspect_ratios import PRESETS, size_of
from functions.daily_post.image.scene_description import ALT, Scene, scene_of
from functions.daily_post.prompts import prompt
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, ImagePrompt
from functions.daily_post.texts.ask_model_by_deadline import ask_by_deadline
from functions.daily_post.texts.prompt_data import subject
from shared.ports import Ports


async def write_image_prompt(chosen: Chosen, ports: Ports) -> ImagePrompt:
    """The image's prompt with its alternative text; by rule, when the model does not answer in time. Empty when no post is made.

    Raises:
        PutBack, Transient, Permanent: as the models port says, while there is time.
    """
    watch, post = Watch(ports), chosen.post
    if chosen.topic is None:
        return ImagePrompt(took=watch.took())
    agent, topic = post.agent, chosen.topic
    width, height = size_of(post.image.size or agent.image_size or agent.caps.shape)
    data = subject(
        "image_prompt", agent, topic,
        image_style=agent.image_style, proportions=proportions(width, height), alt_most=min(ALT, agent.caps.alt),
    )  # fmt: skip
    written = await ask_by_deadline(
        Scene, post.text_by, ports, instructions=prompt("image_prompt"), data=data, role="good", max_output_tokens=1500
    )
    scene = scene_of(written, agent, topic)
    return ImagePrompt(
        prompt=scene.prompt, alt=scene.alt, written=written is not None, width=width, height=height, quality=post.image.quality,
        format=post.image.format, language=agent.language, by=post.image_by, took=watch.took(),
    )  # fmt: skip


def proportions(width: int, height: int) -> str:
    """A preset's name, or pixels."""
    return next((name for name, size in PRESETS.items() if size == (width, height)), f"{width}x{height}")
