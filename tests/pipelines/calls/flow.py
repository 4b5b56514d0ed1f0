"""number -> ask (fan-out) -> check"""

from __future__ import annotations

from pydantic import BaseModel

from shared.engine.flow import Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports

WORD = "water "
"""About one token."""


class Request(BaseModel):
    """How many calls, and about how many tokens each question has."""

    calls: int
    tokens: int = 50


class Question(BaseModel):
    """One call's input."""

    number: int
    tokens: int


class Answer(BaseModel):
    """What the model answers, and the task's result."""

    number: int
    value: int


class Checked(BaseModel):
    """Every call once, every value right."""

    calls: int
    sum: int


def value_of(number: int) -> int:
    """What the model has to answer."""
    return number * number % 9973


async def number(request: Request, ports: Ports) -> list[Question]:
    return [Question(number=number, tokens=request.tokens) for number in range(request.calls)]


async def ask(question: Question, ports: Ports) -> Answer:
    data = f"number {question.number}\n{WORD * question.tokens}"
    return await ports.models.ask(instructions="Answer with the number and its value.", data=data, answer=Answer)


async def check(answers: list[Answer], request: Request, ports: Ports) -> Checked:
    """Raises Permanent (`wrong_answers`): one is missing, twice there, or wrong."""
    if [(one.number, one.value) for one in answers] != [(number, value_of(number)) for number in range(request.calls)]:
        raise Permanent("the answers are not those of the questions", code="wrong_answers")
    return Checked(calls=len(answers), sum=sum(one.value for one in answers))


FLOW = Flow(
    "calls",
    request=Request,
    result=Checked,
    stages=(
        Stage(number, attempts=20, then=ask),
        # The web's lane, because few run there at once: a task shall seldom die of its neighbours several times in a row.
        Stage(ask, lane="web", attempts=50, join=Join(check)),
        Stage(check, attempts=20, needs=(Request,)),
    ),
)
