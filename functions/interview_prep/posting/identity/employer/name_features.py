"""What speaks for a name as the employer's and what against it, as numbers near one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import carries_name, domain_of, domains_in, is_board_name, is_employers
from functions.interview_prep.posting.identity.employer.agencies import (
    is_agencys,
    may_speak_for_another,
    named_clients,
    speaks_for_another,
)
from functions.interview_prep.posting.identity.employer.agreement import add_agreement
from functions.interview_prep.posting.identity.employer.candidates import Candidate, Candidates, forms_of, key_of
from functions.interview_prep.posting.identity.employer.company_sentences import MOST_TEXT, mentions_of
from functions.interview_prep.posting.identity.employer.line_features import Lines
from functions.interview_prep.posting.identity.employer.names_on_lines import TOP
from functions.interview_prep.posting.identity.known_employers import KNOWN
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.learned.learned_features import compare_told, learned_of
from functions.interview_prep.posting.identity.lone_lines import HEAD, lone_names, tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import is_generic, is_organisation, is_unit, is_where
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import (
    LEGAL,
    has_legal_form,
    is_place,
    known_share,
    names_role,
    ordinary_share,
    tokens,
)
from functions.interview_prep.posting.identity.weighed import Features

AGAINST = frozenset(
    "known known_all ordinary ordinary_all in_title place unit job small capitals digits long common board title_only last_unsaid last_on_board others person agency unnamed_client agency_for_client unnamed_business apart_from_hirer signs_for_rival part_of_rival named_place heads_list speaks_for_other in_bracket phrase told_less".split()  # noqa: SIM905
)
"""Features that can only speak against a name."""
SCORED = 40
"""Candidates looked at more closely, those found in the most ways first."""
_FIRST_ROWS, _MOST_COUNTED, _SHORT_CAPITALS, _LONG_NAME, _NEAR, _SHORT_IN_URL, _MOST_SPELLINGS = 6, 3, 5, 5, 3, 4, 4
_BOARDS_NAME = re.compile(
    r"(?i:jobs(?:in|at|for|near)(?=[a-z]{3})|^(?:find|get|top)jobs?)|(?i:jobs|roles|careers|vacanc|stellen|emploi|empleo)(?=[A-Z\d ]|$)|(?:Job|Role|Career|Hire)(?=[A-Z])|[a-z](?:Board|Hire|Jobs?|Roles|Ads)(?![a-z])"
)
"""What boards are named."""
_OFTEN, _EARLY, _THIRD = 3, 300, 1 / 3
"""Mentions that are many; characters of a text's beginning; the part of it that is its beginning, and its end."""
_BESIDE = ("line_below", "line_above", "sole_part")
"""Features of a name that stands where an employer's does, beside the title."""
_TOLD = ("at_we", "hires", "owns", "is_a")
"""Features of a name that sentences speak of as somebody, also where it is a board's or a network's."""
_PART = re.compile(r"(?:Department|School|Faculty|Division|Centre|Center|Office|Section|Institute|Laboratory) (?:of|for) ")
"""How a part of an organisation is named."""
_FEW_MENTIONS = 2
"""Mentions of an agency in its own advertisement; an employer's text says its name more often."""
_SENTENCE = 60
"""Characters of a line that is no menu's, no heading's and no foot's."""
_SHORT_WORD = 3
"""Letters of a word that names write small: `of`, `für`, `del`."""
_RIGHTS = re.compile(r"©|\([cC]\)|[Cc]opyright|all rights", re.IGNORECASE)
_BOARD = re.compile(
    r"\b(?:job alerts?|upload (?:your )?(?:cv|resume)|post (?:a|your) jobs?|search jobs|find (?:a )?jobs?|similar jobs|for employers|for recruiters|company reviews|recommended jobs|jobs by|browse jobs|career advice|advertise (?:a )?jobs?|salary guide|saved jobs|create (?:a )?(?:job )?alert|logg inn|ny annonse|job search)\b",
    re.IGNORECASE,
)
"""What boards say around a posting."""
_OF_OTHERS = r"(?:such as|like|including|includes?|e\.g\.,?|using|use|customers?|clients?|partners?|knowledge of|experience (?:with|in)|proficien\w+ (?:with|in)|backed by|(?:our|the) (?:customers?|clients?|partners?|investors?),?)"
_PERSON = r"(?:I['’]m|I am|[Mm]y name is|[Ii]t['’]s|[Cc]all|[Cc]ontact|[Ee]mail|[Aa]sk for|[Tt]ext|[Mm]essage|report(?:s|ing)? to|Mr|Mrs|Ms|Dr|Frau|Herrn?|Mme|[Pp]aní|[Pp]anu?|Posted by|[Tt]hanks,|Cheers,|Best,|love,)\.?"
_VERBS = r"(?:['’]s\b|\s(?:is|are|was|has|have|offers?|provides?|builds?|makes?|helps?|serves?|seeks?|needs?|runs?|believes?|values|operates?|delivers?|will|does|employs?|ist|bietet|sucht|est|recrute|propose|es|ofrece|é|oferece|je|nabízí)\b|\s[a-z]{3,14}s\b(?! [A-Z]))"


@dataclass(frozen=True)
class _Page:
    """What is the same for every name of a posting."""

    said: PostingParts
    rows: Sequence[str]
    title: str
    addresses: tuple[str, ...]
    board_words: int
    speaks_for_another: bool
    may_speak_for_another: bool
    clients: frozenset[str]
    most_mentions: int
    mentions: dict[str, int]
    lone: dict[str, int]
    titles: tuple[int, ...]
    small_words: frozenset[str]
    sentences: str
    lines: Lines
    places: frozenset[str]
    address: str


def features_of(found: Candidates, said: PostingParts, rows: Sequence[str], title: str) -> Features:
    """The features of the likeliest forty candidates by their keys; what is absent is zero."""
    keys = sorted(found, key=lambda key: -sum(found[key].counts.values()) - sum(found[key].strongest.values()))[:SCORED]
    mentions = {key: _mentions(found[key], said.text) for key in keys}
    own = [said.url] if said.url and is_employers(said.url) else []
    titles = tuple(at for at, row in enumerate(rows[:HEAD]) if title and squash(title) in squash(row))
    lone = {key_of(name): at for at, name in reversed(list(lone_names(rows)))}
    page = _Page(
        said,
        rows,
        title,
        tuple(address for address in dict.fromkeys((*own, *domains_in(said.text))) if is_employers(address)),
        len({match[0].casefold() for match in _BOARD.finditer(said.text)}),
        speaks_for_another(said.text, rows),
        may_speak_for_another(said.text),
        frozenset(key_of(name) for name in named_clients(said.text)),
        max(mentions.values(), default=1),
        mentions,
        lone,
        titles,
        frozenset(word for word in re.findall(r"\w+", said.text[:MOST_TEXT]) if word.islower()),
        squash(" ".join(row for row in said.text.split("\n") if len(row) > _SENTENCE and not _RIGHTS.search(row))),
        Lines(rows[:TOP], title, titles, lone),
        _places(said.text, rows[:TOP]),
        squash(said.url.partition("//")[2]),
    )
    features = {key: _features(key, found[key], mentions[key], page) for key in keys}
    most = max((values["subject"] for values in features.values()), default=0.0)
    besides = [key for key, values in features.items() if any(values.get(name) for name in _BESIDE)]
    known = [key for key, values in features.items() if values.get(KNOWN)]
    owners = [key for key in keys if is_organisation(found[key].name) and not _PART.match(found[key].name)]
    compare_told(features)
    for key, values in features.items():
        values["subject_most"] = float(values["subject"] == most >= 1.0)
        values["known_alone"] = float(known == [key])
        values["board_told"] = values["board"] * any(values.get(kind) for kind in _TOLD)
        values["signs_for_rival"] = float(bool(values["last_unsaid"]) and any(other != key for other in besides))
        values["part_of_rival"] = float(bool(_PART.match(found[key].name)) and any(other != key for other in owners))
    add_agreement(features)
    for values in features.values():
        # `IBM`: a tool's short name is not told and signed as an employer's is
        values["capitals"] *= 1.0 - values["agreed_alone"] * (1.0 - values["in_title"])
    return features


def _places(text: str, rows: Sequence[str]) -> frozenset[str]:
    """The towns that the posting gives as its place: `Botany` in `Location: Botany, NSW`."""
    stated = [labelled_value(text, "location"), *(row for row in rows if is_place(row))]
    return frozenset(part.strip().casefold() for one in stated for part in re.split(r",|\(|\||·| - ", one)[:2] if part.strip())


def _mentions(one: Candidate, text: str) -> int:
    return max(mentions_of(company_name(spelling), text) for spelling in list(one.spellings)[:_MOST_SPELLINGS])


def _features(key: str, one: Candidate, mentions: int, page: _Page) -> dict[str, float]:
    values = {"any": 1.0}
    for kind, strength in one.strongest.items():
        values[kind] = strength * math.log2(1 + min(_MOST_COUNTED, one.counts[kind]))
    values["often"] = float(mentions >= _OFTEN)
    values["share"] = mentions / page.most_mentions if mentions > 1 else 0.0
    labels = [domain_of(address) for address in page.addresses]
    values["domain"] = float(any(carries_name(label, one.name) for label in labels))
    values["domain_whole"] = float(any(key in forms_of(squash(label.partition(".")[0])) for label in labels))
    return (
        values
        | learned_of(one.name, list(one.spellings)[:_MOST_SPELLINGS], page.said.text)
        | _of_name(one.name, page)
        | _of_place(key, one.name, page, says_so="head_says_so" in one.strongest)
        | page.lines.features(key)
        | _of_frames(one.name, mentions, page)
        | _of_agency(key, one, page)
    )


def _of_name(name: str, page: _Page) -> dict[str, float]:
    """What the name's own words say."""
    organisation = is_organisation(name)
    known = (
        0.0 if organisation and not (is_generic(name) or _PART.match(name)) else known_share(name)
    )  # `The University of Leeds`
    return {
        "organisation": float(organisation),
        "legal_form": float(has_legal_form(name) or bool(re.search(rf"{re.escape(name)},? {LEGAL}(?!\w)", page.said.text))),
        "place": float(is_where(name, page.said.text)),
        "named_place": float(name.casefold() in page.places and not is_organisation(name)),
        "unit": float(is_unit(name)),
        "job": float(names_role(name) and not is_organisation(name)),
        "digits": float(bool(re.search(r"(?<=\s)\d+(?!\S)|^\d+(?=\s)", name))),
        "small": float(name[:1].islower()),
        "capitals": float(name.isupper() and len(name) <= _SHORT_CAPITALS),
        "common": float(not name.islower() and all(word in page.small_words for word in tokens(name) if len(word) > 2)),  # noqa: PLR2004 - of, the
        "long": float(sum(1 for _ in tokens(name)) >= _LONG_NAME and not has_legal_form(name)),
        "ordinary": 0.0 if has_legal_form(name) else ordinary_share(name),
        "ordinary_all": float(ordinary_share(name) == 1.0 and not has_legal_form(name)),
        "known": known,
        "known_all": float(known == 1.0),
        "board": float(is_board_name(name) or bool(_BOARDS_NAME.search(name))),
        "phrase": _small_share(name),
    }


def _small_share(name: str) -> float:
    """Share of the longer words after the first that are written small: `Childcare reimbursement` is a phrase, no name."""
    words = [word for word in name.split()[1:] if word.isalpha() and len(word) > _SHORT_WORD]
    return sum(word.islower() for word in words) / len(words) if words else 0.0


def _of_place(key: str, name: str, page: _Page, *, says_so: bool) -> dict[str, float]:
    """Where on the page the name stands: at its top, or only last in its title, where boards sign. `says_so`: a title says whose the job is."""
    last = any(squash(head).endswith(key) for head in (*page.said.head, page.said.site_name) if head)
    own = bool(page.said.url) and is_employers(page.said.url) and carries_name(domain_of(page.said.url), name)
    said = key in page.sentences
    first = any(key in squash(row) for row in page.rows[:_FIRST_ROWS])
    at = next((page.lone[one] for one in _keys(key, page) if one in page.lone), None)
    beside = at is not None and any(0 < abs(at - title) <= _NEAR for title in page.titles)
    around = [] if at is None else [row for row in page.rows[max(0, at - _NEAR) : at + _NEAR + 1] if squash(row) != key]
    return {
        "first": float(first),
        "in_title": float(key in squash(page.title)),
        "title_only": float(
            not is_organisation(name) and 0 < page.mentions[key] <= sum(key in squash(page.rows[at]) for at in page.titles)
        ),
        "lone": float(at is not None),
        "header": float(beside and any(map(tells_where_or_when, around))),
        "lone_and_said": float(at is not None and page.mentions[key] > 1),
        "in_url": float(len(key) >= _SHORT_IN_URL and key in page.address),
        "said": float(said),
        "own_host": float(own and said),
        "own_host_often": float(own and page.mentions[key] >= _OFTEN),
        "last_unsaid": float((last or own) and not said and not says_so),
        "last_on_board": float(last and page.board_words > 1),
    }


def _keys(key: str, page: _Page) -> tuple[str, ...]:
    return (key, *(other for other in page.lone if other.startswith(key) or key.startswith(other)))


def _of_frames(name: str, mentions: int, page: _Page) -> dict[str, float]:
    """How sentences use the name: as their subject, or among customers and tools."""
    text, wanted = page.said.text[:MOST_TEXT], re.escape(company_name(name))
    subject = len(re.findall(rf"(?<!\w){wanted}(?:,? {LEGAL}\.?)?{_VERBS}", text))
    others = len(
        re.findall(
            rf"(?:\b{_OF_OTHERS}|/| and| or) {wanted}(?!\w)|, {wanted}(?:,(?! [\d+])| and| or)|(?<!\w){wanted}(?:/| and| or) [A-Z]",
            text,
        )
    )
    person = not is_organisation(name) and re.search(
        rf"\b{_PERSON} {wanted}(?!\w)|\b(?:[Oo]ur|[Mm]y) (?:(?!(?:at|in|of|for|with|by|from|to|and|on) )[a-z-]{{2,20}} ){{1,3}}{wanted}(?!\w)"
        rf"|(?<!\w)(?<![Aa]t ){wanted}(?: \(|, )(?:our|my|who|the (?:owner|founder|manager|boss))\b|^[–—-] ?{wanted}$",
        text,
        re.MULTILINE,
    )
    places = [found.start() / max(1, len(text)) for found in re.finditer(rf"(?<!\w){wanted}(?!\w)", text)]
    return {
        "early": float(bool(places) and places[0] * len(text) < _EARLY),
        "spread": float(bool(places) and places[0] < _THIRD and places[-1] > 1 - _THIRD),
        "person": float(bool(person)),
        "subject": min(3.0, math.log2(1 + subject)),
        "others": min(1.0, others / max(1, mentions)),
    }


def _of_agency(key: str, one: Candidate, page: _Page) -> dict[str, float]:
    client = key in page.clients
    agency = any(is_agencys(name, page.said.text, page.title) for name in list(one.spellings)[:_MOST_SPELLINGS])
    unnamed = page.speaks_for_another and not client
    return {
        "agency": float(agency),
        "client": float(client),
        "unnamed_client": float(unnamed),
        "speaks_for_other": float(
            not client
            and page.sentences.count(key)
            < (_OFTEN if page.speaks_for_another else _FEW_MENTIONS if page.may_speak_for_another else 0)
        ),
        "agency_for_client": float(agency and unnamed),
        "unnamed_business": float(page.may_speak_for_another and not (client or unnamed)),
        "apart_from_hirer": float(page.may_speak_for_another and not client and page.mentions[key] <= _FEW_MENTIONS),
    }
