"""How surely a post reports on interviewing at the company, which posts are the same, and which come first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from functions.interview_prep.forum.ambiguous_names import EVERYDAY, TOOLS, VENUES
from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.company_names import Mention, company_name, framed_mentions
from functions.interview_prep.forum.job_families import LEVEL_PHRASES, Role, role_of
from functions.interview_prep.stage_messages import Post
from shared.sources.forum_types import ForumPost

GOOD = 0.5
"""From this relevance on a post counts as good."""
HALF_LIFE = 2 * 365.25 * 86_400
"""Seconds after which a report is worth half: interview processes change."""

_INTERVIEW = re.compile(
    r"\b(?:interview(?:s|ed|ing|er|ers)?|int\*?rview|on-?sites?|online assessment|oa|phone screen\w*|recruiter (?:screen|call)\w*|tech(?:nical)? (?:screen|round)\w*"
    r"|screening|hiring (?:manager|process|assessment|committee)|loop|take-?home|karat|hackerrank|codesignal|super ?day|final round|panel)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:offers?|offered|rejected|rejection|hired|applied|applying|application|recruiter|rounds?|ghosted|accepted|turned down|passed|failed)\b",
    re.IGNORECASE,
)
"""What comes of applying."""
_DETAIL = re.compile(
    r"\b(?:rounds?|asked|questions?|recruiter|coding|system design|behaviou?ral|leetcode|easy|medium|hard|offer|rejected|passed|minutes|mins|hours?"
    r"|panel|hiring manager|onsite|whiteboard|algorithms?|case stud(?:y|ies)|take-?home|assessment|feedback|prep\w*|star method)\b",
    re.IGNORECASE,
)
_NEAR = 160  # characters between the company's name and an interview word that make them one statement
_ENOUGH_DETAILS = 5
_ENOUGH_MENTIONS = 50
_ENOUGH_TEXT = 500  # characters
_EMPTY = 0.4  # the most that a post without text and comments can be worth
_SHORT = 30  # characters of body below which a post has no text
IN_PASSING = 0.29
"""The most that a post can be worth which names the company and does not speak of it as an employer."""
HEARSAY = 0.35
"""The most that a post is worth whose author was not there: used after all first-hand ones."""
_NAMES = frozenset({"employer", "name"})
_FEW_OTHERS, _SOME_OTHERS = 4, 8
"""Mentions as something else from which a name is ambiguous, if they are as many as those of the employer."""
_SAME = 0.7  # share of word pairs from which two posts are one


@dataclass(frozen=True)
class Subject:
    """What the guide is about, as posts are held against it. `ambiguous`: the name is a tool's or a word's as well; `venue`: interviews take place over it; `used`: an everyday name that now and then is one."""

    company: str
    role: Role
    names: tuple[str, ...] = ()
    ambiguous: bool = False
    venue: bool = False
    used: bool = False

    @classmethod
    def of(cls, company: str, title: str, names: tuple[str, ...] = ()) -> Subject:
        """From a posting's or a search's company and role."""
        plain = company_name(company)
        names = names or aliases_of(company)
        return cls(plain, role_of(title), names, _is_ambiguous_alone(plain, names), _is_venue(plain, names))

    @property
    def is_everyday(self) -> bool:
        """Whether the name is an everyday word as well."""
        return self.company.casefold() in EVERYDAY

    def judged_by(self, posts: Iterable[ForumPost]) -> Subject:
        """With the judgement of what was found: a name that mostly means something else there is ambiguous."""
        frames = Counter(
            mention.frame
            for post in posts
            for mention in islice(framed_mentions(self.company, _text(post), names=self.names), _ENOUGH_MENTIONS)
        )
        others = frames["channel"] + frames["word"] + frames["product"]
        many = others >= frames["employer"] / 2 if self.is_everyday else others >= _FEW_OTHERS and others >= frames["employer"]
        used = self.is_everyday and others > 1 and others >= frames["employer"] / _SOME_OTHERS
        return replace(self, ambiguous=self.ambiguous or (others > 1 and many), used=used)


def _is_ambiguous_alone(company: str, names: Sequence[str]) -> bool:
    return any(name.casefold() in TOOLS for name in names) or len(company) <= 2  # noqa: PLR2004 - a letter or two


def _is_venue(company: str, names: Sequence[str]) -> bool:
    return any(name.casefold() in VENUES for name in names) or len(company) == 1


def _text(post: ForumPost) -> str:
    return f"{post.title}\n{post.body}"


def relevance(post: ForumPost, subject: Subject) -> float | None:
    """0..1, or None if the post never names the company. Takes the whole post, before it is cut to size.

    0.4 for the company in the title (0.25 in the text, 0.1 in passing), 0.25 for interviewing there, and up to 0.35 for
    details, the role, the level and length; those count less in a post whose title is about something else. A post that
    means the company as a channel, a product or a word does not speak of the employer, whatever else it says.
    """
    titled = list(framed_mentions(subject.company, post.title, names=subject.names))
    in_body = list(islice(framed_mentions(subject.company, post.body, names=subject.names), _ENOUGH_MENTIONS))
    if not any(mention.frame in _NAMES for mention in (*titled, *in_body)):
        return None
    value = _relevance(post, subject, titled, [mention for mention in in_body if mention.frame in _NAMES])
    if is_hearsay(_text(post)):
        value = min(value, HEARSAY)
    if _SCAM.search(post.title):
        value = min(value, IN_PASSING)
    return value if _is_about(titled, in_body, subject) else min(value, IN_PASSING)


_SCAM = re.compile(r"\bscam(?:s|med|mers?|ming)?\b", re.IGNORECASE)
"""In a title: somebody pretended to be the employer."""
_HEARSAY = re.compile(
    r"\b(?:(?:haven['’]?t|have not|never|didn['’]?t) (?:actually |personally |yet )?(?:interview\w*|work\w*|appl\w+|been) (?:there|at|for|with)|(?:i(?:['’]ve)?|we) (?:only )?(?:heard|read|seen) (?:that|from|on|of|about)|"
    r"(?:a|my) (?:friend|cousin|roommate|coworker|colleague|buddy)(?: of mine)? (?:said|says|told|interviewed|works?|worked|got|had)|supposedly|rumou?r (?:has|is)|no first-?hand)\b",
    re.IGNORECASE,
)
_FIRST_HAND = re.compile(
    r"\b(?:i|we) (?!(?:\w+ )?(?:not|never)\b)(?:\w+ ){0,2}(?:interviewed|had (?:my|an|the|a)|did (?:my|the|an)|got (?:the|an|my|rejected|asked)|was asked|passed|failed|finished|completed|joined|started|work(?:ed)?)\b|\bmy (?:\w+ ){0,3}(?:interview|onsite|loop|screen|offer|recruiter|experience)\b",
    re.IGNORECASE,
)


def is_hearsay(text: str) -> bool:
    """Whether a post says of itself that its author was not there: "haven't interviewed there but ..."."""
    return bool(_HEARSAY.search(text)) and not _FIRST_HAND.search(text)


def _is_about(titled: Sequence[Mention], in_body: Sequence[Mention], subject: Subject) -> bool:
    """Whether a post speaks of the employer: by more employer frames than others, by one alone if the name means little else.

    Of an ambiguous name one has to stand in the title or be joined by the name there; of a tool that interviews take place over, by a second.
    """
    frames = Counter(mention.frame for mention in (*titled, *in_body))
    others = frames["channel"] + frames["word"] + frames["product"]
    if subject.ambiguous:
        if any(mention.own for mention in (*titled, *in_body)) or any(mention.sure for mention in titled):
            return True
        headed = any(mention.frame in {"name", "unclear"} for mention in titled)
        if headed and not others and not (_is_ambiguous_alone(subject.company, subject.names) or subject.is_everyday):
            return True
        if subject.venue or not frames["employer"]:
            return frames["employer"] > 1 and frames["employer"] >= others
        return frames["employer"] + headed > others
    return frames["employer"] > 0 or (not subject.used and frames["name"] >= others)


def _relevance(post: ForumPost, subject: Subject, titled: Sequence[Mention], in_body: Sequence[Mention]) -> float:
    in_title = any(mention.frame in _NAMES for mention in titled)
    sure = [mention.at for mention in in_body if mention.sure]
    spoken = [found.start() for found in _INTERVIEW.finditer(post.body)]
    together = any(abs(at - word) <= _NEAR for at in sure for word in spoken)
    own = any(mention.own for mention in in_body)
    named = 0.4 if in_title else 0.25 if sure else 0.1
    about = (
        0.25
        if together or (in_title and _INTERVIEW.search(post.title))
        else 0.15
        if in_title and spoken
        else 0.05 * bool(spoken or own)
    )
    focus = 1.0 if in_title else min(1.0, 0.4 + 0.2 * len(in_body)) if together else 0.3
    empty = len(post.body) < _SHORT and not post.comment_count
    reported = in_title or together or own or len(sure) > 1
    if not reported and not any(abs(at - found.start()) <= _NEAR for at in sure for found in _RESULT.finditer(post.body)):
        return round(min(named + about + focus * _substance(post, subject.role), IN_PASSING), 3)
    return round(min(named + about + focus * _substance(post, subject.role), _EMPTY if empty else 1.0), 3)


def _substance(post: ForumPost, role: Role) -> float:
    text = f"{post.title}\n{post.body}"
    details = len({found[0].lower() for found in _DETAIL.finditer(text)}) / _ENOUGH_DETAILS
    family = any(_holds(phrase, text) for phrase in (role.family, *role.phrases) if phrase)
    level = any(_holds(phrase, text) for phrase in LEVEL_PHRASES.get(role.level, ()))
    return 0.15 * min(1.0, details) + 0.1 * family + 0.05 * level + 0.05 * min(1.0, len(post.body) / _ENOUGH_TEXT)


def rank_posts(posts: Iterable[Post]) -> list[Post]:
    """Best first: relevance, then score (as its logarithm), then age against the newest post. The same for any order of `posts`."""
    posts = list(posts)
    newest = max((post.created for post in posts), default=0.0)
    return sorted(posts, key=lambda post: (-_worth(post, newest), post.source, post.id, post.title, post.body))


def distinct_posts(posts: Sequence[Post], *, most: int | None = None) -> list[Post]:
    """The first of each group of posts with the same id or nearly the same words, at most `most`."""
    kept: list[Post] = []
    seen: set[str] = set()
    words: list[frozenset[str]] = []
    for post in posts:
        if len(kept) == most:
            break
        pairs = _pairs(post)
        if _name(post) in seen or any(_alike(pairs, other) for other in words):
            continue
        seen.add(_name(post))
        words.append(pairs)
        kept.append(post)
    return kept


def _worth(post: Post, newest: float) -> float:
    popular = min(1.0, math.log10(1 + max(0, post.score)) / 3)
    fresh = 0.5 ** ((newest - post.created) / HALF_LIFE) if post.created > 0 else 0.5
    return post.relevance + 0.1 * popular + 0.2 * fresh


def _holds(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, 0 if phrase.isupper() else re.IGNORECASE) is not None


def _name(post: Post) -> str:
    # Reddit's ids are the same by whatever way its posts came.
    return f"{'hackernews' if post.source == 'hackernews' else 'reddit'}:{post.id}"


def _pairs(post: Post) -> frozenset[str]:
    words = re.findall(r"\w+", f"{post.title} {post.body}".casefold())[:300]
    return frozenset(f"{one} {two}" for one, two in pairwise(words)) or frozenset(words)


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    smaller, larger = sorted((len(one), len(two)))
    # The sizes alone rule most pairs out, before anything is compared.
    return smaller >= _SAME * larger and len(one & two) >= _SAME * len(one | two)
