"""Parses the steps of the interview process that the employer itself states, in the posting or on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.interview_prep.employer_messages import EmployerPage
from functions.interview_prep.figures.duration_parsing import minutes_in, spread
from functions.interview_prep.figures.round_statistics import MOST_PEOPLE, people_in
from functions.interview_prep.process_figure_messages import StatedStep

MOST_STEPS, LONGEST, SHORTEST = 8, 240, 8
"""Steps of a process; characters of one."""
MOST_LOOKED_AT = 15_000
FIRST_IDEOGRAPH = "\u3040"
_HEADING = re.compile(
    r"\b(?:how we hire|hiring process|our process|interview(?:s|ing)?(?: process| steps| stages)?|selection(?: process)?|assessment(?: process)?|"
    r"recruitment process|what to expect|next steps|after you apply|the process|stages|bewerbungsprozess|auswahlverfahren|bewerbungsablauf|so geht es weiter|processus de (?:recrutement|sélection)|étapes|"
    r"proceso de selección|processo seletivo|selezione|výběrové řízení|průběh (?:výběru|náboru)|proces rekrutacji|etapy|διαδικασία)\b|面试流程|招聘流程|選考|مراحل|خطوات التوظيف",
    re.IGNORECASE,
)
_ANY_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OPENING = re.compile(
    r"^(?:(?:our |the )?(?:(?:interview|hiring|selection|recruitment|application) )?(?:process|steps|stages)(?: is| includes| consists of)?|"
    r"interviews?|assessments?|selection|(?:on )?the (?:interview |selection )?day|how (?:we|you will be) (?:hire|hired|interview|recruit|select)|what (?:to expect|happens next)|next steps|after you apply|bewerbungsprozess|auswahlverfahren|bewerbungsablauf|(?:unser |das )?(?:bewerbungs)?verfahren|so geht es weiter|"
    r"(?:notre )?processus(?: de (?:recrutement|sélection))?|(?:el )?proceso de selección|processo seletivo|výběrové řízení|průběh výběru|proces rekrutacji|(?:η )?διαδικασία(?: επιλογής)?|(?:面试|招聘)流程|選考(?:フロー|プロセス)?|(?:مراحل|خطوات) (?:التوظيف|المقابلات|الاختيار))\s*[:：]\s*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:interviews? (?:will|are|is|include|take|last|consist)|(?:shortlisted|selected|successful) (?:candidates|applicants)|(?:you|candidates|applicants) will (?:meet|teach|be (?:asked|invited|interviewed)|have an? (?:\w+ )?interview))\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
_SPLIT = re.compile(
    r";\s+|,\s+(?:and\s+|then\s+|dann\s+|puis\s+|poté\s+|pak\s+|μετά\s+|potem\s+|luego\s+|poi\s+)?|[；，、،]\s*|(?<=[a-z)])[.]\s+"
)
_AND = re.compile(r"(?<!\s)\s+and\s+(?=(?:an?|two|three|the|your|include|meet|have|teach)\b)")
_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
_AROUND = re.compile(
    r"^(?:include|have|and|then|finally|followed by)\s+|,? and (?:reference|background|DBS|right to work) checks?\b.*$",
    re.IGNORECASE,
)
_OF_THE_JOB = re.compile(
    r"\b(?:in this (?:role|position|job)|you(?:['’]ll| will) be (?:working|responsible|joining|part of)|as an? [\w ]{3,40}, you)\b",
    re.IGNORECASE,
)
"""A sentence on the work, under a heading that may head both (`What to expect`)."""
_NO_STEP = re.compile(
    r"\b(?:offer|answer|decide|reply|hear (?:back )?from|tell us if|reference checks?|right to work|apply)\b", re.IGNORECASE
)
_OF_A_PART = re.compile(
    r"\bminutes?[\s-](?:presentation|pitch|talk|demo|lesson)\b[^.;]{0,60}\bquestions\b|\bprepar(?:e|ation)\b[^.;]{0,60}\bminutes?[\s-](?:presentation|pitch|talk|demo|lesson)\b",
    re.IGNORECASE,
)
"""A length that is the presentation's alone, in a step that has questions or preparation beside it."""
_STEP = re.compile(
    r"\b(?:\w*interviews?|screen\w*|calls?|rounds?|panel|assessments?|tests?|quiz|exercise|take[- ]home|on-?site|conversation|talk|chat|case|presentation|present|presented|"
    r"lesson|scenarios?|tour|task|trial|role[- ]play|game|meet|loop|\w*gespräch\w*|telefonat|aufgabe für (?:zu ?hause|zuhause)|probe(?:arbeit|tag)\w*|hospitation|entretiens?|échange|appel|journée d['’]essai|entrevistas?|pruebas?|llamada|colloqui\w*|prova|"
    r"pohovor\w*|telefonát\w*|zkušební|rozmow\w*|zadanie|dzień próbny|συνέντευξη|συνεντεύξεις|τεστ)\b|面试|面談|面谈|面接|沟通|笔试|初试|复试|终面|测评|مقابل\w+|اختبار|مكالمة",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[str, str], ...] = (
    ("online_assessment", r"online (?:\w+ )?(?:test|assessment|exercise|task)|(?:numerical|numeracy|aptitude|reasoning|verbal|maths?|safety|drug|dosage|skills)\b[^.;]{0,40}\b(?:test|quiz|assessment)|quiz|online-?test|test en ligne|笔试|测评|اختبار"),
    ("take_home", r"take[- ]home|written (?:exercise|task|test|assignment)|prepared at home|home assignment|writing (?:exercise|task)|hausaufgabe|aufgabe für zu ?hause|domácí úkol|exercice à la maison|zadanie domowe"),
    ("system_design", r"(?:system|architecture) design|design (?:round|interview|conversation)"),
    ("coding", r"cod(?:e|ing) (?:round|interview|exercise|test|session)|pair[- ]programming (?:round|session)|live coding"),
    ("technical_screen", r"technical (?:screen|panel|call|interview|round|conversation|talk)|fachgespräch|technisches gespräch|technický pohovor|τεχνική συνέντευξη|技术面|مقابلة (?:تقنية|فنية)|(?:probability|quantitative) interviews?|pair[- ]programming"),
    ("case_study", r"case\b|product (?:sense|design|exercise)|scenarios?|role[- ]play|mock (?:\w+ )?call|trading game|simulation|in-?tray"),
    ("presentation", r"present(?:ation|ed)?\b|teach (?:a|an)\b|(?:demo|trial|sample) lesson|\blesson\b|präsentation|présentation|presentación|prezentac|试讲"),
    ("recruiter_screen", r"recruiter|(?:talent|people) (?:team|partner)|(?:intro(?:ductory)?|first|initial|phone|screening|short|quick|brief) (?:phone |video )?(?:call|chat|screen|interview)|\bHR\b|telefon|appel|llamada|rozmowa telefoniczna|τηλεφων|电话|初步沟通|初试|初面|مكالمة"),
    ("behavioural", r"behaviou?ral|values|competenc\w+|culture|how you work with others"),
    ("hiring_manager", r"(?:hiring|line|shift|store|ward|front end|department|engineering|general) manager|\bmanager\b|head ?teacher|principal|head of|matron|supervisor|partner|director|founder|\bVP\b|(?:final|closing) (?:conversation|chat|talk|interview)|vorstellungsgespräch|führungskraft|leiter(?:in)?\b|geschäftsführ|pflegedienstleitung|abteilungsleit|entretien avec|responsable|vedoucí|kierownik|复试|终面|经理|(?:ال)?مدير"),
    ("onsite", r"on-?site|half-day|trial day|panel|site tour|assessment (?:day|centre|center)|loop|final round|trial shift|probearbeit|probetag|hospitation|schnupper|journée d['’]essai|zkušební (?:den|směn)|dzień próbny|现场|يوم تجريبي"),
)  # fmt: skip
_FINAL_OF_PARTS = re.compile(
    r"\W{0,4}(?:the |a )?final (?:interview|round|stage)\b[^.;:]{0,40}:[^.;]*,[^.;]*\band\b", re.IGNORECASE
)
"""A last interview of several parts, as candidates call it: no talk with one manager."""
_WHO_AND_HOW_LONG = re.compile(
    r"(?:the |a |our )?(?:[\w-]{2,14} ){0,2}(?:manager|recruiter|director|founder|VP|team|partner|head)s?,? \(?(?:about |ca\.? )?(?:\d{1,3}|half an|one|an)[ -]?(?:min|hour)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"manager|partner|director|founder|head ?teacher|principal|matron|supervisor|C[ETF]O", re.IGNORECASE)
_FIRST_TALK = re.compile(r"\b(?:first|initial) (?:interview|round)\b", re.IGNORECASE)
_OF_RECRUITERS = re.compile(r"\brecruiters?\b|\btalent\b|\bHR\b|phone|screening", re.IGNORECASE)
_PATTERNS = tuple((kind, re.compile(rf"(?:\b|(?<=[\u3040-\u9fff]))(?:{words})", re.IGNORECASE)) for kind, words in _KINDS)


@dataclass(frozen=True)
class _Line:
    text: str
    bullet: bool
    under: bool
    """Whether it stands under a heading that speaks of the process."""


def stated_steps(description: str, pages: Sequence[EmployerPage] = ()) -> tuple[StatedStep, ...]:
    """The steps in the order in which they are told, each kind of round once; the posting's come before those of own pages.

    Two steps of one kind (a talk with the manager, one with the director) share their place.
    """
    found: dict[str, StatedStep] = {}
    for text, source in ((description, ""), *((page.text, page.ref) for page in pages if page.kind == "hiring")):
        for step in _steps(text[:MOST_LOOKED_AT]):
            known = found.get(step.kind)
            if known is None and len(found) < MOST_STEPS:
                found[step.kind] = step.model_copy(update={"source": source})
            elif known is not None and known.source == source and len(known.text) + len(step.text) < LONGEST:
                found[step.kind] = known.model_copy(update={"text": f"{known.text} {step.text}"})
    return tuple(found.values())


def _steps(text: str) -> Iterator[StatedStep]:
    for line in _lines(text):
        opened = _OPENING.match(line.text)
        if not (opened or line.under or _SAYS.search(line.text)):
            continue
        told = line.text[opened.end() :] if opened else line.text
        parts = [told] if line.bullet and not opened else _parts(told)
        for part in parts:
            part = _AROUND.sub("", part)  # noqa: PLW2901 - what is said around the step
            if (
                (SHORTEST if part.isascii() else SHORTEST // 4) <= len(part) <= LONGEST
                and (_STEP.search(part) or _is_a_talk(part))
                and not _NO_STEP.search(part.split(",")[0])
                and not _OF_THE_JOB.search(part)
            ):
                people = ", ".join(people_in(part)[:MOST_PEOPLE])
                length = "" if _OF_A_PART.search(part) else _minutes(minutes_in(part))
                yield StatedStep(kind=kind_of_step(part), text=_sentence(part), minutes=length, interviewer=people)


def kind_of_step(text: str) -> str:
    """The kind of round that a step's words name first, `other` where they name none."""
    if _FINAL_OF_PARTS.match(text):
        return "onsite"
    if _FIRST_TALK.search(text) and _LEADS.search(" ".join(people_in(text))):
        return "hiring_manager"
    named = [(found.start(), kind) for kind, pattern in _PATTERNS if (found := pattern.search(text))]
    if _FIRST_TALK.search(text) and not _OF_RECRUITERS.search(text):  # a first talk that says what it is about is of that kind
        named = [pair for pair in named if pair[1] != "recruiter_screen"] or named
    return min(named, key=lambda pair: pair[0])[1] if named else "other"


def _lines(text: str) -> Iterator[_Line]:
    under = False
    for row in text.split("\n"):
        bullet = bool(_BULLET.match(row))
        bare = " ".join(_BULLET.sub("", row).split())
        if not bare:
            continue
        if not bullet and len(bare) <= 60 and not bare.endswith((".", ";", ",")) and not {":", "："} & set(bare[:-1]):  # noqa: PLR2004 - a heading's usual size
            under = bool(_HEADING.search(bare))
            continue
        for sentence in [bare] if bullet else _ANY_SENTENCE.split(bare):
            yield _Line(sentence, bullet, under)


def _parts(told: str) -> list[str]:
    """A sentence that tells several steps in a row, taken apart outside its brackets."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    parts = [part for row in _SPLIT.split(_BRACKETS.sub(hide, told)) for part in _both(row)]
    shown = [re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], part).strip(" .,;") for part in parts]
    return shown if sum(bool(_STEP.search(part)) or _is_a_talk(part) for part in shown) > 1 else [told.strip()]


def _both(row: str) -> list[str]:
    """Two steps with "and" between them; what "and" joins within one step (two people, a test's parts) stays together."""
    steps: list[str] = []
    at = 0
    for joint in [*_AND.finditer(row), None]:
        end = joint.start() if joint else len(row)
        whole = bool(_STEP.search(row, at, end))
        if steps and not whole:
            steps[-1] = f"{steps[-1]} and {row[at:end]}"
        else:
            steps.append(row[at:end])
        at = joint.end() if joint else end
    return steps if all(map(_STEP.search, steps)) else [row]


def _is_a_talk(part: str) -> bool:
    """Whether a part only names who sits opposite, and how long (`hiring manager (45 min)`)."""
    return bool(_WHO_AND_HOW_LONG.match(part))


def _minutes(bounds: tuple[int, int] | None) -> str:
    return spread([bounds], "min") if bounds else ""


def _sentence(text: str) -> str:
    text = text.strip(" .;,。；，")
    return f"{text[:1].upper()}{text[1:]}{'。' if text[-1:] >= FIRST_IDEOGRAPH else '.'}"
