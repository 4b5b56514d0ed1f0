"""Small fakes for testing a stage by calling it. Not for whole flows: `pipeline_world` runs them on the real adapters."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel

from shared.errors import Transient
from shared.ports import Ports
from shared.ports.blobs import Blob
from shared.ports.limits import Grant
from shared.ports.models import Models, Moderation, Picture, Priced
from shared.ports.web import Page
from shared.settings import Settings


def page(url: str, content: bytes | str = b"", *, status: int = 200, **headers: str) -> Page:
    """A page as `web.fetch` gives it; header names may use underscores."""
    raw = content.encode() if isinstance(content, str) else content
    return Page(url, status, {k.replace("_", "-"): v for k, v in headers.items()}, raw)


@dataclass
class FakeWeb:
    """Answers by URL prefix, longest first; a callable gets the call's arguments."""

    answers: dict[str, Page | Exception | Callable[..., Page]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def check(self, url: str) -> str:
        return url

    async def fetch(self, url: str, **kwargs: Any) -> Page:
        self.calls.append((url, kwargs))
        for prefix in sorted(self.answers, key=len, reverse=True):
            if url.startswith(prefix):
                answer = self.answers[prefix]
                if isinstance(answer, Exception):
                    raise answer
                return answer(url, **kwargs) if callable(answer) else answer
        raise Transient(f"no answer for {url}", code="fetch_failed")


def unasked(**question: Any) -> Any:
    raise AssertionError(f"nobody was to ask for this: {question}")


@dataclass
class FakeModels:
    """Answers each method from its callable, called with the question's keyword arguments; one that is not given fails the test.

    `text` gives the pieces of what `write` writes. `calls` remembers all questions.
    """

    reply: Callable[..., BaseModel] = unasked
    text: Callable[..., Iterable[str]] = unasked
    picture: Callable[..., Picture] = unasked
    moderation: Callable[..., Moderation] = unasked
    vectors: Callable[..., list[list[float]]] = unasked
    calls: list[dict[str, Any]] = field(default_factory=list)
    label: str = "fake"

    async def ask(self, **question: Any) -> Any:
        self.calls.append(question)
        return self.reply(**question)

    async def write(self, **question: Any) -> AsyncGenerator[str, None]:
        self.calls.append(question)
        for piece in self.text(**question):
            yield piece

    async def draw(self, **question: Any) -> Picture:
        self.calls.append(question)
        return self.picture(**question)

    async def moderate(self, text: str, **options: Any) -> Moderation:
        self.calls.append({"text": text} | options)
        return self.moderation(text=text, **options)

    async def embed(self, texts: Sequence[str], **options: Any) -> list[list[float]]:
        self.calls.append({"texts": texts} | options)
        return self.vectors(texts=texts, **options)

    def price(self, role: Priced, input_tokens: float, output_tokens: float) -> float:
        return 0.0

    def unpriced(self, role: Priced) -> str:
        return ""

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return 0.0


@dataclass
class FakeLimits:
    """Never waits; remembers what was asked and settled."""

    acquired: list[str] = field(default_factory=list)
    settled: list[dict[str, Any]] = field(default_factory=list)

    async def acquire(self, resource: str, *, requests: float = 1, tokens: float = 0, usd: float = 0.0) -> Grant:
        self.acquired.append(resource)
        return Grant(resource, {"requests": requests, "tokens": tokens, "usd": usd})

    def settle(
        self,
        grant: Grant,
        *,
        tokens: float | None = None,
        usd: float | None = None,
        headers: Mapping[str, str] | None = None,
        status: int = 0,
    ) -> None:
        said = {"headers": dict(headers or {}), "status": status}
        self.settled.append({"resource": grant.resource, "reserved": grant.amounts, "tokens": tokens, "usd": usd, **said})

    def least_seconds(self, resource: str, *, requests: float, tokens: float = 0) -> float:
        return 0.0


@dataclass
class FakeBlobs:
    """Blobs in a dict."""

    kept: dict[str, bytes] = field(default_factory=dict)

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        self.kept[name] = content
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    async def delete(self, *names: str) -> None:
        for name in names:
            self.kept.pop(name, None)

    async def delete_folder(self, folder: str) -> None:
        await self.delete(*[name for name in self.kept if name.startswith(f"{folder}/")])

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        return f"memory:{name}"


def fake_ports(
    *,
    web: FakeWeb | None = None,
    models: Models | None = None,
    limits: FakeLimits | None = None,
    blobs: FakeBlobs | None = None,
    **settings: Any,
) -> Ports:
    """Ports for one stage; using a port that was not given fails the test."""
    return Ports(
        documents=cast(Any, None),
        tasks=cast(Any, None),
        blobs=blobs or FakeBlobs(),
        models=cast(Any, models),
        web=web or FakeWeb(),
        limits=limits or FakeLimits(),
        settings=Settings(**settings),
    )
