"""What is wrong with a pipeline before it runs: a stage that no lane delivers, that `main.py` does not have, whose fields are misspelt.

A flow holds itself to its own rules when it is imported. What is here needs the stages' signatures, the lanes and `main.py`; without
it such a mistake is a job that waits for ever. Each fault has the file and the line where it stands.
"""

from __future__ import annotations

import ast
import inspect
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from functions import LANES, broken_pipelines, left_out, packages, sound_registrations
from functions.flow_fault import BadFlow, FlowFault, import_fault, line_with
from functions.pipeline_registration import Pipeline, load
from shared.engine.flow import Branch, Flow, Stage
from shared.errors import HeadraceError
from shared.user_input.nearest_word import nearest


def leave_out_broken() -> None:
    """Look at every pipeline: those that could not run are left out of this process, and the others go on.

    Raises:
        BadInput: HEADRACE_PIPELINES names what registers no pipeline (`bad_setting`).
    """
    broken_pipelines.forget()
    for package, registered in sound_registrations(packages()).items():
        if found := list(faults(package, registered)):
            broken_pipelines.leave_out(package, registered.title, found, registered.deployed)


def check_pipelines() -> None:
    """Refuse a pipeline that could not run: for what is about all of them, a deployment's variables.

    Raises:
        BadFlow: one has a mistake; the message has file and line of the first, `errors` all of them.
    """
    leave_out_broken()
    if found := [fault for broken in left_out().values() for fault in broken.faults]:
        raise BadFlow(found)


def faults(package: str, registered: Pipeline) -> Iterator[FlowFault]:
    """The mistakes of one pipeline. `package`: where its `main.py` is."""
    try:
        flow: Flow = load(registered.flow)
    except Exception as error:  # noqa: BLE001 - whatever its modules raise is what is wrong with them
        yield import_fault(package, registered.title, error, registered.flow)
        return
    source = _FlowSource(Path(str(sys.modules[registered.flow.partition(":")[0]].__file__)))
    for stage in flow.stages:
        for keyword, message in _of_stage(flow, stage):
            yield FlowFault(registered.title, f"{stage.name}: {message}", *source.place(stage, keyword))
    yield from _of_names(package, registered, flow)
    try:
        yield from _of_main(package, registered, flow, source)
    except HeadraceError:
        pass  # of this process's settings: whoever starts with them is told
    except Exception as error:  # noqa: BLE001 - as above
        yield import_fault(package, registered.title, error, f"{package}.main")
    yield from _of_modules(package, registered)


# One stage.


def _of_stage(flow: Flow, stage: Stage) -> Iterator[tuple[str, str]]:
    """A stage's mistakes, each with the keyword of `Stage(…)` that it is in."""
    if stage.lane not in LANES:
        yield "lane", f"there is no lane {stage.lane!r}{_near(stage.lane, LANES)}"
    hints = _hints(stage)
    if hints is None:
        return
    wanted = 1 + len(stage.needs) + (stage.waits is not None)
    given = [name for name in hints if name not in ("ports", "return")]
    if len(given) != wanted:
        yield "", f"it takes {_arguments(len(given))} besides ports, and the flow gives it {_arguments(wanted)}"
    for need in stage.needs:
        if need is not flow.request and getattr(need, "__name__", "") not in flow.by_name:
            yield "needs", f"it needs {getattr(need, '__name__', need)}, which is neither the request nor a stage"
    result = hints.get("return")
    if stage.each is not None:
        yield from (("each", said) for said in _missing(result, [stage.each]))
    summed = [*stage.sums, *([stage.join.enough[0]] if stage.join and stage.join.enough else [])]
    yield from (("sums" if name in stage.sums else "join", said) for name in summed for said in _missing(result, [name]))
    yield from _of_words(stage)
    if isinstance(stage.then, Branch):
        last = _hints(flow.stage(stage.then.last)) or {}
        yield from (("sums", said) for said in _missing(last.get("return"), stage.then.sums))
        yield from _of_words(stage.then.row)
    yield from _of_following(flow, stage, result)


def _of_words(row: Stage) -> Iterator[tuple[str, str]]:
    """Sums that what progress says would need, and that are not made."""
    for name in _named_in(row.says):
        if name not in row.sums:
            yield "says", f"`says` names {name!r}, which is not among its `sums`{_near(name, row.sums)}"


def _of_following(flow: Flow, stage: Stage, result: Any) -> Iterator[tuple[str, str]]:
    """Whether what a stage gives is what the next one takes, where both are plain."""
    if stage.then is None or not inspect.isfunction(stage.then) or stage.then.__name__ not in flow.by_name:
        return
    after = flow.stage(stage.then)
    takes = _first(_hints(after) or {})
    gives = _items_of(result, stage.each) if after.join is not None else result
    if after.join is not None and gives is None and _is_model(result):
        yield "then", f"{after.name} has a join, so a list is given to it, and {stage.name} gives one {result.__name__}"
    elif _differ(gives, takes):
        yield "then", f"it gives {_named(gives)}, and {after.name} takes {_named(takes)}"


def _missing(result: Any, names: Iterable[str]) -> Iterator[str]:
    """Fields that a stage's result does not have."""
    model = _model_of(result)
    if model is None:
        return
    for name in names:
        if name not in model.model_fields and not hasattr(model, name):
            yield f"its result, {model.__name__}, has no field {name!r}{_near(name, model.model_fields)}"


# Names outside of the flow.


def _of_names(package: str, registered: Pipeline, flow: Flow) -> Iterator[FlowFault]:
    """Stages that `pipeline.py` does not have, and those that are no stages."""
    here = Path(str(sys.modules[f"{package}.pipeline"].__file__))
    stages, title = {stage.name for stage in flow.stages}, registered.title
    for name in sorted(stages - set(registered.stages)):
        yield FlowFault(title, f"{name}: `stages` of the registration does not name it", here, line_with(here, "stages"))
    for name in sorted(set(registered.stages) - stages):
        said = f"`stages` names {name!r}, which is no stage of the flow{_near(name, stages)}"
        yield FlowFault(title, said, here, line_with(here, name))


def _of_main(package: str, registered: Pipeline, flow: Flow, source: _FlowSource) -> Iterator[FlowFault]:
    """Stages whose deployed functions `main.py` does not have. It is imported: how it makes them is its own business."""
    here = Path(str(sys.modules[f"{package}.pipeline"].__file__))
    if find_spec(f"{package}.main") is None:
        yield FlowFault(registered.title, "it has no main.py, whose functions are what is deployed", here, 1)
        return
    main = import_module(f"{package}.main")
    for stage in flow.stages:
        if not hasattr(main, wanted := flow.function(stage)):
            said = f"{stage.name}: main.py has no function {wanted}{_near(wanted, vars(main))}"
            yield FlowFault(registered.title, said, *source.place(stage, ""))


def _of_modules(package: str, registered: Pipeline) -> Iterator[FlowFault]:
    """What else of it is loaded with all the others, and cannot be: its queries, its routes, what its triggers do."""
    queries = [f"{package}.queries"] if find_spec(f"{package}.queries") else []
    for name in (*queries, registered.routes, *(name for each in registered.triggers for name in (each.calls, each.when))):
        try:
            _ = load(name) if ":" in name else name and import_module(name)
        except Exception as error:  # noqa: BLE001 - as above
            yield import_fault(package, registered.title, error, name)


class _FlowSource:
    """A flow's module as text: where each `Stage(…)` and each of its keywords stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Stage" and node.args
        ]
        self._calls = {node.args[0].id: node for node in calls if isinstance(node.args[0], ast.Name)}

    def place(self, stage: Stage, keyword: str) -> tuple[Path, int]:
        """The file and line of a stage's keyword; of the stage; or of its function, where the flow is built in another way."""
        call = self._calls.get(stage.name)
        if call is None:
            return Path(inspect.getsourcefile(stage.run) or self.path), inspect.unwrap(stage.run).__code__.co_firstlineno
        return self.path, next((word.value.lineno for word in call.keywords if word.arg == keyword), call.lineno)


# Types and words.


def _hints(stage: Stage) -> dict[str, Any] | None:
    """A stage's annotations in its parameters' order; None where they cannot be known."""
    try:
        hints = get_type_hints(stage.run)
        return {**{name: hints[name] for name in inspect.signature(stage.run).parameters}, "return": hints["return"]}
    except (NameError, KeyError, TypeError, ValueError):
        return None


def _first(hints: Mapping[str, Any]) -> Any:
    return next((hint for name, hint in hints.items() if name not in ("ports", "return")), None)


def _is_model(hint: Any) -> bool:
    return inspect.isclass(hint) and issubclass(hint, BaseModel)


def _model_of(hint: Any) -> type[BaseModel] | None:
    """The model that an annotation is about: itself, an optional one's; of lists and unions none."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return _model_of(kinds[0]) if len(kinds) == 1 else None
    return hint if _is_model(hint) else None


def _items_of(result: Any, each: str | None) -> Any:
    """What a list is of, or an async iterator, or a result's field `each`; None where that is not known."""
    if each is not None:
        model = _model_of(result)
        return _items_of(model.model_fields[each].annotation, None) if model and each in model.model_fields else None
    arguments = get_args(result)
    return arguments[0] if arguments and get_origin(result) not in (Union, UnionType) else None


def _differ(gives: Any, takes: Any) -> bool:
    """Whether two models are surely not the same kind."""
    return _is_model(gives) and _is_model(takes) and not issubclass(gives, takes) and not issubclass(takes, gives)


def _named(hint: Any) -> str:
    return str(getattr(hint, "__name__", hint))


def _named_in(says: str) -> list[str]:
    return [name.partition(".")[0].partition("[")[0] for _, name, _, _ in string.Formatter().parse(says) if name]


def _arguments(number: int) -> str:
    return f"{number} argument{'' if number == 1 else 's'}"


def _near(name: str, known: Iterable[str]) -> str:
    return f": did you mean {found}?" if (found := nearest(name, known)) else ""
