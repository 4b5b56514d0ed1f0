"""Texts that are copies of earlier ones, a few words apart: found by a sample of their letters' runs, in numpy.

Of every run of `RUN` letters (bytes of the text in small letters, without signs and spaces) one in `ONE_IN` is kept, by its
hash: the same runs in every text, wherever they stand. Two texts' share of common runs estimates that of all runs. Nothing of
it is stored: it may change with any release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUN = 16
ONE_IN = 32
SAME = 0.7
"""Share of common runs (Jaccard) from which a text is a copy: about one word in thirty is another."""
_AT_ONCE = 250_000
"""Bytes looked at together: what a processor keeps near."""
LEAST = 4
"""Sampled runs under which a text is too short to be called a copy."""
COMMON = 200
"""Texts that share a run beyond which it says nothing."""
PASSAGE = 20
"""Sampled runs that two texts share when half a chunk of one stands in the other: some six hundred letters."""
_HALF = RUN // 2
_ODD, _OTHER = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256))  # noqa: PLR2004 - A to Z

Sample: TypeAlias = "NDArray[np.uint64]"


def samples_of(texts: Sequence[str]) -> list[Sample]:
    """Each text's sampled runs, sorted, each once."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second that a start should not pay

    raws = [text.encode("utf-8", "replace").translate(_SMALL, _DROPPED) for text in texts]
    found: list[Sample] = []
    at = 0
    while at < len(raws):
        upto, size = at, 0
        while upto < len(raws) and (upto == at or size + len(raws[upto]) < _AT_ONCE):
            size += len(raws[upto])
            upto += 1
        places, codes = _sampled(b"".join(raws[at:upto]))
        ends = np.cumsum([len(raw) for raw in raws[at:upto]])
        begun = 0
        for end in ends.tolist():
            low, high = np.searchsorted(places, (begun, end - RUN + 1))
            found.append(np.unique(codes[low : max(low, high)]))
            begun = end
        at = upto
    return found


def _sampled(raw: bytes) -> tuple[NDArray[np.int64], Sample]:
    """Where sampled runs begin in the bytes, and their hashes."""
    import numpy as np  # noqa: PLC0415 - as above

    count = len(raw) - RUN + 1
    if count < 1:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    eights = np.ndarray((len(raw) - _HALF + 1,), np.uint64, raw, 0, (1,))  # at every byte the eight from there on
    codes = eights[:count] * np.uint64(_ODD) + (eights[_HALF:] ^ np.uint64(_OTHER)) * np.uint64(_OTHER)
    codes ^= codes >> np.uint64(29)
    codes *= np.uint64(_OTHER)
    places = np.flatnonzero((codes >> np.uint64(40)) % np.uint64(ONE_IN) == 0)
    return places, codes[places]


def copies(samples: Sequence[Sample], threshold: float = SAME) -> list[int | None]:
    """For each text the earlier one that it copies, or None. That one is no copy itself; of several, the most alike, then the first."""
    seen: defaultdict[int, list[int]] = defaultdict(list)
    found: list[int | None] = []
    for number, runs in enumerate(_repeated(samples)):
        size = len(samples[number])
        enough = len(runs) >= threshold * size  # two that are alike share such a part of either
        copied = _most_alike(number, runs, samples, seen, threshold) if enough and size >= LEAST else None
        found.append(copied)
        if copied is None and enough:
            for run in runs:
                if len(owners := seen[run]) < COMMON:
                    owners.append(number)
    return found


def _repeated(samples: Sequence[Sample]) -> list[list[int]]:
    """Of each text the runs that another one has, too: most have few, and only these are looked at one by one."""
    import numpy as np  # noqa: PLC0415 - as above

    if not samples:
        return []
    every = np.concatenate(samples)
    order = np.argsort(every, kind="stable")
    sorted_runs = every[order]
    same = sorted_runs[1:] == sorted_runs[:-1]
    twice = np.zeros(len(every), bool)
    twice[order[1:][same]] = True
    twice[order[:-1][same]] = True
    ends = np.cumsum([len(runs) for runs in samples]).tolist()
    return [runs[twice[end - len(runs) : end]].tolist() for runs, end in zip(samples, ends, strict=True)]


def _most_alike(
    number: int, runs: Sequence[int], samples: Sequence[Sample], seen: Mapping[int, list[int]], threshold: float
) -> int | None:
    shared: defaultdict[int, int] = defaultdict(int)
    for run in runs:
        for owner in seen.get(run, ()):
            shared[owner] += 1
    best, most = None, threshold
    for owner, common in sorted(shared.items()):
        alike = common / (len(samples[number]) + len(samples[owner]) - common)
        if alike > most or (alike == most and best is None):
            best, most = owner, alike
    return best


def related(samples: Sequence[Sample], least: int = PASSAGE) -> list[list[int]]:
    """For each text the earlier ones with which it has `least` sampled runs or more in common: where copied passages may come from.

    A run that very many have (an advertisement in every one) leads to the first of them, which is where it is copied from.
    """
    first: defaultdict[int, list[int]] = defaultdict(list)
    found: list[list[int]] = []
    for number, runs in enumerate(_repeated(samples)):
        shared: defaultdict[int, int] = defaultdict(int)
        for run in runs:
            owners = first[run]
            for owner in owners:
                shared[owner] += 1
            if len(owners) < 2:  # noqa: PLR2004 - the first, and one more where the first has only a part
                owners.append(number)
        found.append(sorted(owner for owner, common in shared.items() if common >= least))
    return found
