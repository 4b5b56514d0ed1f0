"""The stories that an agent could write about at all: recent, long enough, in its language, without what it bans."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from functions.daily_post.topics.entity_names import names, small_words
from functions.daily_post.topics.junk_titles import junk
from functions.daily_post.topics.story_similarity import Telling, likeness, telling
from functions.daily_post.topics.topic_choice_types import AgentLike, Reason, Skipped
from shared.sources.news.language import primary
from shared.sources.news.story import Story, link_key, title_key

OLDEST = 7.0
"""Days after which a story is no news."""
FEWEST = 40
"""Letters of title and summary together; a Chinese, Japanese or Korean character counts for three."""
MOST = 60
"""Stories compared and embedded: the latest."""
DAY = 86400.0

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story as it is compared, with its `others`: the same story as other feeds tell it. `keys` are those of all of them."""

    story: Story
    told: Telling
    keys: frozenset[str]
    others: tuple[Candidate, ...] = ()

    @property
    def feeds(self) -> int:
        """How many tell it."""
        return len({feed for one in (self, *self.others) for feed in one.story.feeds or (one.story.feed,)})

    @property
    def text(self) -> str:
        """What is embedded."""
        return f"{self.story.title}. {self.story.summary}"


def candidates(stories: Sequence[Story], agent: AgentLike, now: float) -> tuple[list[Candidate], list[Skipped]]:
    """Those worth comparing, the latest first, and why the others are not."""
    spoken = {primary(tag) for tag in agent.languages} - {""}
    if not any(speaks(story, spoken) for story in stories):
        spoken = set()  # feeds in other languages alone are what this agent was given
    small = small_words(f"{story.title} {story.summary}" for story in stories)
    found: list[Candidate] = []
    passed: list[Skipped] = []
    for story in sorted(stories, key=lambda story: (-story.published, story.id)):
        said = _unfit(story, agent, spoken, now) or (_many() if len(found) >= MOST else None)
        if said is None:
            found.append(candidate(story, small))
        else:
            passed.append(skip(story, *said))
    return found, passed


def candidate(story: Story, small: Collection[str] = ()) -> Candidate:
    """A story, ready to be compared. `small`: see `names`."""
    keys = {story.id, title_key(story.title), *(link_key(link) for link in story.links)} - {""}
    text = f"{story.title} {story.summary}"
    return Candidate(story, telling(text, names(story.title, story.summary, small)), frozenset(keys))


def grouped(found: Sequence[Candidate]) -> tuple[list[Candidate], list[Skipped]]:
    """One candidate for each story, the fullest telling of it, and the others passed over for it."""
    groups: list[list[Candidate]] = []
    for one in found:
        same = next((group for group in groups if _same(one, group[0])), None)  # the first alone: likeness is no chain
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    best, passed = [], []
    for group in groups:
        first, *rest = sorted(group, key=lambda one: (-len(one.story.summary), one.story.id))
        keys = frozenset[str]().union(*(one.keys for one in group))
        best.append(replace(first, keys=keys, others=tuple(rest)))
        passed += [skip(one.story, "told_better", f"{first.story.feed} tells it better: “{first.story.title}”") for one in rest]
    return best, passed


def _same(one: Candidate, other: Candidate) -> bool:
    return bool(one.keys & other.keys) or likeness(one.told, other.told).alike


def skip(story: Story, code: Reason, why: str) -> Skipped:
    """A story passed over."""
    return Skipped(title=story.title, url=story.url, feed=story.feed, code=code, why=why)


def speaks(story: Story, spoken: Collection[str]) -> bool:
    """Whether a story is in one of those languages, as far as one can tell; of none, in any."""
    return not spoken or not story.language or primary(story.language) in spoken


def mentions(text: str, phrase: str) -> bool:
    """Whether a text holds a word or phrase: as words, or, where there are no spaces between words, anywhere."""
    text, phrase = text.casefold(), " ".join(phrase.casefold().split())
    if not phrase:
        return False
    edge = "" if _CJK.search(phrase) else r"(?<!\w){}(?!\w)"
    return phrase in text if not edge else re.search(edge.format(re.escape(phrase)), text) is not None


def _unfit(story: Story, agent: AgentLike, spoken: Collection[str], now: float) -> tuple[Reason, str] | None:
    days = (now - story.published) / DAY
    text = f"{story.title} {story.summary}"
    if days > OLDEST:
        return "too_old", f"it is {days:.0f} days old; {OLDEST:g} is the most"
    if not speaks(story, spoken):
        return "language", f"it is in {story.language}, the agent reads {', '.join(agent.languages)}"
    if (banned := next((phrase for phrase in agent.banned if mentions(text, phrase)), None)) is not None:
        return "banned", f"it mentions “{banned}”"
    if why := junk(story.title):
        return "junk", why
    if (letters := sum(map(str.isalpha, text)) + 2 * len(_CJK.findall(text))) < FEWEST:
        return "too_thin", f"it says too little: {letters} letters, {FEWEST} are the least"
    return None


def _many() -> tuple[Reason, str]:
    return "many", f"there are {MOST} later ones"
