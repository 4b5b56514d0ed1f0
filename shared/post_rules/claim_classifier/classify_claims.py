"""Which kind of claim a sentence makes, by weights that were fitted to sentences: `tests/support/fit_claim_weights.py` fits them.

A second net beside the rules of `banned_claims`: a rule knows a wording, this knows the company words keep. Pure Python: it runs in
every process that checks a post. What it says is a suspicion, for a person to look at.
"""

from __future__ import annotations

import re
import struct
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from shared.post_rules.claim_classifier.sentence_features import BUCKETS, HAN, closed_features
from shared.text.folding import folded

CLASSES = ("promise", "call_to_trade", "inside_knowledge", "accusation", "any")
LEAST: Mapping[str, tuple[float, float]] = {
    "promise": (0.5, 0.4),
    "call_to_trade": (0.5, 0.4),
    "inside_knowledge": (0.25, 0.4),
    "accusation": (-0.25, 0.75),
}
"""The scores from which a sentence is suspected, without and with Chinese characters: the tool that fits the weights says what others would do to real posts."""
NO_MARKET, LONG_TEXT = 2.0, 300
"""What is added to `LEAST` in a text of so many characters that speaks of no market: advice on other things is full of orders."""
WEIGHTS = Path(__file__).parent / "weights.bin"
SENTENCE_ENDS = re.compile(r"(?<=[!?。！？])|(?<=\.)(?=\s)|\n")
_MARKET = re.compile(
    folded(
        r"\b(?:stocks?|shares?|shareholders?|investors?|investing|traders?|trading|markets?|bulls?|bears?|portfolio|dividends?|earnings|broker\w{0,4}|tickers?|coins?|crypto|etfs?|bonds?|calls|puts|profits?|returns)\b|[$#][a-z]{1,5}\b"
        r"|股|漲|跌|投資|大盤|盤中|開盤|收盤|行情|營收|財報|基金|交易|券商|進場|多頭|空頭|持倉|倉位|加倉|建倉|幣|獲利|本金|報酬"
    ),
    re.IGNORECASE,
)
_HEAD = struct.Struct(f"<{2 * len(CLASSES)}f")
_SHORTEST, _LONGEST = 3, 400


def claims(text: str) -> Iterator[tuple[str, int, int]]:
    """The class, the start and the end of each sentence that is likely to make a claim, in a text that is folded and closed up."""
    more = NO_MARKET if len(text) >= LONG_TEXT and not _MARKET.search(text) else 0.0
    start = 0
    for end in [*(match.start() for match in SENTENCE_ENDS.finditer(text)), len(text)]:
        sentence = text[start:end].strip()
        if len(sentence) >= _SHORTEST:
            kind, score = likeliest(sentence[:_LONGEST])
            if score >= LEAST[kind][bool(HAN.search(sentence))] + more:
                lead = len(text[start:end]) - len(text[start:end].lstrip())
                yield kind, start + lead, start + lead + len(sentence)
        start = end


def likeliest(sentence: str) -> tuple[str, float]:
    """The class that a sentence is likeliest of, and the mean of its sum and that of any claim: above zero where it is likelier than not."""
    *sums, some = _sums(sentence)
    best = max(range(len(sums)), key=sums.__getitem__)
    return CLASSES[best], (sums[best] + some) / 2


def _sums(sentence: str) -> list[float]:
    added, scales, tables = _weights()
    places = closed_features(sentence)
    share = 1 / max(len(places), 1) ** 0.5
    return [
        plus + scale * share * sum(map(table.__getitem__, places))
        for plus, scale, table in zip(added, scales, tables, strict=True)
    ]


@cache
def _weights() -> tuple[Sequence[float], Sequence[float], Sequence[array[int]]]:
    """What is added per class, what a unit of its weights is, and a weight per bucket."""
    data = zlib.decompress(WEIGHTS.read_bytes())
    head, rows = _HEAD.unpack_from(data), data[_HEAD.size :]
    tables = [array("b", rows[at * BUCKETS : (at + 1) * BUCKETS]) for at in range(len(CLASSES))]
    return head[: len(CLASSES)], head[len(CLASSES) :], tables


def packed(weights: Sequence[Sequence[float]], added: Sequence[float]) -> bytes:
    """The file's bytes for a row of `BUCKETS` weights per class."""
    scales = [max(map(abs, row)) / 127 for row in weights]
    rows = b"".join(array("b", [round(one / scale) for one in row]).tobytes() for row, scale in zip(weights, scales, strict=True))
    return zlib.compress(_HEAD.pack(*added, *scales) + rows, 9)
