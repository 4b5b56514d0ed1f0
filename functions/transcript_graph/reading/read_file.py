"""A file's bytes to a transcript, by its name's ending; which files a folder offers."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from functions.transcript_graph.reading.caption_formats import has_cues, read_captions
from functions.transcript_graph.reading.json_segments import read_segments
from functions.transcript_graph.reading.text_and_markdown import read_plain
from functions.transcript_graph.reading.transcript_types import MOST_CHARACTERS, Transcript
from shared.errors import BadInput
from shared.parser_process.run_in_child import in_child

READERS: dict[str, Callable[[str], Transcript]] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".json": read_segments,
    ".jsonl": read_segments,
    ".srt": read_captions,
    ".vtt": read_captions,
}
MOST_BYTES = 4 * MOST_CHARACTERS
_TAKEN_FOR = frozenset(
    ("cp1250", "cp1257", "iso8859_2", "iso8859_10", "iso8859_13", "iso8859_15", "iso8859_16", "hp_roman8", "latin_1", "mac_roman")
)
"""What a short text in cp1252 looks like as well."""
_WESTERN = tuple(
    map(frozenset, ("áéíóúüñªº", "äöüßéà", "àâæçéèêëîïôœùûüÿ", "áâãàçéêíóôõúüªº", "àèéìíòóùú", "åäöæøéü", "áéíóöúþðæý", "áéèëïíóöúü"))
)  # fmt: skip
"""Letters beyond ASCII of Spanish, German, French, Portuguese, Italian, the Nordic languages, Icelandic, Dutch."""
_SIGNS = frozenset("¿¡«»“”„‘’‚–—…€°§·\u00a0£©®™")
IN_PLACE = 128 * 1024
"""Bytes that are read in this process: an hour of speech has some 60,000. More go to a child process with its limits."""


def read(content: bytes, suffix: str) -> Transcript:
    """The transcript in a file. `suffix`: `.srt`; an unknown one is told from the content.

    Raises:
        BadInput: it cannot be read, or holds no words (`broken_transcript`).
        Permanent: it is large, and was not read within its limits (`parser_limits`).
        Transient: the machine had no time for it (`parser_timeout`).
    """
    return in_child(read_here, content, suffix) if len(content) > IN_PLACE else read_here(content, suffix)


def read_here(content: bytes, suffix: str) -> Transcript:
    """The same in this process, at any size.

    Raises:
        BadInput: as `read`.
    """
    text = decoded(content)
    reader = READERS.get(suffix.lower()) or _told(text)
    if reader is read_plain and has_cues(text):
        reader = read_captions
    transcript = reader(text)
    if not any(character.isalnum() for character in transcript.text):
        raise BadInput("it holds no words", code="broken_transcript", advice="Is it the right file?")
    return transcript


def _told(text: str) -> Callable[[str], Transcript]:
    head = text.lstrip()[:2000]
    if head.startswith("WEBVTT") or has_cues(head):
        return read_captions
    return read_segments if head.startswith(("{", "[{")) else read_plain


def decoded(content: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 with its mark, or what they look like.

    Raises:
        BadInput: they are no text (`broken_transcript`).
    """
    if len(content) > MOST_BYTES:
        raise BadInput(f"it has more than {MOST_BYTES // 1_000_000} MB", code="broken_transcript", advice="Split it.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _guessed(content)
    if text.count("\0") > len(text) // 1000:
        raise BadInput("it is no text", code="broken_transcript", advice=f"Give {', '.join(READERS)}.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - for files that are not UTF-8 alone

    best = from_bytes(content[:100_000]).best()
    if best is None or b"\0\0" in content[:1000]:
        raise BadInput("its encoding is not known", code="broken_transcript", advice="Save it as UTF-8.")
    if best.encoding in _TAKEN_FOR and _is_western(western := content.decode("cp1252", "replace")):
        return western
    return content.decode(best.encoding, "replace")


def _is_western(text: str) -> bool:
    """Whether all letters beyond ASCII are one western language's: `ñ` is one byte in Spanish and another letter's in Polish."""
    beyond = {character.lower() for character in text if not character.isascii()} - _SIGNS
    return any(beyond <= letters for letters in _WESTERN)


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The transcripts of a folder and its folders, by id (the path below it without its ending), sorted; hidden ones left out.

    Raises:
        BadInput: there is no such folder, or no transcript in it (`no_transcripts`).
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - a path's own raises for a name that no file system takes
        raise BadInput(f"{folder} is no folder", code="no_transcripts", advice="Give the folder with the transcripts.")
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in READERS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise BadInput(f"{folder} holds no transcript", code="no_transcripts", advice=f"There is none of {', '.join(READERS)}.")
    stems = [path.relative_to(folder).with_suffix("").as_posix() for path in found]
    counts = Counter(stems)
    for path, stem in zip(found, stems, strict=True):
        yield (stem if counts[stem] == 1 else path.relative_to(folder).as_posix()), path
