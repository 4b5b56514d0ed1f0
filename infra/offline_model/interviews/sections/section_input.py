"""Input of every guide section: the posting, the candidate, the insights and their source posts; and the item builder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from infra.offline_model.interviews.posting_text import Description
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.interviews.topic_lexicon import Topic, topic_named
from infra.offline_model.text_helpers import short

Item = dict[str, Any]


def item(
    title: str,
    text: str = "",
    *,
    why: str = "",
    weak: str = "",
    label: str = "",
    points: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Item:
    """One entry of a section."""
    return {
        "title": short(title, 150),
        "text": short(text, 330),
        "why": short(why, 170),
        "weak": short(weak, 130),
        "said": "",
        "label": label,
        "points": [short(point, 130) for point in points],
        "sources": list(dict.fromkeys(sources)),
    }


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of job, and how people of that kind prepare, as far as the section was given it."""

    key: str
    plan: tuple[tuple[str, ...], ...] = ()
    review: tuple[tuple[str, ...], ...] = ()
    questions: tuple[tuple[str, ...], ...] = ()
    rounds: tuple[str, ...] = ()

    @property
    def is_technical(self) -> bool:
        """Whether its subjects are technologies, of which the topics know more than a pack."""
        return self.key in {"software", "data"}


class Brief:
    """A section's material."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.posting = Description(data.get("posting", {}))
        self.candidate = Candidate(str(data.get("candidate", "")))
        self.insights: dict[str, list[dict[str, Any]]] = data.get("insights", {})
        kind = data.get("kind_of_job", {})
        rows = {part: tuple(tuple(map(str, row)) for row in kind.get(part, ())) for part in ("plan", "review", "questions")}
        self.kind = Kind(str(kind.get("key", "software")), **rows, rounds=tuple(map(str, kind.get("rounds", ()))))
        self.own_pages: list[dict[str, str]] = data.get("own_pages", [])
        self.news: list[dict[str, str]] = data.get("news", [])
        self.posts = {source["ref"]: source for source in data.get("sources", [])}

    def told(self, name: str) -> list[dict[str, Any]]:
        """The insights of one kind, best supported first."""
        return self.insights.get(name, [])

    def own(self, text: str, *, gap: str) -> list[str]:
        """The candidate's story for a question or a requirement, or the gap; nothing without a CV."""
        if not self.candidate.lines:
            return []
        story = self.candidate.story_for(text)
        return [f"Your story: {short(story, 110)}" if story else f"Gap: {gap}"]

    def reports(self, sources: Iterable[str]) -> str:
        """How much and how recent the evidence is: `3 reports, 2023 to 2025`."""
        refs = list(sources)
        years = sorted({self.posts[ref]["date"][:4] for ref in refs if self.posts.get(ref, {}).get("date")})
        when = f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}" if years else ""
        return f"{len(refs)} report{'' if len(refs) == 1 else 's'}{when}"

    def subjects(self) -> list[tuple[Topic, list[str]]]:
        """The subjects to review with the posts that name them, best evidence first.

        Of equals, what the posting requires comes first: a report may have been about another role.
        """
        reported = {topic.name: claim["sources"] for claim in self.told("topics") if (topic := topic_named(claim["text"]))}
        parts = [
            {topic.name for need in self.posting.of(part) for topic in need.topics} for part in ("must", "nice", "duty", "about")
        ]

        def rank(topic: Topic) -> tuple[int, int]:
            place = next((number for number, names in enumerate(parts) if topic.name in names), len(parts))
            return -len(reported.get(topic.name, ())), place

        known = {topic.name: topic for topic in [*self.posting.topics, *filter(None, map(topic_named, reported))]}
        return [(topic, reported.get(topic.name, [])) for topic in sorted(known.values(), key=rank)]
