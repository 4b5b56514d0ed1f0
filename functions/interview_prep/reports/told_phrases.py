"""The phrases by which a post's sentence tells of a round, a question, a time, pay, people, advice; and how a sentence begins and ends that stands alone."""

from __future__ import annotations

import re

from functions.interview_prep.reports.report_phrases import alternatives

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
SPANS = re.compile(
    r"\bfrom (?:[\w'’-]+\s){1,4}?to (?:[\w'’-]+\s){0,2}?(?:offer|answer|rejection|decision|result|response|start)\b",
    re.IGNORECASE,
)
"""How long it took from one step to the last, without a verb."""
PRESENT = re.compile(
    r"\b(?:is|are|am|have|has|do|does)\b|['’](?:s|re|m|ve)\b(?! (?:\w+ ){0,2}(?:round|interview|screen))", re.IGNORECASE
)
LEADS_TO_ROUNDS = re.compile(
    r"\b(?:process|rounds?|interviews?|steps?|stages?|timeline|experience|loop|on-?site)\b[^.!?\n]{0,60}\b(?:went|was|were|consisted|included|looked|had|as follows|like this|i had)\b[^.!?\n]{0,40}[:-]",
    re.IGNORECASE,
)
"""What leads to a list of the rounds that a writer had."""
ANSWERED = re.compile(
    r"\b(?:heard|offers?|offered|reject\w*|response|responded|replied|called|process|took|lasted|scheduled|invit\w+|appl(?:y|ied|ication)|moved|decision|results?|feedback|e-?mail(?:ed)?|contacted|reached out|interview\w*|on-?site|rounds?|recruiter|hired)\b",
    re.IGNORECASE,
)
"""What a time is told of."""
STATES_PROCESS = re.compile(
    r"\b(?:they|interviewers?) (?:mostly |mainly |usually |typically |generally |also |only |just )?(?:ask|focus|give|start|look for|test|cover)\b|\b(?:process|rounds?|loop|interviews?|screen|oa|assessment|panel|on-?site|portion|part|section|there)\b[^.!?\n]{0,30}\b(?:is|are|has|have|consists?|includes?|lasts?|takes?|involves?|starts?)\b",
    re.IGNORECASE,
)
"""What a process is like, from somebody who has been through it."""
_ROUND = r"(?:rounds?|interview|f2f|face[- ]to[- ]face|personal interview|pi(?= ?[\d:])|dsa|machine coding|low[- ]level|high[- ]level|[hl]ld|managerial|techno[- ]managerial|web[- ]based|aptitude|group discussion|writ(?:ing|ten)|incident|manager|troubleshooting|pair(?:ing)?|lunch|bar raiser|homework|assignment|exercise|phone|telephonic|telephone|video|skype|zoom|recruiter|hr|oa|online (?:assessment|test)|assessment|coding|system[- ]design|design|behaviou?ral|on-?site|panel|hiring manager|hm|take-?home|technical|tech|screen\w*|presentation|case(?: study)?|hacker ?rank|code ?signal|coder ?pad|karat|loop|super ?day|leetcode|values|culture)"
LABELS_ROUND = re.compile(
    rf"\W{{0,6}}(?:(?:round|stage|step|interview|day|part)\s?#?(?:\d|one|two|three|four|five)|(?:(?:\d(?:st|nd|rd|th)?|first|second|third|fourth|final|last|virtual|initial|the)[\s.):-]{{1,2}}){{0,2}}{_ROUND}\b)[\w /&+'-]{{0,40}}(?:\([^()\n]{{1,40}}\)\s?)?(?::|\.?[*_]{{2}}|\s?[-–—]\s|\sof\s|\s?\(|$)",
    re.IGNORECASE,
)
"""A round's label, at the head of a line or above it."""
LEADS_ON = re.compile(
    r"\b(?:questions?|asked|ask|about|included?|like|were|was|following|follows|such as|explain|tip|note)\b", re.IGNORECASE
)
"""A line with a colon that leads on within its round, and heads no other part."""
COMPARES = re.compile(
    r"\b(?:much|far|way|even|a lot|slightly|a bit|little) (?:more|less|better|worse|nicer|kinder|colder|ruder|friendlier)\b(?!.{0,40}\bthan\b)|^\W*(?:i )?(?:really |also )?(?:liked|loved|enjoyed|appreciated)\b",
    re.IGNORECASE,
)
"""People held against others that the sentence does not name, and what the writer liked: neither tells how people were."""
TELLS_OF_ASKING = re.compile(
    r"\b(?:i|we) (?:was|were|got|had)\b|\b(?:asked|they|interviewers?|there (?:was|were)|questions? (?:was|were|on|about))\b",
    re.IGNORECASE,
)
"""What a sentence under `Questions:` says that tells of what was asked, and is no question itself."""
TASK_OF_KNOWLEDGE = re.compile(r"^[\W\d]*(?:explain|describe|define|tell (?:me|us)|write|design|implement)\b", re.IGNORECASE)
HOW_TO_ANSWER = re.compile(
    r"\b(?:aloud|out loud|thought|thinking|reasoning|approach|trade-?offs?|assumptions|before you|while you|as you|why you|every|each)\b",
    re.IGNORECASE,
)
"""By this an instruction is advice on answering; without it `Explain inheritance` is what an interviewer asked."""
NUMBERED = re.compile(
    r"^\W*\d{1,2}[.)]|\b(?:rounds?|levels?|stages?|steps?|parts?|interviews?)\s#?(?:\d|one|two|three|four|five)\b", re.IGNORECASE
)
"""Which round it was: a number that tells nothing of it."""
NO_ADVICE = re.compile(
    r"^[\W\d]{0,6}(?:design|implement|given|find) |\b(?:next|following|above|below|previous) (?:section|part|paragraph|list|questions?|links?|post)\b|\b(?:below|above)\W*$|^\W*practi[cs]e questions (?:which|that|were|was|are)\b|^\W*(?:test|state|draw|name|present|focus|walk|sketch|look|use|study|review|know|work)\w*\s(?:\w+\s)?(?:was|were|is|are|had)\b",
    re.IGNORECASE,
)
"""A noun that looks like an instruction: `Test assessment was needed`."""
OF_QUESTIONS = re.compile(r"\b(?:questions?|q&a)\b", re.IGNORECASE)
LABEL = re.compile(r"^\W{0,6}(?:[\w/&'’+-]+\s){0,4}[\w/&'’+-]+\s?(?:\([^()\n]{1,40}\)\s?)?:\s")
"""What a sentence stands under, in its own line."""
POINTS_BACK = re.compile(
    r"\W{0,4}(?:(?:apart|aside|following|based|depending|other than) (?:from |on )?(?:that|this|these|those|it|which)\b|all of (?:these|those|them)\b|(?:first|second|third|fourth|last|next|other|final) ones?\b|(?:(?:fully|slowly|quickly|finally) )?(?:shifted|moved|switched|turned|proceeded|continued|jumped|went on)\b|also|then|too|and|but|so|or|nor|yet|which|this|that|these|those|it|it['’]s|its|both|neither|either|he|she|his|her|him|one (?!hour|round|coding|interview|technical|of the)|(?:two|three|four|five|six) (?:was|were|are|of (?:them|those|these))\b|another|the (?:second|third|other|latter|former|rest|same|next|last) (?:one|was|is|part|half|question|time)|"
    r"there(?! (?:was|were|are|is)\b)|here|not|because|since|although|though|while|when|once|however|instead|anyways?|plus|after(?:wards?)?|before|again|such|some|most|others?|except|like|especially|for (?:example|instance)|as (?:for|well|a|an)|overall|besides|otherwise|hence|therefore|thus|even|only|still|in (?:fact|the end)|"
    r"if|with|without|more|less|same|all of (?:this|that|which)|who|whom|whose|where|to|fast forward|edit|update|ps|p\.s|(?:first|second|third|last)ly|lol|yes|no|yeah|nope|well|ok|okay|hi|hey|hello|thanks?)\b(?! (?:was|were) (?:a|an|\d|one|two|three|four|five|six) (?:\w+ ){0,2}(?:rounds?|interviews?)\b)(?! were (?:two|three|four|five|\d))",
    re.IGNORECASE,
)
"""How a sentence begins that cannot be read without the one before it."""
PEOPLE_MET = re.compile(
    r"\b(?:they|every(?:one|body)|interviewers?|recruiters?|team|people|managers?|engineers?|panel|hr)\b", re.IGNORECASE
)
"""Whom a candidate meets."""
TALKS_OF_HOW = re.compile(
    r"\b(?:talk\w*|ask\w*|questions?|spoke|speak\w*|discuss\w*|explain\w*|told|informations?|describ\w+|presentation|learn\w*)\b[^.!?\n]{0,60}\b(?:culture|values|benefits|teams?|office|hours|remote|hybrid|wlb|work[- ]life)\b",
    re.IGNORECASE,
)
"""That somebody spoke of the culture: not how it is."""
EXPENSES = re.compile(
    r"\b(?:meals?|hotels?|flights?|travel\w*|per diem|reimburs\w*|allowances?|rental|taxi|cab|expenses|lodging|airfare|food)\b",
    re.IGNORECASE,
)
"""What a journey to the interview cost."""
PEOPLE_AND_WORK = re.compile(
    r"\b(?:they|every(?:one|body)|interns?|teams?|people|managers?|company|culture|wlb|work[- ]life|office|engineers?|colleagues|co-?workers|leadership|management|hours|benefits|environment|workload|mentors?|projects?|tech stack|pto|bonus|perks|meetings)\b",
    re.IGNORECASE,
)
"""What somebody who works there can tell of."""
SOMEBODY_OF_THEM = re.compile(
    r"\b(?:they|he|she|recruiters?|hr|interviewers?|managers?|company|team|nobody|no one|process|offer|ghosted|i (?:was|got|never)|never heard)\b",
    re.IGNORECASE,
)
PAID = re.compile(
    r"\b(?:offer(?:ed|s)?|base|tc|total comp\w*|salary|paid|pays?|bonus|rsus?|stocks?|equity|sign[- ]?on|hourly|(?:per|an) hour|comp)\b|/\s?h(?:ou)?r",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:asked|asking|asks|q\d|questions?|prompts?|problems?|task(?:ed)?|exercises?|assignment|challenge|given|gave (?:me|us)|(?:wanted|told|had) (?:me|us) (?:to|do|solve|write|design|walk|build|explain)|(?:i|we) had to|having to|(?:opened|began|started) with|case (?:was|were|about|study))\b",
    re.IGNORECASE,
)
"""What stands beside a question that was put to somebody."""
HEADS_QUESTIONS = re.compile(
    r"^\W{0,6}(?:(?:the|some|sample|interview|technical|coding|behaviou?ral|design|sql|\w+) ){0,3}(?:questions?|asked|q&a|problems?)(?: (?:i was |they )?asked)?\W{0,4}$",
    re.IGNORECASE,
)
LEADS_TO_QUESTION = re.compile(
    r"\b(?:asked|asks|questions?|prompts?|problems?|tasks?|exercises?|rounds?|interview|screen|interviewers?)\b[^.!?\n]{0,80}(?::|\s[-–])[^.!?\n]{0,160}$|\b(?:asked|questions?)\b[^.!?\n]{0,60}:|\b(?:i was|we were|i got|they) asked\b[^.!?\n]{0,40}$|\bquestions? (?:i|we|they|that were|were)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a question that an interviewer put, where the sentence itself is that question."""
MISBEHAVES = re.compile(
    r"\bghosted\b|\bcut (?:me|us) off\b|\b(?:recruiter|hr|they|then|and) ghost\w*|\b(?:rude\w*|red flags?|unprofessional\w*|no[- ]showed|(?:was|were|interviewer|manager|recruiter) (?:a )?no[- ]shows?|never (?:heard|showed|responded|replied|got back|called|told|answered)|cancell?ed|rescheduled|disorgani[sz]ed|low[- ]?ball\w*|rescind\w*|micromanag\w*|disrespect\w*|wast(?:ed?|ing) (?:of |my |our )|condescending|"
    r"radio silence|did(?:n['’]?t| not) (?:even )?(?:respond|reply|show up|show|call|bother|turn|know|read)|had(?:n['’]t| not) (?:even )?read|horrible|awful|terrible|late|arrogant|awkward|went quiet|stopped (?:answering|responding|replying)|slow|mark(?:ed|ing) (?:me|you|us) down|held against|short notice|unprepared|silence|changed|mislead\w*|lied|layoffs?|hiring freeze|toxic|burn(?:ed|t)?[- ]?out|"
    r"not exciting|no warmth|bad taste|whatever the (?:advert|posting|ad)|nobody told|without (?:a word|explanation|notice|telling)|distracted|ignored|interrupt\w*|refus\w*|no feedback|took (?:back|weeks|months)|\d+ (?:weeks|months)|withdr\w+)\b",
    re.IGNORECASE,
)
"""What somebody of an employer does that goes badly."""
DONE_TO_WRITER = alternatives(
    r"ghosted|rejected|rescheduled|cancell?ed|low[- ]?balled|rescinded|ignored|interrupted|they|he|she|interviewer|recruiter|hr|never (?:heard|got)"
)
"""What befell the writer, in a sentence that begins with `I`."""
ADVISES_CANDIDATE = re.compile(
    r"(?:^|[.!?:;]\s|\b(?:so|and|then|please|just|definitely|also|always|i['’]d|i would|would|advice is to|tip:|sure to)\s)\W{0,4}(?:(?:highly |strongly )?(?:recommend|suggest|advise)|be (?:ready|prepared|able|clear|sure)|make sure|prepare|practi[cs]e|study|review|know|brush up|focus|learn|read|revise|rehearse|"
    r"have (?:a few|some|two|three|your|\d)|use|ask clarifying|ask questions|think (?:out|aloud)|talk through|explain|walk|go (?:over|through)|look (?:at|into|over)|do (?:the|some|as|a few|leetcode|mock|neetcode)|solve|remember|don['’]?t (?:forget|skip|jump|panic|overthink|rush|be)|do not (?:forget|skip|jump)|take your time|work on|get (?:comfortable|good|familiar)|come (?:with|prepared)|clarify|start with|keep|bring|draw|state|sketch|test|take)\b",
    re.IGNORECASE,
)
"""An instruction to the candidate."""
OF_PREPARATION = re.compile(
    r"\b(?:read up on|brush up on|interview\w*|questions?|leetcode|lc|algorithms?|data structures?|practi[cs]\w+|stud(?:y|ied)|prepar\w*|review|behaviou?ral|star|design\w*|stor(?:y|ies)|resume|rounds?|cod(?:e|ing)|sql|python|java|graphs?|trees?|dp|projects?|cases?|principles|values|examples?|clarify\w*|answers?|problems?|edge cases?|"
    r"complexity|tests?|concurrency|locks?|os|networking|product|metrics|basics|fundamentals|concepts|panel|presentation|slides|aloud|out loud|medium|easy|hard|whiteboard|screen|website|mission|history|joins?|queries|experience|time|recruiter|notes?)\b",
    re.IGNORECASE,
)
"""What one prepares for an interview with."""
_HOW_MANY = r"(?:\d{1,3}(?!st|nd|rd|th)|one(?! of)|two|three|four|five|six|seven|eight|nine|ten|half an|few|couple(?: of)?|multiple|several)"
_KINDS_ASKED = r"(?:technical|behaviou?ral|coding|design|conversational|leetcode|lc|cases?|situational|conceptual|theoretical|practical|sql|python|java|javascript|react|resume|trivia|oop|dsa|algorithm\w*|system design|culture|general|generic|basic|standard|simple|easy|medium|hard|tough|difficult|straightforward|rude|friendly|chill|casual|remote|virtual|in person)"
INFORMS = re.compile(
    rf"(?<!\w){_HOW_MANY}\+?[- ]?(?:[\w/]+[- ]){{0,3}}(?:rounds?|hours?|hrs?|minutes?|mins?|questions?|problems?|parts?|sections?|engineers?|people|interviewers?|panel\w*|interviews|stages?|steps?|tests?|tasks?|mediums?|easy|easies|hards?|managers?|directors?|challenges?|scenarios?|projects?|slides|calls|exercises?|talks?)\b|"
    rf"\b(?:was|were|is|are|all|mostly|mainly|largely|purely|half|very|both|heavily|more|pretty|lots? of|bunch of|some|few|standard|typical|about|focused on|asked|including?|covered|got)\s(?:[\w-]+[ /]){{0,2}}{_KINDS_ASKED}\b|"
    r"\b(?:asked (?:me|us|about|to|how|what|why|a|some|for)|questions? (?:about|on|were|was|like|related|revolv\w+)|easy|medium|hard(?:er|est)?|"
    r"with (?:an?|the|two|three|four|five|six|my|some|different) (?:[\w-]+ ){0,2}(?:vp|ed|md|director|managers?|engineers?|lead|recruiters?|hr|team|ceo|cto|founders?|people|members?|developers?|interviewers?)|whiteboard\w*|walk\w* (?:me|them|him|her|through)|discuss\w*|focus\w* on|scenario\w*|role[- ]?play\w*|debugg\w+|implement\w*|"
    r"dynamic programming|graphs?|trees?|strings?|arrays?|linked lists?|multiple choice|recorded|timed|proctored|back[- ]to[- ]back|cancell?ed|rescheduled|(?:took|over|lasted|within) (?:\w+ ){0,3}(?:days?|weeks?|months?))\b",
    re.IGNORECASE,
)
"""What tells of a round more than that there was one."""
SUBSTANCE = re.compile(
    rf"(?i:(?<![\w])(?:\d+(?!st|nd|rd|th)|{_HOW_MANY})(?!\w)|\b(?:r[eé]sum[eé]s?|cvs?|projects?|experiences?|background|past|previous|behaviou?ral|situational|scenarios?|motivations?|strengths?|weakness\w*|hobb\w+|interests|values|culture|fit|stor(?:y|ies)|leadership|"
    r"cod(?:e|es|ing|ed)|program\w*|leetcode|dsa|algorithm\w*|data|sql|databases?|dbms|python|java|javascript|c\+\+|react|node|oops?|object[- ]oriented|design\w*|architecture|system|os|operating|network\w*|cloud|aws|security|api|debug\w*|test(?:ing|s)?|concurren\w+|"
    r"cases?|puzzles?|riddles?|brain ?teasers?|math\w*|probabilit\w+|statistic\w*|logic\w*|aptitude|verbal|reasoning|numerical|quiz|mcqs?|multiple[- ]choice|estimat\w*|market|finance|accounting|sales|role[- ]?play\w*|present\w*|slides|writing|written|essay|portfolio|"
    r"hacker ?rank|code ?signal|codility|karat|coder ?pad|hire ?vue|whiteboard\w*|google docs?|take[- ]?home|assignment|exercise|simulat\w+|panel|group|one[- ]on[- ]one|1:1|"
    r"engineers?|managers?|directors?|vps?|founders?|ceo|cto|partners?|leads?|scientists?|analysts?|architects?|developers?|principal|senior|peers?|trees?|graphs?|arrays?|strings?|linked|stacks?|queues?|hash\w*|maps?|recursion|dynamic|threads?|complexity|concept\w*|theor\w+|fundamentals|technolog\w+|tech stack|"
    r"live|recorded|proctored|timed|in person|face[- ]to[- ]face|open[- ]ended|hypothetical|mediums?)\b)|(?<=[a-z,] )[A-Z][\w+#.]{2,}",
)
"""What a candidate could get ready for: a subject, a form, who asks, how many and how long."""
BREAKS_OFF = re.compile(
    r"(?:(?<!round)(?<!sde)(?<!step)(?<!level)(?<!part)(?<!stage)[a-z:] \d{1,2}[.)]|[a-z]\.\d{1,2}[.)]?|\bas follows|\bthe following|…|\.\.\.|[:,;(/–—-]|\b(?:like|such as|and|or|the|a|an|of|to|with|for|in|that|which|including|e\.g|i\.e|his|my|their|our|your|this|these|those))[.\s\"”]{0,5}$",
    re.IGNORECASE,
)
"""How a sentence ends that is not all there."""
TAKES_UP = re.compile(
    r",? though\W*$|\W{0,4}i (?:just |also |already |recently |actually )?(?:did|took|had|passed|got|gave|failed|finished|completed|have|solved) (?:the same|it|that|this|one|them|mine|both|these|those)\b|\b(?:these|those|this|that) (?:was|were|are|is) (?:the )?(?:exact|same|it|all|why|what|how)\b",
    re.IGNORECASE,
)
"""What is told of something named before."""
LASTS = re.compile(
    r"\b(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|ten|few|couple(?: of)?|several|same|next|following)[+~-]?[\s-](?:to\s\d{1,2}\s|-\s?\d{1,2}\s)?(?:\w+ )?(?:business |work(?:ing)? )?(?:hours?|days?|weeks?|wks?|months?)\b|\bovernight\b|\b(?:on|by|that|next|the following) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
"""How long something took, or on which day it came."""
TELLS_HOW = re.compile(
    r"\b(?:friendly|nice|kind|great|good|awesome|amazing|fantastic|excellent|helpful|support\w*|collaborative|welcoming|relaxed|chill|laid[- ]back|casual|professional|respectful|engag\w+|rude|cold|condescending|stressful|toxic|overwork\w*|long hours|wlb|work[- ]life|remote|hybrid|office|fast[- ]paced|"
    r"slow|bureaucra\w+|politic\w*|smart|sharp|bor(?:ed|ing)|fun|cool|flexible|pressure|feedback|prepared|patient|open|transparent|modern|burn\w*|benefits|hours|culture|conversational|pleasant|encourag\w+|hints?|disorgani[sz]ed|organi[sz]ed|smooth|distracted|micromanag\w*|mentor\w*|learn(?:ed|ing)?|on time|late|interested|warm|humble|curious|overtime|based|driven|scope|promotions?|competitive|stack[- ]rank\w*|quick|fast|responsive|turnover|flat|pace)\b",
    re.IGNORECASE,
)
"""What tells of people and of work how they are."""
AFTER_ROUND = re.compile(
    r"\b(?:after|before|since|until|till|following|prior to|waiting for)\s(?:[\w'’-]+\s){0,6}?(?:interviews?|rounds?|screen\w*|calls?|on-?site|loop|assessment|oa|test|panel|super ?day|challenge)\b",
    re.IGNORECASE,
)
"""A round as what something came after."""
CONTENT = re.compile(
    r"(?<=\w\w\w):\s|\b(?:asked|asks?)\b(?: me| us)? (?:what|how|why|whether|if|about)\b|\b(?:about|explain|describe|discuss(?:ed)?) (?:what|how|why|whether|if)\b",
    re.IGNORECASE,
)
"""Where a sentence goes over to what was asked: what stands there is the interviewer's."""
QUOTES = re.compile(r":\s*[\"“]")
OF_WHOLE = re.compile(
    rf"\basked (?:me|us|what|how|why|about)\b|\b(?:met|spoke|talked) (?:with|to) (?:\d|two|three|four|five|the|an?|my)\b|(?<!\w){_HOW_MANY}\+?[- ]?(?:[\w/'’]+[- ]){{0,3}}(?:rounds?|interviews?|questions?|problems?|stages?|steps?|interviewers?|engineers?|panel\w*|mediums?|hards?|easy|easies)\b|"
    rf"\b(?:interview\w*|rounds?|questions?|loop|process|panel|screen\w*|on-?site|portion|part|test|problem|exercise|call|conversation|it)\b[^.!?\n]{{0,40}}?\b(?:was|were|is|are|lasted|took|consisted|included|involved|focused|covered|had|ran|started|revolved|ranged|went|got|joined|lasts?|asked|gave)\b|"
    rf"\b(?:asked|given|questions? (?:about|on|like)|problem|got|had)\b[^.!?\n]{{0,60}}\b(?:{_KINDS_ASKED}|questions?|problem|exercise|task|design|code|build|write|debug\w*|implement\w*|explain|whiteboard|walk)\b",
    re.IGNORECASE,
)
"""What tells of a process where no kind of round is named."""
TASK = re.compile(
    r"\W{0,4}(?:\d{1,2}[.)]\s{1,3})?(?:implement|design|given|write|find|explain|build|create|return|reverse|count|sort|merge|print|convert|compute|calculate|check|add|remove|delete|search|tell (?:me|us) about|describe|walk (?:me|us))\b",
    re.IGNORECASE,
)
"""How an interviewer's task begins."""
QUESTION_NUMBER = re.compile(r"^\W*(?:q(?:uestion)?[.\s]?\s?)?\d{0,2}\s?[:.)-]?\s*", re.IGNORECASE)
"""What counts the tasks of a round: `Q.2`."""
HAD_TO_DO = re.compile(
    r"\b(?:had|asked(?: me| us)?|told(?: me| us)?|needed|supposed) to (?!(?:\w+ly )?(?:write|cod\w*|solve|complete|design|implement|answer|present|explain|take|do|build|create|discuss|describe|talk|walk|come|choose|pick|sit|submit|record|prepare|show|tell|share|draw|sketch|review|debug|fix|test|model|sell|role|teach|demonstrate|perform|work|analy[sz]e|estimate|find|optimi[sz]e|pair|meet|interview|wear|bring|go|stand|make|serve|handle|fill|give|speak|read|translate|introduce|rate|rank|define|compare|evaluate|critique|plan|develop|simulate|use|attend|travel|type|calculate|name|list|pitch|think|provide|deliver|lead|play|wait|be|have|pass|finish|elaborate|outline|address|develop|respond|re\w+)\b)",
    re.IGNORECASE,
)
"""A step of one task, which tells of no round: `I had to join every rope`."""
GIVES_TASK = re.compile(
    r"\b(?:ques|q)\s?[-:]|\bthe following (?:\w+ ){0,2}(?:questions?|problems?|tasks?|topics?|things?)\W{0,4}$|\b(?:questions?|problems?|tasks?|puzzles?) (?:was|were|is|are|asked was|i got was|given was)\s?[:–-]\s?(?:given|you|there|suppose|imagine|consider|let|design|find|write|implement|an?)\b|\bhere,|\braise (?:my|an) eyebrow",
    re.IGNORECASE,
)
"""A task told at length, which a question gives better; and what only the moment explains."""
COUNTS_ASKED = re.compile(
    rf"(?<!\w){_HOW_MANY}\+?[- ]?(?:[\w/-]+ ){{0,3}}(?:questions?|problems?|rounds?|mcqs?|minutes?|mins?|hours?|hrs?|sections?|parts?|interviewers?|engineers?|managers?|people|tasks?|puzzles?)\b|\b(?:some|basic|several|few|mostly|mainly|many|lots? of|simple|standard|behaviou?ral|technical|general|project|resume|hr) (?:[\w-]+ ){{0,2}}(?:questions?|discussions?|problems?|puzzles?)\b|\bdiscussions? (?:on|about|of)\b|^\W*(?:mix|asked|questions?) (?:of|about|on|to)\b",
    re.IGNORECASE,
)
"""What was asked, and how many, told without a verb: `20 multiple-choice questions`."""
FOLLOW_UP = re.compile(r"^\W{0,6}(?:follow[- ]?ups?|bonus|extension|part \d)\b(?: question)?\W", re.IGNORECASE)
"""What goes on from the question before it."""
ASKED_LABEL = re.compile(r"\W{0,3}(?:q|question)\s?\d{1,2}\s?[:.)-]", re.IGNORECASE)
"""A question's number, at the head of a line."""
SOMEBODY = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
WHO = re.compile(
    r"\b(?:interviewers?|recruiters?|managers?|guy|lady|man|woman|directors?|engineers?|hr|leads?|vp|partner|person|people|scientist|architect|founder|ceo|cto|team)\b",
    re.IGNORECASE,
)
"""Who `he` and `she` are, if the sentence says so."""
GLUED = re.compile(r"[a-z]{2}['’\"”)]{0,2}[.!?]['’\"”)]{0,2}[A-Z][a-z ]|[a-z]{2}I (?:forg|don|can|was|had)")
"""Two sentences without a blank between them."""
