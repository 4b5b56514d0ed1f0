"""Transcripts as more tools and people write them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.transcript_graph.reading.read_file import read
from functions.transcript_graph.reading.transcript_types import is_nobody


@pytest.mark.parametrize(
    ("line", "speaker", "start"),
    [
        ("**[00:00:05] Jon Gjengset:** Today we talk.", "Jon Gjengset", 5.0),
        ("**Niko Matsakis** *(00:01:10)*: Today we talk.", "Niko Matsakis", 70.0),
        ("**00:02 Mara Quill**: Today we talk.", "Mara Quill", 2.0),
        ("Moderator (00:12): Today we talk.", "Moderator", 12.0),
        ("Prof. Dr. Müller-Lüdenscheidt [1:02:03]: Today we talk.", "Prof. Dr. Müller-Lüdenscheidt", 3723.0),
        ("00:00:09 J.R. Hale: Today we talk.", "J.R. Hale", 9.0),
        ("### Jon Gjengset [1:02:03]\nToday we talk.", "Jon Gjengset", 3723.0),
        ("[00:01:30] 陳美玲：今天我們談談新的製程。", "陳美玲", 90.0),
        ("Otto Quill, as he said (00:12): Today we talk.", "", 12.0),
    ],
)
def test_a_speaker_and_a_time_are_read_however_they_stand_together(line: str, speaker: str, start: float) -> None:
    found = read(f"{line}\n".encode(), ".md").turns[-1]
    assert (found.speaker, found.start) == (speaker, start)


def test_speakers_with_titles_are_speakers_and_sentences_are_none() -> None:
    text = "Dr. Smith: Good morning.\nMrs. J. Ortega-Vidal: Morning.\nDr. Smith: It was so. Then: rain.\nMrs. J. Ortega-Vidal: It was so. Then: sun.\n"
    assert [turn.speaker for turn in read(text.encode(), ".txt").turns] == ["Dr. Smith", "Mrs. J. Ortega-Vidal"] * 2
    plain = read(b"It was late. Then: rain.\nIt was late. Then: sun.\nAnd so on.\n", ".txt")
    assert {turn.speaker for turn in plain.turns} == {""}


def test_where_nearly_every_line_has_a_label_each_is_a_speakers_but_for_notes() -> None:
    found = read(b"Ada: Hello from London.\nBen: Hello from Paris.\nNote: recorded live.\n", ".txt")
    assert [(turn.speaker, turn.doubtful) for turn in found.turns] == [("Ada", True), ("Ben", True), ("Ben", True)]


@pytest.mark.parametrize(
    "label", ["Unknown Speaker", "SPEAKER_00", "spk_1", "Sprecher 2", "Hablante 1", "主持人", "说话人1", "Q", "Interviewer"]
)
def test_labels_that_name_nobody_are_doubtful(label: str) -> None:
    assert is_nobody(label)


@pytest.mark.parametrize("name", ["Ada", "Bo", "Guesty McHost", "Ada Speaker", "王小明", "Persona Vidal"])
def test_names_are_somebodys(name: str) -> None:
    assert not is_nobody(name)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"results": [{"alternatives": [{"transcript": "one bridge"}]}, {"alternatives": [{"transcript": " and two"}]}]}, [("", "one bridge"), ("", "and two")]),
        ({"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "Linus"}, {"type": "punct", "value": " "}, {"type": "text", "value": "spoke"}]}]}, [("Speaker 0", "Linus spoke")]),
        (["Ada: Hello there.", "Ben: Welcome to Paris."], [("Ada", "Hello there."), ("Ben", "Welcome to Paris.")]),
        ({"title": "A", "lines_of": 2, "transcript": ["Ada: Hello there.", "Ben: Welcome to Paris."]}, [("Ada", "Hello there."), ("Ben", "Welcome to Paris.")]),
        ({"results": {"channels": [{"alternatives": [{"transcript": "Grace Hopper joined."}]}]}}, [("", "Grace Hopper joined.")]),
    ],
)  # fmt: skip
def test_json_of_more_tools_is_read(value: Any, said: list[tuple[str, str]]) -> None:
    found = read(json.dumps(value).encode(), ".json")
    assert [(turn.speaker, found.text[turn.at : turn.upto]) for turn in found.turns] == said


def test_json_lines_are_read_by_either_ending() -> None:
    text = "\n".join(json.dumps({"speaker": name, "text": f"{name} speaks."}) for name in ("Ada", "Ben"))
    for suffix in (".jsonl", ".json", ""):
        assert [turn.speaker for turn in read(text.encode(), suffix).turns] == ["Ada", "Ben"]


def test_whole_numbers_that_only_milliseconds_can_be_are_taken_for_them() -> None:
    rows = [
        {"speaker": "A", "text": "Katherine Johnson worked there.", "start": 250, "end": 3000},
        {"speaker": "B", "text": "She did.", "start": 3100, "end": 4000},
    ]
    assert [(turn.start, turn.end) for turn in read(json.dumps({"utterances": rows}).encode(), ".json").turns] == [
        (0.25, 3.0),
        (3.1, 4.0),
    ]
    slow = [{"text": "Katherine Johnson worked there for years.", "start": 2, "end": 6}]
    assert [(turn.start, turn.end) for turn in read(json.dumps({"segments": slow}).encode(), ".json").turns] == [(2.0, 6.0)]


def test_captions_in_a_text_file_are_captions() -> None:
    found = read(b"00:00:05.120 --> 00:00:09.400\nWe begin in London.\n\n0:0:10.0 --> 0:0:12.4\nWe end in Paris.\n", ".txt")
    assert [(turn.start, turn.end, found.text[turn.at : turn.upto]) for turn in found.turns] == [
        (5.12, 9.4, "We begin in London."),
        (10.0, 12.4, "We end in Paris."),
    ]


def test_sounds_and_songs_of_captions_are_no_speech() -> None:
    cues = [
        "[MUSIC] ♪ la la ♪",
        "- Welcome back.",
        ">> PROF. ADA LOVELACE: Charles Babbage built it.",
        "(LAUGHING) MR. BYRON: He did [sic].",
    ]
    text = "\n\n".join(f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{cue}" for at, cue in enumerate(cues, 1))
    found = read(text.encode(), ".srt")
    assert [(turn.speaker, found.text[turn.at : turn.upto]) for turn in found.turns] == [
        ("", "Welcome back."), ("Prof. Ada Lovelace", "Charles Babbage built it."), ("Mr. Byron", "He did [sic]."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Señor Pérez: Buenos días, soy José de Peñarol.\n", "cp1252"),
        ("Moderator: Herzlich willkommen, schön dass Sie da sind. Müller aus Köln grüßt Sie.\n", "cp1252"),
        ("Moderátor: Dobrý den, vítejte. Jmenuji se Jiří Dvořák a žiju v Praze, řeka teče.\n", "cp1250"),
        ("Ведущий: Добрый день, меня зовут Иван Петров, я работаю в Яндексе.\n", "cp1251"),
        ("主持人：欢迎收听，今天的来宾是王小明，他在华为工作。\n", "gbk"),
        ("主持人：歡迎收聽，今天的來賓是王小明，他在台積電工作。\n", "big5"),
    ],
)
def test_texts_in_old_encodings_are_read_as_they_were_written(text: str, encoding: str) -> None:
    assert read(text.encode(encoding), ".md").text.endswith(text.strip().partition(":")[2].strip() or text.strip())


def test_a_heading_that_says_the_title_again_is_no_speech() -> None:
    found = read(b'---\ntitle: "Rust, safely"\n---\n\n# Rust, safely\n\n**Ada:** Hello.\n', ".md")
    assert (found.title, found.text) == ("Rust, safely", "Hello.")
