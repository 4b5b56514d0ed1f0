"""Names in a sentence: runs of words with capitals, and what they likely are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.transcript_graph.resolution.name_forms import GIVEN
from infra.offline_model.graph.type_and_relation_cues import (
    COMPANIES,
    DEMONYMS,
    EVENT,
    MORE_GIVEN,
    NO_NAMES,
    NO_NAMES_ALONE,
    ORGANISATION,
    PLACE_END,
    PLACES,
    PRODUCT,
    TWO_WORD_PLACES,
)

_WORD = (
    r"(?:(?:[A-Z]\.){2,}|[A-HJ-Z]\.(?= [A-Z][a-z])|(?:St|Mt|Ft)\.(?= [A-Z])|[A-Z](?:[\w&+'’-]|\.(?=\w))*|[a-z]{1,3}[A-Z][\w-]*)"
)
_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|for|the|de|van|von|du|la|al|and|&) ){{0,2}}{_WORD}|, (?:Inc|Ltd|LLC|Jr|Sr)\.?){{0,6}}")
_QUOTED = re.compile(r"[\"“]([A-Z][^\"“”\n]{3,60})[\"”]")
_JOINTS = frozenset(("and", "of", "the", "for", "&"))
"""Within a name, and never at its ends."""
_JOINT = re.compile(r" (?:and|for|of|the)(?: the)? ")
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|President|Senator|Judge|Secretary)\.? |\b(?:my name is|my name's|I'm|I am|this is|joined by|co-host,?|guest,?|friend,?|colleague,?|by|"
    r"spokesman|spokeswoman|spokesperson|correspondent|reporter|journalist|ambassador|attorney|founder|co-?founder|researcher|professor|author|singer|actor|actress|director|wife|husband|son|daughter|brother|sister|mother|father|uncle|aunt|cousin) )$"
)
_TO_SOMEBODY = re.compile(
    r"\b(?:(?:talk|talking|talked|speak|spoke|speaking|interview|chat|chatted|chatting|conversation|here|met) with|met|meet|thanks?,?|thank you,?|welcome,?|"
    r"hello,?|hi,?|named|said|says|asked) $"
)
"""What is done to people, before a name of several words: one alone may be anything."""
_ORG_BEFORE = re.compile(
    r"\b(?:work(?:s|ed|ing)? (?:at|for|with)|at|founder of|company called|startup called|CEO of|employed by|team at|folks at|people at) (?:the )?$"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|to|near|outside) (?:the )?$")
_CODED = re.compile(r"[A-Z][^\s.-]*[A-Z]|\.[a-z]")
"""Capitals inside a word, or a point: `MLOps`, `space.com` are no places, whatever stands before them."""
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_FIELD = re.compile(r"(?:ing|tion|ics|ity|ment|ism|ence|ology|ware|book|[Dd]ata)$")
"""`in Machine Learning`, `in Jupyter Notebook`: a field or a thing, no place."""
_TITLED = re.compile(
    r"(?:President|Senator|Judge|Secretary|Governor|Professor|Captain|Colonel|General|King|Queen|Prince|Princess|Pope|Bishop|Lord|Sir|Rev|Sen|Gov|Gen|Dr|Mr|Mrs|Ms)"
    r"\.? [A-Z][a-z]"
)
"""A title and a name: a person."""
_COMPOUND = re.compile(r"[^\W_][\w.]*(?:-[a-z]+)+")
"""`Intel-based`, `AI-first`: said of something, the name of nothing."""
_ROLE = (
    r"(?:Chief|CEO|CTO|CFO|COO|CPO|CIO|Co-?[Ff]ounder|Founder|President|Vice|Principal|Senior|Staff|Director|Head|Manager|Engineer|Scientist|Strategist|"
    r"Officer|Professor|Researcher|Architect|Analyst|Consultant|Developer|Executive|Chairman|Secretary)"
)
_ROLE_OF = re.compile(rf"(?:[A-Z][a-z]+ )?(?:[Tt]he )?{_ROLE}(?: [\w&-]+){{0,3}} (?:of|at|for)(?: the)? ")
_ROLE_ALONE = re.compile(rf"{_ROLE}|(?:[\w&-]+ ){{1,3}}{_ROLE}")
_ROLE_BEHIND = re.compile(r" (?:CEO|CTO|CFO|COO|CPO|CIO|Founder)$")
"""`Chief AI Strategist` is nobody's name; `CEO of Acme` and `Acme CEO` name Acme."""
_CONTRACTED = re.compile(r"(?:['’](?:re|ll|ve|d|m|t|em)|n['’]t)\b", re.IGNORECASE)
_WHOLE = frozenset(("Senate", "Congress", "Army", "Navy"))
_SCOTTISH = re.compile(r"Ma?c[A-Z][a-z]+(?: |$)")
"""`McKinsey` has a capital inside, and is no product for that."""
_SAYS_AFTER = re.compile(
    r"^(?:, \d{1,2},|,? (?:said|says|told|thinks|who|asked|mentioned|wrote|argued|explained|explains|recalled|recalls|remembers|believes|teaches|taught|studied|married|"
    r"retired|resigned|testified|laughed|is here|is with us|joins (?:me|us))\b|, (?:\d{2},|an? (?:\w+ ){0,2}(?:researcher|engineer|professor|scientist|founder|author|lawyer|doctor|teacher|"
    r"artist|spokes\w+|analyst|director|manager|writer|student|developer|designer|journalist|economist|\w+ologist)\b))"
)
"""What only people do, or are told to be behind their name."""
_QUOTED_BEFORE = re.compile(r"[,'\"”’] ?(?:said|says) $")
_OF_SOMEBODY = re.compile(
    r"^(?:['’]s? (?:wife|husband|son|daughter|sister|brother|mother|father|parents|children|family|hometown|widow)\b| administration\b)"
)


_ROLE_AFTER = re.compile(
    r"^ (?:chairman|chairwoman|president|spokesman|spokeswoman|spokesperson|ceo|director|analyst|correspondent|reporter|founder|co-?founder|lobbyist),? [A-Z]",
    re.IGNORECASE,
)
"""`Chevron spokesman Jonathan Lifa`: who has one is an organisation."""
_IN_A_PLACE = re.compile(r"^, ([A-Z][\w.]*(?: [A-Z][a-z]+)?)\b(?!['’])")
_POSSESSIVE = re.compile(r"['’]s (?=\w)")
_UNIT = re.compile(r"(?:[KMGTP]B|(?:Kilo|Mega|Giga|Tera|Peta)bytes?)(?: of)? ")
_LETTER = re.compile(r"[A-Z]['’]s (?:for |of )?")
"""`E's for AI`: a letter, and not a name's."""
_DOING = re.compile(r"[A-Z][a-z]+ing ")
_OF_A_NOBLE = re.compile(r"\b[A-Z][^\W\d_]{1,30} (?:van|von|de|du|di|da)(?: (?:der|den|la))? [A-Z][^\W\d_]+")
_WITH_INITIALS = re.compile(r"(?:[A-Z]\. ?){2,3}[A-Z][^\W\d_]{2,}")
_INITIAL = re.compile(r"[A-Z]\. ")
_SHOUTED = frozenset(("IT", "US", "WHO", "MAY"))
"""Acronyms that are words in small letters."""
MOST_WORDS = 3
"""Of a person's name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence, by its characters, and its type; `sure`: something beside its capital says that it is one."""

    text: str
    at: int
    upto: int
    type: str
    sure: bool


def names_in(sentence: str) -> Iterator[Name]:
    """The sentence's names in order."""
    for found in _NAME.finditer(sentence):
        for at, upto in _parts(sentence, found.start(), found.end()):
            text = sentence[at:upto]
            if text in NO_NAMES or text in NO_NAMES_ALONE or not _could_be_a_name(text):
                continue
            kind, sure = _type(sentence, text, at, upto)
            begins = not sentence[:at].strip(" \"'“(") or sentence[:at].rstrip()[-1:] in ".?!:…-"
            yield Name(text, at, upto, kind, sure or " " in text or not begins)


def _could_be_a_name(text: str) -> bool:
    if (first := _INITIAL.match(text)) and text[first.end() :] in NO_NAMES | NO_NAMES_ALONE:
        return False  # `plan B. Rather than …`
    if text.isupper() and text.capitalize() in NO_NAMES and text not in _SHOUTED:
        return False  # `AND` is the word, said loud
    if " " not in text and (ORGANISATION.fullmatch(text) or PLACE_END.fullmatch(text)) and text not in _WHOLE:
        return False  # a kind of thing, not which one
    is_role = _ROLE_ALONE.fullmatch(text) is not None and text.split(maxsplit=1)[0].lower() not in GIVEN
    if is_role or _COMPOUND.fullmatch(text):
        return False
    return text[:1].isalpha() and not text.islower() and sum(map(str.isalnum, text)) > 1 and not _CONTRACTED.search(text)


def _parts(sentence: str, at: int, upto: int) -> Iterator[tuple[int, int]]:
    """A run without words that only begin a sentence, cut where two names meet: at `and`, a place's `for`, an owner's `'s`."""
    text = sentence[at:upto]
    if (cut := _POSSESSIVE.search(text)) and (text[: cut.start()] in COMPANIES or text[: cut.start()] in PLACES):
        yield from _parts(sentence, at, at + cut.start())
        yield from _parts(sentence, at + cut.end(), upto)
        return
    if sentence[:at].endswith("/") and text[1:2] == " ":  # `A/B Testing`
        at, text = at + 2, text[2:]
    at, text = _trimmed(at, text, begins=not sentence[:at].strip(" \"'“("))
    who, _, whose = text.partition(" of ")
    if whose and " " in who and who.split(" ", 1)[0].lower() in GIVEN:  # `Greg Thayer of the Forest Service`
        yield at, at + len(who)
        yield from _parts(sentence, at + len(text) - len(whose), at + len(text))
        return
    place, _, rest = text.partition(" for ")
    # `to Switzerland for the Applied Machine Learning Days`, `on the Thames for the Harbour Company`
    if rest and (place in PLACES or (ORGANISATION.search(rest) and not ORGANISATION.search(place))):
        yield at, at + len(place)
        yield from _parts(sentence, at + len(text) - len(rest), at + len(text))
        return
    if " and " in text and not ORGANISATION.search(text):
        begin = at
        for part in text.split(" and "):
            yield begin, begin + len(part)
            begin += len(part) + 5
        return
    yield at, at + len(text if _DOTTED.fullmatch(text.rsplit(" ", 1)[-1]) else text.rstrip("'’.-&"))


def _trimmed(at: int, text: str, *, begins: bool) -> tuple[int, str]:
    """A run, and where it begins, without what stands at its ends and is none of the name."""
    if text.endswith(("'s", "’s")):
        text = text[:-2]
    if begins and (doing := _DOING.match(text)) and text.split(" ", 1)[0].lower() not in GIVEN:
        at, text = at + doing.end(), text[doing.end() :]
    while junk := _UNIT.match(text) or _LETTER.match(text):
        at, text = at + junk.end(), text[junk.end() :]
    if role := _ROLE_OF.match(text):
        at, text = at + role.end(), text[role.end() :]
    while len(first := text.split(" ", 1)) > 1 and (first[0] in NO_NAMES | _JOINTS or _COMPOUND.fullmatch(first[0])):
        at, text = at + len(first[0]) + 1, first[1]
    while (last := text.rsplit(" ", 1))[-1] in NO_NAMES | _JOINTS and len(last) > 1:
        text = last[0]
    return at, _ROLE_BEHIND.sub("", text)


def _type(sentence: str, text: str, at: int, upto: int) -> tuple[str, bool]:
    """A name's type, and whether anything but its capital says so: first by what it is made of, then by what stands beside it."""
    if text in DEMONYMS:
        return "Other", False
    words = text.split()
    first = words[0].lower().strip(".")
    given = (
        first in GIVEN
        or (first in MORE_GIVEN and len(words) > 1)
        or any(shape.match(text) for shape in (_TITLED, _WITH_INITIALS, _OF_A_NOBLE))
    )
    of_person = len(words) <= MOST_WORDS and _JOINT.search(text) is None
    made_of = (
        ("Organization", text in COMPANIES),
        ("Place", text in PLACES or bool(TWO_WORD_PLACES.fullmatch(text) or PLACE_END.search(text))),
        ("Organization", bool(ORGANISATION.search(text)) and not (given and len(words) == 2)),  # noqa: PLR2004 - first and last name
        ("Event", bool(EVENT.search(text))),
        ("Technology", bool(PRODUCT.search(text)) and not given and not _SCOTTISH.match(text)),
    )
    before, after = sentence[max(0, at - 40) : at], sentence[upto : upto + 60]
    beside = (
        ("Person", of_person and given),
        ("Organization", _ROLE_AFTER.match(sentence[upto : upto + 40]) is not None),
        ("Place", _is_in_a_place(sentence[upto : upto + 40])),
        ("Person", of_person and bool(_PERSON_BEFORE.search(before))),
        ("Organization", bool(_ORG_BEFORE.search(before))),
        (
            "Place",
            len(words) < 2  # noqa: PLR2004 - `in Burning Man`: places of two words say so by their second, or by where they are
            and bool(_PLACE_BEFORE.search(before) and not _CODED.search(text) and not _FIELD.search(text)),
        ),
        ("Person", of_person and len(words) > 1 and bool(_SAYS_AFTER.search(after) or _TO_SOMEBODY.search(before))),
        ("Person", of_person and bool(_OF_SOMEBODY.search(after) or _QUOTED_BEFORE.search(before))),
    )
    found = next((kind for kind, holds in (*made_of, *beside) if holds), "")
    return (found or "Other", bool(found))


def _is_in_a_place(after: str) -> bool:
    """Whether a known place follows behind a comma: `Trapper Creek, Alaska`."""
    found = _IN_A_PLACE.match(after)
    return found is not None and bool({found[1].rstrip("."), found[1].split(" ")[0].rstrip(".")} & PLACES)


def titles_in(sentence: str) -> Iterator[Name]:
    """Works: what stands in quotation marks with capitals on half of its words."""
    for found in _QUOTED.finditer(sentence):
        words = found[1].strip(" ,.").split()
        if words[0].rstrip(",") in (NO_NAMES | NO_NAMES_ALONE) - {"The", "A", "An", "On", "In", "Of"}:
            continue  # something that is said, or what to do
        if sum(word[0].isupper() for word in words) * 2 >= len(words) >= 2:  # noqa: PLR2004 - one word in quotes is no title
            yield Name(found[1].strip(" ,."), found.start(1), found.start(1) + len(found[1].strip(" ,.")), "Work", True)
