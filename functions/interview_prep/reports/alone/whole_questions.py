"""Whether a question can be put to a candidate as it stands: nothing points to what was said before it, and it is no small talk."""

from __future__ import annotations

import re

_THINGS = (
    r"(?:problems?|questions?|approach(?:es)?|solutions?|code|algorithms?|functions?|programs?|scenarios?|tasks?|topics?|statements?|systems?|examples?|"
    r"arrays?|strings?|graphs?|trees?|lists?|class(?:es)?|numbers?|cases?|data|features?|methods?|structures?|situations?|tables?|puzzles?|services?|functionalit(?:y|ies)|parts?|projects?)"
)
_POINTED_AT = re.compile(
    rf"\b(?:this|that|these|those|such|the (?:same|above|said|aforementioned|previous|following|other|missing|remaining|rest of the))\s(?:\w+\s)?(?P<thing>{_THINGS})\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"^.{0,40}\bof (?:these|those|them|the following)\b|\bone of (?:the|its|their) (?!most\b|best\b|main\b|\w+est\b)\w+",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(
    r"^\W*(?:(?:and|then|so|or),?\s)?(?:how|why|what|when|where|who|is|are|does|do|did|can|could|would|will)\s(?:(?:is|are|was|were|does|do|did|can|could|would|will)\s)?(?:it|this|that|they|these|those|he|she)\b(?!\s(?:company|role|position|job|team|like to|possible|mean to))|"
    r"^\W*(?:(?:and |so |then )?what (?:will|would|might|should) (?:happen|you do)(?: (?:then|next))?|(?:can|could) you (?:please )?(?:give|provide|share|name) (?:me |us )?(?:an|some|any|more|another|a few) (?:examples?|details?)|give (?:me |us )?(?:(?:an|some|any|more|another|a few) )?(?:real[- ]life )?(?:examples?|details?)|(?:explain|describe) (?:it )?with (?:an? |some )?(?:\w+ )?(?:examples?|diagrams?)|any examples?|how so|why(?: not)?|why is that|what else|anything else|separate\b.{0,60}\bparts?, why)\W*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:and|or|but|then|also|plus|now|next|later|finally|further(?:more)?|similarly|follow[- ]?ups?|in (?:that|this|the above) case|if (?:so|not|yes|no)|for (?:this|that|these|those))\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:…|\w\s?[-–—]|[a-z]\d|\band can \w+|\d\s\?)\W{0,6}$|^\W{0,6}(?:why|what|tell|how)\b.{0,200},.{0,200},\s(?:an?|the)\s\w+\W{0,6}$|\bfollowed by\s[\"“]|\b(?:the|an?|and|or|which|that|by|my|your|their|its|such as|including|between|where|using|if|when|than|to find|just|only|like)\W{0,6}$|^\W{0,6}(?!what|who|where|which|how|why|when|whom|on what|in which)(?!.{0,300}\b(?:you|they|we|people|customers|guests|patients)(?:\s[\w'’]+){1,6}\W{0,6}$).*\b(?:of|for|with|from|in|on|at|about|to|into|find|return)\W{0,6}$|:\s{0,6}$|"
    r"\b(?:what|how|why|where|when) (?:do|did|would|will|can|should) (?:you|u) (?:once|if|when|in|for|from|to|and|or|after|before)\b|\bthat (?:can|will|should|would|could|must) (?:perform|do|support|have|handle|be|include|provide|take|give)\W{0,6}$|\bwhich (?:ones? )?(?:would|do|will|should) you\b(?!.{0,300}\b(?:or|between|of)\b)|^\W{0,6}[\w+#]+\W{0,6}$",
    re.IGNORECASE,
)
"""How a question ends or stumbles that was cut."""
_OWN_WORK = re.compile(
    r"^\W*(?:code|implement|solve|explain|write|optimi[sz]e|improve|test|debug|dry[- ]run|describe|discuss|give|do)\s(?:(?:me|us|down|out)\s){0,2}(?:(?:the|your|its?|their|an?|them|that|this|some)\s?)?"
    r"(?:(?:full|complete|whole|time|space|optimal|entire|pseudo|best|same)[ -]){0,2}(?:code|solutions?|approach(?:es)?|problems?|logic|functions?|answers?|programs?|algorithms?|complexity|complexities|thought process|reasoning|class(?:es)?)?"
    r"(?:\s(?:using|on|in|with|for|while|and|to|at)\b.{0,60})?\W*$|"
    r"^\W*(?:code|write|implement|solve|explain)\s(?:while|each|every|line)\b|^\W*(?:solve|answer|do|complete|finish|discuss|explain)\s(?:[\w-]+\s){0,3}(?:puzzles?|riddles?|problems?|questions?|brain ?teasers?|exercises?|tasks?)(?: (?:and|or) \w+)?\W*$|"
    r"^\W*(?:write|give|provide|produce|code)\s(?:\w+\s){0,2}?(?:production|clean|proper|modular|working|executable|compilable|running|bug[- ]free|actual|final)(?:[- ](?:level|ready|quality|standard))?\s(?:code|solutions?|program)\b(?:.{0,20}|.{0,40}\b(?:cases?|paper|board)\b.{0,20})$|"
    r"^\W*(?:which|what|how|why) (?:\w+ )?did you (?:use|do|choose|implement|apply|face|pick|solve|handle)\W*$",
    re.IGNORECASE,
)
"""What a candidate does with every task: `Write the code on paper` names no task."""
_SMALL_TALK = re.compile(
    r"^\W*(?:(?:hi|hello|so)\W+)?(?:how (?:are|r) (?:you|u|things)\b[^?]{0,25}|how(?:['’]s| is| was) (?:it going|your (?:day|weekend|morning))[^?]{0,30}|(?:are|would) you (?:be )?(?:still )?interested in (?:an?|the|this|our|some|any|another|other)\b[^?]{0,60}\b(?:position|role|job|opportunity)\b[^?]{0,30}|(?:do|did) (?:you|u) (?:have|hav e|got) (?:any|some) (?:other |more |further )?(?:questions?|doubts?|queries)\b[^?]{0,40}|"
    r"(?:any|what) (?:other |more )?questions?(?: do you have)?(?: for (?:me|us))?|(?:can|could) you (?:hear|see) (?:me|us|my)[^?]{0,30}|are you (?:ready|there|comfortable now)[^?]{0,20}|is (?:this|now|it) a good time[^?]{0,30})\W*$",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"^\W{0,6}(?:(?:just|always|also|please|definitely) )?(?:make sure|be (?:sure|prepared|ready|able|yourself|confident|honest|clear)|remember|don['’]?t|do not|never|prepare|practi[cs]e|try to|focus|study|revise|brush up|keep|know your|explain your (?:thought|answer|reasoning|thinking)|think (?:out )?(?:loud|aloud)|take your time|ask (?:clarifying|questions)|talk through)\b",
    re.IGNORECASE,
)
"""Advice to a candidate, and nothing that an interviewer asked."""
_TOLD_ON = re.compile(
    r"\b(?:he|she) (?:then |also )?(?:started|asked|wanted|gave|said|told|was|went)\b|\band (?:after|then) (?:that|we|he|she|they|it)\b|\b(?:remember|recall|forgot|forget)\b(?=[^?]{0,12}$)|\bi (?:forget|forgot|don)\b|(?-i:[a-z]I (?:forg|don|can|was))|^\W*there (?:were|was) (?:some|several|few|many)\b|^\W*tell us about\b[^?]*(?:,? asking\b|\b(?:for|in) (?:about |around )?(?:\d+|five|ten|fifteen|twenty|thirty|a few|a couple of|some) (?:minutes?|mins?|hours?|time)\b|\bat the (?:beginning|start|end)\b|\bbriefly\b|\b(?:then|followed)\b)|(?-i:[a-z]{3}(?:For|The|And|What|How|Why|Given|Write|Find|Then|They|After|You)\b)|\byou (?:told|answered|replied|said|gave (?:him|her|them))\b|\b(?:similar|same|refer|according) (?:to|as) (?:this|that)\b|\bthis link\b|\b(?:and|but|then) (?:then )?(?:was|were) (?:\w+ )?(?:caught|told|asked|given|stuck|able|unable|rejected|confused|nervous)\b|\b(?:and|then) (?:told|asked) (?:(?:you|me|us) )?(?:to|about|if|for|some|why|how|what|whether)\b|\bin (?:my|your) opinion\b[^?]{0,20}$|\bis, in\b|"
    r"\b(?:was|were) (?:asked|given)\b|^\W*(?:was |were |got |they )?asked\b|,? (?:but |and )?you (?:wasn['’]?t|weren['’]?t|didn['’]?t|couldn['’]?t|was) [^?]{0,40}\.?$|"
    r"\b(?:they|interviewers?) (?:\w+ )?(?:ask(?:ed|s)?|said|told|gave|may|might)\b|\bi (?:got|had|was|did|could|couldn['’]?t)\b",
    re.IGNORECASE,
)
"""What its writer tells beside a question."""
_ASKS = frozenset(
    "how why what what’s what's when where which who whom whose is are was were do does did can could would will should have has had tell explain describe difference".split()  # noqa: SIM905
)
_WORD = re.compile(r"[\w'’+#]+")
FEWEST_WORDS = 4
"""Words from which what ends with a question mark is a question, however it begins: `Current skills?` is a note of one."""
_SETS_UP = re.compile(
    r"^\W*(?:(?:q|question)\s?\d{1,2}\W{1,3}|\d{1,2}[.)]\s)?(?:you (?:have|are (?:given|in|at|the|a|an|on)|get|own|want|flip|roll|draw|work)\b|imagine\b|suppose\b|consider\b|assume\b|given\b|there (?:is|are|was|were) (?!any|no)\w|let['’]?s say\b|say (?:you|there)\b|an? (?:company|customer|client|user|colleague|train|farmer|man|woman|table|file|game|shop|store|factory)\b)",
    re.IGNORECASE,
)
_ALLOWS = re.compile(
    r"\b(?:you|we|one|it|he|she|they) (?:can|may|could|cannot|can['’]t|are allowed to|is allowed to|were allowed to) (?:only |not |either |always )?\w+",
    re.IGNORECASE,
)
"""What may be done in a task, and is not what it asks."""
_SETS_TASK = re.compile(
    r"\?|\b(?:how|what|why|whether|(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bof )(?<!\bno )(?<!\blinked )(?<!\bbinary )(?<!\bsorted )(?<!\byou )(?<!\bwe )(?<!\bthey )(?<!\bwhich )(?<!\bthat )(?:find|comput\w+|calculat\w+|return\w*|determin\w+|write|design\w*|sort|implement\w*|print|count|check|remove|merge|estimate|explain|tell|give|detect|provide|devise|create|build|convert|reverse|replace|output|maximi[sz]e|minimi[sz]e|solve|come up|list|convince|sell|rank|choose|pick|suggest|search|rearrange|arrange|delete|insert|add|swap|rotate|move|group|split|generate|display|draw|clone|copy|modify|validate|"
    r"segregate|separate|store|connect|evaluate|prove|compare|describe|construct|flatten|parse|render|update|simulate|serialize|divide|partition|select|identify|compress|traverse|color|colour))\b|\b(?:need|needs|have|had|has|want|wants) to (?:find|comput\w+|calculat\w+|print|return|write|implement|design|determine|check|count|sort|reverse|merge|output|tell|minimi[sz]e|maximi[sz]e|arrange|search|convert|remove|delete|detect|estimate)",
    re.IGNORECASE,
)


def can_be_put(question: str) -> bool:
    """Whether an interviewer's question can be read, and answered, without what stood before it."""
    if any(
        pattern.search(question) for pattern in (_GOES_ON, _OF_THESE, _ABOUT_IT, _OWN_WORK, _SMALL_TALK, _TOLD_ON, _CUT, _ADVISES)
    ):
        return False
    if question.count("(") != question.count(")") or question.count('"') % 2:
        return False
    words = _WORD.findall(question)
    if question.rstrip().endswith("?") and len(words) < FEWEST_WORDS and words[:1] and words[0].casefold() not in _ASKS:
        return False
    return not any(_is_new(found, question) for found in _POINTED_AT.finditer(question))


def sets_up(sentence: str) -> bool:
    """Whether a sentence gives the situation of a task, as `You have nine balls` does."""
    return bool(_SETS_UP.match(sentence))


def sets_task(sentence: str) -> bool:
    """Whether a sentence asks or demands anything: a situation alone does not."""
    return bool(_SETS_TASK.search(_ALLOWS.sub(" ", sentence)))


def _is_new(found: re.Match[str], question: str) -> bool:
    """Whether what is pointed at was not named in the question before."""
    return found["thing"].casefold().rstrip("s") not in question[: found.start()].casefold()
