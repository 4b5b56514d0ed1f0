"""A posting is read alike in every process: no choice hangs on the order of a set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[6]
READ = """
import sys
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.page.html_text import plain
names = [f"{first}{last}" for first in ("Arn", "Bel", "Cor", "Dun", "Esk", "Fal", "Gil", "Hol") for last in ("mere", "wick", "stow")]
told = " ".join(f"We met {name} there, and {name} left again, says {name}." for name in names)
texts = [f"Surveyor\\n{told}\\nResponsibilities\\n- Measure\\nRequirements\\n- Two years\\nApply now."]
from tests.support.fitting.fitted_choices import FILES, INPUTS, postings
texts += [text for file in FILES for kind, _, _, text in postings(INPUTS / file) if kind == "paste"][::5]
import functions.interview_prep.posting.identity.employer.choose_employer as chooser
weigh = chooser.probabilities
def weighed(features, weights):
    print(sorted((key, sorted(own.items())) for key, own in features.items()))
    return weigh(features, weights)
chooser.probabilities = weighed
for text in texts:
    print(identify(PostingParts(plain(text))))
"""


def _read(seed: str) -> bytes:
    """What is read, and every feature of every name, by a process with its own order of sets."""
    told = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", READ], cwd=ROOT, env=told, capture_output=True, check=True)  # noqa: S603 - our own code
    return done.stdout


def test_postings_are_read_alike_whatever_the_order_of_sets() -> None:
    first = _read("1")
    assert first.count(b"Identity(") > 20
    assert first == _read("3")
