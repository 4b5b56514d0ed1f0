"""The last look at a statement before it is printed: whether a reader who sees nothing but its heading understands it.

What is doubtful is left out: it asks of the words alone, whoever wrote them and whatever was found out about them before.
"""

from __future__ import annotations

import re

from functions.interview_prep.reports.alone.empty_statements import says_nothing
from functions.interview_prep.reports.alone.run_together import QUOTED, is_one_sentence
from functions.interview_prep.reports.alone.unnamed_things import names_all, names_its_problem
from functions.interview_prep.reports.alone.whole_questions import can_be_put
from functions.interview_prep.reports.other_languages import is_foreign
from functions.interview_prep.reports.report_frames import Kind
from functions.interview_prep.reports.round_words import THIS_ROUND
from functions.interview_prep.reports.told_phrases import POINTS_BACK
from functions.interview_prep.stage_messages import RoundKind

_UNSURE = re.compile(
    r"\bnot (?:\w+ )?sure\b|\b(?:vaguely|somewhat|kinda)\b|\b(?:was|were|is|are) sort of\b|\bi (?:always|usually|often)\b|\b(?:mentioned|reported|described|posted) by other\b|\b(?:in|as|the \w+) below\b|\bbelow\W*$|\b(?:a candidate|one or more|an organi[sz]ation|the candidate['’]s)\b",
    re.IGNORECASE,
)
"""What its writer does not know for sure, has from others, tells below, or says of interviews at large."""
_POINTS = re.compile(
    r"\bthe (?:easy|easier|hard|harder|medium|tough|tougher|first|second|third|last|other|next|former|latter|same|above|remaining|new|old|one)(?: ones?)?\b(?=\W*(?:$|[,;.]|i\b|we\b|was\b|were\b|is\b|that\b|which\b|with\b|had\b))|\bthe \w+ ones?\b|\bthe (?:above|said|aforementioned|former|latter)\b|^\W*(?:in |for )?(?:the )?(?:later|latter|second|other|next) (?:half|part|section|portion)\b|"
    r"\bthe (?:other|remaining|next) (?:two|three|four|\d)\b|\bas (?:in )?the (?:previous|last|first|other) (?:round|one|interview)\b|\b(?:me|us) again\b|\b(?:the )?(?:same|similar) (?:recruiter|person|guy|interviewer|team|questions?|problems?|ones?|things?|approach|way|pattern|format|process|story|concept|topics?|style|manner|kind|type|as)\b|\b(?:as|mentioned|described|said|stated|discussed|explained) (?:above|earlier|before|below|previously)\b|"
    r"\b(?:that|this|it|which) (?:was|is) (?:my|the|why|how|what|when|where|it|all|basically)\b|\b(?:do|did|does|done|doing) (?:so|that|it|this)\b|\b(?:like|such as|besides|beyond|after|before|despite|for|in|on|at|from|during|about|of|to|with) (?:that|this|these|those)\b(?! (?:company|role|position|job|team|year|month|week|round|rounds|interview|field|industry))|"
    r"\b(?:below|above|following) (?:\w+ )?(?:sequence|order|questions?|problems?|format|points?|topics?|rounds?|manner)\b|\bin the (?:first|second|third|fourth|last|other|\d(?:st|nd|rd|th)) (?:problem|question|one)\b|\bsuch (?:questions?|problems?|things?|cases?|an? )|\b(?:weren|wasn|isn|aren)['’]?t (?:that|so|as) \w+|\b(?:asked|discussed) about (?:the |its |their |my )?(?:\w+ )?(?:edge|corner|test) cases\b|"
    r"\bthe (?:twist|catch|trick|hint|hints|idea|logic|answer|output|input|constraints?|follow[- ]?ups?|requirements?|TC|time complexity|test cases?|edge cases?|brute[- ]force|optimal (?:solution|approach)|intended \w+|correct \w+|deployed \w+)\b(?! (?:of|to|for|that|which|where|in|is to|was to|was about|is about|were about)\b)",
    re.IGNORECASE,
)
"""What was told before: no reader sees it."""
_COUNTED_ON = re.compile(
    r"^\W*(?:the |my )?next (?:\d+|few|two|three|four|five|one|day|days|week|was|is|were|question|problem|task|came|he|she|they|i|we|part|half|mins?|minutes|hour)\b|\b(?:an?|one|two|three|four|five|few|several|couple of|\d+)[\s-](?:more |business |working )?(?:minutes|mins|days?|weeks?|months?|hours?) later\b",
    re.IGNORECASE,
)
"""What is counted from something that the sentence leaves out."""
_OWN_COURSE = re.compile(
    r"\b(?:i|we)\s(?:\w+ly\s|just\s|also\s|then\s|even\s|still\s|only\s|had\s|have\s|was\s|first\s){0,2}(?:lost|breezed|solved|struggled|answered|replied|told|attempted|cleared|failed|messed|bombed|aced|nailed|screwed|blanked|froze|forgot|felt|studied|thought|think|knew|know|guess\w*|believe|assume|managed|tried|explained|wrote|coded|used|implemented|realized|realised|wish|loved?|liked?|enjoyed|proposed|suggested|approached|practi[cs]ed|expected|missed|found|"
    r"didn['’]?t|did not|could|couldn['’]?t|wasn['’]?t|can['’]?t|cannot|able|unable|stuck|nervous|confident|confused|surprised|shocked|started (?:with the|coding|explaining|writing|solving|thinking|to)|got (?:stuck|nervous|confused|through|it|all|most|both|the mail|a mail|an? e-?mail|rejected|selected|shortlisted))\b|"
    r"\bnot (?:being )?able\b|\b(?:that|which) (?:i|we) (?:had|have|was|were)\b|^\W*ended up\b|\bi had to (?:handle|debug|pass|rewrite|fix|change|modify|find|return|print|join|run|optimi[sz]e)\b|[-–—:(]\s?(?:attempted|struggled|solved|explained|optimi[sz]ed|implemented|identified|couldn['’]?t|could not|used|told|wrote|coded|answered|failed|cleared|passed|partially|fully|successfully)\b|\bshar(?:e|ing) (?:my|the|this) experience|\bthought i['’]?d\b|\bme asking\b|\b(?:solved|cleared|answered|completed) (?:it|both|all|them|optimally)\b|\bwas able to\b|\b(?:inviting|invited) (?:me|us) (?:to|for)\b|\b(?:i|we) (?:was|were) (?:still |also |then |finally )?(?:selected|rejected|shortlisted|through)\b|\basked (?:me |us )?(?:for|about) (?:a |my |the |our )?(?:\w+ )?(?:time|availability|slots?|schedule|date)\b|\bquestions? (?:were|was) answered\b|\bi did ?n[o'’]t\b|\bgot (?:good|positive|great|bad|negative) feedback\b|^\W*(?:i )?just (?:got|finished|had|did|completed|gave|took)\b|\bexplained (?:\w+ ){0,4}(?:round|interview|loop)s? (?:was|is|would|will)\b|^\W*(?:unfortunately|luckily|thankfully|fortunately|sadly|honestly|surprisingly|anyhow|lesson|result|verdict|outcome|feedback|status|approach|solution|answer|hint|note|tip|output|input|example|explanation|cleared)\b",
    re.IGNORECASE,
)
"""How it went for the writer."""
_COURSE = re.compile(
    r"\b(?:so (?:i|they|we)|since|even though|although|despite|unfortunately|luckily|interestingly|honestly|surprisingly|me being|ended up|hope|fun|instead|as (?:i|we)|because (?:i|we|my|it)|went (?:well|good|great|bad|badly|relatively|really|ok\w*)|i (?:skipped|focused)|due to (?:my|the|a))\b",
    re.IGNORECASE,
)
"""How one thing led to another, in a sentence that should say what a round was."""
_NO_SUBJECT = re.compile(
    r"^[\w ]{1,30}: followed\b|^\W*(?:involved|includ(?:ed|es)|ended|received|gave|got|took|solved|followed|cleared|went|felt|told|came|failed|passed|completed|wrote|tried|managed|explained|answered|did|made|was|were|is|are|has|helped|moved|said|used|told|applied|joined|attempted|shared|advanced|mentioned|introduced|proceeded|prepared|submitted|thought|proposed|coded|implemented)\b",
    re.IGNORECASE,
)
"""A sentence whose subject is left to the one before it."""
_BARE_PROBLEM = re.compile(
    r"\((?:lc|leet ?code)[ #:-]{0,2}\d+\)|^\W*(?:q|question|problem|part|follow[- ]?up)\s?\d{1,2}\b|^\W*(?:given|find|print|write|implement|return|check|reverse|sort|merge|design) (?!and\b|or\b|rounds?\b|interviews?\b|tests?\b|questions?\b)\w+|\b(?:question|problem|puzzle|task)s? (?:asked )?(?:was|were|is) (?:about |on )?(?:an? |the )?(?:\w+ ){1,3}(?:on|in|with|and|of|from|that|which|who) ",
    re.IGNORECASE,
)
"""A task as it was set, or its name: that is no round."""
_BRACKETED = re.compile(rf"\([^()]{{0,120}}\)|{QUOTED.pattern}")
_SAYS_SOMETHING = re.compile(
    r"\b(?:is|are|was|were|am|be|been|had|has|have|do|did|does|took|take|takes|gave|give|gives|got|get|went|began|begin|begins|came|held|met|told|said|spoke|sat|led|ran|saw|made|felt|kept|left|ask|asks|last|lasts|cover|covers|focus|consist|consists|includ\w+|involv\w+|want|wants|expect|expects|start|starts|(?-i:[a-z]{2,}ed))\b|(?-i:^\W*[A-Z][a-z]+ed\b)|"
    r"\b(?:rounds?|interviews?|tests?|assessments?|oa|calls?|screens?|screening|super ?day|on-?site|stages?|questions|problems|mcqs?|puzzles|minutes?|mins?|hours?|hrs?|discussions?|exercises?|assignments?|presentation|panel|day)\b",
    re.IGNORECASE,
)
"""A verb, or what a round is made of: `Merge Names` is the name of a task."""
_VAGUE_TASK = re.compile(
    r"\basked (?:me |us )?to (?:\w+ly )?(?:code|implement|solve|explain|write|optimi[sz]e|run|test|debug|improve|continue|proceed|start)(?: (?:directly|further|again|more|quickly|up|down|out|on|from scratch|first|next|now)){0,6}\W{0,6}$",
    re.IGNORECASE,
)
_WAS_ASKED = re.compile(r"\basked (?:me |us )?(?:about|to|how|why|what|if|whether)\b", re.IGNORECASE)
"""Behind it stands what an interviewer wanted, and no course of the writer's."""
_TALKED_WHILE = re.compile(r"\binterviewers?\b", re.IGNORECASE)
"""Nobody sits opposite in a test that is taken alone."""
_OF_PEOPLE = re.compile(r"\b(?:survey|work(?:ing)?[- ]style|resume|cv|self[- ]introduction|past projects?|your projects?|my projects?|leadership principles|lps?)\b", re.IGNORECASE)  # fmt: skip
_NARRATES = re.compile(
    r"(?-i:\bI\b)|\binterviewers?\b|\bmy\b|\b(?:he|she|they|interviewer|we) (?:then |also )?(?:asked|moved|said|told|wanted|gave|started|discussed|went|had|talked|started|gave|explained)\b|\b(?:and|then) (?:we|he|she|they|i)\b|\bthen (?:\d+|some|a few|moved|asked|two|three|one)\b|\b(?:some|few|several|basic|general|other|more) (?:\w+ ){0,2}questions?\b|\balong the way\b|\b(?:for|in) (?:about |around )?\d+ ?(?:min|mins|minutes|hours?)\b|\betc\b|\bthere\W*$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:if|say|suppose|imagine|assume|should|can|could|may|that|when|what|how|do|am|as|and) (?-i:I)\b", re.IGNORECASE
)
"""How an interviewer speaks of themself: `Suppose I gave you ten minutes`."""
_NO_QUESTION = re.compile(
    r"^\W*(?:related to|regarding|round|interview|day|stage|time|duration|difficulty|result|verdict|mode|platform|topics?|level|approach|solution|example|input|output|constraints?|note|hint|answer|follow[- ]?up|discussion|discussed|lots|some|few|many|more|basic|general|standard|other|several)\b|^[^?]{0,60}\b(?:discussion|related questions|based questions)\W*$|^\W*tell us about your\b.* and (?:basic|general|some|few|other)\b",
    re.IGNORECASE,
)
_RULE_IN_EXAMPLE = re.compile(
    r"\b(?:for example|e\.?g|eg|example|i\.e|explanation|sample|input|output|test ?case)\b\W*$|\b(?:given|above|below|following) (?:example|pattern|format|conditions?|constraints?|rules?|sequence|order)\b|\b(?:certain|some|specific|particular|special|given) (?:rules?|conditions?|criteria|constraints?|operations?|pattern|order|way|things?)\b(?! (?:of|on|that|where|so|which|like|such)\b)|\b(?:different|easier|harder|modified|slight|variation|version|variant|twisted|disguised)\b[^.?!]{0,30}\b(?:version|variation|variant|of|as)\b",
    re.IGNORECASE,
)
"""A puzzle whose rule stands elsewhere."""
_TOO_LITTLE = re.compile(
    r"^\W*(?:explain|solve|answer|do|write)\b[^?]{0,80}\bquestions?\b|^\W*(?:write|explain|implement|design|solve|create|code)\s(?:(?:an?|the|some|any|one|simple|basic|small|sql|java|python|c)\s){0,3}(?:quer(?:y|ies)|programs?|code|functions?|algorithms?|methods?|class|scripts?)\W*$|^\W*how to \w+\W*$|^\W*(?:is|are|was|does|do|did|can|could|will|would|has|have)(?:\s[\w'’+#-]{1,30}){1,3}\W{0,6}$|^(?!\W*(?:tell|describe|give|share|name|recall|think|talk|have|what|how|why|when|who|where|which)\b)[^?]{0,200}\b(?:an?|the|some)\s(?:[\w-]{1,30}\s){0,2}(?:scenarios?|situations?|problems?|questions?|topics?|concepts?|tasks?|things?|snippets?|puzzles?|function|program|code)\W{0,6}$|\bthe (?:[\w-]{1,30} |\([\w -]{1,30}\) ){0,3}approach(?:es)?\W{0,6}$",
    re.IGNORECASE,
)
"""A question that names nothing: `Is 5 there?`, `Solve a tree problem`, `Explain the recursive approach`."""
_SITUATION = re.compile(r"[.?!]\s+[A-Z]")
"""A question with what it is about before it."""
_NO_TIP = re.compile(
    r"^\W*(?:state|list|define|name|mention|give|differentiate)\b|\bguys\b|\bthis round\b|^\W*(?:test|study|review|practice|design|work|draw|use|focus) (?:\w+ ){0,2}(?:tools?|plans?|cases?|results?|groups?|reports?|experience)\b",
    re.IGNORECASE,
)
"""What an interviewer demands, what is said to a crowd, and a noun that looks like an instruction: `Test management tools`."""
FEWEST_WORDS = 2
_TO_THEM = re.compile(r"\b(?:to|for|with) (?:them|him|her)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:customers?|clients?|colleagues?|co-?workers?|managers?|boss|child\w*|kids?|patients?|guests?|students?|some(?:one|body)|any(?:one|body)|persons?|people|friends?|teams?|teammates?|members?|candidates?|users?|employees?|family|stakeholders?|[a-z]{3,}(?:er|or|ist|s))\b",
    re.IGNORECASE,
)


def reads_alone(kind: Kind, text: str, of_round: RoundKind = "other", *, is_led: bool = False) -> bool:
    """Whether a sentence of a statement is understood by itself.

    `of_round`: the round under which it is told. `is_led`: it stands behind the sentence of the same statement from which it goes on.
    """
    if kind == "topics" or is_foreign(text):
        return True
    if (
        len(text.split()) < FEWEST_WORDS
        or not is_one_sentence(kind, text)
        or says_nothing(kind, text, of_round)
        or _UNSURE.search(text)
    ):
        return False
    return _asks_alone(text) if kind == "questions" else _tells_alone(kind, text, of_round, is_led=is_led)


def _asks_alone(text: str) -> bool:
    if (
        _NO_QUESTION.match(text)
        or _TOO_LITTLE.search(text)
        or _RULE_IN_EXAMPLE.search(text)
        or _NARRATES.search(_SPOKEN.sub(" ", text))
        or ((found := _TO_THEM.search(text)) and not _PEOPLE.search(text[: found.start()]))
    ):
        return False
    return (bool(_SITUATION.search(text)) or can_be_put(text)) and names_all(text)


def _tells_alone(kind: Kind, text: str, of_round: RoundKind, *, is_led: bool) -> bool:
    plain = QUOTED.sub(" ", text)
    if not is_led:
        points_back = (POINTS_BACK.match(text) and not THIS_ROUND.search(text)) or _COUNTED_ON.search(text)
        if (kind == "rounds" and points_back) or _POINTS.search(plain):
            return False
    if kind == "tips" and _NO_TIP.search(text):
        return False
    if kind != "rounds":
        return not (kind in {"timeline", "culture"} and _OWN_COURSE.search(plain))
    if (
        _OWN_COURSE.search(_WAS_ASKED.split(plain, maxsplit=1)[0])
        or _NO_SUBJECT.match(text)
        or _COURSE.search(_WAS_ASKED.split(plain, maxsplit=1)[0])
        or _BARE_PROBLEM.search(text)
        or _VAGUE_TASK.search(text)
    ):
        return False
    return (
        bool(_SAYS_SOMETHING.search(_BRACKETED.sub(" ", text)))
        and (is_led or names_its_problem(text))
        and _is_under_its_kind(text, of_round)
    )


def _is_under_its_kind(text: str, of_round: RoundKind) -> bool:
    """Whether nothing in the words speaks against the round under which they stand."""
    if of_round == "online_assessment":
        return not _TALKED_WHILE.search(text)
    return of_round != "system_design" or not _OF_PEOPLE.search(text)
