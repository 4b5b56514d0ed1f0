"""A line of a posting that asks for something: what it is called in a few words, and whether it is only looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.text_helpers import capital, clause_about

_LEADING = re.compile(
    r"^(?:(?:the )?(?:ideal|right|successful) candidates?(?: for this (?:role|position|job))? (?:will |should |must )?(?:have|has|bring|brings|be|is)\s+)?(?:(?:minimum|at least|you have|must (?:possess|have|hold)|possess(?:es)?|you(?:'ll| will) (?:need|have)?|proven|strong|solid|deep|good|excellent|hands[- ]on|practical|working|demonstrated|professional(?! engineer)|extensive|prior|previous|some|a|an|the)\s+)*"
    r"(?:(?:(?:\d+|one|two|three|four|five)\s?(?:to|or|[-–])\s?)?(?:\d+\+?|one|two|three|four|five|six|seven|eight|ten|several)(?: or more)?(?:\s*[-–]\s*\d+)?\+? years?\b(?! (?:of age|old))(?:['’])?(?: or more)?(?: (?:of|in))?\s*)?(?:(?:professional|relevant|industry|work|hands[- ]on|software)\s+(?=(?:professional|relevant|industry|work|software|experience)\b))*(?:as an? (?=[a-z]))?"
    r"(?:(?:experience|knowledge|understanding|familiarity|proficiency|expertise|background|fluency|skills?|comfort|comfortable|familiar|proficient|fluent|ability|interest|track record)\s+"
    r"(?:with|in|of|to|building|working with|using|on)?\s*)?",
    re.IGNORECASE,
)


_ARTICLE = re.compile(r"^(?:an?|the) (?=\w)", re.IGNORECASE)
_WISH_BEHIND = re.compile(
    r" (?:(?:is|are|would be) )?(?:strongly |highly )?(?:an? (?:big |strong )?(?:plus|bonus|advantage)|required|preferred|desirable|essential|mandatory|(?:je )?výhodou|von vorteil|wünschenswert)$",
    re.IGNORECASE,
)
"""How much a need is wanted, said behind its name."""
_TOO_LITTLE = re.compile(r"(?:as (?:an? )?\w|\w+\.?$)", re.IGNORECASE)
"""What is left of a line of years that names nothing by itself."""
_DANGLING = re.compile(r"\s(?:for|of|by|to|in|with|and|or)(?: (?:an?|one))?(?: \w+ing)?(?:\u2026)?$")
"""What is left at the end of a line that was cut, and says nothing without what was behind it."""
FEWEST_TELLING, LONGEST_WHOLE = 4, 80
"""Words of a need below which a name that was cut says too little, and characters of a line that is told whole instead."""


def _short_whole(text: str, core: str) -> str:
    """The name of a need; with the rest of its line where a colon or `that` cut it to a word or two and all of it is short."""
    at = text.casefold().find(core.casefold())
    rest = text[at + len(core) :] if at >= 0 else ""
    cut = re.match(r":\s|\s(?:that|which)\s", rest)
    return text[at:].rstrip(".") if cut and len(core.split()) < FEWEST_TELLING and len(text) - at <= LONGEST_WHOLE else core


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the posting."""

    text: str
    part: str
    topics: tuple[Topic, ...]

    @property
    def title(self) -> str:
        """The need in a few words: its text without "5+ years of experience with"."""
        core = _LEADING.sub("", self.text, count=1) or self.text
        if _TOO_LITTLE.match(core) and core != self.text and len(self.text) <= LONGEST_WHOLE:
            return capital(self.text.rstrip(" .;,"))  # "3 years as a baker", not "As a baker"
        core = re.split(
            r"(?<!Ph\.D)(?<!\b[A-Z])(?<!\bsk)[.;:(]\s|\s[-–—]\s|, (?:including|such as|with|and (?:a|an|the)|ideally|preferably|at least|some of|one of|most of)\b|,? (?:so that|in order to|ideally|preferably|that|which|or depth)\b",
            core,
            maxsplit=1,
        )[0]
        core = _short_whole(self.text, core)
        core = capital(_WISH_BEHIND.sub("", _ARTICLE.sub("", core.rstrip(" .;,。；，"))))
        said = clause_about(core, limit=80)
        return said if said == core else _DANGLING.sub("", said)


_YEARS_OR_DEGREE = re.compile(r"\b(?:years?|degree|diploma|bachelor\w*|master['’]s|phd)\b", re.IGNORECASE)
"""What is looked up, not asked."""


def is_looked_up(need: str) -> bool:
    """Whether a need is one of years or of a degree: it makes no question likely."""
    return _YEARS_OR_DEGREE.search(need) is not None
