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
_TOO_LITTLE = re.compile(r"(?:as (?:an? )?\w|experience\.?$)", re.IGNORECASE)
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


# ---- duties as tasks

VERBS = frozenset(
    "assess give talk hand support plan teach follow contribute greet handle check bag count keep pick load unload work write gather manage own carry run forecast set bring price make improve review "  # noqa: SIM905
    "design build lead take mentor help maintain debug develop deliver train coach serve order clean sell negotiate compare monitor analyse analyze present prepare advise organise organize coordinate resolve "
    "investigate report operate drive test document schedule hire lift move answer process open close lock bake cut cook inspect repair install weld learn turn find use watch decide explain "
    "audit tune ship define measure model partner collaborate create implement ensure "
    "recognise recognize administer supervise evaluate deliver escalate greet scan balance return price trade backtest hedge quote negotiate assist restock stock receive pack drive dispatch clean "
    "respond treat dress feed wash record refer discharge admit triage mark grade lecture tutor draft edit publish translate moderate interview recruit onboard pitch prospect close renew upsell "
    "integrate migrate automate secure configure deploy execute facilitate establish guide influence identify generate produce launch conduct perform participate assess extract build visualise visualize notify complete submit verify counsel dispense immunise immunize collect transport optimise optimize enhance contribute stop".split()
)
"""Verbs that a duty begins with."""
_DOING = re.compile(r"^(?!Reporting to)(?P<first>[A-Za-z]{3,14}ing)(?P<more>(?:,? and [a-z]{3,14}ing)?)\b")


def as_task(text: str) -> str:
    """`Designing and developing reports` as `design and develop reports`, `Drives a bus` as `drive a bus`; any other text as it is."""
    if (third := _DOES.match(text)) and all(
        verbs := [_verb_of_third(word) for word in third[0].lower().split() if word != "and"]
    ):
        return f"{' and '.join(verbs)}{text[third.end() :]}"
    found = _DOING.match(text)
    verbs = [_verb(word) if word.endswith("ing") else word for word in found[0].lower().split()] if found else []
    return f"{' '.join(verbs)}{text[found.end() :]}" if found and all(verbs) else text


def lists_verbs(rest: str) -> bool:
    """Whether what follows a verb goes on with one where it goes on with a comma: `design, analysis and …` are nouns."""
    further = re.match(r",\s+(?:and\s+)?(?P<word>\w+)", rest)
    return further is None or further["word"].lower() in VERBS


_DOES = re.compile(r"[A-Z][a-z]{2,13}s(?: and [a-z]{2,13}s)?\b")


def _verb_of_third(does: str) -> str:
    """The verb of `does`, `notifies` as far as it is one that a duty begins with; empty for another."""
    return next((verb for verb in (does[:-1], does[:-2], f"{does[:-3]}y") if does.endswith("s") and verb in VERBS), "")


def _verb(doing: str) -> str:
    """The verb of `doing` as far as it is one that a duty begins with; empty for another."""
    stem = doing.removesuffix("ing")
    shorter = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    return next((verb for verb in (stem, f"{stem}e", shorter) if verb in VERBS), "")
