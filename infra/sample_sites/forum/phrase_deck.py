"""A company's facts and the shared phrases, dealt card by card: a fragment comes again only when all others have been used."""

from __future__ import annotations

from random import Random
from typing import Any

from infra.sample_sites.forum.seed_file_format import Remark, read
from infra.sample_sites.jobs.postings import posting

_CROWD = ("facts", "disagree", "thanks", "chatter", "tips", "facts", "disagree", "good", "red")


class Company:
    """One company's cards. `draw(section)` deals from its own facts or from the phrases that all share."""

    def __init__(self, slug: str) -> None:
        own = read(slug).sections
        self.slug = slug
        self.name = posting(slug).company
        self.kind = own["kind"][0]
        self.roles = own["role"]
        self.rng = Random(slug)
        self._cards = read("_phrases").sections | own
        self._rounds = dict(_split(line) for line in own["rounds"])
        self.labels = list(self._rounds)
        self._hands: dict[str, list[str]] = {}
        self._said: set[str] = set()

    def begin(self) -> None:
        """A new post: what the last one said may be said again."""
        self._said.clear()

    def draw(self, section: str) -> str:
        """The next fragment of a section."""
        return self._deal(section, self._cards[section])

    def say(self, text: str, **more: Any) -> str:
        """`text` with its `{company}` and `{role}` filled in."""
        return text.format(company=self._called(), role=self._deal("roles", self.roles), **more)

    def title(self, section: str, **more: Any) -> str:
        """A title; always the company's full name."""
        return self.draw(section).format(
            company=self.name, role=self._deal("roles", self.roles), **{"label": self.label(), **more}
        )

    def label(self) -> str:
        """A round's name."""
        return self._deal("labels", self.labels)

    def round(self, label: str) -> str:
        """What a round was like."""
        return self._deal(f"round {label}", self._rounds[label].split(" | "))

    def asked(self, label: str) -> str:
        """A question of that round, introduced; empty when all have been told."""
        told = [question for name, question in map(_split, self._cards["questions"]) if name == label]
        if self._said.issuperset(told):
            return ""
        return f' {self.draw("ask")} "{self._deal(f"question {label}", told)}"'

    def background(self) -> str:
        """Who is writing."""
        return self.draw(f"background.{self.kind}")

    def topic(self) -> str:
        """Subjects that came up."""
        return self.draw("topics")

    def user(self) -> str:
        """Somebody's name."""
        return self._deal("users", self._cards["users"][0].split())

    def remark(self, body: str) -> Remark:
        """A comment that was liked."""
        return Remark(self.rng.randrange(5, 90), self.user(), body)

    def chance(self, share: float) -> bool:
        """True in that share of all cases."""
        return self.rng.random() < share

    def chat(self, most: int) -> list[Remark]:
        """Up to `most` further comments: facts, other opinions, thanks; some answered, some gone."""
        remarks = []
        for _ in range(self.rng.randrange(1, most + 1)):
            remark = Remark(self.rng.randrange(1, 40), self.user(), self.draw(self.rng.choice(_CROWD)))
            if self.chance(0.3):
                remark.replies.append(Remark(self.rng.randrange(1, 15), self.user(), self.draw("op")))
            remarks.append(remark)
        if self.chance(0.2):
            gone = self.rng.choice(("[deleted]", "[removed]"))
            remarks.append(Remark(self.rng.randrange(1, 5), "[deleted]", gone))
        return remarks

    def _called(self) -> str:
        # Those who write a lot about "Nimbrel Health" say "Nimbrel" now and then.
        return self.name.split()[0] if self.chance(0.3) else self.name

    def _deal(self, hand: str, cards: list[str]) -> str:
        for _ in cards:  # at most once around
            if not self._hands.get(hand):
                self._hands[hand] = self.rng.sample(cards, len(cards))
            card = self._hands[hand].pop()
            if card not in self._said:
                break
        self._said.add(card)
        return card


def _split(line: str) -> tuple[str, str]:
    label, rest = line.split(" | ", 1)
    return label, rest
