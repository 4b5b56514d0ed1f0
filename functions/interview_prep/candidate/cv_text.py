"""A CV as plain text, from what a person has: text, PDF or docx."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

from shared.errors import BadInput, Permanent
from shared.parser_process.run_in_child import in_child
from shared.sources.untrusted_values import tidy

MOST_BYTES, MOST_PAGES, MOST_CHARACTERS = 5 * 1024 * 1024, 30, 20_000
_MOST_XML = 20 * 1024 * 1024  # of a docx's text once unpacked
LEAST_BROKEN = 35
"""Characters from which a line may have been broken by its column's edge."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cv_text(content: bytes) -> str:
    """The text of a CV, at most 20,000 characters.

    Raises:
        BadInput: it is none of text, PDF, docx, or no text can be read from it (`cv_unreadable`).
        Transient: the machine had no time for it (`parser_timeout`).
    """
    if len(content) > MOST_BYTES:
        raise _unreadable("the file is larger than 5 MB")
    try:
        if content.startswith(b"%PDF-"):
            text = in_child(_from_pdf, content)
        elif content.startswith(b"PK\x03\x04"):
            text = in_child(_from_docx, content)
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable("it cannot be opened (UnicodeDecodeError)") from error
    except Permanent as error:
        raise error if isinstance(error, BadInput) else _unreadable(error.message) from error
    text = without_broken_lines(tidy(text)[:MOST_CHARACTERS])
    if not text:
        raise _unreadable("it holds no text (a scan has to be made text first)")
    return text


def without_broken_lines(text: str) -> str:
    """A text in which a sentence that a column's edge has broken is one line again: a long line without an end, then a small letter."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and line[:1].islower() and len(lines[-1]) >= LEAST_BROKEN and lines[-1][-1] not in ".:;!?。":
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def encode_file(content: bytes) -> str:
    """A CV's file as a request carries it; read once, so that what is unreadable is known at once.

    Raises:
        BadInput: as `cv_text`.
    """
    cv_text(content)
    return base64.b64encode(content).decode()


def _from_pdf(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - only for a CV that is a PDF

    from functions.interview_prep.candidate.pdf_columns import page_text  # noqa: PLC0415 - as above

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _unreadable("it is locked with a password: save it once without")
    return "\n".join(page_text(reader.pages[at]) for at in range(min(len(reader.pages), MOST_PAGES)))


def _from_docx(content: bytes) -> str:
    from lxml import etree  # noqa: PLC0415 - only for a CV that is a docx

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.getinfo("word/document.xml").file_size > _MOST_XML:
            raise _unreadable("its text is too large")
        raw = archive.read("word/document.xml")
    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    return "\n".join(_paragraph(element) for element in root.iter(f"{_WORD}p"))


def _paragraph(element: Any) -> str:
    return "".join(
        part.text or "" if part.tag == f"{_WORD}t" else " " for part in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
    )


def _unreadable(why: str) -> BadInput:
    return BadInput(
        f"the CV cannot be read: {why}",
        code="cv_unreadable",
        advice="Give a text, PDF or docx file, or paste the CV as `cv_text`.",
    )
