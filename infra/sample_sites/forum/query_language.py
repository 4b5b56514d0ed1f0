"""Reddit's search language, well enough: words, "phrases", AND, OR, NOT, -word, parentheses, `title:` and its like.

Words match any form of themselves (interview, interviews, interviewing), as they do there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

DEEPEST = 30  # parentheses in parentheses; more of them mean nothing
LONGEST = 512  # characters; what follows is cut without a word, as Reddit does
_TOKEN = re.compile(
    r"[()]|(?P<minus>-)?(?:(?P<field>title|selftext|subreddit|author|flair|self|site|url):)?"
    r'(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s()"]+))?'
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Document:
    """A post as the search sees it: each field's words, folded, between spaces."""

    title: str
    selftext: str
    subreddit: str = ""
    author: str = ""
    flair: str = ""

    def holds(self, words: str, field: str) -> bool:
        """Whether the words stand together in `field`; in title or text without one."""
        if field in {"", "self", "site", "url"}:
            return words in self.title or words in self.selftext
        return words in getattr(self, field)


Test = Callable[[Document], bool]


@dataclass(frozen=True)
class Query:
    """A parsed query: `test` says which posts fit, `words` what to rank them by."""

    test: Test
    words: tuple[str, ...]

    def rank(self, document: Document) -> int:
        """How often its words are met, the title counting three times."""
        return sum(3 * (words in document.title) + (words in document.selftext) for words in self.words)


def folded(text: str) -> str:
    """The text's words in one form each, between single spaces."""
    words = " ".join(map(_stem, _WORD.findall(text.casefold())))
    return f" {words} "


def parse(text: str) -> Query:
    """The query behind `text`. Whatever is typed means something: unbalanced marks are no error."""
    return _Parser(text[:LONGEST]).query()


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word


class _Parser:
    """or := and (OR and)*; and := not ([AND] not)*; not := NOT not | term; term := ( or ) | [field:]words."""

    def __init__(self, text: str) -> None:
        self.tokens = [found for found in _TOKEN.finditer(text) if found[0]]
        self.at = 0
        self.deep = 0
        self.words: list[str] = []

    def query(self) -> Query:
        test = self.either("")
        while self.at < len(self.tokens):  # a ")" too many
            self.at += 1
            test = _all([test, self.either("")])
        return Query(test, tuple(self.words))

    def either(self, field: str) -> Test:
        tests = [self.every(field)]
        while self.take("OR"):
            tests.append(self.every(field))
        return tests[0] if len(tests) == 1 else lambda document: any(test(document) for test in tests)

    def every(self, field: str) -> Test:
        tests: list[Test] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] not in {")", "OR"}:
            if not self.take("AND"):
                tests.append(self.negated(field))
        return _all(tests)

    def negated(self, field: str) -> Test:
        if self.take("NOT"):
            test = self.negated(field) if self.at < len(self.tokens) else _all([])
            return lambda document: not test(document)
        return self.term(field)

    def term(self, field: str) -> Test:
        token = self.tokens[self.at]
        self.at += 1
        if token[0] == ")":
            return _all([])
        if token[0] == "(":
            return self.group(field)
        field = token["field"] or field
        plain = token["phrase"] is None and token["word"] is None
        if plain and self.take("("):
            test = self.group(field)
        else:
            test = self.match(folded(token["phrase"] or token["word"] or ""), field, wanted=not token["minus"])
        return (lambda document: not test(document)) if token["minus"] else test

    def group(self, field: str) -> Test:
        if self.deep >= DEEPEST:
            return _all([])
        self.deep += 1
        test = self.either(field)
        self.deep -= 1
        self.take(")")
        return test

    def match(self, words: str, field: str, *, wanted: bool) -> Test:
        if not words.strip():
            return _all([])
        if wanted:
            self.words.append(words)
        return lambda document: document.holds(words, field)

    def take(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == token:
            self.at += 1
            return True
        return False


def _all(tests: list[Test]) -> Test:
    return lambda document: all(test(document) for test in tests)
