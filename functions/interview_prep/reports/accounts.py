"""Who of a thread's writers was there: each writer's words apart, and what each sentence of them speaks of.

A thread holds several people: one asks what to expect, one has been there, one guesses. Only who was there reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from functions.interview_prep.posting.values.posting_language import text_language
from functions.interview_prep.reports.asked_lists import LONGEST_HEADING, Asked, asked_in_list, asked_under_rounds, labels_round
from functions.interview_prep.reports.other_names import names_another
from functions.interview_prep.reports.sentences_of_posts import places_of_sentences
from functions.interview_prep.reports.told_phrases import ASKED_LABEL, HAPPENED, LABELS_ROUND

WRITER = "\f"
"""Stands between what two people wrote."""
FEWEST_LABELS, MOST_LISTED = 2, 60
FEWEST_MARKS = 3
"""Marks by which rounds under their labels are a guide's, not an account's."""
FAR = 2
"""Sentences after one that names the employer which still speak of it, where the title is about something else."""
_SELF = r"\b(?:i|we)(?:['’]ve| have| had)?"
_ADVERB = r"(?: (?:just|recently|also|only|actually|finally|then|already|even|did|once|both|literally|first|personally|previously|ended up|managed to))"
_EVENT = (
    r"(?:interview(?:s|ed|ing)?|rounds?|screens?|screening|on-?sites?|loop|assessments?|oa|oas|hacker ?rank|code ?signal|take-?homes?|recruiter|hiring manager|hm|panel|super ?day|offer|process|"
    r"coding|leetcode|case study|test|call|chat|hire ?vue|karat|questions?)"
)
_WENT = r"(?:was|were|went|took|lasted|consisted|started|included|involved|had|got|focused|felt|ended)"
_LIVED = re.compile(
    rf"{_SELF}{_ADVERB}{{0,2}} interviewed\b"
    rf"|{_SELF}{_ADVERB}{{0,2}} (?:had|did|got|took|went|completed|finished|passed|failed|bombed|cleared|received|made it|aced|attended|sat|spoke|talked|met|solved|accepted|declined|withdrew)\b[^.!?\n]{{0,80}}\b{_EVENT}\b"
    r"|\b(?:i|we) (?:(?:was|were|got|have been|had been|ended up being) )(?:\w+ )?(?:asked|given|rejected|ghosted|interviewed|offered|hired|grilled|told)\b"
    rf"|\bmy (?:[\w/-]+ ){{0,4}}(?:{_EVENT}|experience|interviewers?)\b[^.!?\n]{{0,40}}?\b{_WENT}\b"
    r"|\b(?:they|he|she|interviewers?|recruiter|manager|hr|panel|engineers?|guy|lady) (?:\w+ ){0,2}(?:asked|gave|made|told|wanted|grilled|rejected|ghosted|offered|called|emailed) (?:me|us)\b|\basked (?:me|us)\b|\bmine (?:was|were|had|took|went|asked)\b|\bgot me too\b"
    r"|(?:^|(?<=[\n.!?])\s{0,3})(?:rejected|ghosted|declined|turned down) (?:with|after|the|by|two|three|a|in|me)\b"
    rf"|(?:^|(?<=[\n.!?])\s{0, 3})(?:just |recently |finally )?(?:had|finished|completed|did|interviewed|passed|failed|got|received|took|gave)\b[^.!?\n]{{0,70}}\b{_EVENT}\b",
    re.IGNORECASE,
)
"""What happened to a writer in somebody's hiring process."""
_TOOK_PLACE = re.compile(
    r"\b(?:the|first|second|third|fourth|final|last|1st|2nd|3rd|phone|technical|tech|recruiter|design|coding|hr|online|my|both) (?:\w+ ){0,2}(?:interviews?|interviewers?|rounds?|screen|call|on-?site|loop|assessment|oa|questions?|panel|process) (?:\w+ )?(?:was|were|went|lasted|took|consisted|had|included|involved|started|focused|asked)\b"
    r"|\bthere were (?:\w+ ){1,3}(?:rounds?|interviews?|questions?)\b|\b(?:they|interviewers?|he|she) (?:also |then |only |mostly )?(?:asked|gave|graded|went deep|focused|dug)\b|\b(?:manager|recruiter|interviewer|hr) was\b|\bthen asked\b|\b(?:screen|coding|design|on-?site|oa|panel|loop) (?:was|were|went|took)\b",
    re.IGNORECASE,
)
"""What took place, told without saying to whom: of a writer who says `I` as well, to them."""
_SAYS_I = re.compile(r"\b(?:i|my|we)\b", re.IGNORECASE)
_WORKS = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)?(?: (?:currently|also|used to|personally|actually|previously|just|have))* (?:work(?:ed)?|interned|joined|started)(?: (?:there|here)\b| (?:at|for|as|in|on)\b)"
    r"|\bi(?:['’]m| am| was)(?: currently| also)? (?:an? )?(?:[\w-]+ ){0,3}(?:intern|engineer|swe|sde|developer|manager|analyst|employee|designer|associate|contractor|scientist|cashier|consultant|rep|lead)\b"
    r"|\b(?:current|former|ex)[- ]?(?:\w+ )?(?:employee|intern|engineer|swe|manager|contractor|worker|associate)\b|\b(?:employee|intern) here\b|\bi(?:['’]ve| have) (?:been|worked) (?:here|there|at|with)\b|\b(?:i )?interned (?:for|at|with) (?:them|there)\b",
    re.IGNORECASE,
)
"""Who says that they work or worked there."""
_AHEAD = re.compile(
    r"\b(?:upcoming(?! (?:steps?|rounds?|stages?|process))|tomorrow|next (?:week|month|monday|tuesday|wednesday|thursday|friday)|coming up|scheduled (?:for|to|an?|my|the|with)|preparing|prep(?:are|ping)? for|what (?:should|can|do) (?:i|we) expect|what to expect|any (?:tips|advice|insights?|pointers)|(?:has|have|did|does|do|is|was|were) any(?:one|body)|any(?:one|body) (?:else|here|know|have|had|got|get)|is (?:it|this|that) normal|next,? i|i(?:['’]m| am) having|"
    r"i(?:['’]ve| have) (?:got |been invited )?(?:an?|my|the) (?:\w+ ){0,5}(?:interview|round|on-?site|screen|call|assessment|loop)\b|i got (?:an?|my|the) (?:\w+ ){0,2}(?:interview|round|on-?site|screen|assessment|loop)\b|i(?:['’]ll| will) (?:be|have)|my next (?:round|interview))|(?:^|(?<=[.!?\n])\s{0,3})(?:so |and |but )?(?:will|should|do|would|am|can|could|how (?:do|should|would)|what (?:kind|type|sort)s? of|what) (?:i|they|questions?|should|would|to)\b[^.!?\n]*\?",
    re.IGNORECASE,
)
"""What is still before a writer."""
_NOT_THERE = re.compile(
    r"\b(?:haven['’]?t|have not|never|didn['’]?t) (?:actually |personally |yet )?(?:interviewed|worked|applied|done)\b|(?<!like )(?<!as )\b(?:a|my|an old) (?:\w+ )?(?:friend|buddy|cousin|roommate|co-?worker|colleague|girlfriend|boyfriend|gf|bf|wife|husband|spouse|partner|brother|sister|son|daughter|dad|mom|uncle|classmate|mate)s?\b(?! (?:is|are|referred|at))|"
    r"\bi(?:['’]ve| have)? (?:only )?(?:heard|read) (?:that|it|about|from|they|good|bad|great|horror)\b",
    re.IGNORECASE,
)
"""Who says of themselves that they were not there."""
_ASKS_FORUM = re.compile(
    r"\b(?:has any(?:one|body)|any(?:one|body) (?:else|here|know|have|had)|what (?:to|should i) expect|any (?:tips|advice|insights?)|upcoming|is this (?:normal|the))\b",
    re.IGNORECASE,
)
_GUIDES = re.compile(
    r"\btypical(?:ly)?\b|\b(?:example|sample|common(?:ly asked)?|frequent(?:ly asked)?) questions\b|^[^\w\n]{0,8}(?:pro[- ])?tips?\b|\boptional for\b|\b\d\s?[–-]\s?\d (?:[\w-]+ )?(?:rounds?|problems?|questions?|weeks)\b|"
    r"\bwhat to expect\b|\bhow to prepare\b|\bcandidates (?:are|should|can|must|will)\b|\bprep(?:aration)? (?:strategy|resources|checklist)\b|\byour (?:solution|approach|answers?|resume)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Marks of what is written for all candidates."""
_TELLS_TITLE = re.compile(
    r"\b(?:my|notes from|reports?|write-?up|passed|failed|rejected|accepted|got|received|ghosted|everything|what they asked|experience|name and shame|rant|review of|bombed|offer)\b",
    re.IGNORECASE,
)
"""A title under which its writer tells how it went."""
_BARE_TITLE = re.compile(r"^\W*(?:[\w&.'’-]{1,24}\s){1,4}interview(?:s| \d{4}| rounds?)?\W*$", re.IGNORECASE)
"""`Larkmoor interview`: above a list of what was asked, and of nothing else, it tells."""
_GUIDE_TITLE = re.compile(
    r"\b(?:guides?|prep(?:aration)?|roadmap|cheat ?sheets?|handbook|how to|q(?:uestions)? ?(?:and|&) ?a(?:nswers)?|top \d+|most asked|syllabus|pattern)\b",
    re.IGNORECASE,
)
"""A title of what is written for all candidates."""
_ENDED = re.compile(
    r"\b(?:i|we)(?:['’]ve| have| had| was| were| got| did(?:n['’]?t| not))?(?: \w+ly| also| finally| then| even)? (?:got|get|received?|accepted?|declined|hired|rejected|selected|turned down|joined|signed|offered|cleared|pass(?:ed)?|failed|make it|move forward)\b(?![^.!?\n]{0,25}\b(?:call|mail|e-?mail|invit\w+|link|message)\b)|"
    r"\b(?:the|an|that|my) offer\b|\bverdict\b|\bresults? ?[:–-]|\b(?:got|was|were) (?:selected|rejected|hired|offered)\b|\bdid(?:n['’]?t| not) get the (?:job|position|offer)\b",
    re.IGNORECASE,
)
"""How it ended for a writer."""
_TIED = re.compile(
    r"\b(?:there|here|with them|for them|same (?:role|position|team|interview|process|thing|experience|company|oa|recruiter|questions?)|this (?:role|position|company|interview|team|oa|assessment)|their (?:interview|process|oa|recruit\w+|hiring))\b",
    re.IGNORECASE,
)
"""What ties an answer to the employer of the thread where it names none."""
_ASKING_TITLE = re.compile(
    r"\?|\b(?:any(?:one|body)|experiences?|what to expect|tips|advice|prep\w*|questions|process|interview|looking for|help|review|timeline|oa|on-?site|assessment)\b",
    re.IGNORECASE,
)
"""A title under which answers tell of the same employer."""


@dataclass(frozen=True)
class Account:
    """What one person wrote in a thread.

    `start`: its place in the thread's text; `opens`: the thread is theirs; `mentions`: where the thread means the employer
    by its name, and no tool or word.
    """

    text: str
    start: int
    title: str
    opens: bool
    is_about: bool
    names: tuple[str, ...]
    mentions: tuple[int, ...] = ()

    @cached_property
    def lived(self) -> bool:
        """Whether they went through this employer's hiring themselves."""
        if self.is_tied and (self.is_written_up or self._is_titled_report or self._listed):
            return True
        told = [part for at, part in self.sentences if self.is_ours(at) and not _NOT_THERE.search(part)]
        return self.is_tied and any(_LIVED.search(part) or (_TOOK_PLACE.search(part) and self._is_own) for part in told)

    @cached_property
    def _is_own(self) -> bool:
        """Whether what took place, took place with them: they say `I`, and of nobody else that they were there."""
        return bool(_SAYS_I.search(self.text)) and not _NOT_THERE.search(self.text)

    @cached_property
    def is_written_up(self) -> bool:
        """Whether they go through the rounds or the questions one by one, each under its label."""
        lines = [line.strip(" *_#") for line in self.text.split("\n")]
        rounds = sum(bool(LABELS_ROUND.match(line)) for line in lines) >= FEWEST_LABELS
        asked = sum(bool(ASKED_LABEL.match(line)) for line in lines) > FEWEST_LABELS and "?" not in self.title
        return self.opens and self.is_about and (rounds or asked) and not _ASKS_FORUM.search(self.text) and not self._is_guide

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What they list as asked, row by row, with its place in the thread's text."""
        under_rounds = self.is_written_up or self._is_titled_report
        rows = [*islice(asked_under_rounds(self.text) if under_rounds else (), MOST_LISTED)] or self._listed[:MOST_LISTED]
        return tuple(replace(one, at=self.start + one.at, end=self.start + one.end) for one in rows)

    def asked_at(self, at: int) -> Asked | None:
        """The listed row in which a place of the thread's text lies."""
        return next((one for one in self.asked if one.at <= at < one.end), None)

    @cached_property
    def _listed(self) -> tuple[Asked, ...]:
        """What they list as asked under a title that tells of their interview, and under no round."""
        titled = _TELLS_TITLE.search(self.title) or _BARE_TITLE.match(self.title)
        tells = self.opens and self.is_about and titled and not self.title.rstrip().endswith("?")
        is_theirs = tells and not (
            self.is_ahead or self._is_guide or _ASKS_FORUM.search(self.text) or _NOT_THERE.search(self.text)
        )
        return tuple(asked_in_list(self.text)) if is_theirs else ()

    @cached_property
    def _is_guide(self) -> bool:
        """Whether it is written for all candidates, by somebody who need not have been there."""
        return bool(_GUIDE_TITLE.search(self.title)) or len(_GUIDES.findall(self.text)) >= FEWEST_MARKS

    @property
    def _is_titled_report(self) -> bool:
        """Whether their title says that they tell how it went, and nothing of what is to come."""
        tells = self.opens and self.is_about and _TELLS_TITLE.search(self.title) and not self.title.rstrip().endswith("?")
        return (
            bool(tells)
            and not self.is_ahead
            and not self._is_guide
            and not _NOT_THERE.search(self.text)
            and not _ASKS_FORUM.search(self.text)
            and bool(HAPPENED.search(self.text))
        )

    @cached_property
    def works(self) -> bool:
        """Whether they say that they work or worked there."""
        return self.is_tied and any(
            _WORKS.search(part) and (self._names_it(part) or _TIED.search(part)) and not names_another(part, self.names)
            for _, part in self.sentences
        )

    @cached_property
    def language(self) -> str:
        """The tag of the language that they wrote in."""
        return text_language(self.text)

    @cached_property
    def is_ahead(self) -> bool:
        """Whether something is still before them: what they tell in the present tense is what they were told.

        Who tells how it ended has nothing before them, whatever they say of how they got ready.
        """
        ahead = _AHEAD.search(self.text if not self.opens else f"{self.title}\n{self.text}")
        return bool(ahead) and not (self.is_written_up or (self.opens and _ENDED.search(self.text)))

    @cached_property
    def is_tied(self) -> bool:
        """Whether this employer is what they speak of at all, at first hand."""
        if _NOT_THERE.search(self.text) and not any(
            _LIVED.search(part) or (_TOOK_PLACE.search(part) and self._is_own)
            for _, part in self.sentences
            if not _NOT_THERE.search(part)
        ):
            return False
        if self.opens:
            return self.is_about or self._names_it(self.text)
        if not self.is_about:
            return self._names_it(self.text)
        return self._names_it(self.text) or bool(_TIED.search(self.text)) or bool(_ASKING_TITLE.search(self.title))

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Each with its place in the thread's text."""
        return [(self.start + at, part) for at, part in places_of_sentences(self.text)]

    def is_ours(self, at: int) -> bool:
        """Whether the sentence at a place of the thread's text speaks of this employer: the last one named is this one."""
        return self._ours.get(at, False)

    @cached_property
    def _ours(self) -> dict[int, bool]:
        ours, left, elsewhere = self.is_about, -1 if self.is_about else 0, False
        found = {}
        for at, part in self.sentences:
            if self.asked_at(at):  # `Build a tree from Inorder` names nobody
                found[at] = not elsewhere
                continue
            named, another = self._is_named_in(at, part), names_another(part, self.names)
            if len(part) <= LONGEST_HEADING and not part.endswith("."):  # a heading says whose the rows below it are
                elsewhere = another
            if self.is_about and self.is_written_up and not another and labels_round(part):
                ours = True
            if named or another:
                ours, left = named and (self.is_about or not another), left if left < 0 else FAR + 1
            elif left > 0:
                left -= 1
            found[at] = ours and left != 0 and not another
        return found

    def _is_named_in(self, at: int, part: str) -> bool:
        return any(at <= place < at + len(part) for place in self.mentions) or (self.is_about and self._names_it(part))

    def _names_it(self, text: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in self.names if name)


def accounts_in(title: str, text: str, *, is_about: bool, names: Sequence[str], mentions: Sequence[int]) -> list[Account]:
    """The thread's accounts, the opener's first. `text`: what stands below the title, from place `len(title) + 1` on."""
    accounts, at = [], len(title) + 1
    for number, part in enumerate(text.split(WRITER)):
        accounts.append(Account(part, at, title, number == 0, is_about, tuple(names), tuple(mentions)))
        at += len(part) + len(WRITER)
    return accounts
