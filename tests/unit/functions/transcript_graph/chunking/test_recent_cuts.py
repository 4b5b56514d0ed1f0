"""Transcripts that were cut a moment ago are not cut again; what stays at hand is bounded."""

from __future__ import annotations

from collections.abc import Sequence

from functions.transcript_graph.chunking.cut_transcript import RecentCuts


class _Counter:
    """Counts words as tokens, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, texts: Sequence[str]) -> list[int]:
        self.asked += 1
        return [len(text.split()) for text in texts]


def _body(number: int) -> bytes:
    return f"**Ada:** Talk {number} is about the mill. The river rose again in spring.".encode()


def test_the_same_bytes_are_cut_once() -> None:
    count, cuts = _Counter(), RecentCuts()
    first = cuts.cut(_body(1), ".md", 400, count)
    assert cuts.cut(_body(1), ".md", 400, count) is first
    assert count.asked == 1
    assert first.texts[0].startswith("Ada: Talk 1")


def test_another_budget_and_another_format_are_another_cut() -> None:
    count, cuts = _Counter(), RecentCuts()
    whole = cuts.cut(_body(1), ".md", 400, count)
    assert len(cuts.cut(_body(1), ".md", 4, count).chunks) > len(whole.chunks)
    cuts.cut(_body(1), ".txt", 400, count)
    assert count.asked == 3


def test_what_was_wanted_longest_ago_goes_first() -> None:
    count = _Counter()
    cuts = RecentCuts(most=2 * len(RecentCuts().cut(_body(1), ".md", 400, count).transcript.text))
    for number in (1, 2, 1, 3, 1):
        cuts.cut(_body(number), ".md", 400, count)
    assert count.asked == 1 + 3
    cuts.cut(_body(2), ".md", 400, count)
    assert count.asked == 1 + 4
