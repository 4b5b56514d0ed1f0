"""What travels through transcript_graph, top to bottom as it flows: request -> listing -> chunks, packs -> answers -> contributions -> graph."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from functions.transcript_graph.extraction.extraction_counts import Counts, Trial, YieldAt
from functions.transcript_graph.reading.stored_texts import graph_of
from functions.transcript_graph.resolution.judge_pairs_messages import Doubts
from shared.base_message import Message
from shared.records.record_use import RecordUse

CollectionId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
TranscriptId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
MOST_TRANSCRIPTS = 20_000


# ---- what the user asks


class RelationType(Message):
    """A kind of relation that may be found, and between what."""

    name: Label
    source: str = Field("", description="The type of entity that it goes from; empty: any.")
    target: str = Field("", description="The type of entity that it goes to; empty: any.")


class Schema(Message):
    """What may be found. What does not fit is left out, and counted."""

    entity_types: tuple[Label, ...] = Field((), max_length=50)
    relation_types: tuple[RelationType, ...] = Field((), max_length=100)


class TranscriptInput(Message):
    """A transcript: its text, where to fetch it, or (with neither) the id of a transcript that was imported."""

    id: TranscriptId
    title: Short = ""
    date: Short = ""
    text: str | None = Field(None, description="Plain text, Markdown, JSON segments, SRT or WebVTT.")
    uri: str | None = Field(None, max_length=2000, description="`https://…`, or `blob:transcripts/NAME` for a stored file.")


class GraphRequest(Message):
    """Transcripts that go into a collection's graph. What is in it already, unchanged, costs nothing."""

    model_config = ConfigDict(populate_by_name=True)

    collection: CollectionId = Field("transcripts", description="The graph's name.")
    transcripts: tuple[TranscriptInput, ...] = Field((), max_length=MOST_TRANSCRIPTS)
    path: str | None = Field(
        None, description="A folder of transcripts on the machine that runs the jobs (profile `local` alone).",
        json_schema_extra={"format": "path"},
    )  # fmt: skip
    remove: tuple[TranscriptId, ...] = Field((), description="Transcripts whose contribution goes.")
    prune: bool = Field(False, description="Transcripts of the graph that are not named here go, too.")
    graph_schema: Schema = Field(default_factory=Schema, alias="schema")
    chunk_tokens: int = Field(400, ge=100, le=4000, description="Tokens in a chunk.")
    pack_tokens: int | None = Field(
        None, ge=100, le=60_000, description="Tokens of chunks in one call; without: as measured for the model, or 4,000."
    )
    measure: bool = Field(False, description="Measure what packs of several sizes yield, on twenty chunks: some 40 calls more.")
    gleaning: bool = Field(False, description="A second look at each pack for what was missed: dearer.")
    embed: bool = Field(
        False, description="Entities by meaning, too: each is embedded, and the graph's search finds what a text is about."
    )
    batch: bool = Field(
        False, description="By the provider's Batch API for half the price, within a day: if the job's deadline leaves so long."
    )

    @model_validator(mode="after")
    def _something(self) -> GraphRequest:
        if not self.transcripts and self.path is None and not self.remove:
            raise ValueError("give `transcripts`, a `path`, or what to `remove`")
        ids = [one.id for one in self.transcripts]
        if len(set(ids)) < len(ids):
            raise ValueError("two transcripts have the same id")
        return self

    def records_used(self) -> list[RecordUse]:
        """The graph, those whose stored texts are named, and the transcripts that were imported."""
        imported = [one.id for one in self.transcripts if one.text is None and one.uri is None]
        others = dict.fromkeys(
            graph for one in self.transcripts if (graph := graph_of(one.uri or "")) not in ("", self.collection)
        )
        return [
            RecordUse("graphs", self.collection, makes=True),
            *(RecordUse("graphs", graph) for graph in others),
            *(RecordUse("transcripts", one) for one in imported),
        ]


# ---- list_transcripts -> per transcript


class Source(Message):
    """Where a transcript's bytes are: in `text`, a file at `where`, a fetched page, a stored blob, or a record."""

    id: str
    kind: Literal["text", "path", "uri", "record"]
    where: str = ""
    text: str = ""
    title: str = ""
    date: str = ""
    body: str = Field("", description="SHA-256 of its bytes.")


class Wanted(Message):
    """One transcript to read. `alike`: earlier ones in this job that passages may be copied from."""

    collection: str
    source: Source
    alike: tuple[Source, ...] = ()
    graph_schema: Schema = Field(default_factory=Schema)
    chunk_tokens: int
    pack_tokens: int
    gleaning: bool
    batch: bool = False
    trial: bool = Field(False, description="Whether what packs yield is measured on its chunks.")
    extractor: str = Field(description="What decides an answer beside the text: prompt, schema, model.")


class Broken(Message):
    """A transcript, or a part of one, that is not in the graph, and why."""

    id: str
    code: str
    reason: str


class Listing(Message):
    """What there is to do. A branch begins for each of `transcripts`."""

    collection: str
    extractor: str
    embed: bool = False
    transcripts: tuple[Wanted, ...]
    unchanged: tuple[str, ...] = ()
    copies: dict[str, str] = Field(default_factory=dict, description="Transcripts that are copies of another: its id.")
    remove: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()


# ---- read_transcript -> extract_pack (fan-out) -> collect_transcript


class PackedChunk(Message):
    """A chunk as the model reads it."""

    id: str
    text: str


class Pack(Message):
    """Chunks that are asked about in one call."""

    chunks: tuple[PackedChunk, ...]
    collection: str = Field("", description="The graph that they are for.")
    graph_schema: Schema = Field(default_factory=Schema)
    gleaning: bool = False
    batch: bool = False
    trial: Trial | None = None


class ChunkPlace(Message):
    """A chunk of a transcript: its characters, its turns, and what became of it."""

    id: str
    at: int
    upto: int
    first: int
    last: int
    tokens: int
    copy_of: str = Field("", description="The chunk whose answer it shares.")
    left_out: str = Field("", description="Why nobody is asked about it: `filler`, `empty`.")


class Read(Message):
    """A transcript that was read. Fans out over `packs`."""

    wanted: Wanted
    title: str = ""
    date: str = ""
    words: str = Field("", description="The blob that holds its text and its turns.")
    chunks: tuple[ChunkPlace, ...] = ()
    packs: tuple[Pack, ...] = ()
    kept: int = Field(0, description="Chunks whose answers were there before.")
    read_at: float = 0.0


class FoundEntity(Message):
    """A name as it stands in the text."""

    name: str
    type: str = ""
    description: str = ""


class FoundRelation(Message):
    """A relation, with the words that say so."""

    source: str
    type: str
    target: str
    quote: str


class Answer(Message):
    """What was found in one chunk, as the model said it: nothing of it is checked yet."""

    chunk: str
    entities: tuple[FoundEntity, ...] = ()
    relations: tuple[FoundRelation, ...] = ()


class Asked(Message):
    """A pack's end: how many chunks were answered, and which could not be. The answers themselves are kept by chunk."""

    answered: int = 0
    kept: int = Field(0, description="Answered before: by an earlier try, another job, a copy.")
    calls: int = 0
    triples: int = 0
    by: str = Field("", description="Who answered: a model's name, or `offline`.")
    trial: Trial | None = None


# ---- collect_transcript -> store_graph -> judge_pairs (fan-out) -> finish_graph


class Collected(Message):
    """Transcripts' contributions, each in a blob of its own, and what they come to. Grows as the join is climbed."""

    contributions: dict[str, str] = Field(default_factory=dict, description="Blobs by transcript.")
    failed: tuple[Broken, ...] = ()
    counts: Counts = Counts()
    names: dict[str, int] = Field(default_factory=dict, description="The names mentioned most so far.")
    trials: tuple[Trial, ...] = ()
    by: str = Field("", description="Who answered; empty where all answers were there before.")


class Stored(Message):
    """What is in the graph by now, and the pairs that only a closer look can tell. Fans out over `doubts`."""

    collected: Collected
    touched: tuple[str, ...] = Field((), description="Entities that it made, changed or removed.")
    doubts: tuple[Doubts, ...] = ()


# ---- result


class TopEntity(Message):
    """An entity that stands out."""

    id: str
    name: str
    type: str
    mentions: int
    transcripts: int
    salience: float


class GraphResult(Message):
    """The result: the graph stays at `/api/v1/graphs/{collection}`."""

    partial_stages: ClassVar[tuple[str, ...]] = ("extract_pack", "collect_transcript")

    graph: str
    version: int
    entities: int
    relations: int
    transcripts: int
    added: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    copies: dict[str, str] = Field(default_factory=dict)
    failed: tuple[Broken, ...] = Field(
        (), description="Transcripts and chunks that are not in the graph: `jobs retry` asks again."
    )
    counts: Counts = Counts()
    embedded: int = Field(0, description="Entities that were embedded by this job.")
    yields: tuple[YieldAt, ...] = ()
    top: tuple[TopEntity, ...] = ()
    written_by: str = Field("", description="The model's name, or `offline`.")
