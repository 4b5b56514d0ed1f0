"""What does not fit is told in words about the value, at its place."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError, model_validator

from shared.text.validation_faults import faults


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: int

    @model_validator(mode="after")
    def _not_too_large(self) -> Item:
        if self.size > 9:
            raise ValueError("a size is below ten")
        return self


class Items(RootModel[list[Item] | Item]):
    pass


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ("/size", "is missing")),
        ({"size": 1, "sise": 2}, ("/sise", "there is no such field")),
        ({"size": "x"}, ("/size", "is to be a whole number")),
        ({"size": 10}, ("", "a size is below ten")),
    ],
)
def test_a_fault_is_told_without_the_checkers_own_words(given: object, told: tuple[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        Item.model_validate(given)
    assert [(fault["pointer"], fault["detail"]) for fault in faults(refused.value)] == [told]


def test_a_place_does_not_name_the_kinds_that_a_value_might_have_been() -> None:
    with pytest.raises(ValidationError) as refused:
        Items.model_validate([{"size": 10}])
    assert not [fault for fault in faults(refused.value) if "[" in fault["pointer"]]
