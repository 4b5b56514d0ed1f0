"""The phrases by which a post's sentence asks, plans, advises, guesses, speaks of others, or tells of a round, a question, a fault."""

from __future__ import annotations

import re


def _phrases(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_WISHES = r"i(?:['’]m| am|['’]d| would)? (?:also |really |just )?(?:like|love|want|wanted|trying|hoping|looking|need) to (?:know|hear|see|understand|find out|ask|clarify|get)"
_SOON = r"(?:tomorrow|next (?:week|month|round|monday|tuesday|wednesday|thursday|friday)|coming up|upcoming|soon|scheduled|this (?:week|monday|tuesday|wednesday|thursday|friday)|in (?:two|three|a few|\d) (?:days|weeks))"

ASKS = re.compile(
    r"^[\W\d]{0,6}(?:(?:so|and|also|but|mainly|just),? ){0,2}(?:what|which|whether|is|are|does|do|did|has|can|should|would|could|any|anyone|anybody|hoping|looking|trying to|wondering|curious)\b"
    rf"|\b(?:{_WISHES}|(?:i (?:wonder|was wondering|am curious)|i['’]m (?:wondering|curious|hoping|looking))|any(?:one|body) (?:here|else|who|know|knows|have|has|been)|any (?:tips|advice|idea|ideas|insights?|help|suggestions?|pointers|thoughts|info)|"
    r"please|pls|could (?:you|someone)|can (?:you|someone|anyone)|do (?:you|i) (?:think|still|have)|(?:should|do|am|will|would|can|could) i|is (?:it|this|that) (?:normal|okay|ok|common|possible|a good|a bad)|"
    r"(?:not sure|no idea|no clue|unsure|confused) (?:what|how|if|whether|about|on)|what to expect|what (?:type|kind|sort)s? of|i hope|hopefully|fingers crossed|wish me|what things|no clarity|can(?:['’]?t|not) (?:see to |seem to )?find)\b",
    re.IGNORECASE,
)
"""What a writer wants to know."""
PLANS = _phrases(
    rf"(?:i|we) (?:have|got|had|am|was)\b[^.!?\n]{{0,90}}\b{_SOON}",
    r"i(?:['’]m| am) (?:going|in|currently in|through) (?:through )?(?:the )?(?:interview|middle of|process|final)",
    r"i(?:['’]m| am) (?:preparing|studying|brushing|grinding|practi[cs]ing|expecting|supposed|set|up for|interviewing)",
    r"i(?:['’]ll| will| plan to)",
    r"i(?:['’]ve| have) been (?:preparing|studying|practi[cs]ing)",
    r"my (?:upcoming|next) (?:interview|round)",
    r"set to (?:already )?have",
    r"i(?:['’]ve| have) (?:brushed|studied|prepared|gone over|scheduled)",
    r"expecting to (?:have|hear)",
    r"forward my resume",
    r"i have an? (?:\w+ ){0,3}(?:interview|screen\w*|call|round) scheduled",
)
"""What is still before the writer, or what they do to get ready."""
WAITS = _phrases(
    r"have(?:n['’]?t| not) (?:heard|received|said|gotten|got|had any|been)",
    r"(?:no|any) (?:reply|response|news|update)(?: yet| so far| for now)?",
    r"still have(?:n['’]?t| not)|(?:have(?:n['’]?t| not)|did(?:n['’]?t| not)) (?:yet )?(?:responded|replied|respond|reply)|not heard|no word",
    r"it(?:['’]s| has| have)? been (?:\w+ ){1,3}(?:days?|weeks?|months?)",
    r"i asked (?:him|her|them|the)",
)
"""What a writer waits for, or asked in turn: it tells of no round."""
ADVISES = _phrases(
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
PREDICTS = _phrases(
    r"expect\w*|likely|probably|might|may|presumably|maybe|i imagine|tend to",
    r"would assume|i (?:assume|guess|suppose|would think)",
    r"be (?:ready|prepared)|prepare|typically focus",
    r"(?:will|can) (?:probably |likely |also )?(?:be|ask|test|include|cover)|you(?:['’]ll| will| would)|if (?:i|you|they) (?:ask|asked|were)",
    r"could (?:be|ask|potentially|include)",
)
"""A guess: it tells of no question that was asked."""
IMAGINES = re.compile(
    r"^\W{0,6}(?:if|though|since|like|ps|it(?:['’]s| is| was)|this (?:is|was)|that(?:['’]s| is| was))\b|\b(?:could|would|might|should|seems?|i (?:guess|assume|suppose|imagine)|reviews?|known for|reputation|important to me|memo|ghost jobs|it depends|depending on|i (?:know|heard|read))\b",
    re.IGNORECASE,
)
"""What is said without having been there."""
GENERAL = _phrases(
    r"most (?:companies|places|interviews|employers|firms|recruiters)",
    r"(?:some|other|many|all|several|tech|large|larger|big|bigger|more|the) (?:tech )?companies",
    r"companies (?:do|are|would|want|have|ghost|often|usually|like|where|than|don['’]?t|will)",
    r"recruiters? (?:are|is) (?:usually|just|often)",
    r"usually,? (?:that|it|this) means",
    r"big 4 (?:interviews|companies)",
    r"in general|generally speaking|each company|every company",
    r"(?:like )?(?:other )?(?:faang|maang|big tech)(?:\+|-like| companies| interviews)?",
    r"any (?:company|job|interview)|every job|a company|widely|(?:not|n['’]t) (?:that |too )?uncommon|big name (?:places|companies)|i['’]?ve seen people|similar (?:companies|hedge funds|firms|places|employers)|(?:the |current )?(?:job |hiring )?market|(?:with|at|for|from) [A-Z]\w+, [A-Z]\w+,? (?:and|&|or) [A-Z]\w+",
    r"(?:this|one|another|some) (?:person|guy|user|redditor)|says (?:yes|no)",
)
"""What is said of employers at large."""
ELSEWHERE = _phrases(
    r"(?:my|his|her|their) (?:new|current|old|last|former|previous|present|first) (?:\w+ )?(?:job|role|company|employer|boss|manager|team|position|startup)",
    r"(?:a|one'?s)? ?(?:new|first|current|last|old|previous) job",
    r"(?:a|an|another|other|the other) (?:\w+ )?(?:startup|bank|agency|consultancy|(?:local|small|environmental|different|smaller) company|competitor)",
    r"another (?:company|offer|interview|employer|job)|other (?:companies|offers?|interviews?|places)",
    r"i(?:['’]ve| have)? (?:just |recently |was |got |been ){0,3}(?:laid off|fired|let go|unemployed)",
    r"the startup|(?:hit|impacted|affected) by (?:the )?layoffs|as part of (?:the|my) layoffs?|elsewhere",
    r"i (?:now |currently )?work (?:at|for) (?:a|an|another)|\d+ (?:other )?offers|(?:multiple|competing|several|two|three|four) (?:\w+ )?offers",
)
"""Another employer's ways, or the writer's own life at work."""
OWN_LIFE = _phrases(
    r"unemploy\w*|reliev?ed|relived|anxi\w*|nervous|visa|my (?:wife|husband|kids|family|girlfriend|boyfriend|parents|mom|dad|career|life)",
    r"(?:for )?most of the year|frustrated|lack of ability|hopes up|keep my hopes|my friend is|classmate|referrals?",
    r"i(?:['’]m| am)? (?:still |just )?(?:feel|feeling) |i (?:\w+ )?need to|personal reasons|considering switching|networking|my (?:school|university|college|dumb)|physical",
    r"need this|gotten after applying|common feedback|absurd|egregious|decency|fuck\w*|lmao|lol|beggar|devastat\w+|sobriety|drug",
)
OF_ROUND = re.compile(
    r"\d|\b(?:questions?|problems?|ask(?:ed|s|ing)?|min(?:ute)?s?|hrs?|hours?|leetcode|easy|medium|hard|design\w*|cod(?:e|ing)|sql|python|cases?|present\w*|panel|live|whiteboard\w*|focus\w*|cover\w*|consist\w*|includ\w*|involv\w*|behaviou?ral|technical|projects?|tests?|tested|exercises?|assess\w*|algorithms?|"
    r"structure\w*|format|video|remote|in person|onsite|on-site|virtual|phone|interviewers?|engineers?|manager|director|people|rounds?|stages?|steps?|stor(?:y|ies)|values|discuss\w*|walk\w*|talk\w*|chat\w*|explain\w*|resume|background|motivation\w*|implement\w*|debug\w*|write|writing|wrote|written|built?|solv\w*|"
    r"hackerrank|codesignal|karat|review\w*|feedback|decid\w*|difficult\w*|data|role[- ]?play|simulat\w*|scenarios?|timer|recorded|hypothetical|team|friendly|half|weekends?|start|notice|pay|salary|estimate|spreadsheet|lesson|shift)\b",
    re.IGNORECASE,
)
"""What a round is made of."""
OPENS_WITH_SELF = re.compile(
    r"^\W{0,6}(?:(?:so|and|but|then|also|well|yes|hi|hello|hey),? ){0,3}(?:i(?:['’]m|['’]ve|['’]d)?\b|my (?:friend|experience|background|question))",
    re.IGNORECASE,
)
WAS_THERE = re.compile(
    r"\bi(?:['’]ve| have)? (?:just |only |also |then |was |were )?(?:asked|given|told|tested|shown|put|got|had|did|done|went|completed|finished|solved|discussed|spoke|met|interviewed|passed|failed|presented|wrote|took|walked|explained|implemented|built|coded|used|drew|designed)\b"
    r"|\b(?:they|he|she|interviewers?|we|it was|it is|it's|there (?:was|were)|asked)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:asked|asks?|asking|questions?|q\d?|prompts?|problems?|task(?:ed)?|exercises?|assignment|challenge|case|interviewers?|they|he|she|manager|recruiter|given|gave|wanted|told me to|had to|rounds?|screen|interview\w*|onsite|panel|presentation)\b",
    re.IGNORECASE,
)
"""What stands beside a question that was put to somebody."""
LEADS_TO_QUESTION = re.compile(
    r"\b(?:asked|asks|questions?|prompts?|problems?|tasks?|exercises?|rounds?|interview|screen|interviewers?)\b[^.!?\n]{0,80}(?::|\s[-–])[^.!?\n]{0,160}$|\b(?:asked|questions?)\b[^.!?\n]{0,60}:",
    re.IGNORECASE,
)
"""What stands before a question that an interviewer put, where the sentence itself is that question."""
LEFT = re.compile(r"\b(?:laid off|layoffs?|fired|let go|quit|quitting|left|leaving|resign\w*|ex-|former)\b", re.IGNORECASE)
"""In a title: the writer worked there, and looks for work elsewhere."""
SEVERAL = re.compile(
    r"\b[A-Z]\w{1,24}(?:, ?| ?/ ?| ?& ?| and | or | vs\.? )[A-Z]\w|\b\d{2,3}\+? interviews\b|\bjob (?:search|hunt)\b",
    re.MULTILINE,
)
"""In a title: several employers, or a whole search."""
TOLD_BY_THEM = _phrases(r"recruiters?|hr|told|said|says|mentioned|e-?mail\w*|asked")
"""Who said so: an announcement is no guess."""
NOT_THERE = _phrases(
    r"(?:haven['’]?t|have not|never|didn['’]?t) (?:actually |personally |yet )?(?:interviewed|worked|applied)(?: there| at| for| with)?"
)
"""Who says of themselves that they were not there."""
OTHER_NAMED = re.compile(
    r"\b(?:[Aa]ppl(?:ied|ying) (?:to|at|for)|[Ii]nterview\w* (?:at|with|for)|[Oo]ffers? (?:from|at)|[Ww]ork(?:ed|ing)? (?:at|for)|[Hh]ired by|[Rr]ejected (?:by|from)|at|from)\s(?:the )?(?P<who>[A-Z][\w&]{1,20})"
)
"""An employer by name."""
PREPARES = _phrases(
    r"they['’]?ll|typically|usually|often|when asked|if asked|(?:if|when) they ask|brushed up|practi[cs]\w+|(?:my )?advice"
)
PREPARES_BEFORE = re.compile(
    r"\b(?:brushed up|prepar\w+|practi[cs]\w+|anyone|i ask|to ask|any (?:tips|advice))\b[^.?!]{0,120}$", re.IGNORECASE
)
TO_FORUM = re.compile(
    r"\b(?:(?:half|the|these|your|my|this|other|old|another|reddit) (?:the )?(?:posts?|threads?)|subreddit|this sub|forum|reddit|your question (?:is|was|about|on)|i wanted to (?:talk|ask|share|know)|how (?:did|was) (?:it|your|you)|how it went|how did you|congrat\w*|your (?:nerves|offer|update)|"
    r"(?:those|these) (?:areas|topics)|i (?:usually |always |would |like to |['’]d )?ask\b|to ask (?:them|at the end|in (?:an|the|your))|bad sign|good sign|terrible job move|my chances|(?:just )?(?:ping|email|message|text) (?:the|your|him|her|them)|(?:realistic )?chances when|cover letter|(?:ended|wrapped up|finished|closed) (?:it |up )?(?:by|with) asking|asked if i (?:could|can)|questions for (?:me|him|her|them))\b",
    re.IGNORECASE,
)
"""What one writer of a thread says to another, or would ask."""
MISBEHAVES = re.compile(
    r"\bghosted\b|\b(?:recruiter|hr|they|then|and) ghost\w*|\b(?:rude\w*|red flags?|unprofessional\w*|no[- ]showed|(?:was|were|interviewer|manager|recruiter) (?:a )?no[- ]shows?|never (?:heard|showed|responded|replied|got back|called|told|answered)|cancell?ed|rescheduled|disorgani[sz]ed|low[- ]?ball\w*|rescind\w*|micromanag\w*|disrespect\w*|waste\w*|condescending|"
    r"radio silence|did(?:n['’]?t| not) (?:even )?(?:respond|reply|show up|show|call|bother|turn|know|read)|horrible|awful|terrible|late|arrogant|awkward|went quiet|stopped (?:answering|responding|replying)|slow|mark(?:ed|ing) (?:me|you|us) down|held against|short notice|unprepared|silence|changed|mislead\w*|lied|layoffs?|hiring freeze|toxic|burn(?:ed|t)?[- ]?out|"
    r"not exciting|no warmth|bad taste|whatever the (?:advert|posting|ad)|nobody told|without (?:a word|explanation|notice|telling)|distracted|ignored|interrupt\w*|refus\w*|no feedback|took (?:back|weeks|months)|\d+ (?:weeks|months)|withdr\w+)\b",
    re.IGNORECASE,
)
"""What somebody of an employer does that goes badly."""
NO_FAULT = _phrases(
    r"(?:was|were|is|are|did|has|have)n['’]?t (?:been |even )?(?:cancel\w*|late|rude\w*|rescheduled|ghost\w*|awkward|slow)",
    r"unprepared (?:i am|candidates)|i(?:['’]m| am| was| felt| feel)? (?:\w+ ){0,3}unprepared",
    r"(?:expectation of|expecting|afraid of|fear of|worried about|scared of|used to) (?:being|getting) \w+",
)
"""A fault that did not happen, or had not yet."""
NO_ROUND = re.compile(
    r"\b(?:there (?:was|were)n['’]?t|there (?:was|were) no|without|skipped|didn['’]?t have)\s(?:any |an? |the )?(?:oa|take|coding|system|online|technical|behaviou?ral|phone|on-?site|panel|presentation|case)|"
    r"^\W{0,6}(?:not even |only |just |about )?(?:\d+|an?|two|three|few|couple) (?:hours?|days?|weeks?|months?) (?:after|later|ago)\b|^\W{0,3}(?:following )?which\b|\b(?:be|work\w*|job|role|days?) (?:is )?(?:fully )?on-?site\b|\bon-?site \d\s?x\b|^\W{0,3}(?:she|he|they) said \d|\bis a lot\b|^\W{0,3}(?:not )?(?:that |very |too |so |really )?(?:hard|easy|difficult|tough)\b[^.!?:]{0,60}[.!]?$",
    re.IGNORECASE,
)
"""A round that did not take place, what came after it, and half a sentence."""
LEADS_TO_OWN = re.compile(
    r"\b(?:trying to|would (?:really )?(?:like|love|appreciate)|insights?|wondering|curious|anyone (?:who|with)|my questions?|questions i have|any (?:tips|advice|pointers|info\w*)|i (?:have|['’]ve) (?:brushed|studied|prepared|covered)|brushed up|so far i|looking for|help (?:me )?with|let me know|please|i['’]d appreciate|need (?:help|advice)|my (?:prep|plan|stats|background)|job description|requirements|responsibilities|what you['’]ll|you will)\b",
    re.IGNORECASE,
)
"""What leads to a list of the writer's own questions, plans and facts, or to a posting's."""
DONE_TO_WRITER = _phrases(
    r"ghosted|rejected|rescheduled|cancell?ed|low[- ]?balled|rescinded|ignored|interrupted|they|he|she|interviewer|recruiter|hr|never (?:heard|got)"
)
"""What befell the writer, in a sentence that begins with `I`."""
OF_JOB_HUNT = _phrases(
    r"salary|negotiat\w*|accept (?:the|it|this)|take the|keep (?:interviewing|applying|looking)|quit|resign|relocat\w*|apply (?:to|for|online)|applications? (?:to|at)|continue your"
)
"""Advice on what comes before or after an interview."""
