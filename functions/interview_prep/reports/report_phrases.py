"""The phrases by which a post's sentence asks, plans, waits, advises, guesses, hears, denies, or speaks of others: it reports nothing then."""

from __future__ import annotations

import re


def alternatives(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases, as words of their own."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_WISHES = r"i(?:['’]m| am|['’]d| would)? (?:also |really |just )?(?:like|love|want|wanted|trying|hoping|looking|need) to (?:know|hear|see|understand|find out|ask|clarify|get)"
_SOON = r"(?:tomorrow|next (?:week|month|round|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|coming up|upcoming|soon|scheduled|this (?:coming |upcoming )?(?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:two|three|a few|\d) (?:days|weeks))"

ASKS = re.compile(
    r"^[\W\d]{0,6}(?:(?:so|and|also|but|mainly|just),? ){0,2}(?:what|which|whether|is|are|does|do|did|has|can|should|would|could|any|anyone|anybody|hoping|looking|trying to|wondering|curious)\b"
    rf"|\b(?:{_WISHES}|(?:i (?:wonder|was wondering|am curious)|i['’]m (?:wondering|curious|hoping|looking))|any(?:one|body) (?:here|else|who|know|knows|have|has|been)|any (?:tips|advice|idea|ideas|insights?|help|suggestions?|pointers|thoughts|info)|"
    r"please|pls|could (?:you|someone)|can (?:you|someone|anyone)|do (?:you|i) (?:think|still|have)|(?:should|do|am|will|would|can|could) i|is (?:it|this|that) (?:normal|okay|ok|common|possible|a good|a bad)|"
    r"[,;:-] (?:and |but |so )?(?:what(?:['’]s)?|how|is|does|do|has|did|any(?:one|body)?|which|when|where)\b[^.]{0,60}$|(?:not sure|no idea|no clue|unsure|confused) (?:what|how|if|whether|about|on)|what to expect|what (?:type|kind|sort)s? of|i hope|hopefully|fingers crossed|wish me|what things|no clarity|can(?:['’]?t|not) (?:see to |seem to )?find)\b",
    re.IGNORECASE,
)
"""What a writer wants to know."""
PLANS = alternatives(
    rf"(?:i|we) (?:have|got|had|am|was)\b[^.!?\n]{{0,90}}\b{_SOON}",
    r"i(?:['’]m| am) (?:going|in|currently in|through) (?:through )?(?:the )?(?:interview|middle of|process|final)",
    r"i(?:['’]m| am) (?:preparing|prepping|studying|brushing|grinding|practi[cs]ing|expecting|supposed|set|up for|interviewing)",
    r"i(?:['’]ll| will| plan to)",
    r"i(?:['’]ve| have) been (?:preparing|studying|practi[cs]ing)",
    r"my (?:upcoming|next) (?:interview|round)",
    r"set to (?:already )?have",
    r"i(?:['’]ve| have) (?:brushed|studied|prepared|prepped|gone over|scheduled)",
    r"i (?:prepped|prepared|studied|brushed|practi[cs]ed)",
    r"have an? [\w-]+ (?:[\w-]+ ){0,4}(?:interview|round|call|screen)\b[^.!?\n]{0,40}\b(?:scheduled|soon|coming|tomorrow|next)",
    r"expecting to (?:have|hear)",
    r"i(?:['’]ve| have)(?: got| also| still| already)? (?:an?|my|the|\d+|one|two|three|four|five|multiple|several|some|another|more|upcoming) (?:[\w-]+ ){0,4}(?:interviews?|rounds?|calls?|screen\w*|loop|on-?sites?|assessment)(?! (?:experience|under))",
    r"wants? to (?:schedule|set up|have|meet)|(?:to|and) schedule|scheduled (?:for|back)|still (?:yet )?to|yet to be",
    r"(?:got|received|landed|secured|scored|been given|was given|was offered|invited (?:me )?(?:to|for)|passed on to) (?:an?|my|the|another|first) (?:[\w.-]+ ){0,5}(?:interviews?|screen\w*|calls?|rounds?|on-?sites?)\b",
    r"for (?:next week|tomorrow|this week|next month|(?:next |this )?(?:mon|tues|wednes|thurs|fri)day)|background check",
    r"this (?:[\w.-]+ ){0,3}(?:interview|round|call) (?:is|will)|have (?:my|an?|the|another) (?:[\w-]+ ){0,4}(?:loop|panel|interviews?|rounds?|screen|call|on-?site)",
    r"excited|looking forward|(?:get|move|moving) (?:on )?to the next",
    r"next (?:step|stage|interview|round)s? (?:is|are|will)|final (?:step|stage|interview|round) (?:is|will)",
    r"forward my resume",
    r"i have an? (?:\w+ ){0,3}(?:interview|screen\w*|call|round) scheduled",
    r"(?:got|received|sent|have) (?:me )?(?:an? |the |my )?(?:\w+ )?(?:invite|invitation|link)",
    r"(?:am|['’]m) (?:now|about to|currently)|starting the|waiting",
)
"""What is still before the writer, or what they do to get ready."""
WAITS = alternatives(
    r"have(?:n['’]?t| not) (?:heard|received|said|gotten|got|had any|been|seen)",
    r"i (?:checked|followed up|sent (?:out )?(?:a|an|them)|e-?mailed|reached out|called|phoned|rang|wrote|contacted|reapplied|went back)",
    r"(?:no|any) (?:reply|response|news|update)(?: yet| so far| for now)?",
    r"still have(?:n['’]?t| not)|(?:have(?:n['’]?t| not)|did(?:n['’]?t| not)) (?:yet )?(?:responded|replied|respond|reply)|not heard|no word",
    r"it(?:['’]s| has| have)? been (?:\w+ ){1,3}(?:days?|weeks?|months?)",
    r"i asked (?:him|her|them|the)",
)
"""What a writer waits for, or asked in turn: it tells of no round."""
ADVISES = alternatives(
    r"you (?:should|could|might|may|can|need|want|have to|must|don['’]?t|do not|will (?:need|want|likely|probably))",
    r"you['’](?:ll|d) (?:need|want|likely|probably|still|better|be fine)",
    r"(?:make|be) sure (?:to|you)",
    r"(?:don['’]?t|do not) (?:waste|worry|forget|stress|celebrate|ever|be|let|give|take|tell)",
    r"ur|u|(?:extremely |very )?helpful (?:book|resource|link|article)s?",
    r"consider (?:using|interviewing|asking)",
    r"i(?:['’]d| would) (?:also )?(?:reach|suggest|recommend|advise|focus|just|ask|say)",
    r"i (?:usually|always) (?:pull|ask|rehears\w+|practi[cs]e|prepare)",
    r"if you(?:['’]re| are)?",
    r"(?:sounds?|sounding) (?:solid|good|great|like)",
    r"your (?:best|phd|resume|background|technical|experience|report)",
    r"what helped me|my advice|keep in mind|good luck|simply ask|the best way",
    r"practi[cs](?:e|ing) (?:on|with|your|a|it|answering|real)",
    r"rehears\w+|mock interviews?|timed mocks?",
    r"show (?:them|that you)|when asked|if asked|(?:if|when) they ask|tips for you",
    r"(?:research|study|read up on|look up) the (?:company|role|posting|team)",
)
PREDICTS = alternatives(
    r"expect\w*|likely|probably|might|may|presumably|maybe|i imagine|tend to",
    r"would assume|i (?:assume|guess|suppose|would think)",
    r"be (?:ready|prepared)|prepare|typically focus",
    r"(?:will|can) (?:probably |likely |also )?(?:be|ask|test|include|cover)|you(?:['’]ll| will| would)|if (?:i|you|they|someone|somebody|anyone) (?:ask|asked|asks|were)",
    r"could (?:be|ask|potentially|include)",
)
"""A guess: it tells of no question that was asked."""
IMAGINES = re.compile(
    r"^\W{0,6}(?:if|though|since|like|ps|it(?:['’]s| is| was)|this (?:is|was)|that(?:['’]s| is| was))\b|\b(?:could|would|might|should|seems?|i (?:guess|assume|suppose|imagine)|reviews?|known for|reputation|important to me|memo|ghost jobs|it depends|depending on|i (?:know|heard|read))\b",
    re.IGNORECASE,
)
"""What is said without having been there."""
GENERAL = alternatives(
    r"most (?:companies|places|interviews|employers|firms|recruiters)",
    r"(?:some|other|many|all|several|tech|large|larger|big|bigger|more|the) (?:tech )?companies",
    r"(?:the )?(?:candidates?|applicants?|interviewees?) (?:are|is|can|will|may|must|should|faces?|undergo\w*|needs?|goes|go|have|has) (?!been\b)",
    r"interviews? (?:are|is|can be|may be) (?:\w+ )?(?:conducted|held|carried out|done)",
    r"(?:successful|shortlisted|selected|qualified) (?:candidates|applicants)|(?:evaluating|assessing|testing|gauging) (?:the |your )?(?:technical|interpersonal|analytical|soft|communication|problem)",
    r"(?:focus(?:es)?|aims?|meant|designed|intended) (?:on |to )?(?:assess\w*|evaluat\w*|gaug\w*)|(?:assess|evaluat)\w* (?:the |a )?candidate\W?s?",
    r"companies (?:do|are|would|want|have|ghost|often|usually|like|where|than|don['’]?t|will)",
    r"recruiters? (?:are|is) (?:usually|just|often)",
    r"usually,? (?:that|it|this) means",
    r"big 4 (?:interviews|companies)",
    r"(?:is|are) said to",
    r"fortune \d+|(?:internet|online|google) (?:research|search\w*)|research|(?:many|few|couple of|\d+) years ago,? in my|glassdoor|levels\.fyi",
    r"in general|generally speaking|each company|every company",
    r"(?:like )?(?:other )?(?:faang|maang|big tech)(?:\+|-like| companies| interviews)?",
    r"any (?:company|job|interview)|every job|a company|widely|(?:not|n['’]t) (?:that |too )?uncommon|big name (?:places|companies)|i['’]?ve seen people|similar (?:companies|hedge funds|firms|places|employers)|(?:the |current )?(?:job |hiring )?market|(?:with|at|for|from) [A-Z]\w+, [A-Z]\w+,? (?:and|&|or) [A-Z]\w+",
    r"(?:different|\d|two|three|multiple|various) (?:\w+ )?companies|(?:this|one|another|some) (?:person|guy|user|redditor)|says (?:yes|no)",
)
"""What is said of employers at large."""
ELSEWHERE = alternatives(
    r"(?:my|his|her|their) (?:new|current|old|last|former|previous|present|first) (?:\w+ )?(?:job|role|company|employer|boss|manager|team|position|startup)",
    r"(?:a|one'?s)? ?(?:new|first|current|last|old|previous) job",
    r"(?:a|an|another|other|the other) (?:\w+ )?(?:startup|bank|agency|consultancy|(?:local|small|environmental|different|smaller) company|competitor)",
    r"another (?:company|offer|interview|employer|job)|other (?:companies|offers?|interviews?|places)|dream (?:offer|job)",
    r"i(?:['’]ve| have)? (?:just |recently |was |got |been ){0,3}(?:laid off|fired|let go|unemployed)",
    r"the startup|(?:hit|impacted|affected) by (?:the )?layoffs|as part of (?:the|my) layoffs?|elsewhere",
    r"i (?:now |currently )?work (?:at|for) (?:a|an|another)|\d+ (?:other )?offers|(?:multiple|competing|several|two|three|four) (?:\w+ )?offers",
)
"""Another employer's ways, or the writer's own life at work."""
OWN_LIFE = alternatives(
    r"unemploy\w*|reliev?ed|relived|anxi\w*|nervous|visa|my (?:wife|husband|kids|family|girlfriend|boyfriend|parents|mom|dad|career|life)",
    r"(?:for )?most of the year|frustrated|lack of ability|hopes up|keep my hopes|my friend is|classmate|referrals?",
    r"i(?:['’]m| am)? (?:still |just )?(?:feel|feeling) |i (?:\w+ )?need to|personal reasons|considering switching|networking|my (?:school|university|college|dumb)|physical",
    r"need this|gotten after applying|common feedback|absurd|egregious|decency|fuck\w*|lmao|lol|beggar|devastat\w+|sobriety|drug",
)
UNSURE = re.compile(
    r"\b(?:will|won['’]?t|(?<!\bi )(?<!\bI )would(?! be (?:joining|working))|wouldn['’]?t|i would(?! be (?:joining|working))|could|should|might|(?-i:may)|can|can['’]?t|cannot|if|unless|whether|hop(?:e|ed|ing)|expect(?:ing|s)?|likely|probably|perhaps|maybe|supposed(?:ly)?|guess\w*|assum\w+|suppose|imagine|"
    r"i (?:think|thought|believe|feel|felt|wish|suspect|doubt|know)|seem(?:s|ed)?|apparently|rumou?rs?|heard (?!back|from (?:them|the|her|him|hr|a recruiter))|wonder\w*|possibly|potentially|imo|imho|(?:sounds?|looks?) like|let me know|good luck|congrat\w*|"
    r"(?:he|she|they|you|it|there|we|i)['’]ll|(?:you|they|he|she|it|we)['’]d|you (?:can|could|get|have|need|should|are|will|might|know|do|don|want|just|guys|all|may|would|basically|go|pass|make|apply)|you['’]|your (?:best|interview|chances|recruiter|first|application|own|comment|post|question|situation|company|team)|need(?:s|ed)? to|have to|prepar\w+|curious|worr\w+|afraid|sorry|sucks?|shit\w*|wtf|bs)\b",
    re.IGNORECASE,
)
"""What need not be so, and what is said to somebody."""
SAID_AHEAD = re.compile(
    r"\b(?:recruiters?|hr|they|he|she|managers?|e-?mails?|invite|description|posting|website|packet|guide)\b[^.!?\n]{0,25}\b(?:said|told|mention\w*|says|stat(?:ed|es)|inform\w*|confirm\w*|claim\w*|promis\w*|advertis\w*)\b|\bi(?:['’]ve| have)? (?:was|been) (?:told|informed)\b|\baccording to\b|\btold (?:me|us) (?:that|it|there|the|i|we|to expect|about)\b|\bsays\b",
    re.IGNORECASE,
)
"""What somebody announced, which need not have come to pass."""
_MILDLY = r"(?! (?:too|that|very|so|super|terribly|really|particularly|overly|only|just)\b)"
BARELY = re.compile(r"\b(?:barely|hardly|scarcely|never) (?:ask\w*|had|got|any|looked|spoke|said|told|gave)\b", re.IGNORECASE)
DENIES = re.compile(
    rf"\b(?:did|was|were|is|are|do|does|has|have|had|wo|ca)(?:n['’]?t| not)\b{_MILDLY}|^\W{{0,4}}(?:no|not|nothing|nobody|none|never|neither)\b{_MILDLY}|\bthere (?:was|were|is|are) no\b|"
    r"\b(?:nobody|no one|never)\b[^.!?\n]{0,24}\bask\w*|\b(?:no|never|without) (?:any )?(?:coding|leetcode|technical|behaviou?ral|system|design|live|whiteboard|questions?|interviews?|screen\w*|call|feedback|response|rounds?|dsa)\b",
    re.IGNORECASE,
)
"""What did not come to pass, or was otherwise; `wasn't too hard` tells how it was."""
WANTED_PAY = alternatives(
    r"ask(?:ed|ing)? for|want(?:ed)?|expectations?|counter\w*|negotiat\w*|average|cost of living|rent|minimum wage|at least|worth|compet\w+|range|as low as|going rate|raise|before|used to|glassdoor|levels(?:\.fyi)?|others?"
)
ASKED_BY_WRITER = re.compile(
    r"\b(?:i|we)(?:['’]ve| have| had)? (?:(?!(?:was|were|got|get|been|being|had)\b)\w+ ){0,2}?(?:ask|asked|asking|emailed)\b(?! to\b)|\bask(?:ed|ing)? (?:them|him|her|the (?:recruiter|interviewer|team|hm|hiring manager)|my|hr|around|for (?:feedback|an? (?:update|extension|reason)|clarification))\b|\bi(?:['’]ve| have| had)? (?:a few |some |any |no |one |many )?questions?\b|"
    r"\bquestions? (?:i have|i had|for (?:you|them|me))\b|\b(?:my|any|quick|same|first) questions?\b|\bquestion is\b|\bhave (?:a )?(?:couple of|few|some|several|any) (?:\w+ )?questions\b|\bask(?:ed)? (?:if|whether) i (?:had|have) (?:any )?questions\b|\bno questions?\b|\bbegs? the question\b|\bout of the question\b|\bask (?:you|anyone|someone|here|yourself)\b",
    re.IGNORECASE,
)
NOT_ASKED = re.compile(
    r"\b(?:did(?:n['’]?t| not)|never|was(?:n['’]?t| not)|were(?:n['’]?t| not)|no one|nobody)\b[^.!?\n]{0,30}\b(?:ask\w*|get|got|given)\b|\basked (?:nothing|none|no such)\b|\bnothing of (?:the|that) (?:kind|sort)\b|\b(?:from|book|called|titled|named|read)\s[\"“]",
    re.IGNORECASE,
)
"""A question that did not come up, and a book's title."""
JOKES = alternatives(
    r"(?:be |stay |remain |feel )?(?:afraid|scared|calm|confident|yourself|patient|cool|positive|panic)|lol|lmao|\w*shit|fail you|haha\w*|jk|/s|photocopy\w*|steal|bribe|pray|sleep|drink|breath\w*|calm|relax|confident|waiting for|run away|stay away|avoid|waste|recc?omm?end (?:it |them |this )?to (?:any|every)(?:one|body)|don['’]?t (?:work|apply|join|bother)"
)
"""Advice on a mood, or none at all."""
LEFT = re.compile(r"\b(?:laid off|layoffs?|fired|let go|quit|quitting|left|leaving|resign\w*|ex-|former)\b", re.IGNORECASE)
"""In a title: the writer worked there, and looks for work elsewhere."""
SEVERAL = re.compile(
    r"\b[A-Z]\w{1,24}, ?[A-Z]\w{1,24}(?:,| and | & | or | vs)|\b[A-Z]\w{1,24} ?/ ?[A-Z]\w{1,24} ?/ ?[A-Z]\w|\b\d{2,3}\+? interviews\b|\bjob (?:search|hunt)\b"
)
"""In a title: several employers in a row, or a whole search."""
NOT_THERE = alternatives(
    r"(?:haven['’]?t|have not|never|didn['’]?t) (?:actually |personally |yet )?(?:interviewed|worked|applied)(?: there| at| for| with)?"
)
"""Who says of themselves that they were not there."""
PREPARES = alternatives(
    r"they['’]?ll|typically|usually|often|when asked|if asked|(?:if|when) they ask|brushed up|practi[cs]\w+|(?:my )?advice"
)
PREPARES_BEFORE = re.compile(
    r"\b(?:brushed up|prepar\w+|practi[cs]\w+|anyone|i ask|to ask|any (?:tips|advice))\b[^.?!]{0,120}$", re.IGNORECASE
)
TO_FORUM = re.compile(
    r"\b(?:(?:half|the|these|your|my|this|other|old|another|reddit) (?:the )?(?:posts?|threads?)|subreddit|this sub|forum|reddit|your question (?:is|was|about|on)|i (?:wanted to|want to|thought i['’]?d) (?:talk|ask|share|know)|i (?:posted|made a post|wrote)|how (?:did|was) (?:it|your|you)|how it went|think (?:it|that|this|i) (?:went|did)|how did you|congrat\w*|your (?:nerves|offer|update)|"
    r"(?:those|these) (?:areas|topics)|i (?:usually |always |would |like to |['’]d )?ask\b|to ask (?:them|at the end|in (?:an|the|your))|bad sign|good sign|terrible job move|my chances|(?:just )?(?:ping|email|message|text) (?:the|your|him|her|them)|(?:realistic )?chances when|cover letter|(?:ended|wrapped up|finished|closed) (?:it |up )?(?:by|with) asking|asked if i (?:could|can)|questions for (?:me|him|her|them))\b",
    re.IGNORECASE,
)
"""What one writer of a thread says to another, or would ask."""
NO_FAULT = alternatives(
    r"i (?:never|did(?:n['’]?t| not)|have(?:n['’]?t| not)|cancell?ed|ghosted|declined|withdrew|rescheduled|ignored) ?(?:even )?(?:responded|replied|respond|reply|answered|called|show\w*|the|my|them|him|her|it|on)?(?! heard)",
    r"(?:was|were|is|are|did|has|have)n['’]?t (?:been |even )?(?:cancel\w*|late|rude\w*|rescheduled|ghost\w*|awkward|slow)",
    r"unprepared (?:i am|candidates)|i(?:['’]m| am| was| felt| feel)? (?:\w+ ){0,3}unprepared",
    r"no (?:real |obvious |major )?(?:red flags?|issues?|complaints?)",
    r"(?:expectation of|expecting|afraid of|fear of|worried about|scared of|used to) (?:being|getting) \w+",
)
"""A fault that did not happen, or had not yet."""
NO_ROUND = re.compile(
    r"\bq\d\b|^\W*(?:time|duration|here)\b|\b(?:working|complete|proper|full|actual) (?:\w+ )?code was\b|^\W*(?:\w+\W+){1,6}etc\W{0,3}$|\b(?:gave|got|given|with) (?:me |us )?(?:an? |some |the |few )?hints?\b|\b\d more (?:questions?|problems?)\b|\b(?:two|three|some|few) more (?:questions?|problems?)\b|\bthe same\W{0,3}(?:$|-)|\bimplement the same\b|\b(?:is|are) (?:given|represented)\b|\bin both (?:of )?the (?:questions?|problems?)\b|\b(?:was|were|be) scheduled (?:within|for|on|at|a|one|two)\b|\bnot reached\b|^\W*next steps?\b|\bnormally continues\b|\bi (?:re-?)?scheduled\b|\b(?:was|were) (?:re-?)?(?:scheduled|arranged|set up|conducted|held) (?:[\w-]+ ){0,4}(?:later|after|days?|weeks?|the same day|the next day|online|virtually)\W*$|^\W{0,4}(?:my|the) (?:[\w-]+ ){1,4}(?:started|began|was (?:re-?)?scheduled|was set) (?:at|for|on)\b|"
    r"\b(?:there (?:was|were)n['’]?t|there (?:was|were) no|without|skipped|didn['’]?t have)\s(?:any |an? |the )?(?:oa|take|coding|system|online|technical|behaviou?ral|phone|on-?site|panel|presentation|case)|"
    r"^\W{0,6}(?:not even |only |just |about )?(?:\d+|an?|two|three|few|couple) (?:hours?|days?|weeks?|months?) (?:after|later|ago)\b|^\W{0,3}(?:following )?which\b|\b(?:be|work\w*|job|role|days?) (?:is )?(?:fully )?on-?site\b|\bon-?site \d\s?x\b|^\W{0,3}(?:she|he|they) said \d|\bis a lot\b|^\W{0,3}(?:not )?(?:that |very |too |so |really )?(?:hard|easy|difficult|tough)\b[^.!?:]{0,60}[.!]?$",
    re.IGNORECASE,
)
"""A round that did not take place, what came after it, and half a sentence."""
LEADS_TO_OWN = re.compile(
    r"\b(?:trying to|would (?:really )?(?:like|love|appreciate)|insights?|wondering|curious|anyone (?:who|with)|my questions?|questions i have|any (?:tips|advice|pointers|info\w*)|i (?:have|['’]ve) (?:brushed|studied|prepared|covered)|brushed up|so far i|looking for|help (?:me )?with|let me know|please|i['’]d appreciate|need (?:help|advice)|my (?:prep|plan|stats|background)|(?:background )?about (?:me|myself)|job description|requirements|responsibilities|what you['’]ll|you will)\b",
    re.IGNORECASE,
)
"""What leads to a list of the writer's own questions, plans and facts, or to a posting's."""
OF_JOB_HUNT = alternatives(
    r"salary|negotiat\w*|accept (?:the|it|this)|take the|keep (?:interviewing|applying|looking)|quit|resign|relocat\w*|apply (?:to|for|online)|applications? (?:to|at)|continue your"
)
"""Advice on what comes before or after an interview."""
I_THINK = alternatives(r"i (?:think|thought|feel|felt|guess|did|managed|was able|answered|solved)")
"""How a writer did, which tells no question."""
LOGISTICS = re.compile(
    r"\bask\w*\b(?: me| us)?(?: again)? (?:for|about|to|if|whether|when|what)\b[^.!?:\n]{0,50}\b(?:availab\w+|free|doing|feeling|full-time|come (?:in|back|on)|re-?schedul\w+|last question|(?:any|other|more) questions|feedback|references|background check|documents?|screening|sponsor\w*|update|e-?mail|phone number|fill|form|link|wait|patient|reapply|accept|decline|offers?|deadline|bring|wear|camera|identity|id card|passport|transcripts?|time|day|start date|interview(?:s|ing)?)\b",
    re.IGNORECASE,
)
"""What is asked of a candidate and is no interview question."""
OF_WRITER = alternatives(
    r"i (?:spoke|talked) about (?:an?|my)|(?:in|on) my (?:resume|cv),? i|i took (?:around|about|\d)|(?:don['’]?t|do not|can(?:['’]?t|not)) (?:quite |really |exactly )?(?:remember|recall)|forg[eo]t|(?:un)?successfully|i (?:said|told (?:him|her|them)|replied)|could(?:n['’]?t| not)|(?:did(?:n['’]?t| not)|not) (?:finish\w*|complet\w*|attempt\w*|solve\w*)|partially|went (?:very |really |pretty |quite |so |extremely )?(?:well|great|good|fine|smooth\w*|bad\w*|poorly|terribl\w*)|confidently|did (?:quite |very |really |so |pretty )?(?:bad|badly|poorly|well)|exhausted|i (?:think|thought|feel|felt|guess|managed|answered|even|struggled|panicked|froze)|with me|my problem|stutter\w*|disaster|trying to|tried to|interested in|sleep|dying|nervous\w*|excite\w*"
)
"""How it went for a writer: of a round it tells nothing."""
AROUND_IT = alternatives(
    r"e-?mails?|system error|portal|application status|hosted|webinar|info(?:rmation)? session|career fair|open house|networking|voicemail|hr number|policy|relocat\w+|move to|cover letter|breaking into|applied|calendly|recruiter (?:called|reached)"
)
"""What happens around interviews, and is none."""
TERM = re.compile(
    r"\bfor (?:about |a |an |the )?(?:\w+ )?(?:months?|years?)\b|\b(?:years?|months?) of (?:work )?experience\b|\bunemployed\b",
    re.IGNORECASE,
)
"""How long a contract or a life went on."""
_FIRST_WORDS = r"^\W{0,4}(?:(?:[\w'’#&-]+\s){0,4}[\w'’#&-]+,\s|(?:and|but|so|then|also|next|day \d)[,:]?\s)?"
_THEIRS = r"(?:had|got|did|took|went|gave|met|spoke|talked|chatted|received|interviewed|completed|finished|walked|discussed|presented|applied|was (?:\w+ly |then |first |also )?(?:asked|given|interviewed|shown|paired|handed|presented|quizzed|grilled|tested|put|in|on))"
OWN_DOING = re.compile(
    rf"{_FIRST_WORDS}(?:i['’]ve|i['’]d|i)\s(?!(?:(?:\w+ly|just|also|then|even|still|first|have)\s){{0,2}}{_THEIRS}\b)[a-z]"
    r"|^\W{0,4}(?:solved|managed|cleared|passed|finished|aced|bombed|answered|explained|struggled|couldn['’]?t|was able|able) "
    r"|\bi (?:presented|answered|explained|wrote|coded|did|gave|used|implemented|discussed)\b[^.!?\n]{0,60}\b(?:well|thoroughly|confidently|perfectly|correctly|flawlessly|poorly|horribly|terribly)\b",
    re.IGNORECASE,
)
"""What a writer did, and how they did: it tells of them, not of what was put to them."""
PUT_TO_WRITER = re.compile(
    r"\b(?:interviewers?|they|he|she|who|recruiter|manager|panel|engineers?)\s(?:\w+\s)?(?:asked|gave|wanted|spent|started|pasted|showed|posed|threw)\b|\basked (?:me|us)\b|\b(?:was|were|got) asked\b|\bquestions? (?:was|were|about)\b",
    re.IGNORECASE,
)
"""What an interviewer did, in a sentence that begins with the writer."""
GOT_READY = re.compile(
    r"^\W*days? \d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?:|\b(?:leetcode premium|(?<!most )tagged (?:questions|problems|list)|blind ?75|(?:to|of) prep|doing leet ?code|my (?:leetcode|lc|github)|cram\w*|desperate|list of (?:the )?most|knew (?:nothing|little)|feedback on|mocks?|mock interviews?|grind\w*|grinded|studied|revised|purchased|bought)\b"
    r"|\bsolv(?:ed|ing)\b[^.!?\n]{0,40}\b(?:in|over|within|under|past|last) (?:[\w.]+ ){0,2}(?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
"""What a writer did to get ready."""
HEADS_OWN = re.compile(
    r"\b(?:prep\w*|study\w*|studied|grind\w*|resources|about me|my background|my stats|lessons?|takeaways?|learnings?)\b",
    re.IGNORECASE,
)
"""A label under which a writer tells of themselves."""
OWN_QUESTION = re.compile(
    r"(?<![/\w])(?:i|my|mine|our)\b(?![/.]\w)|(?<!\btell )(?<!\bgive )(?<!\bask )(?<!\bshow )(?<!\bwalk )(?<!\bteach )(?<!\bsell )(?<!\bconvince )(?<!\bfor )\bme\b",
    re.IGNORECASE,
)
"""A question in the writer's own voice is the forum's to answer, not an interviewer's."""
TELLS_OF_SUBJECT = re.compile(r"^\W*tell (?:us|me) about (?!your(?:self)?\b|a time\b)", re.IGNORECASE)
"""A subject made a question: `a question on graphs` was nobody's request to tell about graphs."""
ASKS_ABOUT_IT = re.compile(
    r"^\W*(?:(?:follow[- ]?ups?|and|then)\W{1,3})?(?:how|why|what|when|did|do|would|could|can|who|where)(?:\s[\w'’]+){1,6}\s(?:it|this|that|them|these|those)\W*$"
    r"|^\W*(?:is|are|was|were|does|do|did) (?:this|that|it|these|those|they)\b.{0,30}$|^\W*you (?:have|are|get|see)\b[^?]{0,60}$|[?.!]\s?\d{1,2}[.)]?\W*$|\?[A-Z0-9]",
    re.IGNORECASE,
)
"""A question that says what it is about nowhere but in the one before it, or runs into the next one of a list."""
MISHAP = re.compile(
    r"\b(?:camera|webcam|cats?|dogs?|internet|wi-?fi|connection|connectivity|network issues?|lagg\w*|glitch\w*|microphone|mic|audio|power (?:cut|outage)|fire alarm|(?:zoom|teams|call) (?:crashed|froze|dropped))\b",
    re.IGNORECASE,
)
"""What befell one talk: it tells nothing of the employer."""
_VERDICT_WORDS = (
    r"(?:i|it|they|we|you|me|my|the|a|an|and|but|or|of|to|in|on|at|for|with|from|by|as|than|there|this|that|these|all|any|some|both|most|more|less|too|so|very|really|pretty|quite|super|fairly|rather|extremely|overall|just|also|not|no|never|nor|even|either|neither|"
    r"was|were|is|are|had|has|have|did|been|be|felt|feel|seemed|went|got|found|made|left|"
    r"rounds?|interviews?|interviewers?|interviewing|questions?|problems?|process|recruiters?|hr|people|everyone|everybody|team|company|panel|experience|call|screen\w*|coding|technical|onsite|on-site|part|parts|one|ones|whole|entire|general|first|second|third|last|final|level|thing|things|day|conversation|"
    r"easy|easier|hard|harder|difficult|difficulty|simple|simpler|tough|slow|fast|quick|long|short|smooth|fine|good|great|nice|kind|friendly|bad|ok|okay|average|medium|normal|standard|usual|typical|fair|fairly|straightforward|challenging|interesting|fun|cool|pleasant|positive|negative|polite|professional|helpful|definitely|about|bit|little|lot|well|enough|much|different|"
    r"n['’]?t|weren['’]t|wasn['’]t|isn['’]t|aren['’]t|didn['’]t)"
)
EMPTY_TALK = re.compile(
    rf"^(?!.*(?:project|resume|\d|experience|question|followed|then))[^.!?]*\b(?:started|began|opened|introduced|greeted|asked)\b[^.!?]*\bintroduc\w+[^.!?]*[.!]?$|^\W*(?:{_VERDICT_WORDS}\b\W*)+$",
    re.IGNORECASE,
)
"""A verdict and nothing that it is of: it says nothing that a candidate could use."""
OUTCOME = re.compile(
    r"\bi was (?:one|also|among)\b|\bone (?:of|among) them\b|\basked to (?:leave|wait)\b|\bnegotiat\w+\b|\bfeedback (?:came|was|is|arrived|via|by|over|within|after)\b|\b(?:calls?|e-?mails?|mails?|talk|meeting) (?:to discuss|about|regarding|with|for) (?:the |my |an? |their )?(?:\w+ )?(?:compensation|offers?|salary|package|feedback|decision|results?|rejection|outcome)\b|"
    r"\b(?:gave|sent|told|read) (?:me|us) (?:an? |the )?(?:[\w-]+ ){0,3}(?:description|overview|heads[- ]up|summary|feedback|decision|update|result)\b|\b(?:next|following) (?:steps?|rounds?) (?:was|were|is|are) (?:to be )?(?:explained|shared|scheduled|communicated)\b",
    re.IGNORECASE,
)
"""What comes after a round or around it: of the round itself it tells nothing."""
SET_BEFORE = re.compile(r"\bto be scheduled\b|\bscheduled\b[^.!?\n]{0,40}\b(?:before|earlier|prior|ahead)\b", re.IGNORECASE)
"""For when something was set: it tells of no time that something took."""
AGO = re.compile(r"\bago\b|\b(?:days?|weeks?|months?|years?) back\b", re.IGNORECASE)
"""When something was: it tells of no time that something took."""
