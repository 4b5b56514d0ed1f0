"""Whether a sentence speaks of something that it has not named: `the dictionary`, `code for it`, `this problem` are a reader's riddle alone."""

from __future__ import annotations

import re
from itertools import takewhile

_WORD = re.compile(r"[\w'’+#-]+")
_DEFINITE = re.compile(
    r"\b(?:both(?: of)? (?:the )?|all (?:of )?the |the )(?=(?P<rest>[\w'’+#-]+(?: [\w'’+#-]+){0,4}))", re.IGNORECASE
)
"""What is spoken of as known, with the words behind it."""
_GOES_ON = frozenset(
    "of between in that which from for to with on at by where who whose when if behind into inside than you your we they i he she it people someone under over during through without using within about after before as such per vs versus based".split()  # noqa: SIM905
)
"""Behind a thing, these say which one it is."""
_BREAKS = "every each all again twice once today now there here is are was were do does did has have had can could would will should must and or but then so not be been why how what a an the"
_ENDS_RUN = _GOES_ON | frozenset(_BREAKS.split())
_KNOWN = frozenset(
    "company role position job team teams industry business market world future past customer customers user users client clients patient patients guest guests student students child children parent parents passenger passengers public people "  # noqa: SIM905
    "web internet cloud day week month year time moment way top bottom end beginning start whole rest office store shop floor interview interviewer interviewers interviews candidate manager managers recruiter organization organisation field profession "
    "product products culture mission values bank hospital school city country sun moon earth us usa uk eu sky government law news stock weather truth floor others other following key main majority first second third "
    "difference differences advantages disadvantages pros cons complexity size type types name names number minimum maximum average product's company's".split()
)
"""What everybody knows, or what a word of its kind says enough of."""
_FOREMOST = re.compile(
    r"(?:\w+est|\w+th|\d+(?:st|nd|rd|th)|first|second|third|last|next|previous|most|least|best|worst|same|only|top|middle|median|missing|maxim\w+|minim\w+|current|latest|optimal|entire|whole|\d+|two|three|four|five|six|seven|usual|typical|general|basic|main|key|various|different|worst-case|average|kth|nth)$",
    re.IGNORECASE,
)
"""What says of a thing which one is meant."""
_DEFINES = re.compile(
    r"^\W*(?:\w+ )?(?:explain|describe|define|what(?:['’]s| is| are| do you know| was)|discuss|compare|how (?:do|does|is|are))\b",
    re.IGNORECASE,
)
"""How one asks for a notion: `Explain the event loop`."""
_SITUATION = re.compile(
    r"^\W*(?:so,? )?(?:what (?:would|do|will|did) you do|how (?:would|do|did|will) you (?:\w+ ){0,2}?(?:handle|deal|react|respond|approach (?:an?|the) (?:customer|patient|guest|client)|calm|cope|manage|help|serve|treat)|(?:tell|give|describe|share|name|recall|think|talk)\b.{0,40}\b(?:time|situation|example|instance|occasion|moment|conflict)|have you ever|suppose you work|imagine you work)\b",
    re.IGNORECASE,
)
"""A case of working life, in which everybody has the till, the ward and the boss before their eyes."""
_LONE = re.compile(
    r"\b(?:it|them|they|those|these|this)\b(?! (?:\w+ ){0,1}(?:company|role|position|job|team|industry|field|country|area|year|kind|type|would|will|can|could|is|are|was|has|have|does|do|you|they|he|she|we|i)\b)|\bthat\b(?=\s{0,2}(?:[.,;?!]|$|and\b|or\b))",
    re.IGNORECASE,
)
_FOR_THAT = re.compile(
    r"\b(?:code|program|function|algorithm|solution|query|class|tests?|test cases|pseudo-?code|implementation|support|logic|api|schema|approach|method|app|application|system)\s(?:for|to do|of|on|in) (?:it|that|this|them|these|those|the same)\b",
    re.IGNORECASE,
)
_OF_TASK = frozenset(
    "how what why when where which who would will do does did can could should you your we me us i to a an the and or then now also please first in on at of for with by as is are be any some one two both all each use used using explain describe "  # noqa: SIM905
    "discuss write code implement design solve make add test build create give tell find improve optimise optimize debug run check handle support solution solutions approach approaches function functions program programs algorithm algorithms method "
    "logic proper production level ready clean efficient optimal full whole complete working recursive iterative complexity time space case cases corner edge answer answers reason reasons example examples so if not was were asked asks he she they interviewer "
    "difference between get got way ways whats what's what’s covering different white board whiteboard paper notepad coderpad hackerrank laptop editor screen pen another follow up followup question problem just only further more better same again later after before come let us walk through".split()
)
"""Words of any task, which name nothing that it could be about."""
_POINTS = re.compile(
    r"…\W{0,4}$|^\W{0,4}there (?:were|was) (?:some|several|few|many)\b|\b(?:which|how|why|when|where|way|ways) this (?:can|could|is|was|will|would)\b|\b(?:two|both|these|those|three) (?:approach(?:es)?|solutions?|methods?|ways)\b(?! (?:to|of|for)\b)|\bthe \w+ ones?\W{0,4}$|\bwhich \w+ \w+ which\b|\b(?:in|of|for|with|to) (?:your|my) (?:code|solution|implementation|approach|answer|program|algorithm|design|class|function)s?\b(?! (?:interview|round))|\b(?:do|does|did) the (?:job|same)\b|\b(?:question|problem|part|round|exercise) (?:no\.? ?)?\d\b|^\W*(?:improve|optimi[sz]e|modify|extend|change|code|implement|explain|dry run) (?:the|your) (?:algorithm|solution|code|program|approach|function|query)\b|"
    r"\b(?:shown|given|mentioned|described|stated|listed|attached|discussed|said) (?:\w+ ){0,4}(?:below|above|earlier|before)\b|\b(?:below|above)\W*$|\bin the (?:image|figure|picture|diagram|screenshot|link)\b|\bthe (?:link|image|picture|figure|diagram) (?:below|above|is)\b|:\s*$",
    re.IGNORECASE,
)
"""What points to a drawing, a list, or the candidate's own answer."""
STEM = 5
"""Letters by which two forms of one word are known."""
_DEMAND = re.compile(
    r"^\W{0,6}(?:(?:please|then|now|first|to) )?(?:write|code|implement|design|find|build|create|solve|explain|describe|define|add|draw|fix|correct|improve|optimi[sz]e|test|debug|print|return|sort|merge|reverse|compute|calculate|model|develop|make|show|give|discuss|check|determine|review|refactor|analy[sz]e|complete)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:an?|two|three|four|five|six|seven|eight|nine|ten|\d+|[knmx](?:-?th)?|your|yourself|any|each|every|given|between|multiple|several|different|common|different types of|types of|list of|number of|difference)\b",
    re.IGNORECASE,
)
"""What brings a thing in that nobody has named before."""
_ASKS_FOR_SOLUTION = re.compile(
    r"\b(?:asked|wanted|told|expected|looking) (?:\w+ ){0,3}(?:an?|another|some|more|better|the|any|other) (?:\w+ ){0,2}(?:solutions?|approach(?:es)?|code|algorithms?|way)\b(?! (?:for|to|of|that|which)\b)|\basked (?:me |us )?(?:to|for) (?:write|code|give|provide|explain|share|tell|optimi[sz]e|implement|discuss|do)\s(?:\w+\s){0,6}?(?:code|approach(?:es)?|solutions?|algorithms?|complexity|it|same|ones?)\W{0,6}$",
    re.IGNORECASE,
)
_ASKED_TO = re.compile(r"^\W{0,6}(?:[\w'’]+ ){0,4}?asked (?:(?:me|us) )?(?:to )?", re.IGNORECASE)
_OF_PROBLEMS = re.compile(
    r"\b(?:the|this|that|these|those|both|both the|such an?|such) (?:\w+ )?(?P<thing>problems?|solutions?|code|approach(?:es)?|map|array|string|list|tree|graph|algorithms?|programs?|functions?|answers?|output|input|table|dictionary|logic|scenario|task|puzzle|statement|requirements?|class diagram|query|matrix|queue|stack|node|case|e-?mails?|message)\b"
    r"(?! (?:of|for|to|in|that|which|from|with|where|involv\w+|about|on|consist\w*|includ\w*|was (?:to|about|on|a|an)|were (?:to|about|on)|is (?:to|about|on)|solving|structures?|interview|round|based)\b)",
    re.IGNORECASE,
)


def names_all(question: str) -> bool:
    """Whether a question names all that it asks about: `Reverse a list` does, `Write the code for it` does not."""
    if _POINTS.search(question) or _FOR_THAT.search(question) or _lone_pronoun(question) or not _has_object(question):
        return False
    return bool(_SITUATION.match(question)) or not _unnamed(question.replace("i.e", ";").replace("e.g", ";"))


def _has_object(question: str) -> bool:
    """Whether a demand names what it is about: something new (`a list`, `two strings`, `your project`), something with a name of its own, or a notion."""
    found = _DEMAND.match(question)
    if found is None:
        return True
    rest = question[found.end() :]
    named = [word for word in _WORD.findall(rest) if word.casefold() not in _OF_TASK]
    return (
        bool(_NEW.search(rest))
        or any(word[:1].isupper() for word in named)
        or (bool(_DEFINES.match(question)) and len(named) > 1)
    )


def names_its_problem(statement: str) -> bool:
    """Whether what a report tells of a problem, a solution, code is of one that it names itself."""
    new = (_is_new(found["thing"], statement[: found.start()]) for found in _OF_PROBLEMS.finditer(statement))
    asked = _ASKED_TO.match(statement)
    empty = asked is not None and not {word.casefold() for word in _WORD.findall(statement[asked.end() :])} - _OF_TASK
    return not any(new) and not empty and not _ASKS_FOR_SOLUTION.search(statement)


def _is_new(thing: str, before: str) -> bool:
    stems = {word.casefold()[:STEM].rstrip("s") for word in _WORD.findall(before)}
    return thing.casefold()[:STEM].rstrip("s") not in stems


def _lone_pronoun(question: str) -> bool:
    """Whether a pronoun stands where nothing has been named that it could stand for."""
    found = _LONE.search(question)
    if found is None or found.start() == 0:
        return False
    before = question[: found.start()]
    named = [word for word in _WORD.findall(before)[1:] if word.casefold() not in _OF_TASK]
    return not (_NEW.search(before) or any(word[:1].isupper() or word.endswith(("s", "ing", "ion")) for word in named))


def _unnamed(question: str) -> bool:
    return any(not _says_which(found, question) for found in _DEFINITE.finditer(question))


def _says_which(found: re.Match[str], question: str) -> bool:
    """Whether a thing spoken of as known was named before, is known to all, or is told apart by what follows it."""
    words = found["rest"].split()
    run = list(takewhile(lambda word: word.casefold() not in _ENDS_RUN, words))
    follows = words[len(run)].casefold() if len(run) < len(words) else ""
    told_apart = follows in {"and", "or"} and any(word.casefold() in _GOES_ON for word in words[len(run) + 1 :])
    if not run or follows in _GOES_ON or told_apart:
        return True
    before = {word.casefold() for word in _WORD.findall(question[: found.start()])} - _OF_TASK
    if all(_FOREMOST.match(word) or word.casefold() in {"one", "ones"} for word in run):
        return bool(before)
    known = (
        _FOREMOST.match(word) or word.casefold().removesuffix("'s").removesuffix("’s") in _KNOWN or word[:1].isupper()
        for word in run
    )
    if any(known) or any(not _is_new(word, question[: found.start()]) for word in run):
        return True
    return len(run) > 1 and bool(_DEFINES.search(question))
