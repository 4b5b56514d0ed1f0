"""Every name that a page or a paste holds where an employer's may stand; what none can be is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, starmap
from typing import NamedTuple

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import domain_of, domains_in, is_board_name, is_employers, tenants_in
from functions.interview_prep.posting.identity.employer.agencies import RECRUITS
from functions.interview_prep.posting.identity.employer.board_phrases import before_its_place, named_by_boards
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.company_sentences import (
    MOST_TEXT,
    NAME,
    companies_as_a,
    companies_in,
    mentions_of,
    opening_subjects,
    trim_name,
)
from functions.interview_prep.posting.identity.employer.frame_names import names_around
from functions.interview_prep.posting.identity.employer.names_on_lines import (
    TOP,
    may_stand_for_employer,
    names_of_lines,
    owners_of_addresses,
    towns_in,
)
from functions.interview_prep.posting.identity.employer.title_remainder import names_left
from functions.interview_prep.posting.identity.headlines import Headline
from functions.interview_prep.posting.identity.known_employers import known_in
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.learned.mention_contexts import spoken_of
from functions.interview_prep.posting.identity.lone_lines import names_beside
from functions.interview_prep.posting.identity.organisation_names import (
    is_organisation,
    is_unit,
    without_label,
    without_marks,
    without_unit,
)
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, is_company_name, is_place, names_role

_RECURS = 2
"""Times that a name in running text is there before it is looked at for that alone."""
_MOST_RECURRING = 12
READ = 2.0
"""How strongly a model's answer that the text has counts, against the rule's that the weights were fitted with."""
SAYS_SO = 3.9
"""Weight of a headline that says whose the job is: `X hiring Y`, `Y at X`; a dash says less."""
_RUN = re.compile(rf"(?<![\w'’-])(?:The )?{NAME}")
_LONGEST_LABEL = 32
_PREPOSITION = re.compile(
    r"^(?:bei(?: der| dem)?|at|chez|till|hos|für|bij|presso|w firmie) (?=[^\W_a-zà-öø-ÿ])|^(?:Die|Das|Der) (?=\S+ \S)"
)
_SHORT_TITLE = 6
"""Characters of a title that a name may hold by chance."""
_SIGNED = frozenset({"copyright", "eeo"})
"""Kinds of sentences that give an employer's name as it signs; one before a legal form is cut off at it."""


class Find(NamedTuple):
    """A name where an employer's may stand. `trust`: how far its spelling is to be trusted; a sentence cuts names short."""

    name: str
    kind: str
    strength: float = 1.0
    trust: float = 1.0


def find_names(
    said: PostingParts, heads: Iterable[Headline], lines: Iterable[Headline], rows: Sequence[str], title: str
) -> Candidates:
    """The candidates. `heads`: readings of the page's titles; `lines`: of its headings or a paste's first lines."""
    candidates, towns = Candidates(), towns_in(rows)
    finds = (
        _labelled(said),
        _in_headlines(heads, lines),
        _on_the_page(said, rows, title),
        _by_boards(rows, title),
        _in_sentences(said),
        (Find(name, kind, trust=0.3) for name, kind in names_around(said)),
        starmap(Find, names_of_lines(rows)),
        starmap(Find, owners_of_addresses(said)),
        (Find(name, kind, trust=0.3) for name, kind in known_in(said.text)),
        (Find(name, "spoken_of", told, trust=0.1) for name, told in spoken_of(said.text) if is_company_name(name)),
    )
    for find in chain.from_iterable(finds):
        bare = _PREPOSITION.sub("", _without_title(find.name, title).strip(" -–—|:·,*_#\"'“”"))
        name, is_labelled_so = without_label(_without_country(without_unit(without_marks(bare))))
        is_town = name in towns and find.kind not in {"board_says", "label"}  # `See who Acme, India has hired for this role`
        if not is_town and may_stand_for_employer(name) and not _is_of_title(name, title):
            candidates.add(name, "label" if is_labelled_so else find.kind, find.strength, trust=find.trust)
    candidates.merge()
    return candidates


def _is_of_title(name: str, title: str) -> bool:
    """Whether a name is the title's, or the part of it, or the title with more, that names the job."""
    own, whole = squash(name), squash(title)
    if has_legal_form(name) and own != whole:
        return False
    if is_unit(name) and own in whole:  # `Staff Nurse - Ward 14`
        return True
    if own and own == squash(re.sub(r"[(（][^()（）]*[)）]", "", title)):
        return True
    if not whole or own == whole or (len(title) > _SHORT_TITLE and whole in own):
        return own == whole or bool(whole)
    at = title.casefold().find(name.casefold())
    rest = title[at + len(name) :] if at == 0 else title[:at]
    return at >= 0 and names_role(name) and not is_organisation(name) and (at == 0 or not names_role(rest))


def _without_title(name: str, title: str) -> str:
    """`Acme Working Student` as `Acme`; `S.B. Plattenleger GmbH` is a name."""
    at = name.casefold().find(title.casefold()) if len(title) > _SHORT_TITLE else -1
    return name if at < 1 or has_legal_form(name) else name[:at]


def _labelled(said: PostingParts) -> Iterator[Find]:
    yield Find(labelled_value(said.told, "company"), "label")
    if is_organisation(office := labelled_value(said.told, "agency")) and not RECRUITS.search(office):
        yield Find(office, "label")


def _in_headlines(heads: Iterable[Headline], lines: Iterable[Headline]) -> Iterator[Find]:
    for kind, readings in (("head", heads), ("line", lines)):
        for reading in readings:
            says_so = "_says_so" if reading.company_weight >= SAYS_SO else ""
            yield Find(reading.company, kind + says_so, reading.company_weight / 6)


def _on_the_page(said: PostingParts, rows: Sequence[str], title: str) -> Iterator[Find]:
    if said.site_name and not is_board_name(said.site_name):
        yield Find(re.sub(r"(?<!\s)\s+(?:careers?|jobs?|karriere)$", "", said.site_name, flags=re.IGNORECASE), "site")
    for beside, weight in names_beside(rows, title):
        yield Find(_without_place(beside, said.text), "beside", weight / 4.6)
    for name, weight in names_left(said.head, (*said.headings, title)):
        yield Find(name, "remainder", weight / 5)
    for at, name in enumerate(said.marked):
        yield Find(name, "marked", 1.0 if at == 0 else 0.3)
    for name in said.pictured:
        yield Find(name, "pictured", trust=0.7)


def _by_boards(rows: Sequence[str], title: str) -> Iterator[Find]:
    for name in named_by_boards(rows, title):
        yield Find(name, "board_says", trust=0.8)
    for row in rows[:TOP]:
        if name := before_its_place(row):
            yield Find(name, "before_place", trust=0.8)


def _in_sentences(said: PostingParts) -> Iterator[Find]:
    for name, kind in companies_in(said.text):
        if kind == "copyright" and is_board_name(name):
            continue  # it signs for the page, not for the job
        yield Find(name, kind, trust=0.7 if kind in _SIGNED else 0.4)
    for name in companies_as_a(said.text):
        yield Find(name, "at_we", trust=0.4)
    for name in opening_subjects(said.text):
        yield Find(name, "opening", trust=0.4)
    yield Find(said.model_company, "model", READ, trust=0.8)
    for name in _recurring(said.text):
        yield Find(name, "recurs", trust=0.3)
    for name in _of_addresses(said):
        yield Find(name, "address", trust=0.35)


def _without_place(name: str, text: str) -> str:
    """`Willow Court, Harrogate` as `Willow Court`, where the text goes on to call it that."""
    first, comma, _ = name.rpartition(", ")
    if not comma or has_legal_form(name):
        return name
    return first if has_legal_form(first) or mentions_of(first, text) > max(1, mentions_of(name, text)) else name


def _without_country(name: str) -> str:
    """`Acme, United States` as `Acme`, `Hotel Miramar S.L. Spain` as `Hotel Miramar S.L.`: nothing of a name stands behind its legal form."""
    first, comma, place = name.rpartition(", ")
    if comma and is_place(place) and not has_legal_form(name):
        town = "," in first and "&" not in first and not (has_legal_form(first) or is_organisation(first))
        return "" if town else first  # `Baar, Zug, Switzerland`
    whole, _, last = name.rpartition(" ")
    return whole.rstrip(",") if has_legal_form(whole) and is_place(last) else name


def _recurring(text: str) -> Iterator[str]:
    """Names that stand in running text again and again, once at least where no sentence begins."""
    counts: dict[str, int] = {}
    inside: set[str] = set()
    text = text[:MOST_TEXT]
    for found in _RUN.finditer(text):
        name = trim_name(found[0])
        if not name or name.islower():
            continue
        counts[name] = counts.get(name, 0) + 1
        if re.search(r"[a-z,&(] $", text[max(0, found.start() - 2) : found.start()]):
            inside.add(name)
    often = sorted((name for name in counts if name in inside and counts[name] >= _RECURS), key=lambda name: -counts[name])
    yield from [name for name in often if is_company_name(name) and not names_role(name)][:_MOST_RECURRING]


def _of_addresses(said: PostingParts) -> Iterator[str]:
    """What the text calls the owner of an address in it: `Halvorsen Freight` for `halvorsenfreight.com`."""
    own = [said.url] if said.url and is_employers(said.url) else []
    labels = [
        domain_of(address).partition(".")[0].replace("-", "")
        for address in (*own, *domains_in(said.text))
        if is_employers(address)
    ]
    labels += [label.replace("-", "") for label in tenants_in(f"{said.url}\n{said.text}")]
    labels += [label.replace("and", "", 1) for label in labels if "and" in label[2:-2]]  # `& Sons` is spelled out there
    for label in dict.fromkeys(label for label in labels if 2 < len(label) <= _LONGEST_LABEL):  # noqa: PLR2004 - a name
        spelled = re.compile(r"(?<![\w@./-])" + r"[ &'’.-]{0,3}".join(map(re.escape, label)) + r"(?![\w@/-]|\.\w)", re.IGNORECASE)
        names = [found[0] for found in spelled.finditer(said.text[:MOST_TEXT])]
        if names:
            yield max(names, key=names.count)
