"""A quoted sentence with what it cannot be read without: those that go on from it, the list that it leads to, the situation that a question is about."""

from __future__ import annotations

import re

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.reports.alone.whole_questions import sets_task, sets_up
from functions.interview_prep.reports.asked_lists import labels_round
from functions.interview_prep.reports.report_frames import reports_of, stands_alone
from functions.interview_prep.reports.told_phrases import GLUED, HAPPENED, SUBSTANCE, TASK

LONGEST = 300
"""Characters of a passage."""
LONGEST_QUESTION = 190
MOST_BEFORE = 3
"""Sentences of a situation before its question."""
_LABEL = re.compile(
    r"^\d{1,2}\s?(?:[.)]|[-=]{1,2}>)\s?(?=[^\W\d_])|^q(?:ue(?:s(?:tion)?)?)?[.\s]?\s?\d{1,2}\s?[:.)-]?\s(?![&,+]|and\b|to\b)|^q\s?[:.)]\s|^(?:[^\W\d_]+\s){0,3}questions?(?: (?:asked|were|i was asked))?\s?:\s",
    re.IGNORECASE,
)
_AT_NAME = r"^I interviewed at (?:[A-Z&][\w&.'’-]{0,30}\s){1,6}"
_REVIEW_HEAD = re.compile(
    rf"{_AT_NAME}(?:\([^()\n]{{2,40}}\)\s(?:in [A-Z][a-z]{{2,8}} \d{{4}}\s)?|in [A-Z][a-z]{{2,8}} \d{{4}}\s)(?=[a-z])(?!(?:in|for|on|as|and|with|through|last|twice)\b)|"
    rf"{_AT_NAME}(?=[a-z])(?!(?:in|for|on|as|and|with|at|via|through|last|this|twice|two|three|the|their|over|during|an?|back|before|after|but|because|by|when|while|where|yesterday|today|recently)\b)"
)
"""Where and when, as a site writes it above a review."""
_LEFT_OF_PAGE = re.compile(r"\[\^?\d{1,3}\]|\s(?:Answer Question|\d+ Answers?)(?=\W{0,3}$)|\s?[,.;:]{1,3}(?=\?$)")
"""A footnote's mark, a page's button, and a stop before the question mark."""
_ORNAMENT = re.compile(r"^(?:[^\w\s\"'“‘(\[$€£¥₹#+-]|\s|[-–—•*·]\s)+")
_ITEM = re.compile(r"\s{0,12}(?:[-*•–·o]|\d{1,2}[.)])\s+(?P<text>\S.*)")
_LEADS = re.compile(
    r",?\s(?:such as|includ(?:ing|ed|es)|like|for example|e\.g|namely|as follows|(?:on |about |of )?the following(?: \w+)?)$",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"\b(?:to|me|us|were|was|is|are|on|about|of|for|with|asked|explain|discuss|following)$", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:later|after that|afterwards|thereafter|following (?:day|week))\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:appl(?:y|ied|ication|ying)|interviews?(?!er)|interviewed|rounds?|screen\w*|on-?site|loop|calls?|tests?|assessments?|oa|contacted|reached out|submitt\w+|referr\w+|fair)\b(?! (?:was|were) scheduled)",
    re.IGNORECASE,
)
"""From what a time can be counted."""
_NEXT_ROUND = re.compile(
    r"\b(?:followed by|next|second|third|another|after (?:that|this)|then|last|final)\b[^.!?]{0,60}\b(?:rounds?|interviews?|on-?site|calls?|screen\w*|assessment|panel)\b",
    re.IGNORECASE,
)
"""What goes on to another round."""
_AROUND = ": \t-–—•*·.!?\"'“”‘’"


def with_what_follows(quoted: str, post: Report) -> str:
    """A round's sentence that a post gives word for word, with the sentences of its paragraph that report on and cannot stand alone."""
    told, at = post.sentences, _place(quoted, post)
    if at is None:
        return quoted
    passage, (start, sentence) = quoted.strip(), told[at]
    end = start + len(sentence)
    for start, sentence in told[at + 1 :]:
        between = post.own_text[end:start]
        longer = f"{_ended(passage)} {sentence}"
        if (
            between.strip()
            or "\n" in between
            or len(longer) > LONGEST
            or stands_alone(sentence)
            or GLUED.search(sentence)
            or _NEXT_ROUND.search(sentence)
        ):
            break
        if not reports_of("rounds", post.told_at(start, sentence)):
            break
        passage, end = longer, start + len(sentence)
    return passage


def as_shown(text: str) -> str:
    """Without the label and the ornament that it stood behind: `Interview questions: they asked about SQL`, `🧮 Round 1`."""
    shown = _LABEL.sub("", _REVIEW_HEAD.sub("", _ORNAMENT.sub("", text), count=1), count=1)
    shown = _LEFT_OF_PAGE.sub("", shown.strip())
    return f"{shown[:1].upper()}{shown[1:]}"


def leads_to_list(quoted: str, post: Report) -> bool:
    """Whether a sentence that a post gives word for word ends with a colon there: what it says comes after it."""
    at = _place(quoted, post)
    return at is not None and post.sentences[at][1].rstrip("*_ ").endswith(":")


def with_list(quoted: str, post: Report) -> str:
    """A sentence that leads to a list with the list's entries; without what leads to it where they are questions; empty where nothing is left."""
    at = _place(quoted, post)
    if at is None:
        return quoted
    start, sentence = post.sentences[at]
    lead, entries = as_shown(sentence.rstrip(" :*_")), _entries(post.own_text[start + len(sentence) :])
    told = [entry for entry in entries if "?" not in entry and "“" not in entry and '"' not in entry and not TASK.match(entry)]
    if told and len(told) == len(entries):
        listed = (f"{lead}: {'; '.join(entry.rstrip(' .;,:') for entry in told[:most])}." for most in range(len(told), 0, -1))
        return next((longer for longer in listed if len(longer) <= LONGEST), "")
    alone = _LEADS.sub("", lead)
    return (
        f"{alone}."
        if SUBSTANCE.search(alone) and HAPPENED.search(alone) and not _UNFINISHED.search(alone) and stands_alone(alone)
        else ""
    )


def _entries(text: str) -> list[str]:
    """The entries of the list that a text begins with."""
    found = []
    for row in text.split("\n"):
        entry = _ITEM.match(row)
        if entry and (labels_round(entry["text"]) or entry["text"].rstrip().endswith(":")):
            break  # the next part, numbered as the entries are
        if entry:
            found.append(entry["text"].strip())
        elif row.strip(" *_:"):
            break
    return found


def with_situation(question: str, post: Report) -> str:
    """A question with the sentences of its line that give its situation; empty where it is a situation alone, or too long to be told."""
    asked = _bare(as_shown(question))
    at = next((number for number, (_, sentence) in enumerate(post.sentences) if asked in _bare(sentence)), None)
    if at is None:
        return question if sets_task(question) or not sets_up(question) else ""
    first, whole = at, question.strip()
    while (
        first > 0
        and at - first < MOST_BEFORE
        and _on_one_line(first - 1, post)
        and sets_up(as_shown(post.sentences[first - 1][1]))
    ):
        first -= 1
        whole = f"{_ended(as_shown(post.sentences[first][1]))} {whole}"
    while not sets_task(whole) and sets_up(whole) and _on_one_line(at, post):
        at += 1
        whole = f"{_ended(whole)} {post.sentences[at][1]}"
    return whole if len(whole) <= LONGEST_QUESTION and (sets_task(whole) or not sets_up(whole)) else ""


def with_beginning(claim: str, post: Report) -> str:
    """A time that is counted from something (`two weeks later`) with the sentence before it that says from what; empty where none does."""
    counted = _COUNTED.search(claim)
    if counted is None or _FROM.search(claim[: counted.start()]):
        return claim
    at = _place(claim, post)
    if at is None or at == 0 or not _on_one_line(at - 1, post):
        return ""
    before = post.sentences[at - 1][1]
    whole = f"{_ended(as_shown(before))} {claim.strip()}"
    return whole if _FROM.search(before) and stands_alone(before) and len(whole) <= LONGEST else ""


def _on_one_line(at: int, post: Report) -> bool:
    """Whether a sentence and the next one stand on one line."""
    if at + 1 >= len(post.sentences):
        return False
    (start, sentence), (behind, _) = post.sentences[at : at + 2]
    return "\n" not in post.own_text[start + len(sentence) : behind]


def goes_on(before: str, sentence: str, post: Report) -> bool:
    """Whether a sentence stands directly behind another in the post."""
    return f"{bare_words(before)} {bare_words(sentence)}" in bare_words(post.own_text)


def _place(quoted: str, post: Report) -> int | None:
    wanted = _bare(quoted)
    return next((number for number, (_, sentence) in enumerate(post.sentences) if _bare(sentence) == wanted), None)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_AROUND).casefold()


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
