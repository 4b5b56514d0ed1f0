"""The names that a posting's lines and addresses hold: every line's whole, its parts, and the owners of its addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.interview_prep.posting.employer_domain import domain_of, domains_in, is_board_name, is_employers, tenants_in
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import is_labelled
from functions.interview_prep.posting.identity.lone_lines import OPENING
from functions.interview_prep.posting.identity.organisation_names import is_generic, is_organisation, is_town_line, without_marks
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import (
    begins_with_label,
    has_legal_form,
    is_heading,
    is_place,
    looks_like_a_name,
    says_we,
    small_words,
    unlikely_words,
)

TOP, FOOT = 16, 4
"""Lines at a text's top, and at its foot, where a posting says whose it is."""
_LONGEST_LINE, _SHORT_LINE, _LONGEST_LABEL, _MOST_SMALL, _FEW = 110, 70, 32, 1, 3
_TWO = 2
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "and",
        "or",
        "is",
        "are",
        "in",
        "at",
        "on",
        "by",
        "with",
        "as",
        "our",
        "we",
        "you",
        "your",
        "seeks",
        "needs",
        "has",
        "offers",
        "provides",
        "wants",
    ]
)
"""Words that a name does not end in."""
_BETWEEN = re.compile(r"(?<!\s)\s+(?:[-–—·•|>~/@])+\s+|(?:(?<!\s)\s+)?[|｜·•—]\s*|\t|\s{2,}")
"""What stands between the parts of a line; within a part are smaller pieces."""
_WITHIN = re.compile(
    r"(?<!\s)\s+(?:at|bei|chez|presso|hos|bij|by|von|for|in|w|we|ve|v|в)\s+(?=\S)|,\s+|[()（）\[\]]|:\s+|\s-(?=\S)"
)
_FIGURES = re.compile(r"\d{1,3}&\d{1,3}|\d{1,2}(?![KkHhDd]\b)[A-Z][A-Za-z]{0,12}|\d{1,4}[A-Za-z]{4,20}")
"""Names with figures: `1&1`, `3M`."""
_JOINED, _HUMPS = re.compile(r"(?<=[a-zà-öø-ÿ])[A-ZÀ-Ö](?=[a-zà-öø-ÿ])"), 2
"""Where words of a menu are joined; as many joints one name may have: `MadeByShape`."""
_STATE_CODE = re.compile(
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|M[ADEINOST]|N[CDHJMVY]|O[HR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|BC|ON|QC|NSW|VIC|QLD|UK|USA?"
)
_BULLET = re.compile(r"[-*•·▪●✓✔–]\s|\d{1,2}[.)]\s")
_RIGHTS = re.compile(
    r"^(?:(?:©|\(c\)|c(?=(?:19|20)\d\d\s)|copyright)\s?){1,3}(?:(?:19|20)\d\d\s)?(?:by\s)?|^(?:19|20)\d\d\s|[.,]? all rights reserved.*$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:job|role|position) (?:description|posting|summary|specification|advert)|\bstellen(?:beschreibung|ausschreibung|anzeige)"
    r"|\bfiche de poste\b|\boffre d['’]emploi\b|\bvacature\b|\w (?:overview|summary|responsibilities|requirements|qualifications)$|\.(?:md|txt|pdf|docx?)$|^[A-Z]{1,4}-?\d{4,}\w?$|^(\S{2,20}) \1(?!\w)|://|\w@\w|\w_\w",
    re.IGNORECASE,
)
"""What a posting calls itself, an address, a field's name: no employer's."""
_SITE = re.compile(r"[A-Z][\w-]{2,24}\.(?i:com|io|ai|co|app|org)")
"""A name that is an address too, as a sentence spells it: `Carwell.com`."""
_STAMP = re.compile(
    r"(?:publié|publicad|pubblicat|veröffentlicht|geplaatst|opublikowan|zveřejněn|posted|over \d|\d|vor \d|il y a|hace \d|há \d|招聘中|正在招聘)(?![&+-]?\w)",
    re.IGNORECASE,
)
"""How a board's line of when and how many begins; a name may begin with a figure too (`3M`, `1&1`)."""


def may_stand_for_employer(text: str) -> bool:
    """Whether a text can be an employer's name at all. What is unlikely but can be (a word, a job, small letters) is weighed."""
    bare = text.strip()
    if "我们" in bare or " / " in bare or bare.endswith("：") or bare.count("(") != bare.count(")"):
        return False
    if bare == "X" or (_SITE.fullmatch(bare) and not is_board_name(bare)):
        return True
    if not looks_like_a_name(bare) or _is_furniture(bare) or (_is_cut_short(bare) and not has_legal_form(bare)):
        return False
    if (is_organisation(bare) and not says_we(bare)) or has_legal_form(bare) or _FIGURES.fullmatch(bare):
        return True
    many_small = small_words(bare) > _MOST_SMALL and not (bare.islower() and len(bare.split()) <= _FEW)
    place = is_place(bare) or _STATE_CODE.fullmatch(bare)
    return not (place or many_small or says_we(bare) or begins_with_label(bare) or unlikely_words(bare))


def _is_furniture(bare: str) -> bool:
    """A heading, a board's stamp, a menu's entries, a list; a kind of organisation and no more."""
    listed = (
        bare.endswith("/")
        or re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff].* ", bare)
        or len(_JOINED.findall(bare)) > (1 if " " in bare else _HUMPS)
    )
    return bool(
        is_heading(bare) or FURNITURE.match(bare) or _STAMP.match(bare) or _DOCUMENT.search(bare) or listed or is_generic(bare)
    )


def _is_cut_short(bare: str) -> bool:
    """`Clearspring Foundation seeks a`: a sentence's beginning."""
    last = bare.rsplit(maxsplit=1)[-1]
    if len(bare.split()) == _TWO and last not in _SMALL_WORDS:
        return False  # `Blue consulting`
    return last.islower() and last.isascii() and not bare[:1].islower() and "." not in last


def names_of_lines(rows: Sequence[str]) -> Iterator[tuple[str, str, float, float]]:
    """What the lines above the posting's first heading and the last lines hold.

    With its kind (`row`, `part`, `piece`, `foot`), its strength, and how far its spelling is to be trusted.
    """
    body = next((at for at, row in enumerate(rows[:TOP]) if at > _FEW and is_heading(row)), TOP)
    for at, row in enumerate(rows[:body]):
        if is_town_line(row):
            continue
        sentence = row[-1] in ".!?" and not has_legal_form(row)
        if len(row) <= _LONGEST_LINE and not (sentence or _BULLET.match(row) or is_labelled(row)):
            yield from _of_line(_RIGHTS.sub("", OPENING.sub("", row)), 1.0 if at <= _FEW else 0.6)
    for row in rows[max(TOP, len(rows) - FOOT) :]:
        if len(row) <= _LONGEST_LINE and not _BULLET.match(row):
            for part in _BETWEEN.split(_RIGHTS.sub("", row)):
                yield part.strip(" .,"), "foot", 1.0, 0.4


def _of_line(row: str, strength: float) -> Iterator[tuple[str, str, float, float]]:
    parts = _BETWEEN.split(row)
    for part in parts:
        yield without_marks(part.strip(" .,") if len(parts) > 1 else part), "part" if len(parts) > 1 else "row", strength, 0.6
    pieces = [piece for part in parts if not _is_address(part) for piece in _WITHIN.split(part)]
    for piece in pieces if len(pieces) > len(parts) and len(row) <= _SHORT_LINE else ():
        yield without_marks(piece.strip(" .,")), "piece", strength, 0.5


def _is_address(part: str) -> bool:
    """`Baar, Zug, Switzerland`: none of its towns is a name."""
    first, _, rest = part.partition(", ")
    return ", " in rest and is_place(rest.rpartition(", ")[2]) and not has_legal_form(first) and not is_organisation(first)


def towns_in(rows: Sequence[str]) -> frozenset[str]:
    """The parts of addresses of three parts among the first lines: `Baar` and `Zug` in `Baar, Zug, Switzerland · 2 days ago`."""
    parts = (part for row in rows[:TOP] if len(row) <= _LONGEST_LINE for part in _BETWEEN.split(row))
    return frozenset(town for part in parts if _is_address(part) for town in part.split(", "))


def owners_of_addresses(said: PostingParts) -> Iterator[tuple[str, str, float, float]]:
    """The owner's name as the page's own address (`host`) or an address in the text (`mailbox`) spells it: `Duolingo`."""
    own = [said.url] if said.url else []
    for kind, addresses in (("host", own), ("mailbox", domains_in(said.text))):
        for address in addresses:
            label = domain_of(address).partition(".")[0] if is_employers(address) else ""
            if 2 < len(label) <= _LONGEST_LABEL and not is_board_name(label):  # noqa: PLR2004 - a name
                yield " ".join(word.capitalize() for word in label.split("-")), kind, 1.0, 0.1
    for label in tenants_in(f"{said.url}\n{said.text}"):
        yield " ".join(word.capitalize() for word in label.split("-")), "tenant", 1.0, 0.1
