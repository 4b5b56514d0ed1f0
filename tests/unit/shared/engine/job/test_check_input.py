"""What is asked of a pipeline whose model says nothing of names that it does not know."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from shared.engine.flow import Flow, Stage
from shared.engine.job.lifecycle import check_input
from shared.errors import BadInput
from shared.ports import Ports


class Size(BaseModel):
    metres: int = 1


class Order(BaseModel):
    language: str = "German"
    size: Size = Size()


class Open(Order):
    model_config = ConfigDict(extra="ignore")


async def fill(order: Order, ports: Ports) -> Order:
    return order


async def fill_open(order: Open, ports: Ports) -> Open:
    return order


PLAIN = Flow("shop", request=Order, result=Order, stages=(Stage(fill),))
LENIENT = Flow("open_shop", request=Open, result=Open, stages=(Stage(fill_open),))


@pytest.mark.parametrize(
    ("given", "pointer"),
    [({"langauge": "French"}, "/input/langauge"), ({"size": {"meters": 2}}, "/input/size/meters")],
)
def test_a_mistyped_name_is_refused_at_its_place(given: dict[str, object], pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_input(PLAIN, given)
    assert refused.value.code == "invalid_input"
    assert refused.value.errors == [{"pointer": pointer, "detail": "there is no such field"}]


def test_what_fits_is_taken() -> None:
    assert check_input(PLAIN, {"language": "French", "size": {"metres": 2}}) == Order(language="French", size=Size(metres=2))


def test_a_model_that_says_so_itself_takes_what_it_does_not_know() -> None:
    assert check_input(LENIENT, {"langauge": "French"}) == Open()
