"""`python -m tests.sim --seeds 20000`: many histories, and what failed with its seed. `--seed S` prints one history's log."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator

from tests.sim import exhaustive
from tests.sim.history import Outcome
from tests.sim.many import chunk, outcome

CHUNK = 100


def main(arguments: list[str] | None = None) -> int:
    """Answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2000, help="how many histories")
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, help="one history, with everything that happened in it")
    parser.add_argument("--exhaustive", action="store_true", help="every case of the small jobs instead")
    options = parser.parse_args(arguments)
    if options.exhaustive:
        return _every_case()
    if options.seed is not None:
        return _show(options.seed)
    return _many(range(options.start, options.start + options.seeds), options.workers)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _show(seed: int) -> int:
    log: list[str] = []
    came = outcome(seed, log)
    _say("\n".join(log))
    _say(f"seed {seed}: {came.calls} port calls, {came.seconds:.0f} s, jobs {came.statuses}, faults met {came.hit}")
    _tell(came)
    return 1 if came.violations else 0


def _tell(came: Outcome) -> None:
    for violation in came.violations:
        _say(f"  guarantee {violation.guarantee}: {violation.text}")


def _every_case() -> int:
    begun, count, failed = time.monotonic(), 0, 0
    for name, text in exhaustive.everything():
        count += 1
        if text:
            failed += 1
            _say(f"{name}: {text}")
    _say(f"{count} cases in {time.monotonic() - begun:.1f} s, {failed} failed")
    return 1 if failed else 0


def _many(seeds: range, workers: int) -> int:
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    begun, done, calls, statuses, failed = time.monotonic(), 0, 0, Counter[str](), 0
    for histories, more_calls, more_statuses, outcomes in _mapped(chunks, workers):
        done, calls, failed = done + histories, calls + more_calls, failed + len(outcomes)
        statuses += more_statuses
        for came in outcomes:
            _say(f"\nseed {came.seed}: python -m tests.sim --seed {came.seed}")
            _tell(came)
        rate = done / (time.monotonic() - begun)
        sys.stderr.write(f"\r{done}/{len(seeds)} histories, {rate:.0f}/s, {failed} failed ")
        sys.stderr.flush()
    seconds = time.monotonic() - begun
    sys.stderr.write("\n")
    jobs = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    _say(
        f"{done} histories from seed {seeds.start} in {seconds:.1f} s: {done / seconds:.0f}/s, {calls} port calls; jobs: {jobs}; {failed} failed"
    )
    return 1 if failed else 0


def _mapped(chunks: list[range], workers: int) -> Iterator[tuple[int, int, Counter[str], list[Outcome]]]:
    if workers <= 1:
        yield from map(chunk, chunks)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(chunk, chunks)


if __name__ == "__main__":
    sys.exit(main())
