"""Takes addresses of mail, telephone numbers and links out of a CV: no answer needs them, and no model has to see them."""

from __future__ import annotations

import re

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}|\b(?:linkedin|github|gitlab|xing)\.com/\S{1,200}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,$€£])\+?\(?\d[\d ()/.-]{6,24}\d(?![\w%])")
_YEAR = re.compile(r"(?:19|20)\d\d")
FEWEST_DIGITS = 9
"""Of a telephone number; a span of years has eight."""
_LEFT_OVER = re.compile(r"[ \t]*[|,;·•/-]?[ \t]*(?:e-?mail|phone|tel(?:ephone)?|mobile|cell|handy|telefon)\b[.:]?[ \t]*(?=$|[|,;·•])", re.IGNORECASE | re.MULTILINE)  # fmt: skip
_EMPTY_ENDS = re.compile(r"[ \t]*(?:[|,;·][ \t]*){1,6}$", re.MULTILINE)


def without_contact_details(cv: str) -> str:
    """The CV without them; its lines stay, figures and years too."""
    text = _LINK.sub("", _MAIL.sub("", cv))
    text = _NUMBER.sub(lambda found: "" if _is_telephone(found[0]) else found[0], text)
    return _EMPTY_ENDS.sub("", _LEFT_OVER.sub("", text))


def _is_telephone(number: str) -> bool:
    """Whether enough digits are left when years are taken away."""
    return sum(map(str.isdigit, _YEAR.sub("", number))) >= FEWEST_DIGITS
