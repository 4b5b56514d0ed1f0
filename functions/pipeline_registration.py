"""A pipeline's registration: all that the API, schedules, triggers and command line know of it, imported by name when first wanted.

Everything is by name (`package.module:attribute`) and imported when it is first wanted: a deployed function loads its own pipeline
alone, and the API and the command line load what they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any, Literal, TypeAlias, cast

from pydantic import BaseModel

Name: TypeAlias = str
"""`package.module:attribute`."""


def load(name: Name) -> Any:
    """What a name stands for.

    Raises:
        ImportError, AttributeError: nothing of that name.
    """
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


@dataclass(frozen=True)
class ImportKind:
    """A kind of record that users bring in: `headrace import NAME PATH`, `PUT /api/v1/NAME/{id}`.

    `one` of them in words; `key`: the field that names a record; `collection`: where they are kept, without: as they are called.
    """

    name: str
    one: str
    model_name: Name
    """The pydantic model that a record has to fit."""
    key: str
    collection: str = ""
    files: Name = ""
    """What reads records from a folder, or from files of other formats than JSON and CSV: a function of the path that yields rows."""
    posts: Name = ""
    """The `PostPublishing` of the posts of such a record, which is a `PostingHours`: when its hours change, their times do."""

    @cached_property
    def model(self) -> type[BaseModel]:
        """What a record has to be."""
        return cast("type[BaseModel]", load(self.model_name))

    @property
    def place(self) -> str:
        """The collection."""
        return self.collection or self.name


@dataclass(frozen=True)
class Collection:
    """A collection of the pipeline's own records: its documents say `expires_at`, or `kept` says why they stay for ever."""

    name: str
    kept: str = ""
    of_job: bool = False
    """Whether each names the `job` that made it, and goes when that is deleted."""

    @property
    def expires(self) -> bool:
        """Whether retention deletes its documents."""
        return not self.kept


@dataclass(frozen=True)
class ScheduledWork:
    """A function `upkeep_{name}` that is called at the times of `cron`, in `zone`; `missed`: as a `Schedule` has it.

    It `starts` jobs of this pipeline, one for each of the items that the named function lists (`scheduled_starts.Items`), or
    `calls` the named function with the slot and the ports, which answers what it did (JSON). One of the two.
    """

    name: str
    cron: str
    starts: Name = ""
    calls: Name = ""
    zone: str = "UTC"
    missed: Literal["once", "skip"] = "once"

    @property
    def function(self) -> str:
        """The deployed function."""
        return f"upkeep_{self.name}"


@dataclass(frozen=True)
class DocumentTrigger:
    """A function `events_{name}` that hears of changes of the documents of a pattern, `orders/{id}`; as `Trigger` has it.

    It drops what is prepared of a record (`drops`: the kind of context), or `calls` the named function with the change and the
    ports, or the named `start_job.Start`, which starts a job. One of the two.
    """

    name: str
    document: str
    drops: str = ""
    calls: Name = ""
    when: Name = ""
    """Which changes matter: a function of the change. The others cost no operation."""
    latest: bool = True

    @property
    def function(self) -> str:
        """The deployed function."""
        return f"events_{self.name}"


@dataclass(frozen=True)
class PostFilter:
    """What `GET /api/v1/posts` can be narrowed by: the query's parameter, the record's field, and what it means.

    The pipeline's `queries.py` declares the lookup of `posts` by the field, newest first: stores make their indexes from it.
    """

    parameter: str
    field: str
    meaning: str


@dataclass(frozen=True)
class LineAlert:
    """Somebody is told whenever a line `message` of this pipeline is logged: `text` says what it means.

    The line has the field `pipeline`, as the engine's `job_slow` does: a job took longer than its flow's `slow_after`.
    """

    name: str
    message: str
    text: str


@dataclass(frozen=True)
class ResultPage:
    """How a page shows a result, by the names of its fields.

    `file`: the file that `items` names, in the page. `posts`: records in `posts`, listed in `items`, with their versions, images
    and approval. `graph`: the map at the address `source`. `feed`: the entries of `items`, each with its reason. `fields`: as JSON.
    """

    kind: Literal["file", "posts", "graph", "feed", "fields"]
    items: str = ""
    by: str = ""
    """The field of an item that says who it is by."""
    about: tuple[str, ...] = ()
    """Fields of an item that say what it is about."""
    source: str = ""
    """An address of the API, `{field}` in braces for the result's fields."""


@dataclass(frozen=True)
class Pipeline:
    """A pipeline, as everybody but itself knows it."""

    name: str
    """Its folder, and what its functions' names begin with: `some_work`."""
    about: str
    """What it is for, in a line."""
    flow: Name
    stages: tuple[str, ...]
    """The flow's stages in order: so that functions can be listed without loading what they do."""
    functions: tuple[str, ...] = ()
    """Its `main.py`'s further functions, by their whole names."""
    example: str = ""
    """Options of `headrace run` that show an input: `--set job_posting_url=https://jobs.example/42`."""
    imports: tuple[ImportKind, ...] = ()
    collections: tuple[Collection, ...] = ()
    schedules: tuple[ScheduledWork, ...] = ()
    triggers: tuple[DocumentTrigger, ...] = ()
    alerts: tuple[LineAlert, ...] = ()
    """What of its log somebody is told of; the runbook says what to do."""
    statuses: Mapping[str, int] = field(default_factory=dict)
    """Its own errors' codes, each with its HTTP status where that is not its class's."""
    error_codes: Name = ""
    """The codes that its own errors have, as its folder lists them: a frozenset."""
    publishing: Name = ""
    """The `PostPublishing` that publishes its records in `posts`."""
    forgets: tuple[str, ...] = ()
    """What else of its own can be deleted, beside its imports: `DELETE /api/v1/{name}/{id}` is one of its routes."""
    delete_post: Name = ""
    """What deletes one of its records in `posts` with all that is of it: a function of the record and the ports."""
    filters: tuple[PostFilter, ...] = ()
    routes: Name = ""
    """Its own routes of the API: a tuple of `Route`."""
    view: Name = ""
    """How the command line shows its result: a function of the result (JSON) that answers blocks of `functions.result_blocks`."""
    page: ResultPage | None = None
    """How a page shows it; without: as the file that it is, or field by field."""
    input_readers: Mapping[str, Name] = field(default_factory=dict)
    """How the files of an input's field are read, where they are not simply the field's own JSON: a function of the file's JSON, or of its text where it is none."""
    late_imports: tuple[str, ...] = ()
    """What its stages load when they first run: modules, and functions to be called (`module:function`), in the order of their use.
    A process that serves all of them loads these ahead, while it waits."""

    @property
    def title(self) -> str:
        """The name outside: `some-work`."""
        return self.name.replace("_", "-")

    @property
    def deployed(self) -> tuple[str, ...]:
        """Its `main.py`'s functions, by name."""
        return (*(f"{self.name}_{stage}" for stage in self.stages), *self.functions)


def check(pipelines: Iterable[Pipeline], taken: Iterable[str] = ()) -> None:
    """Whether pipelines can live side by side. `taken`: names of functions that are somebody's already.

    Raises:
        ValueError: two of them want the same name, or one says of its work neither what it starts nor what it calls, or both.
    """
    whole = list(pipelines)
    names = [*taken, *(name for one in whole for name in one.deployed)]
    names += [each.function for one in whole for each in one.schedules]
    names += [each.function for one in whole for each in one.triggers]
    _unique("function", names)
    _unique("kind of import", [kind.name for one in whole for kind in one.imports])
    _unique("kind of record", [kind.one for one in whole for kind in one.imports])
    _unique("filter of posts", [each.parameter for one in whole for each in one.filters])
    _unique("alert", [alert.name for one in whole for alert in one.alerts])
    _unique("error code", [code for one in whole for code in one.statuses])
    for one in whole:
        ways = [(each.function, each.starts, each.calls) for each in one.schedules]
        ways += [(each.function, each.drops, each.calls) for each in one.triggers]
        for function, either, other in ways:
            if bool(either) == bool(other):
                raise ValueError(f"{function} of {one.name} does one of two things")


def _unique(what: str, names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two of a kind: the {what} {', '.join(twice)}")
