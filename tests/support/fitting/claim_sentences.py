"""Sentences with and without claims that no post may hold, by kind: `claim_corpus`, in sections `== kind`."""

from __future__ import annotations

import json
from pathlib import Path

from shared.post_rules.claim_classifier.classify_claims import SENTENCE_ENDS

POST_RULES = Path(__file__).parents[2] / "unit/shared/post_rules"
CORPUS = POST_RULES / "claim_corpus"


def lines(path: Path) -> list[tuple[str, str]]:
    """Kind and text of each; the kind is `harmless` before the first section."""
    kind, found = "harmless", []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            kind = line[3:]
        elif line:
            found.append((kind, line))
    return found


def labelled() -> list[tuple[str, str]]:
    """All that may be learnt from; of the posts that nothing is wrong with every second."""
    names = ("english_claims", "chinese_claims", "english_harmless", "chinese_harmless")
    known = json.loads((POST_RULES / "claim_sentences.json").read_text("utf-8"))
    ruled = [(kind, text) for kind, texts in known.items() for text in texts]
    posts = json.loads((POST_RULES / "posts.json").read_text("utf-8"))["good"]
    posted = [("harmless", one.strip()) for post in posts[::2] for one in SENTENCE_ENDS.split(post["text"]) if one.strip()]
    return [*(row for name in names for row in lines(CORPUS / f"{name}.txt")), *ruled, *posted]
