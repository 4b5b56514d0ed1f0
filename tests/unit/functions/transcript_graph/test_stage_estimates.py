"""What a plan expects of a request: by the sizes of what is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from functions.transcript_graph.stage_estimates import TRIAL_PACKS, UNKNOWN, packs, transcripts
from functions.transcript_graph.stage_messages import GraphRequest, TranscriptInput

HOUR = "word " * 8_000
"""Some 10,000 tokens."""


def given(*texts: str | None, **more: Any) -> GraphRequest:
    found = tuple(TranscriptInput(id=f"t{number}", text=text) for number, text in enumerate(texts))
    return GraphRequest.model_validate({"transcripts": found, **more})


def about(*numbers: float) -> Any:
    """These numbers, but for what a float's last digits add."""
    return pytest.approx(numbers)


def test_packs_go_by_the_length_of_what_is_given() -> None:
    assert packs(given(HOUR)) == about(0, 3, 3 * 1.7)
    assert packs(given(HOUR * 10)) == about(0, 24, 24 * 1.7)
    assert packs(given(HOUR, "short")) == about(0, 2, 2 * 1.7)


def test_of_what_is_still_to_be_fetched_an_hour_is_assumed() -> None:
    assert packs(given(None)) == UNKNOWN
    assert packs(given(None, HOUR)) == about(0, 3, (20 + 3 * 1.7) / 2)


def test_a_second_look_and_a_measure_are_in_the_price() -> None:
    assert packs(given(HOUR, gleaning=True)) == about(0, 6, 6 * 1.7)
    assert packs(given(HOUR, measure=True)) == about(0, 3 + TRIAL_PACKS, 3 * 1.7 + TRIAL_PACKS)


def test_nothing_is_asked_about_what_is_removed() -> None:
    assert (packs(given(remove=["a"])), transcripts(given(remove=["a"]))) == (0, (0, 0, 0))


def test_a_folders_files_count_by_their_sizes_and_times_are_no_speech(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HOUR)
    (tmp_path / "b.srt").write_text(HOUR)
    assert transcripts(GraphRequest(path=str(tmp_path))) == (0, 2, 2)
    assert packs(GraphRequest(path=str(tmp_path))) == about(0, 2.5, 2.5 * 1.7)


def test_a_folder_that_is_not_there_is_the_jobs_to_tell(tmp_path: Path) -> None:
    assert packs(GraphRequest(path=str(tmp_path / "nowhere"))) == 0
