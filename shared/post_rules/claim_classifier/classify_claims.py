"""Which kind of claim a sentence makes, by weights that were fitted to sentences: `tests/support/fitting/fit_claim_weights.py` fits them.

A second net beside the rules of `banned_claims`: a rule knows a wording, this knows the company words keep. Pure Python: it runs in
every process that checks a post. What it says is a suspicion, for a person to look at.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from shared.post_rules.claim_classifier.sentence_features import BUCKETS, HAN, closed_features, tokens
from shared.text.folding import folded

CLASSES = ("promise", "call_to_trade", "inside_knowledge", "accusation", "prompt_echo", "any")
ROWS = len(CLASSES) + 1
"""Of weights: last those for a promise that is concluded from a figure, which were fitted to such clauses, too."""
LEAST = (-0.1, 0.0)
"""The scores from which a text's only sentence is suspected, without and with Chinese characters: the tool that fits the weights says what
others would do to real posts."""
EACH_DOUBLING, MOST = 0.9, 1.95
"""What is added to `LEAST` in a text of twice as many sentences, and at most: the more there are, the likelier one of them looks like a claim."""
NO_MONEY, NO_MARKET, LONG_TEXT = 0.5, 2.0, 300
"""What is added in a Latin text without a word of money or companies, and in one of so many characters that speaks of no market: advice on
other things is full of orders."""
CLAUSE, CLAUSE_WORDS = 2.5, 8
"""The least score of a clause of so many words from which a sentence is suspected, too: a claim may hide in a long honest one."""
BESIDE, BEHIND = 3.0, -2.0
"""That of a clause without a figure beside one with a figure, however short: a true fact hides what is promised or called for. Behind the figure,
where a conclusion stands, that of a promise by its own weights, in a sentence about money."""
SHORTEST_CLAUSE = 3
"""Words and Chinese characters of such a clause."""
FAR_BELOW, JUDGED = -3.5, 8
"""The score below which words that a rule knows are taken for a warning, a report or talk of something else, and how many words and Chinese
characters a sentence must have for that."""
WEIGHTS = Path(__file__).parent / "weights.bin"
SENTENCE_ENDS = re.compile(r"(?<=[!?。！？])|(?<=\.)(?=\s)|\n(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff，、,\w 「」（）()%]{30})\n")
"""A new line between long lines of Chinese is none: forums break their lines."""
_MARKET = re.compile(
    folded(
        r"\b(?:stocks?|shares?|shareholders?|investors?|investing|traders?|trading|markets?|bulls?|bears?|portfolio|dividends?|earnings|broker\w{0,4}|tickers?|coins?|crypto|etfs?|bonds?|calls|puts|profits?|returns)\b|[$#][a-z]{1,5}\b"
        r"|股|漲|跌|投資|大盤|盤中|開盤|收盤|行情|營收|財報|基金|交易|券商|進場|多頭|空頭|持倉|倉位|加倉|建倉|幣|獲利|本金|報酬"
    ),
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:buy|sell|bought|sold|price|money|cash|dollars?|bucks|gains?|rich|wealth|million\w{0,6}|invest\w{0,4}|compan(?:y|ies)|ceo|cfo|chairman|board|merger|takeover|audit\w{0,3}|accounts?|revenues?|sales|banks?|funds?|savings|loss(?:es)?|lose|risk\w{0,4}|income|pump\w{0,3}|moon|squeeze|hold|bags?|fraud\w{0,5}|scam\w{0,4}|insiders?|chart|margin|dip|gem|deal|quarter|q[1-4]|numbers|figures|reports?|results|news|announce\w{0,5}|listing|exchange|orders?|contract|books|thie(?:f|ves)|crooks?|ponzi|brib\w{1,3}|doubl\w{1,3}|tripl\w{1,3}|\d{1,4}x)\b|[%$]",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_CLAUSES = re.compile(
    r"[;；，、]|[,:：](?!\d)| [-–—] | (?:and|so|which|therefore|thus|hence|because|meaning|but|as|since|making)\b(?! \d)"
    r"|代表|等於|所以|因此|意思是|表示|說明|意味[著着]",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[.!?;:。！？；，,\n、]")
_PARTS = re.compile(_CLAUSE_ENDS.pattern + "| [-–—] ")
LEVELS = 63
"""Steps that a weight may be from zero: with 127 the file is half as large again and the scores are the same."""
_HEAD = struct.Struct(f"<{2 * ROWS}f")
_SHORTEST, _LONGEST = 3, 400


def claims(text: str) -> Iterator[tuple[str, int, int]]:
    """The class, the start and the end of each sentence that is likely to make a claim, in a text that is folded and closed up."""
    found = [*_sentences(text)]
    more = _more(text, len(found))
    for start, end in found:
        sentence = text[start:end][:_LONGEST]
        kind, score = likeliest(sentence)
        least = LEAST[bool(HAN.search(sentence))] + more
        if score >= least:
            yield kind, start, end
        elif parts := [one for one in _clauses(sentence) if one[1] >= max(least, CLAUSE)] or [
            *_beside(sentence, max(least, BESIDE))
        ]:
            yield max(parts, key=itemgetter(1))[0], start, end


def _more(text: str, sentences: int) -> float:
    """What is added to `LEAST` in a text."""
    more = min(EACH_DOUBLING * math.log2(max(sentences, 1)), MOST)
    if not HAN.search(text) and not _MONEY.search(text) and not _MARKET.search(text):
        more += NO_MONEY
    return more + NO_MARKET if len(text) >= LONG_TEXT and not _MARKET.search(text) else more


def _is_of_money(sentence: str) -> bool:
    return bool(HAN.search(sentence) or _MARKET.search(sentence) or _MONEY.search(sentence))


def _clauses(sentence: str) -> list[tuple[str, float]]:
    """Class and score of each clause of a long sentence."""
    if len(tokens(sentence)) <= 2 * CLAUSE_WORDS:
        return []
    return [likeliest(clause) for clause in _CLAUSE_ENDS.split(sentence) if len(tokens(clause)) >= CLAUSE_WORDS]


def _beside(sentence: str, least: float) -> Iterator[tuple[str, float]]:
    """Class and score of each clause without a figure, in a sentence that has one in another, that is likely or concludes a promise from it."""
    for clause, behind in clauses_beside_figures(sentence):
        kind, score = likeliest(clause)
        if score >= least:
            yield kind, score
        elif behind and (concluded := _sums(clause)[-1]) >= BEHIND and _is_of_money(sentence):
            yield "promise", concluded


def clauses_beside_figures(sentence: str) -> list[tuple[str, bool]]:
    """The clauses without a figure, in a sentence that has one in another, and whether that stands before them."""
    found, behind = [], False
    for clause in map(str.strip, _CLAUSES.split(sentence) if _FIGURE.search(sentence) else ()):
        if _FIGURE.search(clause):
            behind = True
        elif len(tokens(clause)) >= SHORTEST_CLAUSE:
            found.append((clause, behind))
    return found


def far_from_claims(text: str, start: int, end: int) -> bool:
    """Whether a piece of a folded text stands in a clause and in a sentence that are both no claim by far.

    The sentence alone says too little: a claim may hide in a long one.
    """
    clause, sentence = (_around(text, start, end, ends) for ends in (_PARTS, SENTENCE_ENDS))
    if len(tokens(sentence)) < JUDGED:
        return False
    return likeliest(clause)[1] < FAR_BELOW and likeliest(sentence)[1] < FAR_BELOW


def _around(text: str, start: int, end: int, ends: re.Pattern[str]) -> str:
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    begin = max((match.end() for match in ends.finditer(text, first, start)), default=first)
    return text[begin : next((match.start() for match in ends.finditer(text, end, last)), last)]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, without the space around it."""
    start = 0
    for end in [*(match.start() for match in SENTENCE_ENDS.finditer(text)), len(text)]:
        sentence = text[start:end]
        if len(sentence.strip()) >= _SHORTEST:
            yield start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())
        start = end


def likeliest(sentence: str) -> tuple[str, float]:
    """The class that a sentence is likeliest of, and the mean of its sum and that of any claim: above zero where it is likelier than not."""
    *sums, some, _ = _sums(sentence)
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
    """What is added per row, what a unit of its weights is, and a weight per bucket."""
    data = zlib.decompress(WEIGHTS.read_bytes())
    head, rows = _HEAD.unpack_from(data), data[_HEAD.size :]
    tables = [array("b", rows[at * BUCKETS : (at + 1) * BUCKETS]) for at in range(ROWS)]
    return head[:ROWS], head[ROWS:], tables


def packed(weights: Sequence[Sequence[float]], added: Sequence[float]) -> bytes:
    """The file's bytes for rows of `BUCKETS` weights."""
    scales = [max(map(abs, row)) / LEVELS for row in weights]
    rows = b"".join(array("b", [round(one / scale) for one in row]).tobytes() for row, scale in zip(weights, scales, strict=True))
    return zlib.compress(_HEAD.pack(*added, *scales) + rows, 9)
