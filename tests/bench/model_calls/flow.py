"""number_calls -> ask_model (fan-out) -> check_answers"""

from __future__ import annotations

from pydantic import BaseModel

from shared.engine.flow import Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports
from tests.bench.calls.question import CALLS, INSTRUCTIONS, data_of, value_of


class Request(BaseModel):
    """How many calls."""

    calls: int = CALLS


class Call(BaseModel):
    """One call's input."""

    call: int


class Remark(BaseModel):
    """What the model answers, and the member's result."""

    call: int
    value: int
    remark: str


class Checked(BaseModel):
    """The job's result: every call once, every value right."""

    calls: int
    values: int


async def number_calls(request: Request, ports: Ports) -> list[Call]:
    return [Call(call=call) for call in range(request.calls)]


async def ask_model(asked: Call, ports: Ports) -> Remark:
    return await ports.models.ask(instructions=INSTRUCTIONS, data=data_of(asked.call), answer=Remark, max_output_tokens=800)


async def check_answers(answers: list[Remark], ports: Ports) -> Checked:
    """Every call's own answer, in order.

    Raises:
        Permanent: one is missing, twice there, or wrong (`wrong_answers`).
    """
    if [(one.call, one.value) for one in answers] != [(call, value_of(call)) for call in range(len(answers))]:
        raise Permanent("the answers are not those of the calls", code="wrong_answers")
    return Checked(calls=len(answers), values=sum(one.value for one in answers))


FLOW = Flow(
    "model_calls",
    request=Request,
    result=Checked,
    stages=(
        Stage(number_calls, then=ask_model),
        Stage(ask_model, lane="models", attempts=20, join=Join(check_answers)),
        Stage(check_answers),
    ),
)
