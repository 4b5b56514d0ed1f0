"""What travels through forum_posts, top to bottom as it flows: request -> plan -> main text -> versions -> post -> posts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.base_message import Message
from shared.records.record_use import RecordUse

Serial = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z0-9.^_-]{1,20}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Topic = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Fact = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
PostingType = Literal["interaction", "analysis"]
Language = Literal["en", "zh-Hant", "zh-Hans", "ja"]
Publish = Literal["draft", "post"]
MOST_ITEMS = 1000


# ---- what the user asks


class PostItem(Message):
    """One post to write."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    kol_serial: Serial = Field(description="Who posts: the serial of a profile (`headrace import profiles`).")
    stock_code: Code = Field(description="The stock's code: `2330`, `NVDA`.")
    stock_name: Name = Field("", description="Its name, as the post shall call it.")
    posting_type: PostingType = Field(description="`interaction` asks its readers something; `analysis` explains.")
    max_words: int = Field(ge=20, le=1000, description="Most words; for Chinese and Japanese, characters.")
    topic: Topic = Field("", description="What it is about; without: the stock.")
    facts: tuple[Fact, ...] = Field((), max_length=30, description="What is known. No other number may stand in the post.")
    fresh: bool = Field(False, description="Write anew, even if the same item was written within the hour.")


class PostsRequest(Message):
    """Forum posts to write: one to a thousand items."""

    items: tuple[PostItem, ...] = Field(max_length=MOST_ITEMS, json_schema_extra={"minItems": 1})
    versions: int = Field(5, ge=1, le=10, description="Texts per item, of which one is chosen.")
    publish: Publish = Field("draft", description="`draft` waits for approval; `post` approves and publishes what is chosen.")
    one_call: bool = Field(False, description="Ask for all versions in one call, with probabilities: cheaper, less varied.")

    @model_validator(mode="after")
    def _something(self) -> PostsRequest:
        if not self.items:
            raise ValueError("give at least one item")
        return self

    def records_used(self) -> list[RecordUse]:
        """Whose words the posts are to be."""
        return [RecordUse("profiles", item.kol_serial) for item in self.items]


# ---- plan_posts -> write_main


class Planned(Message):
    """One item that is to be written. `id` is its post's, and the same for the same item within the hour."""

    id: str
    number: int = Field(description="Its place in the request, from 0.")
    item: PostItem
    persona: str = Field(description="The profile's digest: another one is another persona.")
    language: Language
    seed: str = Field(description="What the order of angles is drawn by, beside stock, topic and KOL.")
    versions: int
    publish: Publish = "draft"
    one_call: bool = False
    new: bool = Field(default=False, description="Whether this request began its hour: nobody has written of it before.")


class Refused(Message):
    """An item that is not written, and why."""

    number: int
    kol_serial: str
    code: str
    reason: str


class Plan(Message):
    """What is written and what is not. A branch begins for each of `posts`."""

    posts: tuple[Planned, ...]
    refused: tuple[Refused, ...] = ()


# ---- write_main -> write_version (fan-out) -> choose_version


class Spent(Message):
    """What model calls used, as the provider counted it."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(**{name: getattr(self, name) + getattr(other, name) for name in Spent.model_fields})


class Voice(Message):
    """How some texts are written, on average. Words are characters of Chinese and Japanese."""

    length: float = Field(description="Words of a text.")
    sentence: float = Field(description="Words of a sentence.")
    rhythm: float = Field(0, description="Words by which a sentence differs from the one after it.")
    emoji: float = Field(description="Emoji of a text.")
    questions: float = Field(description="Share of texts that ask something (0..1).")
    openings: tuple[str, ...] = Field((), description="Their first words.")


class VersionVoice(Message):
    """How near a version is to its persona's style samples."""

    text: Voice
    closeness: float = Field(
        description="0..1: sentences, emoji and questions as the samples have them, and none of their openings."
    )
    far: tuple[str, ...] = Field((), description="Where it is far from them, in plain words.")


class VoiceComparison(VersionVoice):
    """A post's text beside its persona's style samples."""

    samples: Voice


class Version(Message):
    """One text, or why there is none."""

    number: int = Field(description="0 is the main text.")
    angle: str
    text: str = Field(description="As it would be published; empty when it was dropped.")
    length: int = Field(0, description="Words, or characters of Chinese and Japanese, without disclaimer and disclosure.")
    dropped: str = Field("", description="Why it cannot be used.")
    repaired: tuple[str, ...] = Field((), description="Faults of what was written first, all mended.")
    suspected: tuple[str, ...] = Field((), description="What reads like a claim that no post may hold, for somebody to look at.")
    alike: float = Field(0, description="Similarity (0..1) to the most similar text that was there before.")
    alike_to: str = Field("", description="That text: `{post}/{number}`.")
    collisions: tuple[str, ...] = Field((), description="Texts that earlier tries came too close to.")
    voice: VersionVoice | None = Field(None, description="Beside the persona's style samples; none without any.")
    probability: float | None = Field(None, description="As the model gave it, when it wrote all versions in one call.")
    model: str = ""
    spent: Spent = Field(default_factory=Spent)


class VersionRequest(Message):
    """One further version to write, or a draft of one to check."""

    post: Planned
    number: int = Field(ge=1)
    angle: str
    taken: tuple[str, ...] = Field((), description="The other versions' angles.")
    main: str = Field(description="The main text, to differ from.")
    draft: str = ""
    drafted_by: str = ""
    probability: float | None = None


class Main(Message):
    """An item's main text, and the versions that are still to come. Fans out over `versions`."""

    post: Planned
    main: Version
    versions: tuple[VersionRequest, ...]


# ---- choose_version -> collect_posts


class Post(Message):
    """One item's post: the chosen text and the others."""

    id: str
    number: int
    kol_serial: str
    kol_name: str = ""
    stock_code: str
    posting_type: PostingType
    language: Language
    state: str = Field(description="`draft`, `approved`, `published` …; `dropped` when no version can be used.")
    text: str = ""
    chosen: int | None = Field(None, description="The chosen version's number.")
    why: str = Field("", description="Why this version.")
    versions: tuple[Version, ...] = ()
    voice: VoiceComparison | None = Field(
        None, description="The chosen text beside the persona's style samples; none without any."
    )
    held: tuple[str, ...] = Field((), description="Why it does not go out by itself: somebody has to look at it.")
    again: bool = Field(False, description="The same item was written within the hour: this is its post.")
    spent: Spent = Field(default_factory=Spent)


# ---- collect_posts -> result


class Missing(Message):
    """An item without a post."""

    number: int
    kol_serial: str
    stock_code: str
    code: str
    reason: str


class ModelCost(Spent):
    """What one model was paid for this job's posts."""

    model: str


class PersonaVoice(Message):
    """One persona's style samples, and all versions that were written for it and can be used."""

    kol_serial: str
    kol_name: str
    samples: Voice
    versions: Voice = Field(description="On average, without their openings.")
    count: int = Field(description="How many versions.")
    closeness: float = Field(description="Theirs on average (0..1).")
    far: int = Field(description="How many of them are far from the samples in something.")
    drifts: tuple[str, ...] = Field((), description="Where the average is far from the samples, in plain words.")


class Similarity(Message):
    """How alike the versions that can be used are: Jaccard similarity of character n-grams (4 of Latin letters, 2 of CJK), 0..1."""

    texts: int
    most: float = Field(description="Of any text to one that was there before it, as the gate found it.")
    average: float
    gate: float = Field(description="A text at this similarity or above is not let through.")
    distinct_2: float = Field(description="Share of word pairs (characters in Chinese) that are the only ones of their kind.")


class Posts(Message):
    """The result."""

    partial_stages: ClassVar[tuple[str, ...]] = ("write_main", "write_version")
    missing_field: ClassVar[str] = "missing"

    posts: tuple[Post, ...]
    missing: tuple[Missing, ...] = ()
    cost: tuple[ModelCost, ...] = Field((), description="By model. Posts that were there before cost nothing.")
    similarity: Similarity
    voices: tuple[PersonaVoice, ...] = Field((), description="By persona, where it has style samples.")
    written_by: str = Field("", description="Model names, or `offline`.")
