"""The generator of forum posts: a company's facts and the shared phrases, dealt like cards into posts of many kinds.

Seeded by the company's name alone, so every run writes the same forum.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from infra.sample_sites.forum.phrase_deck import Company
from infra.sample_sites.forum.seed_file_format import Draft, Remark, read
from infra.sample_sites.forum.typing_styles import spoken

PLACES = {
    "tech": "cscareerquestions cscareerquestions cscareerquestions interviews interviews ExperiencedDevs leetcode jobs recruitinghell",
    "data": "datascience datascience cscareerquestions cscareerquestions interviews interviews jobs analytics recruitinghell",
    "security": "cybersecurity cybersecurity cscareerquestions interviews interviews ITCareerQuestions jobs recruitinghell",
    "general": "interviews interviews interviews jobs jobs careerguidance FinancialCareers recruitinghell",
}
_LONG = 400  # characters; shorter posts are not posted twice
STORE_PLACES = "interviews interviews interviews jobs jobs careerguidance retail recruitinghell"


def write(slug: str) -> list[Draft]:
    """All generated posts about one company: about 48, or fewer when people wrote some already."""
    company = Company(slug)
    by_hand = len(read(slug).drafts)
    drafts: list[Draft] = []
    for kind, count in (_SOME if by_hand else _MANY).items():
        drafts.extend(_generate(company, kind) for _ in range(count))
    originals = [draft for draft in drafts if len(draft.body) > _LONG]
    drafts.extend(_copy(company, draft) for draft in company.rng.sample(originals, 2))
    gone = [draft for draft in drafts if draft.body and draft not in originals]
    for draft, mark in zip(company.rng.sample(gone, 2), ("[removed]", "[deleted]"), strict=True):
        draft.body = mark
        draft.head.pop("by", None)
    drafts.extend(_off_topic(company, (len(drafts) + by_hand) // 7))
    return drafts


def _report(company: Company, *, outcome: str | None = None, rounds: int | None = None) -> Draft:
    labels = company.labels[:rounds]
    outcome = outcome or company.rng.choice(("accepted", "rejected", "waiting"))
    style = company.rng.randrange(3)
    parts = [f"{company.draw('open')} {company.background()} {company.say(_ABOUT[style])}"]
    for number, label in enumerate(labels, 1):
        heading = (f"**{label.capitalize()}.** ", f"{number}) {label}: ", "")[style]
        parts.append(f"{heading}{company.round(label)}{company.asked(label)}")
    closing = [company.draw(outcome), company.draw("pleasant")]
    if outcome == "accepted":
        closing += [company.draw("timeline"), company.draw("pay")]
    # Who still waits has advice, but cannot tell how it ended.
    closing.append(company.draw("tips" if outcome == "waiting" else company.rng.choice(("tips", "good", "red"))))
    parts.append(" ".join(closing))
    return Draft(company.title("title.report"), {"flair": "Interview"}, "\n\n".join(parts), company.chat(5))


_ABOUT = ("The job was {role} at {company}.", "Company: {company}, role: {role}.", "The opening at {company}: {role}.")


def _rejected(company: Company) -> Draft:
    rounds = company.rng.randrange(2, len(company.labels) + 1)
    draft = _report(company, outcome="rejected", rounds=rounds)
    draft.title = company.title("title.rejected", label=company.labels[rounds - 1])
    return draft


def _offer(company: Company) -> Draft:
    body = company.say(
        f"{company.background()} {company.draw('pay')} {company.draw('timeline')}\n\n"
        f"From the interviews: {company.draw('good')} But also: {company.draw('red')}\n\n"
        "What would you do? I like {company}, my current job is safe and dull."
    )
    return Draft(company.title("title.offer"), {}, body, company.chat(4))


def _ask(company: Company) -> Draft:
    label = company.label()
    body = company.say(f"{company.draw('ask.body')} Role is {{role}}.", label=label)
    answers = [company.remark(f"{company.round(label)}{company.asked(label)}") for label in (label, company.label())]
    return Draft(company.title("title.ask", label=label), {}, body, [*answers, *company.chat(3)])


def _wait(company: Company) -> Draft:
    label = company.label()
    body = company.say(company.draw("wait.body"), label=label, n=company.rng.randrange(5, 24))
    answers = [company.remark(company.draw("timeline")), company.remark(company.draw("timeline"))]
    return Draft(company.title("title.wait", label=label), {}, body, [*answers, *company.chat(2)])


def _culture(company: Company) -> Draft:
    body = company.say(f"{company.draw('culture.body')} It would be as {{role}}.")
    answers = [company.remark(company.draw(pool)) for pool in ("good", "red", "good")]
    return Draft(company.title("title.culture"), {}, body, [*answers, *company.chat(2)])


def _rant(company: Company) -> Draft:
    label = company.label()
    body = company.say(
        f"{company.draw('rant.body')} I interviewed at {{company}} for {{role}} this spring. {company.draw('red')} "
        f"{company.draw('disagree')}\n\nAnd the {label}: {company.round(label)}{company.asked(label)}\n\n{company.draw('red')}"
    )
    answers = [company.remark(company.draw("good")), company.remark(company.draw("facts"))]
    return Draft(company.title("title.rant"), {}, body, [*answers, *company.chat(2)])


def _question(company: Company) -> Draft:
    label = company.label()
    body = company.say(
        f"In the {label} at {{company}} for {{role}}.{company.asked(label)}{company.asked(label)} "
        f"I said something about {company.topic()} and it did not feel like enough. How would you have answered?"
    )
    answers = [company.remark(f"I'd start from {company.topic()}. {company.draw('tips')}"), company.remark(company.draw("facts"))]
    return Draft(company.title("title.question", label=label), {}, body, [*answers, *company.chat(2)])


def _advice(company: Company, kind: str, intro: str = "") -> Draft:
    tips = "\n".join(f"- {company.draw('tips')}" for _ in range(3))
    labels = company.rng.sample(company.labels, 2)
    rounds = " ".join(f"{company.round(label)}{company.asked(label)}" for label in labels)
    opening = company.say(company.draw(f"{kind}.body"), n=company.rng.randrange(30, 90))
    body = company.say(
        f"{opening} This is about {{role}} at {{company}}.\n\n{intro}\n\n{tips}\n\n{rounds}\n\nRead up on {company.topic()}."
    ).replace("\n\n\n\n", "\n\n")
    return Draft(company.title(f"title.{kind}"), {}, body, company.chat(4))


def _hacker_news(company: Company) -> Draft:
    draft = _report(company, rounds=4)
    return Draft(company.title("title.hn"), {"sub": "hn"}, draft.body.replace("**", ""), draft.remarks)


_KINDS: dict[str, Callable[[Company], Draft]] = {
    "report": _report,
    "rejected": _rejected,
    "offer": _offer,
    "ask": _ask,
    "wait": _wait,
    "culture": _culture,
    "rant": _rant,
    "question": _question,
    "insider": lambda company: _advice(company, "insider", company.draw("insider.tips")),
    "tips": lambda company: _advice(company, "tips"),
    "hn": _hacker_news,
}
_MANY = {
    "report": 9,
    "rejected": 6,
    "offer": 4,
    "ask": 4,
    "wait": 3,
    "culture": 3,
    "rant": 3,
    "question": 3,
    "insider": 2,
    "tips": 3,
    "hn": 2,
}
_SOME = {"report": 4, "rejected": 3, "offer": 2, "ask": 2, "wait": 1, "culture": 1, "question": 2, "tips": 1}


def _generate(company: Company, kind: str) -> Draft:
    company.begin()
    draft = _KINDS[kind](company)
    rng = company.rng
    places = STORE_PLACES if company.slug == "grainvoss" else PLACES[company.kind]
    draft.head.setdefault("sub", rng.choice(places.split()))
    if draft.head["sub"] != "hn":
        draft.body = spoken(draft.body, rng)
    # Most of a forum is recent; nothing is older than three years.
    draft.head |= {"score": str(_score(rng, kind)), "ago": str(4 + int(1080 * rng.random() ** 1.6)), "by": company.user()}
    if draft.remarks and company.chance(0.25):
        draft.remarks.insert(0, Remark(1, "AutoModerator", _MODERATOR))
    return draft


_MODERATOR = (
    "Please keep it civil and do not post confidential material. *I am a bot, and this action was performed automatically.*"
)


def _score(rng: Random, kind: str) -> int:
    likely = {"report": 3.6, "insider": 4.6, "rant": 4.4, "offer": 3.4}.get(kind, 2.4)
    return min(980, int(rng.lognormvariate(likely, 0.9)))


def _copy(company: Company, draft: Draft) -> Draft:
    others = [place for place in ("interviews", "jobs", "cscareerquestions") if place != draft.head["sub"]]
    head = draft.head | {"sub": company.rng.choice(others), "score": str(company.rng.randrange(1, 12)), "crosspost": "yes"}
    return Draft(draft.title, head, draft.body, [])


def _off_topic(company: Company, count: int) -> list[Draft]:
    pool = company.rng.sample(read("_offtopic").drafts, count)
    words = f"{company.name} {' '.join(company.roles)} senior interview onsite recruiter software engineer analyst manager"
    return [
        Draft(
            draft.title,
            draft.head
            | {"ago": str(company.rng.randrange(10, 1000)), "by": company.user(), "also": words.replace(" ", "_")}
            | {"score": str(int(int(draft.head["score"]) * (0.5 + company.rng.random())))},
            draft.body,
            draft.remarks,
        )
        for draft in pool
    ]
