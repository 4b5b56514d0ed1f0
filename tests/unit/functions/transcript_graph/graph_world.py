"""The graph pipeline's stages, called one after the other on real embedded adapters, with a model that answers by a function."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from functions.transcript_graph.graph import graph_queries
from functions.transcript_graph.graph.entity_sums import name_of
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.judge_pairs_messages import Judged
from functions.transcript_graph.stage_messages import Asked, Collected, GraphRequest, GraphResult
from functions.transcript_graph.stages.collect_transcript import collect_transcript, gathered
from functions.transcript_graph.stages.extract_pack import extract_pack
from functions.transcript_graph.stages.finish_graph import finish_graph
from functions.transcript_graph.stages.judge_pairs import judge_pairs, together
from functions.transcript_graph.stages.list_transcripts import list_transcripts
from functions.transcript_graph.stages.read_transcript import read_transcript
from functions.transcript_graph.stages.store_graph import store_graph
from infra.offline_model.graph import extract
from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.toktok.token_counter import ToktokTokens
from shared.errors import Permanent, PutBack
from shared.ports import Ports
from tests.support.fakes import FakeModels, fake_ports

Rule = Callable[[dict[str, Any]], dict[str, Any]]
TOKENS = ToktokTokens()


def by_rules(data: dict[str, Any]) -> dict[str, Any]:
    """What the offline model says."""
    found: dict[str, Any] = extract.RULES[data["task"]](data)
    return found


class GraphWorld:
    """One store, one model. `asked` counts the chunks that the model was asked about."""

    def __init__(self, folder: Path, rule: Rule = by_rules) -> None:
        self._database = Database(folder / "graph.db", synchronous="OFF")
        self.rule = rule
        self.asked: list[str] = []
        self.models = FakeModels(reply=self._reply)
        made = fake_ports(models=self.models, blobs=FolderBlobs(folder / "blobs"))  # type: ignore[arg-type]
        self.ports: Ports = replace(made, documents=SqliteDocuments(self._database), open_tokens=lambda: TOKENS)

    def _reply(self, **question: Any) -> BaseModel:
        data = json.loads(question["data"])
        self.asked += [chunk["text"] for chunk in data.get("chunks", ())]
        made: BaseModel = question["answer"].model_validate(self.rule(data))
        return made

    async def run(self, texts: Mapping[str, str], *, shuffle: int | None = None, **request: Any) -> GraphResult:
        """A job over transcripts by id. `shuffle`: their order, and that of their packs, by this seed."""
        given = [{"id": name, "text": text} for name, text in texts.items()]
        asked = GraphRequest.model_validate({"collection": "talks", "transcripts": given, **request})
        listing = await list_transcripts(asked, self.ports)
        wanted = list(listing.transcripts)
        if shuffle is not None:
            random.Random(shuffle).shuffle(wanted)
        collected = [found for each in wanted if (found := await self._transcript(each, shuffle)) is not None]
        stored = await store_graph(gathered(collected), listing, self.ports)
        verdicts = [await judge_pairs(doubts, self.ports) for doubts in stored.doubts]
        return await finish_graph(together(verdicts) if verdicts else Judged(), stored, listing, self.ports)

    async def _transcript(self, wanted: Any, shuffle: int | None) -> Collected | None:
        try:
            transcript = await read_transcript(wanted, self.ports)
        except Permanent:
            return None
        packs = list(transcript.packs)
        if shuffle is not None:
            random.Random(shuffle).shuffle(packs)
        asked: list[Asked] = []
        for pack in packs:
            try:
                asked.append(await extract_pack(pack, self.ports))
            except (Permanent, PutBack):
                continue
        try:
            return await collect_transcript(asked, transcript, self.ports)
        except PutBack:
            old = transcript.model_copy(update={"read_at": 0.0})
            return await collect_transcript(asked, old, self.ports)

    async def pages(self) -> Pages:
        return await graph_queries.opened("talks", self.ports)

    async def records(self) -> dict[str, Any]:
        """All entities by id."""
        return await graph_queries.everything(await self.pages())

    async def names(self) -> list[str]:
        """The entities' names, sorted."""
        return sorted(name_of(record) for record in (await self.records()).values())

    async def triples(self) -> set[tuple[str, str, str]]:
        """The relations by name."""
        records = await self.records()
        name = {entity: name_of(record) for entity, record in records.items()}
        return {
            (name[one], kind, name[other])
            for one, record in records.items()
            for other, kinds in record["out"].items()
            for kind in kinds
        }

    def close(self) -> None:
        self._database.close()


def said(**chunks: Any) -> Rule:
    """A model that finds, in every chunk that holds a key's words, what stands under it: `(entities, relations)`.

    Entities are `name` or `(name, type)` or `(name, type, description)`, relations `(source, type, target, quote)`.
    """
    return lambda data: {"chunks": [_finds(chunk, chunks) for chunk in data["chunks"]]} if "chunks" in data else {"verdicts": []}


def _finds(chunk: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    entities: list[dict[str, str]] = []
    relations: list[dict[str, str]] = []
    for words, (named, related) in known.items():
        if words.replace("_", " ") in chunk["text"]:
            entities += [_entity(one) for one in named]
            relations += [dict(zip(("source", "type", "target", "quote"), one, strict=True)) for one in related]
    return {"chunk": chunk["chunk"], "entities": entities, "relations": relations}


def _entity(one: Any) -> dict[str, str]:
    name, kind, about = (*((one,) if isinstance(one, str) else one), "", "")[:3]
    return {"name": name, "type": kind or "Person", "description": about}
