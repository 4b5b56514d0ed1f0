"""What each stage will likely take, for `headrace plan` before any job has run. Tokens as counted on podcast descriptions."""

from __future__ import annotations

from shared.engine.flow import Expect

BATCHES = (0, 1, 50)
"""Only new and changed texts are embedded: most jobs have few."""
EXPECTS = {
    "read_catalogue": Expect(seconds=(0.1, 1, 60)),
    "embed_episodes": Expect(
        BATCHES, calls=(0, 1, 2), resource="openai", role="embedding", input_tokens=(0, 15_000, 40_000), seconds=(0.5, 2, 20)
    ),
    "build_snapshot": Expect(seconds=(0.5, 10, 300)),
    "make_session": Expect(seconds=(0.05, 0.2, 5)),
}
