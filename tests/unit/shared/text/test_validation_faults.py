"""What does not fit is told in words about the value, at its place."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, RootModel, StringConstraints, TypeAdapter, ValidationError, model_validator

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


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (r"^[^/\x00-\x1f]{1,200}$", "is to be 1 to 200 characters, none of control characters or /"),
        (r"^[A-Za-z0-9_-]{1,64}$", "is to be 1 to 64 characters, each of A-Z, a-z, 0-9, _ or -"),
        (
            r"^[a-z0-9][a-z0-9_.-]{0,39}$",
            "is to be 1 to 40 characters, each of a-z, 0-9, _, . or -, the first of a-z or 0-9",
        ),
        (r"^[A-Za-z0-9]+$", "is to be characters, each of A-Z, a-z or 0-9"),
        (r"^https?://\S+$", "is to be an address that begins with https:// or http://"),
        (r"^(?:a|b)\d$", "is not written as it has to be"),
    ],
)
def test_a_pattern_is_told_in_words(pattern: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)]).validate_python("//")
    assert [fault["detail"] for fault in faults(refused.value)] == [told]
