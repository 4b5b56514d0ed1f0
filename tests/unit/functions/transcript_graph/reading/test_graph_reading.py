from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any, cast

import pytest

from functions.transcript_graph.reading.read_file import MOST_BYTES, files_of, read
from functions.transcript_graph.reading.transcript_sources import fetch_transcript
from functions.transcript_graph.reading.transcript_types import Transcript, seconds_of
from functions.transcript_graph.stage_messages import Source
from shared.errors import BadInput, Permanent
from tests.support.real_data import REAL_DATA

REAL = REAL_DATA / "transcripts"
SRT = "1\n00:00:01,000 --> 00:00:03,500\nADA: We built it\n\n2\n00:00:03,500 --> 00:00:05,000\nin London.\n\n3\n00:00:05,000 --> 00:00:07,000\nBEN: Nice.\n"
VTT = "WEBVTT - Engines\n\n00:01.000 --> 00:03.000\n<v Ada Byron>We <b>built</b> it.\n\n00:03.000 --> 00:05.000\n<v Ada Byron>We <b>built</b> it.\nIn London &amp; Paris.\n"


def speakers(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, transcript.text[turn.at : turn.upto]) for turn in transcript.turns]


def test_bold_speakers_of_markdown_carry_over_paragraphs() -> None:
    found = read(
        b"---\ntitle: Engines\ndate: 2026-01-02\n---\n**Ada Byron:** One.\n\nTwo \\[04:07\\] three.\n\n**Ben:** Four.\n", ".md"
    )
    assert speakers(found) == [("Ada Byron", "One."), ("Ada Byron", "Two"), ("Ada Byron", "three."), ("Ben", "Four.")]
    assert (found.title, found.date, found.turns[2].start) == ("Engines", "2026-01-02", 247.0)


def test_plain_labels_count_when_they_come_again_and_are_doubtful_when_rare() -> None:
    found = read(b"Ada: one\nBen: two\nNote: a list\nAda: three\nBen: four\nAda: five\n", ".txt")
    assert [turn.speaker for turn in found.turns] == ["Ada", "Ben", "Ben", "Ada", "Ben", "Ada"]
    assert [turn.doubtful for turn in found.turns if turn.speaker == "Ben"] == [True, True, True]
    assert not found.turns[0].doubtful


def test_speakers_that_nobody_named_are_doubtful() -> None:
    found = read(b"[00:01] Speaker 1: hello there\n[00:09] Speaker 2: hi\n", ".txt")
    assert [(turn.speaker, turn.doubtful, turn.start) for turn in found.turns] == [
        ("Speaker 1", True, 1.0),
        ("Speaker 2", True, 9.0),
    ]


def test_srt_cues_run_on_to_the_sentences_end() -> None:
    found = read(SRT.encode(), ".srt")
    assert speakers(found) == [("Ada", "We built it in London."), ("Ben", "Nice.")]
    assert (found.turns[0].start, found.turns[0].end) == (1.0, 5.0)


def test_vtt_voices_and_rolling_captions() -> None:
    found = read(VTT.encode(), ".vtt")
    assert found.title == "Engines"
    assert speakers(found) == [("Ada Byron", "We built it."), ("Ada Byron", "In London & Paris.")]


@pytest.mark.parametrize(
    "value",
    [
        [{"speaker": "Ada", "text": "One.", "start": 1.5, "end": 2}],
        {"segments": [{"speaker": "Ada", "text": "One.", "start": "00:00:01.5"}]},
        {"results": {"items": [{"speaker": {"name": "Ada"}, "text": "One.", "start_ms": 1500}]}},
        {"utterances": [{"speaker_name": "Ada", "utterance": "One.", "startTime": "1.5s"}]},
    ],
)
def test_json_of_several_tools(value: object) -> None:
    found = read(json.dumps(value).encode(), ".json")
    assert speakers(found) == [("Ada", "One.")]
    assert found.turns[0].start == 1.5


def test_one_text_in_json_is_read_as_plain_text() -> None:
    found = read(json.dumps({"title": "T", "text": "Ada: one\nBen: two\nAda: three\nBen: four"}).encode(), ".json")
    assert (found.title, [turn.speaker for turn in found.turns]) == ("T", ["Ada", "Ben", "Ada", "Ben"])


@pytest.mark.parametrize("content", [b"{not json", b"[]", b'{"a": 1}'])
def test_broken_json_says_so(content: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        read(content, ".json")
    assert raised.value.code == "broken_transcript"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x00\x01\x02" * 50, b"...!"])
def test_what_holds_no_words_is_broken(content: bytes) -> None:
    with pytest.raises(BadInput):
        read(content, ".txt")


def test_other_encodings() -> None:
    assert read("Ünlü söz".encode("utf-16"), ".txt").text == "Ünlü söz"
    assert "大家好" in read("大家好，歡迎收聽今天的節目，我是主持人王小明。".encode("big5"), ".txt").text


def test_a_folder_gives_ids_that_tell_files_apart(tmp_path: Path) -> None:
    for name in ("a.md", "a.srt", "b/c.txt", ".hidden/d.txt", "e.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, _ in files_of(tmp_path)] == ["a.md", "a.srt", "b/c"]


@pytest.mark.parametrize("name", ["none", "x" * 5000, "a\0b"])
def test_what_no_folder_can_be_called_is_no_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as raised:
        list(files_of(tmp_path / name))
    assert raised.value.code == "no_transcripts"


async def test_of_a_file_too_large_for_a_transcript_no_more_is_read_than_tells_so(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50 * MOST_BYTES)  # takes no room on the disk
    source = Source(id="large", kind="path", where=str(large))
    tracemalloc.start()
    with pytest.raises(Permanent, match="more than 32 MB"):
        await fetch_transcript(source, cast("Any", None))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MOST_BYTES


def test_times() -> None:
    assert [seconds_of(stamp) for stamp in ("04:07", "1:02:03.5", "00:00:01,250", "7", "a:b", "inf:1")] == [
        247,
        3723.5,
        1.25,
        None,
        None,
        None,
    ]


@pytest.mark.skipif(not REAL.exists(), reason="the real transcripts are not here")
def test_real_transcripts_have_speakers_and_times() -> None:
    for _, path in files_of(REAL):
        found = read(path.read_bytes(), path.suffix)
        assert {turn.speaker for turn in found.turns} >= {"Daniel Whitenack"} or {turn.speaker for turn in found.turns} >= {
            "Chris Benson"
        }
        assert all(turn.speaker and not turn.doubtful for turn in found.turns)
