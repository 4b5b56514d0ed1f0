"""What a figure may stand for, by the word beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.numbers.quantity_parser import quantities
from shared.numbers.rounding_rules import room_of, stands_for
from shared.text.folding import folded


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("一點○五兆元", "1050000000000", True),
        ("三四六億美元", "34600000000", True),
        ("六萬多張", "61332", True),
        ("六萬多張", "72400", False),
        ("四十多億", "4058000000", True),
        ("四十多億", "5120000000", False),
        ("一百多億", "13485000000", True),
        ("將近六萬張", "59805", True),
        ("將近六萬張", "61332", False),
        ("nearly $11 billion", "10900000000", True),
        ("nearly $11 billion", "11250000000", False),
        ("more than 1,200 stores", "1150", False),
        ("5億", "518000000", True),
        ("5億", "560000000", False),
        ("跌半成", "5", True),
        ("3.3厘", "3.3", True),
        ("two tenths of a point", "0.2", True),
    ],
)
def test_a_figure_stands_for_what_it_rounds(text: str, value: str, *, fits: bool) -> None:
    form = folded(text)
    (one,) = quantities(form)
    assert stands_for(one, Decimal(value), room_of(form, one)) is fits
