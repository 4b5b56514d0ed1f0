"""From a pasted text to a posting's facts: its own words first, then the model for what they leave open."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Literal

from functions.interview_prep.posting.clean_text import LONGEST, MAX_DESCRIPTION, clean
from functions.interview_prep.posting.copied_page.find_posting import parts_of
from functions.interview_prep.posting.identity.employer.company_sentences import FRONT_MATTER
from functions.interview_prep.posting.identity.identify_job import Identity
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import labels, names_role
from functions.interview_prep.posting.page.html_text import plain
from functions.interview_prep.posting.page.refusals import notice_of_closing, refusal
from functions.interview_prep.posting.page.single_posting_check import (
    check_one_job,
    check_rows,
    check_speaks_of_a_job,
    is_headed_by_title,
)
from functions.interview_prep.posting.posting_facts import Facts, Read
from functions.interview_prep.posting.posting_marks import SURELY_ONE, marks_of
from functions.interview_prep.posting.read_by_model import by_model
from functions.interview_prep.posting.read_by_rules import read_by_rules
from functions.interview_prep.prep_request import PrepRequest
from shared.errors import BadInput, Permanent
from shared.ports import Ports
from shared.sources.untrusted_values import clip

_TAB = re.compile(r"^([^\S\n\t]{0,8}[^\s:][^\n\t:]{1,31})\t+(?=\S)", re.MULTILINE)
"""A table's first column, as it is pasted: `Employer<tab>Acme`."""
_CELLS = re.compile(
    r"^[ \t]{0,8}\|[ \t*]{0,8}([^\s|*:][^|*:\n]{1,31})[*: \t]{0,8}\|[ \t]{0,8}([^\s|][^|\n]{0,199})\|[ \t]{0,8}$", re.MULTILINE
)
"""A row of a table of two columns in Markdown: `| **Company** | Acme |`."""
_ASSIGNED = re.compile(r'^([A-Za-z_]{3,30})[ \t]{0,3}=[ \t]{0,3}"([^"\n]{1,200})"[ \t\r]{0,3}$', re.MULTILINE)
"""A line above a page's source in TOML: `title = "Cook"`."""
_QUOTED = re.compile(r"""^([A-Za-z_]{3,30}):[ \t]{1,3}(["'])([^"\n]{1,200})\2[ \t\r]{0,3}$""", re.MULTILINE)
"""A line above a page's source in YAML, its value in quotes: `title: "Cook"`."""
_MOST_UNREAD, _FILES = 0.02, ("%PDF-", "PK\x03\x04", "{\\rtf")
"""Share of characters that no encoding fits in a text; how files begin that somebody opened as text."""
MOST_COPIED = 60_000
"""Characters of a page that was copied whole: its menu and its foot are no part of the description."""
MODEL_READS = 300
"""Characters below which a text holds nothing that the rules do not see."""


async def from_text(pasted: str, request: PrepRequest, ports: Ports) -> Read:
    """The facts of a pasted posting.

    Raises:
        BadInput: the text is empty or an address (`posting_incomplete`).
        Permanent: it is plainly no single job (`posting_is_listing`, `posting_unreadable`), or no more than a note that it is closed
            (`posting_closed`).
        PutBack, Transient, Permanent: as the models port says.
    """
    text = await asyncio.to_thread(_plain, with_labels(pasted[:LONGEST]))
    if not text or re.fullmatch(r"https?://\S+", text):
        raise BadInput(
            "the pasted text is an address" if text else "the pasted text is empty",
            code="posting_incomplete",
            advice="Give an address as `job_posting_url`; paste the posting's own words as `posting_text`.",
            errors=[{"pointer": "/input/posting_text", "detail": "holds no posting"}],
        )
    if text.count("\ufffd") > _MOST_UNREAD * len(text) or pasted.lstrip().startswith(_FILES):
        raise refusal("unreadable", "this is a file's bytes, not its text")
    if len(text) < MODEL_READS and (said := notice_of_closing(text)):
        raise refusal("closed", f"the text says: “{said}”")
    if not request.role:  # who names the job means one
        await asyncio.to_thread(check_rows, pasted[:LONGEST])
        await asyncio.to_thread(check_one_job, text)
        await asyncio.to_thread(check_speaks_of_a_job, text)
    parts = parts_of(text)
    description = clip(f"{parts.own}\n{parts.below}".strip(), MAX_DESCRIPTION)
    read = await complete(PostingParts(text), Facts(), description, request, ports, kind="paste")
    asked = read.facts.overridden_by(request)
    if not asked.title and not names_role(read.guess.title) and marks_of(text) < SURELY_ONE and len(text) >= MODEL_READS:
        raise refusal("unreadable", "nothing in the text says which job is offered")
    return read


async def complete(
    said: PostingParts,
    known: Facts,
    description: str,
    request: PrepRequest,
    ports: Ports,
    *,
    kind: Literal["page", "paste", "known"],
) -> Read:
    """`known` facts, then the rules', then the model's; title and employer by all of them together. `kind`: what is known to be a posting is not doubted.

    Raises:
        Permanent: by the model's verdict this is no open posting, where rules do not see one (of a paste: and title or employer are not sure).
        PutBack, Transient, Permanent: as the models port says.
    """
    facts, identity = await asyncio.to_thread(read_by_rules, said)
    wanted = known.filled_from(facts).overridden_by(request)
    missing = wanted.missing() or not (wanted.location and wanted.employment_type)
    unsure = bool(wanted.missing())
    doubted = (kind == "page" and not _is_plain(said, identity)) or (kind == "paste" and unsure and not request.role)
    if (kind == "page" and doubted) or (missing and len(said.text) >= MODEL_READS):
        found = await _model(
            said, ports, refuses=doubted, needed=unsure, one=_is_headed(said, identity), is_paste=kind == "paste"
        )
        facts, identity = await asyncio.to_thread(
            read_by_rules, replace(said, model_title=found.title, model_company=found.company)
        )
        facts = facts.filled_from(replace(found, title="", company=""))
    return Read(replace(known.filled_from(facts), description=description), _guess(identity), is_agency=identity.is_agency)


def with_labels(pasted: str) -> str:
    """The rows of a pasted table, of TOML or YAML, as labelled lines: `Employer<tab>Acme`, `| Employer | Acme |`, `employer = "Acme"` become `Employer: Acme`."""
    rows = _QUOTED.sub(r"\1: \3", _CELLS.sub(_with_value, _TAB.sub(_with_colon, pasted)))
    return _ASSIGNED.sub(_with_value, rows)


def _is_plain(said: PostingParts, identity: Identity) -> bool:
    """Whether the page itself says which job and whose it is, as postings do: a model that sees none is then wrong."""
    marks = marks_of(said.text)
    named = names_role(identity.title) and (marks > 0 or is_headed_by_title(said.headings))
    return bool(identity.title and identity.company and (marks > 1 or named))


def _is_headed(said: PostingParts, identity: Identity) -> bool:
    """Whether the page's first heading is the one job that it is about: it is no list then, whatever a model says of it."""
    return bool(identity.title and is_headed_by_title(said.headings) and marks_of(said.text) >= SURELY_ONE)


async def _model(said: PostingParts, ports: Ports, *, refuses: bool, needed: bool, one: bool, is_paste: bool) -> Facts:
    """What the model reads. Where nothing that matters is missing, a model that gives no answer is no reason to fail.

    `one`: the page is about one job; that the model sees several is then no reason either.
    """
    head = [*said.head, *said.headings, said.site_name]
    text = "\n".join([*dict.fromkeys(filter(None, head)), "", said.text]) if any(head) else said.text
    try:
        return await by_model(text, ports, refuses=refuses, is_paste=is_paste)
    except Permanent as error:
        if one and error.code == "posting_is_listing":
            return Facts()
        if refuses or needed or error.code.startswith("posting_"):
            raise
        return Facts()


def _guess(identity: Identity) -> Facts:
    return Facts(title=identity.title_guess, company="" if identity.is_agency else identity.company_guess)


def _with_colon(cell: re.Match[str]) -> str:
    """A label and its value of a pasted table as `Employer: Acme`; other cells stay as they are."""
    return f"{cell[1]}: " if cell[1].casefold().strip() in labels() else cell[0]


def _with_value(row: re.Match[str]) -> str:
    """A label and its value of a table in Markdown, or of TOML, as `Employer: Acme`; other rows stay as they are."""
    return f"{row[1].strip()}: {row[2].strip()}" if row[1].casefold().strip() in labels() else row[0]


def _plain(pasted: str) -> str:
    """A pasted text without markup; what a page's source says above its text keeps its lines."""
    above = FRONT_MATTER.match(pasted.lstrip())
    if above is None:
        return plain(pasted, MOST_COPIED)
    return f"{clean(above[0])}\n\n{plain(pasted.lstrip()[above.end() :], MOST_COPIED)}"
