"""Input of every guide section: the posting, the candidate, the insights and their source posts; and the item builder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from functions.interview_prep.job_kinds.known_concepts import Concept, concepts_of
from infra.offline_model.interviews.crafts import Craft
from infra.offline_model.interviews.posting_needs import VERBS, Need, as_task, lists_verbs
from infra.offline_model.interviews.posting_text import Description
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness, stems
from infra.offline_model.interviews.topic_lexicon import Topic, topic_named, topics_in
from infra.offline_model.interviews.wording import in_english, quoted, say
from infra.offline_model.text_helpers import clause_about, sentences, short

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
        "text": short(text, 500),
        "why": short(why, 170),
        "weak": short(weak, 130),
        "said": "",
        "label": label,
        "points": [short(point, 158) for point in points],
        "sources": list(dict.fromkeys(sources)),
    }


def in_their_words(text: str) -> str:
    """Each sentence in quotation marks of its own: it is a candidate's, and each is held against the posts by itself."""
    said = (part.rstrip(".。").replace(chr(34), chr(39)) for part in sentences(text))
    return " ".join(say("{facts}.", facts=quoted(part)) for part in said if part)


_OPEN_HOURS = re.compile(r"^(?:open|full|flexible|weekend) availability\b", re.IGNORECASE)
"""A condition that begins like a duty."""
_CONDITION = re.compile(
    r"\b(?:evenings?|weekends?|nights?|rotat\w+|rotas?|shifts?|hours|years of age|at least \d\d|lift|stand for|transport|registration|registered|licen[cs]e\w*|permit|checks?|dbs|degree|diploma|"
    r"bachelor\w*|certificates?|certified|certification|aged \d\d|over \d\d|\d\d (?:or|and) (?:older|over|above)|status|right to work|availab\w+|eligible|vaccin\w+|not on the|excluded|ged|high school|clearance|travel|driving record|"
    r"ausbildung|studium|abschluss|\w*führerschein|zeugnis|bereitschaft|schicht\w*|\d uhr|samstag\w*|wochenend\w*|niveau [abc]\d|"
    r"vzdělání|[vs]š|řp|registrac\w+|osvědčení|řidičsk\w+|směn\w*|ochot\w+|πτυχίο|άδεια|δίπλωμα|διαθεσιμότητα|σάββατ\w+|κυριακ\w+)\b|"
    r"学历|健康证|轮班|早班|夜班|证书|执照|بكالوريوس|ترخيص|شهادة|رخصة|وردي|مناوب",
    re.IGNORECASE,
)
"""What no story proves: hours, papers, conditions, in English and in the languages of `languages/`."""
_TASK = re.compile(r"^(?:(?:you(?:'ll| will)?|will|to)\s+)?(?P<verb>[A-Za-z]{2,14})(?P<rest>,?\s+\S.*)$", re.IGNORECASE)
_BUILDER = re.compile(r"\b(?:engineer\w*|developer|architect)\b", re.IGNORECASE)
_OF_REPORTS = re.compile(
    r"\b(?:bi|business intelligence|power ?bi|tableau|looker|reports?|reporting|dashboards?|sql|analytics) (?:developer|engineer|architect)\b",
    re.IGNORECASE,
)
"""Who develops reports reads data, and builds no service."""
_WITHOUT_CUSTOMERS = frozenset({"care", "teaching", "earlyyears", "science", "public", "trading", "people", "hr", "embedded"})
"""Kinds of jobs with patients, pupils, the public or a market."""
_WITHOUT_PROJECTS = frozenset({"driving", "kitchen", "retail", "security", "trades", "earlyyears"})
"""Kinds of jobs that no project of several teams is asked of."""
_ON_SHIFTS = frozenset(
    {"retail", "care", "kitchen", "service", "teaching", "earlyyears", "pharmacy", "driving", "security", "operations", "general"}
)
"""Kinds of jobs in which people are waited for and waited on."""
_OF_BUILDERS = frozenset({"api", "operate", "frontend", "security", "scale", "code"})


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of job, and how people of that kind prepare, as far as the section was given it."""

    key: str
    plan: tuple[tuple[str, ...], ...] = ()
    review: tuple[tuple[str, ...], ...] = ()
    questions: tuple[tuple[str, ...], ...] = ()
    rounds: tuple[str, ...] = ()
    knowledge: tuple[tuple[str, ...], ...] = ()
    """Concepts that the posting or the reports name: name, points of a right answer, what a wrong one says behind `not:`."""

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts that the section was given, in that order."""
        known = {one.name: one for one in concepts_of(self.key)}
        return tuple(known[name] for name, *_ in self.knowledge if name in known)

    def known(self, text: str) -> Concept | None:
        """The one concept that a text names; None for none or several."""
        named = [one for one in self.concepts if one.words.search(text)]
        return named[0] if len(named) == 1 else None

    @property
    def is_technical(self) -> bool:
        """Whether its subjects are technologies, of which the topics know more than a pack."""
        return self.key in {"software", "data"}


_OF_PLACE = re.compile(r"(?:you(?:'ll| will)? )?(?:report(?:s|ing)? (?:directly )?to|cover for)\b", re.IGNORECASE)
"""Whom one works for is no duty that a story shows."""
FEWEST_QUOTED = 3
"""Words of a line that is a reason."""
TELLING = 0.6
"""How rare the words are, together, by which a line names what a question asks."""
_OF_ALL = re.compile(r"\bbasic\b|\bcommunicat\w+|\b(?:team player|hard[- ]working|punctual)\b", re.IGNORECASE)
"""What every candidate says of themselves."""
SHORTEST_TASK, LONGEST_QUOTED, LONGEST_TASK = 8, 85, 110


class Brief:
    """A section's material."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.posting = Description(data.get("posting", {}))
        self.candidate = Candidate(str(data.get("candidate", "")))
        self.insights: dict[str, list[dict[str, Any]]] = data.get("insights", {})
        kind = data.get("kind_of_job", {})
        rows = {
            part: tuple(tuple(map(str, row)) for row in kind.get(part, ()))
            for part in ("plan", "review", "questions", "knowledge")
        }
        self.kind = Kind(str(kind.get("key", "software")), **rows, rounds=tuple(map(str, kind.get("rounds", ()))))
        self.own_pages: list[dict[str, str]] = data.get("own_pages", [])
        self.stated: list[dict[str, str]] = data.get("stated_steps", [])
        self.news: list[dict[str, str]] = data.get("news", [])
        self.posts = {source["ref"]: source for source in data.get("sources", [])}

    @cached_property
    def _of_all(self) -> frozenset[str]:
        """Words that stand all over a posting and tell nothing of one line: the title's and the employer's."""
        return frozenset(stems(f"{self.posting.title} {self.posting.company}"))

    @cached_property
    def tasks(self) -> list[str]:
        """The posting's duties that say what one does, each beginning with its verb; in other languages than English as they stand."""
        if not in_english():
            told = (clause_about(need.text, limit=LONGEST_QUOTED).rstrip(".。") for need in self.posting.of("duty"))
            return [task for task in told if len(task) >= SHORTEST_TASK and not task.endswith("\u2026")]
        found = (_TASK.match(as_task(need.text.strip())) for need in self.posting.of("duty") if not _OPEN_HOURS.search(need.text))
        return [
            task
            for one in found
            if one
            and one["verb"].lower() in VERBS
            and not _OF_PLACE.match(one[0])
            and lists_verbs(one["rest"])
            and len((task := clause_about(f"{one['verb'].lower()}{one['rest']}", limit=LONGEST_TASK).rstrip(".")).split()) > 2  # noqa: PLR2004 - "assess" tells nothing
            and not task.endswith("\u2026")
        ]

    @property
    def thing(self) -> str:
        """What the team builds, for a design question."""
        return self.posting.thing if in_english() else say("a core service of {company}", company=self.posting.company)

    def told(self, name: str) -> list[dict[str, Any]]:
        """The insights of one kind, best supported first."""
        return self.insights.get(name, [])

    @property
    def crafts(self) -> list[Craft]:
        """The sides of work that the posting speaks of and that people of this kind of job have: more than once where the kind has questions of its own."""
        counts, often = self.posting.counts, bool(self.kind.questions) and not self.kind.is_technical
        return [craft for craft in self.posting.crafts if self.has(craft) and counts[craft.key] > often]

    @property
    def builds(self) -> bool:
        """Whether the post builds and runs software, as an engineer does and an analyst does not."""
        return self.kind.key != "data" or bool(_BUILDER.search(_OF_REPORTS.sub("", self.posting.title)))

    def has(self, craft: Craft) -> bool:
        """Whether this kind of job has that side of work: guests are served elsewhere than programs are written."""
        if self.kind.is_technical:
            return craft.key != "service" and (self.builds or craft.key not in _OF_BUILDERS)
        if craft.key == "team" and self.kind.key in _WITHOUT_PROJECTS:
            return False
        if craft.key == "service" and self.kind.key not in _ON_SHIFTS:
            return False
        if craft.key == "customer" and self.kind.key in _WITHOUT_CUSTOMERS:
            return False
        return craft.any_trade or craft.key == self.kind.key

    @property
    def proofs(self) -> list[Need]:
        """The requirements that a story can prove, not hours, papers and conditions; the duties where none is left, and what everybody can do last."""
        musts = [need for need in self.posting.of("must") if self.is_proof(need)]
        return sorted(musts or self.posting.of("duty"), key=lambda need: bool(_OF_ALL.search(need.text)))

    def is_proof(self, need: Need) -> bool:
        """Whether a story can prove it."""
        return not _CONDITION.search(need.text)

    def line_for(self, text: str, *, parts: tuple[str, ...] = ("must", "duty", "nice")) -> str:
        """The posting's line that speaks of what a question does: in its words, else of its subject. Empty if none does."""
        needs = [need for part in parts for need in self.posting.of(part)]
        best = max(needs, key=lambda need: likeness(text, need.text, self._of_all), default=None)
        if best is not None and likeness(text, best.text, self._of_all) >= ENOUGH:
            shared = (stems(text).keys() & stems(best.text).keys()) - self._of_all
            words = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(shared)))})", re.IGNORECASE) if shared else None
            return clause_about(best.text, words, limit=100)
        subjects = topics_in(text)
        named = next((need for need in needs if {topic.name for topic in subjects} & {topic.name for topic in need.topics}), None)
        return clause_about(named.text, subjects[0].pattern, limit=100) if named else ""

    def asks_for(self, text: str, question: str = "") -> str:
        """That line as a reason: `The posting: "..."`. `question`: what the line itself has to speak of, where `text` has more."""
        line = re.split(r"(?<=[.!?])\s", self.line_for(text))[0].rstrip(".")
        if question and in_english() and not self._speaks_of(question, line):
            return ""
        few = in_english() and len(line.split()) < FEWEST_QUOTED
        return "" if few or not line else say("The posting: {line}.", line=quoted(line))

    def _speaks_of(self, question: str, line: str) -> bool:
        """Whether a line of the posting names the question's subject, or a telling word of it."""
        mine, theirs = stems(question), stems(line)
        named = {topic.name for topic in topics_in(question)} & {topic.name for topic in topics_in(line)}
        return bool(named) or sum(mine[stem] for stem in (mine.keys() & theirs.keys()) - self._of_all) >= TELLING

    def own(self, question: str, answer: str, *, gap: bool) -> list[str]:
        """The candidate's story for a question and what its answer has, or that there is none; nothing without a CV."""
        if not self.candidate.lines:
            return []
        if story := self.candidate.story_for(question, answer):
            return [say("Your story: {line}", line=clause_about(story, limit=140))]
        return [say("Gap: prepare an example")] if gap and self.candidate.compared else []

    def reports(self, sources: Iterable[str], *, dated: bool = False) -> str:
        """How much and how recent the evidence is: `3 reports, 2023 to 2025`; `dated`: `3 reports from 2023 to 2025`."""
        refs = list(sources)
        years = sorted({self.posts[ref]["date"][:4] for ref in refs if self.posts.get(ref, {}).get("date")})
        number = say("{number} report" if len(refs) == 1 else "{number} reports", number=len(refs))
        when = say("{first} to {second}", first=years[0], second=years[-1]) if len(years) > 1 else "".join(years)
        return say("{reports} from {years}" if dated else "{reports}, {years}", reports=number, years=when) if when else number

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
