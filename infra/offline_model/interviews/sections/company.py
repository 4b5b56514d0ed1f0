"""Section `company`: signals, news, questions to ask, pay, what to watch out for. Reported pay stands with the process's figures."""

from __future__ import annotations

import re

from functions.interview_prep.posting.values.pay_amounts import amounts_in
from infra.offline_model.interviews.crafts import Craft
from infra.offline_model.interviews.sections.section_input import Brief, Item, in_their_words, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness
from infra.offline_model.interviews.wording import inside, quoted, say
from infra.offline_model.text_helpers import clause, clause_about, lines, sentence, whole_sentences

_TOLD = "How {company} hires and works, as candidates and the company itself tell it."
_OWN_WORDS = "What {company} says about itself, and questions that bring out the rest."
LONGEST_ABOUT = 220
MOST_SIGNALS, MOST_ASK, MOST_FLAGS, MOST_NEWS = 4, 4, 3, 2

_ASK = {
    "payments": "When did a number last go wrong here, and what changed because of it?",
    "scale": "What breaks first when your traffic doubles?",
    "operate": "What did the last week on call look like for this team?",
    "api": "Who uses your interfaces, and how do you change them without breaking anyone?",
    "data": "Which number does the company trust least, and why?",
    "frontend": "How do you find out that a screen does not work for someone?",
    "ml": "Which model or experiment changed a decision in the last half-year?",
    "security": "How do security reviews fit into a normal week?",
    "quality": "How long does a one-line change take to reach users?",
    "product": "What did the team decide not to build this year?",
    "customer": "When did the team last talk to a customer, and what came of it?",
    "lead": "Who on the team has grown most in the last year, and how?",
    "team": "Which team do you depend on most, and how do disagreements get decided?",
    "own": "What did the last person who joined own after three months?",
    "code": "Which part of the code would you rewrite, and why has nobody done it?",
    "service": "What makes a good shift here, and who helps when it isn't one?",
}


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    items = [*_of_themselves(brief), *_signals(brief), *_news(brief), *_ask(brief), *_pay(brief), *_flags(brief)]
    told = any(brief.told(name) for name in ("culture", "timeline", "red_flags"))
    if not any(one["label"] in {"signal", "news"} for one in items):
        return "", items
    return say(_TOLD if told else _OWN_WORDS, company=brief.posting.company), items


def _signals(brief: Brief) -> list[Item]:
    told = [("Candidates on the people and the work", claim) for claim in brief.told("culture")[:2]]
    told += [("Candidates on timing", claim) for claim in brief.told("timeline")[:1]]
    items = [
        item(say(title), in_their_words(whole_sentences(claim["text"], 170)), label="signal", sources=claim["sources"])
        for title, claim in told[:MOST_SIGNALS]
    ]
    about = [] if brief.own_pages else brief.posting.about_itself[:2]
    said = " ".join(say("{facts}.", facts=quoted(clause_about(text, limit=LONGEST_ABOUT))) for text in about)
    return [*items, item(say("{company} about itself", company=brief.posting.company), said, label="signal")] if said else items


def _of_themselves(brief: Brief) -> list[Item]:
    """A sentence of the employer's own pages on hiring and values, in its own words: the one that says most plainly what counts."""
    items = []
    for kind, title in _OWN.items():
        for page in brief.own_pages:
            told = [line.text for line in lines(page["text"]) if kind == page["kind"] and line.text.endswith(".")]
            best = next((text for pattern in _TELLS[kind] for text in told if pattern.search(text)), "")
            if best:
                items.append(item(say(title), sentence(best), label="signal", sources=[page["ref"]]))
    return items


_OWN = {"hiring": "How they say they hire", "values": "What they say they value"}
_TELLS = {
    "hiring": (
        re.compile(r"\bwe (?:look for|value|care about|want (?:people|somebody))\b", re.IGNORECASE),
        re.compile(r"\b(?:interviewers?|feedback|graded|score)\b", re.IGNORECASE),
        re.compile(r"\b(?:days|weeks)\b", re.IGNORECASE),
    ),
    "values": (re.compile(r"\b(?:rather|every|never|always|without)\b", re.IGNORECASE), re.compile(r"\bwe\b", re.IGNORECASE)),
}


def _news(brief: Brief) -> list[Item]:
    """The last headlines, those first that touch the posting."""
    needs = brief.posting.of("duty") + brief.posting.of("about")
    items = []
    for line in brief.news:
        near = max(needs, key=lambda need: likeness(line["text"], need.text), default=None)
        fits = near is not None and likeness(line["text"], near.text) >= ENOUGH
        why = (
            say("It touches {line}: ask what is still left to do.", line=quoted(clause_about(near.text, limit=90)))
            if near is not None and fits
            else ""
        )
        items.append(item(line["date"], sentence(line["text"]), why=why, label="news", sources=[line["ref"]]))
    return sorted(items[: 2 * MOST_NEWS], key=lambda one: not one["why"])[:MOST_NEWS]


def _ask(brief: Brief) -> list[Item]:
    """Questions of this post: what is hard about its first duties, how the team works, what comes next."""
    duties = brief.tasks
    items = [_question(craft) for craft in brief.crafts[: MOST_ASK - 2]]
    if duties:
        hardest = say("What is the hardest part of {task} right now?", task=quoted(duties[0]))
        items.insert(
            0,
            item(
                hardest,
                say("For the manager. Listen for an example from the last few weeks; “nothing really” is a warning."),
                label="ask",
            ),
        )
    if len(duties) > 1:
        known = say("How will you know, in six months, that {task} goes well?", task=quoted(duties[-1]))
        items.append(item(known, say("For the manager. Listen for a result, and for who will notice it."), label="ask"))
    last = say("What are the next steps, who decides, and when will I hear back?")
    return [*items, item(last, say("For whoever invited you. If you hear nothing, ask the day after that date."), label="ask")][
        : MOST_ASK + 1
    ]


def _question(craft: Craft) -> Item:
    return item(say(_ASK[craft.key]), say("For the team. Listen for {sign}.", sign=inside(craft.listen)), label="ask")


def _pay(brief: Brief) -> list[Item]:
    salary = brief.posting.salary
    if salary:
        text = say(_PAY_RANGE if len(amounts_in(salary)) > 1 else _PAY_FIGURE, pay=salary)
    else:
        text = say(_PAY_REPORTED if brief.told("compensation") else _PAY_UNKNOWN)
    return [item(say("How to talk about pay"), text, label="pay")]


_PAY_RANGE = "The posting gives {pay}. Let them say first where they see you in it; then ask what it takes to be at the top of the range, and what comes on top of it."
_PAY_FIGURE = "The posting gives {pay}. Ask how and when it rises, and what comes on top."
_PAY_REPORTED = "Reports give figures (see the process); have them confirmed in the first call, before you name your own."
_PAY_UNKNOWN = "Neither posting nor reports give a figure: ask for the range in the first call, before you name your own."


def _flags(brief: Brief) -> list[Item]:
    return [
        item(
            say(
                "Reported by one candidate" if len(claim["sources"]) == 1 else "Reported by {number} candidates",
                number=len(claim["sources"]),
            ),
            f"{in_their_words(whole_sentences(claim['text'], 170))} {say(_remedy(claim['text']))}",
            label="watch out",
            sources=claim["sources"],
        )
        for claim in brief.told("red_flags")[:MOST_FLAGS]
    ]


def _remedy(text: str) -> str:
    low = clause(text).lower()
    if any(word in low for word in ("ghost", "never", "silence", "respond", "reply", "heard")):
        return "At the end of each talk, agree when you will hear back, and keep other applications going."
    if any(word in low for word in ("cancel", "reschedul", "no show", "no-show", "late")):
        return "Confirm the day before, and keep the recruiter's number at hand."
    if any(word in low for word in ("layoff", "laid off", "freeze")):
        return "Ask how the team's headcount changed in the last year."
    if any(word in low for word in ("low", "offer")):
        return "Get the offer in writing before you answer, with all its parts."
    if any(word in low for word in ("assistant", "ai ", "tool")):
        return "Ask before the round which tools are allowed, and how their use is judged."
    return ""
