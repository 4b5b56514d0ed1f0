"""render_guide: the sections become a PDF, kept as a file of the job, which goes with it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from functions.interview_prep.answers.also_asked import with_also_asked
from functions.interview_prep.answers.private_questions import with_advice_again
from functions.interview_prep.figures.named_rounds import with_named_rounds, with_round_notes
from functions.interview_prep.figures.round_titles import with_round_titles
from functions.interview_prep.guide.repeated_lines import without_repeated_lines
from functions.interview_prep.guide.source_numbers import numbered_in_order
from functions.interview_prep.guide.untrusted_text import in_one_notation, map_text
from functions.interview_prep.pdf.frame_words.frame_language import ENGLISH, framed_in
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.previous_guide.read_previous import PreviousGuide, read_previous
from functions.interview_prep.stage_messages import Guide, Logo, Outline, Picked, Posting, Section
from shared.engine.spending.usage_meter import running_job
from shared.errors import Permanent, Transient
from shared.ports import Ports

if TYPE_CHECKING:
    from functions.interview_prep.pdf.guide_content import Content

DEADLINE = 30.0
"""Seconds a guide may take; a usual one takes less than one."""

SECOND_LOOK = "second-look.pdf"
"""The ending of the name of the cheat sheet and the mock interview."""
_TYPES = {"pdf": "application/pdf", "md": "text/markdown; charset=utf-8", "json": "application/json"}

PLAIN_LAYOUT = "the guide could not be laid out as designed and is printed plainly"


async def render_guide(  # noqa: PLR0917 - a stage takes what it needs by position
    sections: list[Section],
    posting: Posting,
    picked: Picked,
    outline: Outline,
    logo: Logo | None,
    request: PrepRequest,
    ports: Ports,
) -> Guide:
    """The guide as a PDF blob (`pdfs/<job>/<sha256>.pdf`): the same input gives the same bytes.

    Raises:
        Transient: laying it out took longer than `DEADLINE` (`render_timeout`).
        Permanent: it cannot be laid out (`render_failed`).
        BadInput: the earlier guide is no guide's JSON (`previous_guide_unreadable`).
    """
    previous = read_previous(request.previous_guide) if request.previous_guide else None
    image = await ports.blobs.get(logo.blob) if logo is not None and logo.blob else None
    try:
        async with asyncio.timeout(DEADLINE + 1):
            guide, files = await asyncio.to_thread(_render, sections, posting, picked, outline, image, previous)
    except TimeoutError as error:
        raise Transient(
            f"the guide was not laid out within {DEADLINE:.0f} s",
            code="render_timeout",
            advice="Try again; if it happens again, give the render stage more CPU.",
        ) from error
    except Exception as error:  # the edge to reportlab, which raises many kinds
        raise Permanent(
            f"the guide cannot be laid out: {type(error).__name__}: {str(error)[:200]}",
            code="render_failed",
            advice="Report this with the job's id: every text should be printable.",
        ) from error
    await asyncio.gather(*(ports.blobs.put(name, file, _TYPES[name.rsplit(".", 1)[1]]) for name, file in files.items()))
    return guide


def _render(  # noqa: PLR0917 - what the stage was given, for its thread
    sections: list[Section],
    posting: Posting,
    picked: Picked,
    outline: Outline,
    image: bytes | None,
    previous: PreviousGuide | None,
) -> tuple[Guide, dict[str, bytes]]:
    """The work of the thread: what the guide says about itself, and its files by name."""
    # reportlab is this stage's alone, and every function of the pipeline imports this file.
    from functions.interview_prep.pdf.guide_content import ORDER, Content  # noqa: PLC0415 - only when it runs
    from functions.interview_prep.pdf.guide_document import render  # noqa: PLC0415 - only when it runs
    from functions.interview_prep.pdf.sections.as_shown import as_shown  # noqa: PLC0415 - as above
    from functions.interview_prep.previous_guide.guide_changes import guide_changes  # noqa: PLC0415 - as above

    in_order = sorted(sections, key=lambda section: ORDER.index(section.section))
    told, outline = numbered_in_order(with_named_rounds(without_repeated_lines(in_order), outline, posting), outline)
    if posting.language == "en":
        told = [map_text(section, in_one_notation) for section in told]
    content = Content(tuple(told), posting, picked, outline, image)
    told = [with_round_titles(section, content.round_titles) for section in with_advice_again(told, content.language)]
    if content.language == ENGLISH:
        told = [with_round_notes(section, [content.call_round(item.title) for item in section.items]) for section in told]
    told = [with_also_asked(section) for section in told]
    content = replace(content, written=tuple(told))
    if previous is not None:
        content = replace(content, changes=guide_changes(content, previous))
    with framed_in(content.language):
        content = replace(content, written=tuple(as_shown(section, content) for section in content.written))
    done = render(content, seconds=DEADLINE)
    pdf, *others = [(ending, _name(file, ending), file) for ending, file in (("pdf", done.pdf), *_beside(content))]
    guide = Guide(
        title=content.title,
        company=content.company,
        role=content.role,
        pdf=pdf[1],
        files={ending: name for ending, name, _ in others},
        pages=done.pages,
        posts_found=picked.posts_found,
        posts_used=outline.posts_used,
        questions=done.questions,
        claims_checked=content.claims[0],
        claims_held=content.claims[1],
        sources=content.all_sources,
        written_by=content.written_by,
        changes=content.changes,
        private=bool(outline.candidate),
        plain_layout=bool(done.fallback),
        warnings=_warnings(
            content.missing,
            [*posting.warnings, *picked.warnings],
            broken_logo=done.broken_logo,
            fallback=done.fallback,
            second_look=any(ending == SECOND_LOOK for ending, _, _ in others),
        ),
    )
    return guide, {name: file for _, name, file in (pdf, *others)}


def _name(file: bytes, ending: str) -> str:
    """A file's blob: its own job's, so that it goes with the job."""
    return f"pdfs/{running_job() or 'none'}/{hashlib.sha256(file).hexdigest()}.{ending.rsplit('.', 1)[-1]}"


def _beside(content: Content) -> Iterator[tuple[str, bytes]]:
    """What lies beside the guide, by the ending of its name. A second look that cannot be laid out is no reason to fail."""
    from functions.interview_prep.pdf.second_look_document import render_second_look  # noqa: PLC0415 - only when it runs
    from functions.interview_prep.text_exports.guide_json import guide_json  # noqa: PLC0415 - as above
    from functions.interview_prep.text_exports.guide_markdown import guide_markdown  # noqa: PLC0415 - as above

    second_look = b""
    with contextlib.suppress(Exception):  # reportlab raises many kinds
        second_look = render_second_look(content)
    if second_look:
        yield SECOND_LOOK, second_look
    yield "md", guide_markdown(content).encode(errors="replace")
    yield "json", guide_json(content).encode(errors="replace")


def _warnings(missing: list[str], earlier: list[str], *, broken_logo: bool, fallback: str, second_look: bool) -> tuple[str, ...]:
    """What went wrong on the way, each thing once."""
    own = [f"the section “{title}” could not be written" for title in missing]
    own += ["the logo could not be read; a monogram stands in for it"] if broken_logo else []
    own += [] if second_look else ["the cheat sheet and the mock interview could not be laid out"]
    own += [f"{PLAIN_LAYOUT} ({fallback})"] if fallback else []
    return tuple(dict.fromkeys([*earlier, *own]))
