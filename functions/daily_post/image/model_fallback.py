"""From the good model down to none: each rung has its share of the time, and what fails on all of them becomes a card.

good model -> fast model -> fast model in low quality -> (nobody: the card is drawn when the post is put together)

A prompt that the safety system refuses is rewritten once, for the same rung. What is drawn is decoded, moderated, stored.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from structlog.stdlib import get_logger

from functions.daily_post import error_codes as own_codes
from functions.daily_post.image.image_sanitizer import TRAINED, decoded, encoded, sized
from functions.daily_post.image.image_store import keep
from functions.daily_post.image.scene_description import ALT, Scene, scene_of
from functions.daily_post.prompts import prompt
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Image, ImagePrompt, Quality, Rung, Tried
from functions.daily_post.texts.ask_model_by_deadline import ask_by_deadline, wait_of
from functions.daily_post.texts.prompt_data import subject
from shared import error_codes
from shared.engine.store.retry import retry_transient
from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.models import Role
from shared.post_rules.provider_moderation import looked_at

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

log = get_logger()

WINDOW = 75.0
"""Seconds for all models together."""
LEAST = 3.0
"""Seconds in which no model draws anything."""
FALLS = frozenset(
    {
        error_codes.IMAGE_BLOCKED,
        own_codes.BAD_IMAGE,
        own_codes.IMAGE_FLAGGED,
        error_codes.MODEL_REFUSED,
        error_codes.MODEL_NOT_FOUND,
        error_codes.MODEL_UNAUTHORISED,
        error_codes.BAD_IMAGE_SIZE,
    }
)
"""Codes that concern images alone: the next rung is tried. The texts were written with the same key, so a key that may not
draw (an organisation that is not verified, say) is no reason for no post. No credit and a spent budget are: they leave."""


@dataclass(frozen=True)
class _Rung:
    """`share`: of the whole time, of what is left for this rung and those below."""

    name: Rung
    role: Role
    quality: Quality | None
    share: float


RUNGS = (_Rung("good", "good", None, 0.6), _Rung("fast", "fast", None, 0.62), _Rung("low", "fast", "low", 1.0))


@dataclass
class _Scene:
    """What is drawn from. It changes at most once."""

    prompt: str
    alt: str
    rewritten: bool = False


@dataclass
class ModelFallback:
    """One way down."""

    wish: ImagePrompt
    chosen: Chosen
    ports: Ports
    tried: list[Tried] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._watch = Watch(self.ports)
        self._end = self._watch.began + WINDOW
        self._scene = _Scene(self.wish.prompt, self.wish.alt)

    async def down(self) -> Image:
        """The first image that can be shown, or one without a blob.

        Raises:
            PutBack: the images' limit has nothing left, and there is time to come back.
            Transient: the blob store did not answer.
            Permanent: as the models port says, for what is no single image's fault.
        """
        for rung in RUNGS:
            seconds = (self._end - self.ports.clock.now()) * rung.share
            if seconds < LEAST:
                self._note(rung, "no_time", "its time was up")
                break
            try:
                image, content = await self._from(rung, seconds)
            except PutBack as error:  # all rungs wait in the same line
                if self.ports.clock.now() + wait_of(error) + WINDOW <= self.wish.by:
                    raise
                self._note(rung, error.code, error.message)
                break
            except (Transient, Permanent) as error:
                if error.code not in FALLS and isinstance(error, Permanent):
                    raise
                self._note(rung, error.code, error.message)
            else:
                return await self._kept(image, content)
        return Image(prompt=self._scene.prompt, rewritten=self._scene.rewritten, tried=tuple(self.tried), took=self._watch.took())

    async def _from(self, rung: _Rung, seconds: float) -> tuple[Image, bytes]:
        """One rung's image and its file; its prompt written anew, once for all rungs, if it is refused."""
        try:
            return await self._drawn(rung, seconds)
        except Permanent as error:
            if error.code != error_codes.IMAGE_BLOCKED or self._scene.rewritten:
                raise
            self._note(rung, error.code, error.message)
            await self._rewrite()
            return await self._drawn(rung, max(LEAST, (self._end - self.ports.clock.now()) * rung.share))

    async def _drawn(self, rung: _Rung, seconds: float) -> tuple[Image, bytes]:
        wish, scene = self.wish, self._scene
        picture = await self.ports.models.draw(
            prompt=scene.prompt, size=f"{wish.width}x{wish.height}", quality=rung.quality or wish.quality, media=wish.format,
            role=rung.role, timeout=seconds,
        )  # fmt: skip
        pixels, content = await asyncio.to_thread(self._file, picture.content, picture.model)
        said = await looked_at(scene.alt, self.ports, image=content, media=f"image/{wish.format}")
        if said is not None and said.flagged:
            raise Permanent(f"moderation flagged it: {', '.join(said.categories)}", code="image_flagged")
        image = Image(
            width=pixels.width, height=pixels.height, rung=rung.name, model=picture.model, prompt=scene.prompt,
            rewritten=scene.rewritten, alt=scene.alt, source=TRAINED, moderated=said is not None, tried=tuple(self.tried),
            took=self._watch.took(),
        )  # fmt: skip
        return image, content

    async def _kept(self, image: Image, content: bytes) -> Image:
        """The image, stored: it is paid for, so a store that does not answer is asked again here."""
        stored = await retry_transient(
            lambda: keep(content, (image.width, image.height), self.wish.format, self.ports), self.ports.clock
        )
        return image.model_copy(update={**stored, "took": self._watch.took()})

    def _file(self, content: bytes, model: str) -> tuple[Pixels, bytes]:
        pixels = sized(decoded(content, self.wish.width, self.wish.height), self.wish.width, self.wish.height)
        return pixels, encoded(pixels, self.wish.format, alt=self._scene.alt, source=TRAINED, model=model)

    async def _rewrite(self) -> None:
        """Another prompt for the same topic: the model's, or the plain one by rule."""
        agent, topic = self.chosen.post.agent, self.chosen.topic
        assert topic is not None  # noqa: S101 - nothing is drawn without one
        data = subject(
            "rewrite_image_prompt", agent, topic, refused_prompt=self._scene.prompt, image_style=agent.image_style,
            alt_most=min(ALT, agent.caps.alt),
        )  # fmt: skip
        instructions, now = prompt("rewrite_image_prompt"), self.ports.clock.now()
        scene = scene_of(
            await ask_by_deadline(Scene, now, self.ports, instructions=instructions, data=data, max_output_tokens=1500),
            agent,
            topic,
        )
        self._scene = _Scene(scene.prompt, scene.alt, rewritten=True)

    def _note(self, rung: _Rung, code: str, why: str) -> None:
        log.warning("image_rung_failed", rung=rung.name, code=code, error=why)
        self.tried.append(Tried(rung=rung.name, code=code, why=why[:300]))
