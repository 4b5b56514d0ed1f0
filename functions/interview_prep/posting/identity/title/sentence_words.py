"""Words that a sentence, a heading or a wish for skills has, and a job's title has not."""

from __future__ import annotations

from functions.interview_prep.posting.identity.vocabulary import tokens

_SAYS = frozenset(
    "you your we our us i my it they their this that these will is are be have has can must as join hiring hire seeking seeks looking wanted needed "  # noqa: SIM905
    "what who why how here now apply".split()
)
_ASKS = frozenset(
    "experience experienced understanding knowledge skills ability abilities responsibilities responsible requirements proficiency proficient degree years year "  # noqa: SIM905
    "passionate strong excellent proven familiarity working building developing deploying designing ensuring using through tools practices details overview "
    "description summary benefits opportunity opportunities team teams company department culture".split()
)
_LONGER = 3
"""Letters from which a word of a title begins with a capital where all do."""


def sentence_words(text: str) -> dict[str, float]:
    """The numbers of such words, and the share of longer words that begin with a small letter."""
    words = [word.casefold() for word in tokens(text)]
    long = [word for word in text.split() if len(word) > _LONGER and word.isalpha()]
    return {
        "says": float(min(2, sum(word in _SAYS for word in words))),
        "asks": float(min(2, sum(word in _ASKS for word in words))),
        "written_small": sum(word[:1].islower() for word in long) / len(long) if long else 0.0,
        "words": min(len(words), 12) / 4,
    }
