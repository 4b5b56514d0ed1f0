"""What does not fit a model, as RFC 9457's `errors` tell it. There may be a hundred thousand faults: few of them are told."""

from __future__ import annotations

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

MOST = 50
"""Faults told at once."""
LONGEST = 300
"""Characters of a fault's texts: a field's name may be a megabyte long."""
NO_FIELD = "there is no such field"
SAID = {
    "extra_forbidden": NO_FIELD, "missing": "is missing",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "is to be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "is to be a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "is to be true or false"),
    **dict.fromkeys(("string_type", "string_unicode"), "is to be text"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "is to be a list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type", "mapping_type"), "is to be an object"),
}  # fmt: skip
"""By pydantic's names for faults, where its own words are a programmer's."""
OWN = re.compile(
    r"^(?:Value error, |Assertion failed, )?(?:Input|String|List|Tuple|Set|Dictionary|Value|Data) (?=should)|^(?:Value error|Assertion failed), "
)
"""How pydantic begins to say what is wrong."""
WEB_ADDRESS = "is to be an address that begins with https:// or http://"
UNKNOWN = "is not written as it has to be"
_SET = re.compile(r"\[(\^?)([^\[\]]+)\](?:\{(\d+),(\d+)\}|(\+))?")
_RANGE = re.compile(r"A-Z|a-z|0-9|\\x00-\\x1f")
KIND = re.compile(r"(?:list|tuple|dict|function-[a-z]+|constrained-[a-z]+|nullable|union|tagged-union)\[")


def faults(error: ValidationError, *at: str | int) -> list[dict[str, str]]:
    """`[{"pointer", "detail"}]`, the first ones; `at` is where in the body the value stands."""
    found = error.errors(include_url=False, include_input=False)[:MOST]
    return [{"pointer": pointer(*at, *_place(fault["loc"]))[:LONGEST], "detail": _said(fault)[:LONGEST]} for fault in found]


def _place(parts: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where a value is in the body, without pydantic's names for the kinds that it might have been."""
    return tuple(part for part in parts if not (isinstance(part, str) and KIND.match(part)))


def _said(fault: ErrorDetails) -> str:
    """What is wrong with a value, in words about the value."""
    if fault["type"] == "string_pattern_mismatch":
        return _pattern_in_words(fault["ctx"]["pattern"])
    return SAID.get(fault["type"]) or in_words(fault["msg"])


def _pattern_in_words(pattern: str) -> str:
    """What a pattern asks for: of an address, or of sets of characters with counts. Of other patterns nothing is told."""
    whole = pattern.removeprefix("^").removesuffix("$")
    if whole.startswith("http"):
        return WEB_ADDRESS
    sets = list(_SET.finditer(whole))
    if not sets or "".join(one[0] for one in sets) != whole:
        return UNKNOWN
    least, most = (sum(int(one[number] or 1) for one in sets) for number in (3, 4))
    count = "characters" if any(one[5] for one in sets) else f"{least} to {most} characters"
    negated, inside = sets[-1][1], _listed(sets[-1][2])
    first = f", the first of {_listed(sets[0][2])}" if len(sets) > 1 else ""
    return f"is to be {count}, {'none' if negated else 'each'} of {inside}{first}"


def _listed(inside: str) -> str:
    """`A-Za-z_-` as `A-Z, a-z, _ or -`."""
    ranges = ["control characters" if one.startswith("\\") else one for one in _RANGE.findall(inside)]
    kinds = [*ranges, *_RANGE.sub("", inside)]
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]


def in_words(message: str) -> str:
    """A message of pydantic's, as one about the value."""
    return OWN.sub("", message).partition(", unable to parse")[0].replace(" after validation", "")


def sentence(told: list[dict[str, str]]) -> str:
    """The first three faults in one line."""
    return "; ".join(f"{fault['pointer'] or 'the body'}: {fault['detail']}" for fault in told[:3])


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part)[:LONGEST].replace("~", "~0").replace("/", "~1") for part in parts)
