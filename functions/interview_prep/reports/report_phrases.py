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
    r"[,;:-] (?:and |but |so )?(?:what(?:['’]s)?|how|is|does|do|has|did|any(?:one|body)?|which|when|where)\b[^.]{0,60}$|(?:not sure|no idea|no clue|unsure|confused) (?:what|how|if|whether|about|on)|what to expect|what (?:type|kind|sort)s? of|i hope|hopefully|fingers crossed|wish me|what things|no clarity|can(?:['’]?t|not) (?:see to |seem to )?find)\b",
    re.IGNORECASE,
)
"""What a writer wants to know."""
PLANS = _phrases(
    rf"(?:i|we) (?:have|got|had|am|was)\b[^.!?\n]{{0,90}}\b{_SOON}",
    r"i(?:['’]m| am) (?:going|in|currently in|through) (?:through )?(?:the )?(?:interview|middle of|process|final)",
    r"i(?:['’]m| am) (?:preparing|prepping|studying|brushing|grinding|practi[cs]ing|expecting|supposed|set|up for|interviewing)",
    r"i(?:['’]ll| will| plan to)",
    r"i(?:['’]ve| have) been (?:preparing|studying|practi[cs]ing)",
    r"my (?:upcoming|next) (?:interview|round)",
    r"set to (?:already )?have",
    r"i(?:['’]ve| have) (?:brushed|studied|prepared|prepped|gone over|scheduled)", r"i (?:prepped|prepared|studied|brushed|practi[cs]ed)", r"have an? [\w-]+ (?:[\w-]+ ){0,4}(?:interview|round|call|screen)\b[^.!?\n]{0,40}\b(?:scheduled|soon|coming|tomorrow|next)",
    r"expecting to (?:have|hear)",
    r"forward my resume",
    r"i have an? (?:\w+ ){0,3}(?:interview|screen\w*|call|round) scheduled",
    r"(?:got|received|sent|have) (?:me )?(?:an? |the |my )?(?:\w+ )?(?:invite|invitation|link)",
    r"(?:am|['’]m) (?:now|about to|currently)|starting the|waiting",
)
"""What is still before the writer, or what they do to get ready."""
WAITS = _phrases(
    r"have(?:n['’]?t| not) (?:heard|received|said|gotten|got|had any|been|seen)", r"i (?:checked|followed up|sent (?:out )?(?:a|an|them)|e-?mailed|reached out)",
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
HAPPENED = re.compile(
    r"\b(?:was|were|had|did|got|gave|went|took|told|said|spoke|met|wrote|began|made|ran|sat|let|put|drew|built|spent|felt|kept|came|heard|sent|chose|knew|led|held|left|taught|showed|found|"
    r"(?!(?:need|bas|relat|detail|experienc|interest|suppos|requir|advanc|distribut|unsupervis|supervis|link|limit|hundr|nam|preferr|pric|fac|focus|expect|embedd|automat|personaliz|structur|mix|tir|excit|scar|confus|worri|stress|concern|pleas|surpris|disappoint|frustrat|shock|overwhelm|bor|screw|qualifi|skill|talent|dedicat|motivat|depress|terrifi|intimidat|sacr|schedul)ed\b)[a-z]{3,}ed)\b|\b(?:focused|expected) (?:on|me|us)\b|\bmins? (?:long )?with\b",
    re.IGNORECASE,
)
"""The past: what took place."""
PRESENT = re.compile(r"\b(?:is|are|am|have|has|do|does)\b|['’](?:s|re|m|ve)\b(?! (?:\w+ ){0,2}(?:round|interview|screen))", re.IGNORECASE)
LEADS_TO_ROUNDS = re.compile(
    r"\b(?:process|rounds?|interviews?|steps?|stages?|timeline|experience|loop|on-?site)\b[^.!?\n]{0,60}\b(?:went|was|were|consisted|included|looked|had|as follows|like this|i had)\b[^.!?\n]{0,40}[:-]", re.IGNORECASE
)
"""What leads to a list of the rounds that a writer had."""
ANSWERED = re.compile(
    r"\b(?:heard|offers?|offered|reject\w*|response|responded|replied|called|process|took|lasted|scheduled|invit\w+|appl(?:y|ied|ication)|moved|decision|results?|feedback|e-?mail(?:ed)?|contacted|reached out|interview\w*|on-?site|rounds?|recruiter|hired)\b", re.IGNORECASE
)
"""What a time is told of."""
STATES_PROCESS = re.compile(
    r"\b(?:they|interviewers?) (?:mostly |mainly |usually |typically |generally |also |only |just )?(?:ask|focus|give|start|look for|test|cover)\b|\b(?:process|rounds?|loop|interviews?|screen|oa|assessment|panel|on-?site|there)\b[^.!?\n]{0,30}\b(?:is|are|has|have|consists?|includes?|lasts?|takes?|involves?|starts?)\b",
    re.IGNORECASE,
)
"""What a process is like, from somebody who has been through it."""
_ROUND = r"(?:phone|recruiter|hr|oa|online (?:assessment|test)|assessment|coding|system[- ]design|design|behaviou?ral|on-?site|panel|hiring manager|hm|take-?home|technical|tech|screen\w*|presentation|case(?: study)?|hacker ?rank|code ?signal|karat|loop|super ?day|leetcode|values|culture)"
LABELS_ROUND = re.compile(
    rf"\W{{0,6}}(?:(?:round|stage|step|interview|day|part)\s?#?(?:\d|one|two|three|four|five)|(?:(?:\d(?:st|nd|rd|th)?|first|second|third|fourth|final|last|virtual|initial|the)[\s.):-]{{1,2}}){{0,2}}{_ROUND}\b)[\w /&+'-]{{0,40}}(?:\([^()\n]{{1,40}}\)\s?)?(?::|\s?[-–—]\s|\sof\s|\s?\(|$)",
    re.IGNORECASE,
)
"""A round's label, at the head of a line or above it."""
UNSURE = re.compile(
    r"\b(?:will|won['’]?t|would|wouldn['’]?t|could|should|might|(?-i:may)|can|can['’]?t|cannot|if|unless|whether|hop(?:e|ed|ing)|expect(?:ing|s)?|likely|probably|perhaps|maybe|supposed(?:ly)?|guess\w*|assum\w+|suppose|imagine|"
    r"i (?:think|thought|believe|feel|felt|wish|suspect|doubt)|seem(?:s|ed)?|apparently|rumou?rs?|heard (?!back|from (?:them|the|her|him|hr|a recruiter))|wonder\w*|possibly|potentially|imo|imho|(?:sounds?|looks?) like|let me know|good luck|congrat\w*|"
    r"(?:he|she|they|you|it|there|we|i)['’]ll|(?:you|they|he|she|it|we)['’]d|your?|need(?:s|ed)? to|have to|prepar\w+|curious|worr\w+|afraid|sorry|sucks?|shit\w*|wtf|bs)\b",
    re.IGNORECASE,
)
"""What need not be so, and what is said to somebody."""
SAID_AHEAD = re.compile(
    r"\b(?:recruiters?|hr|they|he|she|managers?|e-?mails?|invite|description|posting|website|packet|guide)\b[^.!?\n]{0,25}\b(?:said|told|mention\w*|says|stat(?:ed|es)|inform\w*|confirm\w*|claim\w*|promis\w*|advertis\w*)\b|\bi(?:['’]ve| have)? (?:was|been) (?:told|informed)\b|\baccording to\b|\btold (?:me|us)\b|\bsays\b",
    re.IGNORECASE,
)
"""What somebody announced, which need not have come to pass."""
DENIES = re.compile(r"n['’]t\b|\b(?:not|no|never|nothing|none|without|neither|nobody|dont|didnt|wasnt|cannot)\b", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"\W{0,4}(?:also|then|too|and|but|so|or|nor|yet|which|this|that|these|those|it|it['’]s|its|both|neither|either|he|she|his|her|him|one (?!hour|round|coding|interview|technical|of the)|another|the (?:second|third|other|latter|former|rest|same|next|last) (?:one|was|is|part|half|question|time)|"
    r"there|here|not|because|since|although|though|while|when|once|however|instead|anyways?|plus|after(?:wards?)?|before|again|such|some|most|others?|except|like|especially|for (?:example|instance)|as (?:for|well|a|an)|overall|besides|otherwise|hence|therefore|thus|even|only|just|still|in (?:fact|the end)|"
    r"if|with|without|more|less|same|all of (?:this|that|which)|who|whom|whose|where|to|edit|update|ps|lol|yes|no|yeah|nope|well|ok|okay|hi|hey|hello|thanks?)\b(?! (?:was|were) (?:a|an|\d|one|two|three|four|five|six) (?:\w+ ){0,2}(?:rounds?|interviews?)\b)(?! were (?:two|three|four|five|\d))",
    re.IGNORECASE,
)
"""How a sentence begins that cannot be read without the one before it."""
PEOPLE_MET = re.compile(r"\b(?:they|every(?:one|body)|interviewers?|recruiters?|team|people|managers?|process|engineers?|panel|hr)\b", re.IGNORECASE)
"""Whom a candidate meets."""
PEOPLE_AND_WORK = re.compile(
    r"\b(?:they|every(?:one|body)|interns?|teams?|people|managers?|company|culture|wlb|work[- ]life|office|engineers?|colleagues|co-?workers|leadership|management|hours|benefits|environment|workload|mentors?|projects?|tech stack|pto|bonus|perks|meetings)\b",
    re.IGNORECASE,
)
"""What somebody who works there can tell of."""
SOMEBODY_OF_THEM = re.compile(
    r"\b(?:they|he|she|recruiters?|hr|interviewers?|managers?|company|team|nobody|no one|process|offer|ghosted|i (?:was|got|never)|never heard)\b", re.IGNORECASE
)
PAID = re.compile(
    r"\b(?:offer(?:ed|s)?|base|tc|total comp\w*|salary|paid|pays?|bonus|rsus?|stocks?|equity|sign[- ]?on|hourly|(?:per|an) hour|comp)\b|/\s?h(?:ou)?r", re.IGNORECASE
)
WANTED_PAY = _phrases(
    r"ask(?:ed|ing)? for|want(?:ed)?|expectations?|counter\w*|negotiat\w*|average|cost of living|rent|minimum wage|at least|worth|compet\w+|range|as low as|going rate|raise|before|used to|glassdoor|levels(?:\.fyi)?|others?"
)
ASKED = re.compile(
    r"\b(?:asked|asking|asks|q\d|questions?|prompts?|problems?|task(?:ed)?|exercises?|assignment|challenge|given|gave (?:me|us)|(?:wanted|told) (?:me|us) to|(?:i|we) had to|case (?:was|were|about|study))\b",
    re.IGNORECASE,
)
"""What stands beside a question that was put to somebody."""
ASKED_BY_WRITER = re.compile(
    r"\b(?:i|we)(?:['’]ve| have| had)? (?:\w+ ){0,2}?(?:ask|asked|asking|emailed)\b(?! to\b)|\bask(?:ed|ing)? (?:them|him|her|the (?:recruiter|interviewer|team|hm|hiring manager)|my|hr|around|for (?:feedback|an? (?:update|extension|reason)|clarification))\b|\bi(?:['’]ve| have| had)? (?:a few |some |any |no |one |many )?questions?\b|"
    r"\bquestions? (?:i have|i had|for (?:you|them|me))\b|\b(?:my|any|quick|same|first) questions?\b|\bquestion is\b|\bask(?:ed)? (?:if|whether) i (?:had|have) (?:any )?questions\b|\bno questions?\b|\bbegs? the question\b|\bout of the question\b|\bask (?:you|anyone|someone|here|yourself)\b",
    re.IGNORECASE,
)
HEADS_QUESTIONS = re.compile(r"^\W{0,6}(?:(?:the|some|sample|interview|technical|coding|behaviou?ral|design|sql|\w+) ){0,3}(?:questions?|asked|q&a|problems?)(?: (?:i was |they )?asked)?\W{0,4}$", re.IGNORECASE)
JOKES = _phrases(
    r"lol|lmao|haha\w*|jk|/s|photocopy\w*|steal|bribe|pray|sleep|drink|breath\w*|calm|relax|confident|waiting for|run away|stay away|avoid|waste|recc?omm?end to|don['’]?t (?:work|apply|join|bother)"
)
"""Advice on a mood, or none at all."""
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
    r"i (?:never|did(?:n['’]?t| not)|have(?:n['’]?t| not)|cancell?ed|ghosted|declined|withdrew|rescheduled|ignored) ?(?:even )?(?:responded|replied|respond|reply|answered|called|show\w*|the|my|them|him|her|it|on)?(?! heard)",
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
ADVISES_CANDIDATE = re.compile(
    r"(?:^|[.!?:;]\s|\b(?:so|and|then|please|just|definitely|also|always|i['’]d|i would|would|advice is to|tip:|sure to)\s)\W{0,4}(?:(?:highly |strongly )?(?:recommend|suggest|advise)|be (?:ready|prepared|able|clear|sure)|make sure|prepare|practi[cs]e|study|review|know|brush up|focus|learn|read|revise|rehearse|"
    r"have (?:a few|some|two|three|your|\d)|use|ask clarifying|ask questions|think (?:out|aloud)|talk through|explain|walk|go (?:over|through)|look (?:at|into|over)|do (?:the|some|as|a few|leetcode|mock|neetcode)|solve|remember|don['’]?t (?:forget|skip|jump|panic|overthink|rush|be)|do not (?:forget|skip|jump)|take your time|work on|get (?:comfortable|good|familiar)|come (?:with|prepared)|clarify|start with|keep|bring|draw|state|sketch|test|take)\b",
    re.IGNORECASE,
)
"""An instruction to the candidate."""
OF_PREPARATION = re.compile(
    r"\b(?:interview\w*|questions?|leetcode|lc|algorithms?|data structures?|practi[cs]\w+|stud(?:y|ied)|prepar\w*|review|behaviou?ral|star|design\w*|stor(?:y|ies)|resume|rounds?|cod(?:e|ing)|sql|python|java|graphs?|trees?|dp|projects?|cases?|principles|values|examples?|clarify\w*|answers?|problems?|edge cases?|"
    r"complexity|tests?|concurrency|locks?|os|networking|product|metrics|basics|fundamentals|concepts|panel|presentation|slides|aloud|out loud|medium|easy|hard|whiteboard|screen|website|mission|history|joins?|queries|experience|time|recruiter|notes?)\b",
    re.IGNORECASE,
)
"""What one prepares for an interview with."""
INFORMS = re.compile(
    r"(?<!\w)(?:\d{1,3}(?!st|nd|rd|th)|one|two|three|four|five|six|seven|eight|half an|an|couple(?: of)?|multiple|several)\+?[- ]?(?:\w+[- ]){0,2}(?:rounds?|hours?|hrs?|minutes?|mins?|questions?|problems?|parts?|sections?|engineers?|people|interviewers?|panel\w*|interviews|stages?|steps?|tests?|tasks?|cases?|mediums?|easy|easies|hards?|managers?|directors?|challenges?|scenarios?|projects?|slides|days?|weeks?|months?|calls|exercises?|talks?)\b|"
    r"\b(?:asked|questions? (?:about|on|were|was|like|related)|easy|medium|hard|difficult|tough|simple|straightforward|basics?|design(?:ed)?|behaviou?ral|technical|cod(?:e|ed|ing)|sql|python|java|react|case study|presentation|live|whiteboard|"
    r"resume|background|walk\w*|discuss\w*|focus\w*|scenario\w*|role[- ]?play|debug\w*|implement\w*|algorithms?|dynamic programming|graphs?|trees?|strings?|arrays?|multiple choice|recorded|timed|proctored|rude|friendly|chill|casual|conversational|back[- ]to[- ]back|in person|virtual|zoom|video|cancell?ed|rescheduled)\b",
    re.IGNORECASE,
)
"""What tells of a round more than that there was one."""
BREAKS_OFF = re.compile(r"(?:…|\.\.\.|[:,;(/-]|\b(?:like|such as|and|or|the|a|an|of|to|with|for|in|that|which|e\.g|i\.e))[.\s\"”]*$", re.IGNORECASE)
"""How a sentence ends that is not all there."""
TAKES_UP = re.compile(r"\W{0,4}i (?:just |also |already |recently |actually )?(?:did|took|had|passed|got|gave|failed|finished|completed|have|solved) (?:it|that|this|one|them|mine|both|these|those)\b", re.IGNORECASE)
"""What is told of something named before."""
