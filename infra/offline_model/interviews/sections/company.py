"""Section `company`: signals, news, questions to ask, pay, what to watch out for. Reported pay stands with the process's figures."""

from __future__ import annotations

import re

from infra.offline_model.interviews.posting_text import Craft
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.text_helpers import clause, clause_about, lines, sentence, uncapital, whole_sentences

MOST_SIGNALS, MOST_ASK, MOST_FLAGS, MOST_NEWS = 4, 4, 2, 2

_ASK = {
    "payments": "When did a number last go wrong here, and what changed because of it?",
    "scale": "What breaks first when your traffic doubles?",
    "operate": "What did the last week on call look like for this team?",
    "api": "Who uses your interfaces, and how do you change them without breaking anyone?",
    "data": "Which number does the company trust least, and why?",
    "frontend": "How do you find out that a screen does not work for someone?",
    "ml": "Which model or experiment changed a decision in the last half-year?",
    "security": "How do security reviews fit into a normal week?",
    "quality": "How long does a change of one line take from commit to users?",
    "product": "What did the team decide not to build this year?",
    "customer": "When did the team last speak with a customer, and what came of it?",
    "lead": "Who grew in this team during the last year, and how?",
    "team": "Which team do you depend on most, and how do disagreements get decided?",
    "own": "What did the last new colleague own after three months?",
    "code": "Which part of the code would you rewrite, and why has nobody done it?",
    "service": "What makes a shift go well here, and who helps when it does not?",
}


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    items = [*_of_themselves(brief), *_signals(brief), *_news(brief), *_ask(brief), *_pay(brief), *_flags(brief)]
    told = sum(len(brief.told(name)) for name in ("culture", "timeline", "compensation", "red_flags"))
    if not told:
        return f"What the posting lets one see of {brief.posting.company}, and questions that bring out the rest.", items
    intro = f"{told} remarks by candidates on how {brief.posting.company} hires and works, then questions to ask. One person's experience is one person's."
    return intro, items


def _signals(brief: Brief) -> list[Item]:
    posting = brief.posting
    told = [("Candidates on the people and the work", claim) for claim in brief.told("culture")[:1]]
    told += [("Candidates on timing", claim) for claim in brief.told("timeline")[:1]]
    items = [
        item(title, sentence(whole_sentences(claim["text"], 170)), label="signal", sources=claim["sources"])
        for title, claim in told[:MOST_SIGNALS]
    ]
    items += [
        item(
            f"{posting.company} about itself",
            f"\u201c{clause_about(need.text, limit=110)}.\u201d",
            label="signal",
        )
        for need in posting.of("about")[: 0 if brief.own_pages else 1]
    ]
    return items


def _of_themselves(brief: Brief) -> list[Item]:
    """A sentence or two of the employer's own pages on hiring and values, in its own words."""
    items = []
    for kind, title in _OWN.items():
        for page in brief.own_pages:
            told = [
                line.text
                for line in lines(page["text"])
                if kind == page["kind"] and line.text.endswith(".") and _TELLS[kind].search(line.text)
            ]
            if told:
                items.append(item(title, sentence(told[0]), why=_WHY_OWN[kind], label="signal", sources=[page["ref"]]))
    return items


_OWN = {"hiring": "How they say they hire", "values": "What they say they value"}
_TELLS = {
    "hiring": re.compile(r"\b(?:look for|interviewers?|feedback|exercise|days|weeks|answer|tests?)\b", re.IGNORECASE),
    "values": re.compile(r"\b(?:we|rather|every|never|always|without)\b", re.IGNORECASE),
}
_WHY_OWN = {
    "hiring": "Let your answers show just that.",
    "values": "Have one story that shows it, and use their words for it once.",
}


def _news(brief: Brief) -> list[Item]:
    return [
        item(line["date"], sentence(line["text"]), why="Ask what it changes for this team.", label="news", sources=[line["ref"]])
        for line in brief.news[:MOST_NEWS]
    ]


def _ask(brief: Brief) -> list[Item]:
    posting = brief.posting
    items = [_question(craft) for craft in posting.crafts[: MOST_ASK - 2]]
    items += [
        item(
            "What should be different six months after I start?",
            "For the hiring manager. Listen for: a result, and who will notice it.",
            label="ask",
        ),
        item(
            "Which steps follow, who decides, and by when will I hear?",
            "For the recruiter, after each talk. Ask again the day after that date.",
            label="ask",
        ),
    ]
    return items


def _question(craft: Craft) -> Item:
    return item(_ASK[craft.key], f"For the team. Listen for: {uncapital(craft.listen)}.", label="ask")


def _pay(brief: Brief) -> list[Item]:
    salary = brief.posting.facts["salary"]
    items: list[Item] = []
    if salary:
        items.append(
            item(
                "The posted range",
                f"{salary}. Ask which level the upper end belongs to, and what comes on top of it.",
                label="pay",
            ),
        )
    items.append(
        item(
            "How to talk about it",
            f"{'Let them place you in the range first.' if salary else 'The posting names no pay: ask in the first call.'} "
            "If pressed, name a range whose lower end you would accept.",
            label="pay",
        )
    )
    return items


def _flags(brief: Brief) -> list[Item]:
    items = [
        item(
            "Reported by one candidate" if len(claim["sources"]) == 1 else f"Reported by {len(claim['sources'])} candidates",
            f"{sentence(whole_sentences(claim['text'], 170))} {_remedy(claim['text'])}",
            label="watch out",
            sources=claim["sources"],
        )
        for claim in brief.told("red_flags")[:MOST_FLAGS]
    ]
    if until := brief.posting.facts["valid_through"]:
        items.append(
            item("Closing date", f"The posting is open until {until}: apply and schedule with that in mind.", label="watch out")
        )
    missing = [name.replace("_", " ") for name in ("salary", "location", "level") if not brief.posting.facts[name]]
    if missing:
        items.append(
            item(
                "Left open by the posting",
                f"It does not state {' or '.join(missing)}. Get {'it' if len(missing) == 1 else 'them'} in writing before the last round.",
                label="watch out",
            )
        )
    return items


def _remedy(text: str) -> str:
    low = clause(text).lower()
    if any(word in low for word in ("ghost", "never", "silence", "respond", "reply", "heard")):
        return "Agree on a date for the answer at the end of each talk, and keep other applications going."
    if any(word in low for word in ("cancel", "reschedul", "no show", "no-show", "late")):
        return "Confirm the day before, and keep the recruiter's number at hand."
    if any(word in low for word in ("layoff", "laid off", "freeze")):
        return "Ask how the team's headcount changed in the last year."
    return "Ask the people you meet about it in neutral words, and weigh their answer."
