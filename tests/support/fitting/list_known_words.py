"""List `shared/text/odd_spellings/known_words.txt` anew: `python -m tests.support.fitting.list_known_words`.

The words of the claim corpus and of these docs, the commonest first, and for each Chinese character those that follow it in words of `claim_words.txt`
and in sentences of the corpus more than once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

from shared.post_rules.claim_classifier import sentence_features
from shared.text.folding import folded
from shared.text.odd_spellings.known_spellings import WORDS
from tests.support.fitting.claim_sentences import labelled
from tests.support.fitting.claim_templates import drawn

WIDTH, OFTEN, LEAST = 130, 3, 2
"""Characters of a line, how often two Chinese characters must stand together in the corpus, letters of the shortest word."""
_WORD, _HAN = re.compile("[a-z]+"), re.compile("[\u4e00-\u9fff]+")


def main() -> None:
    texts = [folded(text).lower() for _, text in (*labelled(), *drawn())]
    groups = folded((Path(sentence_features.__file__).parent / "claim_words.txt").read_text("utf-8")).lower()
    words = Counter(word for text in texts if not _HAN.search(text) for word in _WORD.findall(text) if len(word) >= LEAST)
    words.update(one for one in re.findall(r"(?<![A-Z\w])[a-z]+(?![*\w])", groups) if len(one) > LEAST)
    pages = (path.read_text("utf-8") for path in sorted((Path(__file__).parents[3] / "docs").rglob("*.md")))
    words.update(one for page in pages for one in re.findall(r"(?<![\w/.`@_-])[a-z]{4,20}(?![\w/.`@_-])", page))
    pairs = Counter(pair for text in texts for pair in _pairs(text))
    follow: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in (*_pairs(groups), *(pair for pair, many in pairs.items() if many >= OFTEN)):
        follow[pair[0]][pair[1]] = None
    han = [first + "".join(after) for first, after in sorted(follow.items())]
    WORDS.write_text("\n".join([_head(), *_wrapped([word for word, _ in words.most_common()]), *han, ""]), encoding="utf-8")


def _pairs(text: str) -> list[str]:
    return [run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)]


def _head() -> str:
    return "# Words of posts about money, the commonest first, then Chinese characters with those that follow them: `list_known_words` lists them."


def _wrapped(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


if __name__ == "__main__":
    main()
