"""What a mention of a company means, by the words around it: the employer, a channel one talks over, a product, an everyday word.

"interviewed at Zoom" names an employer, "interviewed over Zoom" a channel, "a memory block" a word, "X amount" a placeholder.
"""

from __future__ import annotations

import re
from typing import Literal

from functions.interview_prep.forum.ambiguous_names import (
    ADJECTIVES,
    BOARDS,
    FORUMS,
    GIGS,
    OCCUPATIONS,
    SKILLS,
    SPOKEN_OVER,
    SYSTEMS,
    TOOLS,
    VENUES,
)
from functions.interview_prep.forum.usual_meanings import usual_meaning

Frame = Literal["employer", "name", "channel", "product", "word", "unclear"]
AROUND = 160
"""Characters looked at on either side of a mention."""


_SKILL_AFTER = re.compile(
    r"[\s-](?:certified |functional |technical |senior |junior |trained )?(?:analysts?|admins?|administrators?|dev(?:eloper)?s?|consultants?|consult(?:ing|ancy) (?:compan\w+|firms?|agenc\w+|partners?|practices?|teams?)|architects?|dba|certifi\w+|certs?|tests?|modules?|credentialed|specialists?|training|experience|support(?! (?:advis|specialist|engineer|agent|rep|manager))|integrations?|related|stuff|tools?|side|data(?! (?:scien|engineer|analy|annot|architect|interview|team|position|role))|crm|eco-?system|land|bootcamps?)\b",
    re.IGNORECASE,
)
_SKILL_BEFORE = re.compile(
    r"\b(?:experience|experienced|familiar\w*|proficien\w+|knowledge|skills?|certified|certifi\w+|expert\w*|background) (?:with|in|of|on|using) $",
    re.IGNORECASE,
)
_TECHNOLOGY = r"(?:python|(?:no|my|postgre)?sql|java(?:script)?|typescript|html|css|react|angular|vue|node(?:\.?js)?|express|postgres|golang|spark|hadoop|kafka|airflow|dbt|docker|kubernetes|terraform|ansible|linux|excel|powerpoint|photoshop|canva|wordpress|jenkins|git|php|etl)"
_AMONG_TECHNOLOGY = (
    re.compile(rf"\b{_TECHNOLOGY}\)?\s?(?:[,/&+|]|and|or)\s?(?:and |or )?$", re.IGNORECASE),
    re.compile(rf"\s?(?:[,/&+|]|and|or)\s?(?:and |or )?{_TECHNOLOGY}\b", re.IGNORECASE),
)
"""A list of what somebody knows or uses, before and after a name in it."""
_GIG_AFTER = re.compile(r"[\s-](?:driver|driving|shopper|courier|dasher|deliver(?:y|ies)|eats|orders?|account)\b", re.IGNORECASE)
_GIG_BEFORE = re.compile(
    r"\b(?:do|does|doing|did|dr[io]v(?:e|es|ing)|deliver(?:ing|y)?|try|tried|should i|to just)\s(?:for |with )?$", re.IGNORECASE
)
"""Driving for it is no job that one interviews for."""
_CRAFT_WORD_BEFORE = re.compile(
    r"\b(?:(?:worked|working|work|skills?|junior|good|expertise|certifications?|certs?|exp|years?|yoe|use[sd]?|using|uses|requir(?:e|es|ing)|into|like|learn(?:ing|ed)?|know(?:s|ing)?) (?:with|in|of|on)? ?|\b(?:experience|knowledge|skills?|proficien\w+|background)[^.!?\n]{0,80}, (?:and )?)$",
    re.IGNORECASE,
)
"""What one has worked with or in, by itself or in a list of skills."""
_SKILL_JOB_AFTER = re.compile(r"[\s-](?:engineer(?:s|ing)?|job|role|position|contract|gig)\b", re.IGNORECASE)
_ANY_OF_THEM = re.compile(r"\b(?:an?|some|full[- ]?time|part[- ]?time|entry[- ]level|remote)\s$", re.IGNORECASE)
"""`a Splunk engineer job` is one of many employers'."""
_BOARD_AFTER = re.compile(
    r"['’]?s?[\s-](?:job )?(?:jobs?(?! (?:offer|interview))|job search|search|hiring|recruiters?|rejections?|postings?|listings?|tips?|requests?|applications?|ads?|resumes?|rejected|says|said|shows)\b",
    re.IGNORECASE,
)
"""What somebody finds or does on a board, whoever the employer is: `LinkedIn job search`, `LinkedIn rejection`."""
_OF_OCCUPATION_AFTER = re.compile(
    r"['’]?s?[\s-](?:roles?|positions?|jobs?|interviews?|(?:to|for|of) (?:the|an?|several|multiple|[A-Z])|experience|work|openings?|candidates?)\b",
    re.IGNORECASE,
)
"""What follows initials that are an occupation's: `an EA position`, `EA to the CEO`."""
_ANYBODYS_BEFORE = re.compile(r"\b(?:an?|the|my|her|his|their|as|this|your|current|senior|been)\s$", re.IGNORECASE)
_FORUM_BEFORE = re.compile(
    r"\b(?:came|comes|swear|read|found|find|saw|seen|advice|tips?|posts?|posted|posting|hi|hello|hey|dear|thanks?|thank you|strangers|people|folks|seekers|managers|users?|questions?) (?:[\w'’]+ ){0,2}?(?:from|on|in|to|of|by|the)?\s?$|(?:^|\n)(?:hi|hello|hey|dear),? $",
    re.IGNORECASE,
)
_FORUM_AFTER = re.compile(
    r"[\s-](?:communit\w+|users?|threads?|posts?|subs?|subreddits?|comments?|handle|name|history|strangers|fam|folks|people|peeps)\b",
    re.IGNORECASE,
)
"""A forum that one reads and writes on, whoever the employer is."""
_ROLE_INTERVIEW_AFTER = re.compile(
    r"\s(?:data|software|product|ml|machine learning|front-?end|back-?end|sales|analytics|swe|sde|pm|ux|new grad|intern(?:ship)?)\b[\w /-]{0,25}?\b(?:interviews?|on-?site|oa|screens?)\b",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(r"\b(?:company|employer|startup|firm|place) (?:called|named)\s[\"'“*]{0,2}$", re.IGNORECASE)
_WORD_AFTER = re.compile(
    r"[\s-](?:one|1|root|peg|met(?:er|re)s?|feet|foot|ft|matrix|years?|closing|analysis|audience|market)\b", re.IGNORECASE
)
"""What makes a saying or a measure of an everyday name: `square one`, `gap year`, `target audience`."""
_WRITTEN_BEFORE = re.compile(
    r"(?<!interview )(?<!interviews )(?<!interviewed )(?<!job )(?<!role )(?<!position )(?<!working )(?<!work )(?<!worked )\b(?:in|into|inside)\s$",
    re.IGNORECASE,
)
"""What one writes in: `my notes in Notion`, not `an interview in Notion`."""
_OWN_BEFORE = re.compile(r"\b(?:my|an?|this|that|such an?|most)\s+$", re.IGNORECASE)
_LEVEL_AFTER = re.compile(r"[\s-](?:level|fail\w*|win|story|interview fail|judg\w+|decision|back|out)\b", re.IGNORECASE)
_COMPOUND_BEFORE = re.compile(
    r"(?:\b(?:high|low|mid|hi)[\s-]|\b(?:student|work|tourist|travel|working holiday|holiday|us|uk|h-?1-?b|j-?1|f-?1|b-?[12]|dependent|spouse|stumbling|road|mental|memory|writer['’]?s|building|sales|salary|ginger)\s|\w&(?:amp;)?\w{0,3}\s)$",
    re.IGNORECASE,
)
"""What makes another name or word of it: `student visa`, `mental block`, `H&R Block`."""
_FROM_BEFORE = re.compile(r"\b(?:from|by|with)\s$", re.IGNORECASE)
_FOR_INTERVIEW_AFTER = re.compile(r"\s(?:for|to) (?:an? |my |the )?(?:\w+ ){0,5}interview", re.IGNORECASE)
_TOOL_INTERVIEW_AFTER = re.compile(
    r"[\s-](?:(?:job|final|round|first|second|panel|video|virtual|onsite) ){0,2}(?:interview|call|meeting)s?\b", re.IGNORECASE
)
_ANY_BEFORE = re.compile(
    r"\b(?:a|an|the|my|your|final|first|second|third|recorded|virtual|online|upcoming|another|via|over|on|for)\s{1,2}[\"'“*]{0,2}$",
    re.IGNORECASE,
)
_STATUS_BEFORE = re.compile(
    r"\b(?:disappear\w*|vanish\w*|removed|gone|taken down|e-?mails?|notifications?|update[ds]?|status|says?|logged|posting|application)\s(?:\w+ ){0,2}(?:from|in|on|into)\s$",
    re.IGNORECASE,
)
_STATUS_AFTER = re.compile(
    r"['’]?s?[\s-](?:(?:job|application|candidate|profile)\s){0,2}(?:status\w*|portal|profiles?|says|shows|still|tracker|dashboard)\b",
    re.IGNORECASE,
)
"""A recruiting system that shows how an application stands."""
_CRAFT_AFTER = re.compile(r"[\s-](?:databases?|dbs?|linux|sql|java|fusion|hcm|erp|cloud fusion|e-?business)\b", re.IGNORECASE)
_LEGAL_AFTER = re.compile(r",?\s(?:Inc|LLC|Ltd|Corp|Corporation|Limited|PLC|GmbH)\b", re.IGNORECASE)
_LOOP_BEFORE = re.compile(
    r"\bat\s$|\b(?:interview\w*|offers?|roles?|jobs?|positions?|rounds?)\b[^.!?\n]{0,20}\bwith\s$", re.IGNORECASE
)
_WORK = (
    r"interview\w*|int\*?rview\w*|offers?|on-?sites?|loop|screen\w*|assessments?|oa|recruiters?|recruiting|hiring manager|positions?|roles?|jobs?|gigs?|intern|interns|internships?|employees?|engineers?|developers?|"
    r"swe|sde|managers?|analysts?|designers?|scientists?|rounds?|process|experience|applications?|referr\w+|rejected|rejection|hired|hiring|work|works|worked|working|career|careers|teams?|appl(?:y|ied|ying)|"
    r"joined|joining|laid off|fired|ghosted|accepted|hear(?:d|ing)? back|start|started|starting|got in|people|friends?|someone|anyone|colleagues?|call"
)
_PLACE_WORD = r"at|with|for|from|by|to|into|in|@"
_LIST = (
    r"(?:[*\"'“(]{0,2}[\w&.'’-]{1,24}(?: [A-Z][\w&.'’-]{0,20}){0,2}[*\"'”)]{0,2}(?:,? (?:and|or|vs\.?) |, ?| ?/ ?| ?& ?)){0,8}"
)
_WORK_BEFORE = re.compile(
    rf"\b(?:{_WORK})\b[^.!?\n]{{0,30}}?\b(?:{_PLACE_WORD})\s+(?:the\s+|big\s+)?[*\"'“(]{{0,2}}{_LIST}[*\"'“(]{{0,2}}$",
    re.IGNORECASE,
)
_AT_BEFORE = re.compile(rf"(?:\b(?:at|joined|joining|leaving|left)|@)\s*[*\"'“]{{0,2}}{_LIST}$", re.IGNORECASE)
_BRACKET = r"(?:\s?\([^()\n]{1,30}\))?"
"""A second name behind the first: `Block (Square)`."""
_SURE_AFTER = re.compile(
    _BRACKET
    + r"(?:['’]s)?[\s:()*|\"/-]{1,3}(?:(?:software|senior|staff|junior|data|product|backend|frontend|full|stack|machine|learning|sales|retail|store|seasonal|new|grad|summer|technical|tech|final|virtual|first|second|entry|level|remote|corporate|global|labs?|(?-i:[A-Z][\w&/]{1,14}))[\s-]{1,2}){0,4}"
    r"(?:interview (?:process|experience|questions?|loop|prep|preparation|rounds?|timeline|tips|advice|stages?|review)|interviewers?|recruiters?|recruiting|recruitment|hiring|offers?|on-?sites?|phone screen\w*|hiring manager|employees?|"
    r"engineers?|engineering|developers?|swe|sde\w?|pm|tpm|analysts?|designers?|managers?|scientists?|interns?|internships?|new grads?|hq|headquarters|offices?|layoffs?|layed|rejection|rejected|rejects|ghosted|"
    r"ghosts|team match\w*|careers?|pays|l[3-8]\b|e[3-7]\b|asked|asks|offered|told me|hires|hired|reached out|got back|gave me|wanted me|made me|flew me|cancell?ed|position|positions|role|roles|job|jobs|had me|emailed me|called me|sent me|contacted me|rejected me|panel|loop|super ?day|take-?home|specialists?|associates?|representatives?|strategists?|architects?|coordinators?|technicians?|(?:company |work )?culture|reputation|as (?:a|an) (?:company|employer|workplace)|referrals?|new hires?|(?:graduate |grad |summer |trainee |leadership )?(?:programme|program|scheme)|apprenticeship|fellowship)\b",
    re.IGNORECASE,
)
_STORE_AFTER = re.compile(r"[\s-](?:retail )?(?:stores?|warehouse|restaurant|branch|plant|office)\b", re.IGNORECASE)
_INTERVIEW_AFTER = re.compile(
    _BRACKET
    + r"(?:['’]s)?[\s-]{1,2}(?:in[- ]person[\s-]|(?!(?:for|to|in|of|from|with|at|on|before|after|during|and|or|but|so|if|is|was|are|as|by|via|i|we|you|they|he|she|it|an?|the|my|your|their|this|that|should|would|could|will|can|have|has|had|do|does|did|got)\b)[\w/-]{1,20}[\s-](?:\([^()\n]{1,20}\)\s)?){0,4}?(?:interviews?|interviewing|assessment|oa|screen\w*|rounds?|test|challenge)\b",
    re.IGNORECASE,
)
_EVENT = (
    r"(?:(?:tech(?:nical)?|phone|resume|recruiter)\s)?screens?|on-?sites?|rejected|rejection|ghosted|offer(?:ed|s)?|finals?|final rounds?|rounds?|failed|passed|oa|interview\w*|"
    r"recruiter|declined|withdrew|cancell?ed|no response|took|take-?homes?|virtual on-?site"
)
_RESULT_AFTER = re.compile(
    rf"[*_\s]{{0,4}}(?:\([^()\n]{{1,30}}\)[*_\s]{{0,4}})?(?:[-–—:|]{{1,2}}|=+(?:&gt;|>)|-+(?:&gt;|>)|→)[\s*_]{{0,4}}(?:[\w/+-]{{1,15}}\s){{0,4}}(?:{_EVENT}|[el][3-7])\b"
    rf"|\s{{0,2}}\((?:[\w/+-]{{1,15}}\s){{0,3}}(?:{_EVENT})\b",
    re.IGNORECASE,
)
"""A list of results: `Oracle - tech screen - failed`, `Facebook ==> L5 offer`, `Amazon (cancelled due to offer)`."""
_LISTED_BEFORE = re.compile(
    rf"(?:^|[\n*.] ?)[^\n:.]{{0,60}}\b(?:{_EVENT}|compan(?:y|ies))\b[^\n:.]{{0,60}}:[*_ ]{{0,4}}\s{{0,6}}(?:\(?\d{{1,2}}[.)][^\n]{{1,90}}?\s{{1,6}}){{0,8}}(?:\d{{1,2}}[.)]|[-*•])[*_ ]{{0,4}}$",
    re.IGNORECASE,
)
"""An item under a heading such as `Offers:`, `Rejected me:`."""
_ROUND_BEFORE = re.compile(
    rf"\b(?:rounds? of|(?:talk|spoke|chatt|interview|speak)\w*,? (?:with|to)|(?:interview\w*|appl\w+|offers?|on-?sites?)[^.!?\n]{{0,40}}?:)\s+{_LIST}$"
    r"|\b(?:internships?|offers?|jobs?|positions?|roles?) (?:at|with|from)[^.!?\n]{0,50}\($",
    re.IGNORECASE,
)
_STORE_JOB_BEFORE = re.compile(
    r"\b(?:interview\w*|appl(?:y|ied|ying)|hired|job|position|role|shift|specialist|cashier|associate|seasonal|part-time)\b[^.!?\n]{0,60}\b(?:at|for|in|with)\s(?:the|an?|my|our)?\s?(?:local |nearby )?$",
    re.IGNORECASE,
)
_OTHERS_CAREER = re.compile(
    r"\b(?:formerly|previously|ex|who (?:was|is|were|worked|works|spent)|he|she|they|him|her|his|people|guys?|founders?|ceo|cto|coo|[A-Z][a-z]+ (?:was|is|spent|worked))\b[^.!?\n]{0,90}\b(?:at|for|from|by)\s{1,2}[*\"'“]{0,2}$"
)
"""Where somebody else has worked: no report of the author's."""
_BOUGHT_BEFORE = re.compile(
    r"\b(?:buy|buying|bought|shop|shopping|shopped|order(?:ed|ing)?|cheaper|sold|sells?|price[sd]?|available|parked|ate)\b[^.!?\n]{0,25}\b(?:at|from|on|both at)\s{1,2}$",
    re.IGNORECASE,
)
_BOARDS_BEFORE = re.compile(
    r"\b(?:on|via|through|using|like)\s(?:[A-Z]\w{2,15}, ){0,6}(?:LinkedIn|Indeed|Glassdoor|Otta|ZipRecruiter|Handshake)(?:, ?[\w ]{2,15}){0,4},? (?:and |or )?$",
    re.IGNORECASE,
)
_FIRST_PERSON_BEFORE = re.compile(
    rf"\b[Ii](?:['’]ve| have| was| had)? (?:\w+ )?(?:interviewed|applied|got (?:an? )?(?:offer|rejected|job)|had (?:an|my) interview|worked|work)\b[^.!?\n]{{0,20}}? (?:at|for|from|by|to) (?:the )?{_LIST}$"
    rf"|(?:^|[.!?\n]\s{{0,2}})(?:Just |Recently |Today I? ?)?(?:[Ii]nterviewed|[Aa]pplied|[Ff]inished|[Pp]assed|[Ff]ailed|[Cc]ompleted|[Aa]ccepted|[Rr]eceived|[Gg]ot|[Hh]ad|[Dd]id)\b[^.!?\n]{{0,45}}? (?:at|for|from|with|to) {_LIST}$"
)
_JOB_BEHIND_AFTER = re.compile(
    r"['’]?s?[\s-]{1,2}(?!(?:google |ms )?(?:docs?|forms?|meet|hangouts?|teams|chats?|profiles?|accounts?|apps?|links?|posts?|messages?|reviews?|customers?|users?|years?|months?|weeks?|days?|hours?)\b(?!\s(?:engineer|developer|manager|team)))(?:data |pay )?[\w]{2,15}[\s-]"
    r"(?:(?:engineer\w*|manager|analyst|scientist|associate|partner|team|operations|strategy|design\w*|product|software)\s){0,3}(?:interviews?|interviewing|screens?|screening|round|internships?|engineers?|developers?|analysts?|managers?|scientists?|designers?|roles?|jobs?|positions?)\b(?!\s(?:link|call|room|tips for)\b)",
    re.IGNORECASE,
)
"""A noun that only says what the job or the round is: `phone interview`, `Analytics Engineer`, `Store Manager`."""
_ITS_INTERVIEW_AFTER = re.compile(
    r"['’]s?\s(?:[\w/-]{1,20}\s){0,3}?(?:interview\w*|hiring|recruit\w+|onboarding)\b", re.IGNORECASE
)
_CHANNEL_BEFORE = re.compile(
    r"\b(?:on|over|via|through|thru|using|use|used|uses|open|opened|installed?|download\w*|check(?:ed)?|updated?)\s+(?:(?:a|an|the|my|their|your|ms|microsoft|google)\s+){0,2}[\"'“*]{0,2}$",
    re.IGNORECASE,
)
_CHANNEL_AFTER = re.compile(
    r"['’]?s?[\s-]{1,2}(?:video |web |audio |group )?(?:calls?|links?|meetings?|meets?|invites?|invitations?|rooms?|sessions?|chats?|profiles?|accounts?(?! (?:executive|manager|strateg))|apps?|dms?|messages?|inmails?|forms?|portal|recordings?|"
    r"videos?|screen ?shar\w*|whiteboards?|envelopes?|documents?|docs?|signatures?|notifications?|channels?|groups?|posts?|pages?|search|premium|easy apply|repos?|repository|repositories|actions|projects?|connections?|interviews? (?:link|call|room))\b",
    re.IGNORECASE,
)
_PRODUCT_AFTER = re.compile(
    r"['’]?s?[\s-]{1,2}(?:docs?|documents?|sheets?|slides|drive|forms?|meet|hangouts?|calendar|translate|scholar|chrome|reviews?|ratings?|results|page|checkout|api|apis|sdk|shirt|tie|suit|gift ?cards?|parking|stocks?|shares|customers?|users?|"
    r"cards?|devices?|phones?|integrations?|library|framework|payments?|stores?|ads|maps|cart|voice|home|tv|music|prime|pay|features?|playlists?|subscriptions?|(?:web )?player|clones?|models?|platforms?|axis|amount|number of|months?|years?|hours?|days?|y\b|and y\b|data analytics|analytics|ad grants?|certificat\w+|classroom|workspace|cloud (?:platform|functions|run|skills|certif\w+)|teams (?:call|meeting|link|interview|invite)|account(?! (?:strat|manag|exec)))\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"\b(?:a|an|the|my|your|his|her|their|our|this|that|these|those|any|no|each|every|some|one|work|building|memory|code|city|parking|next|whole|same|first|last|to|of)\s+$",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(r"(?<!\s)\s{1,2}of\s{1,2}(?:the\s)?[A-Z]")
"""What follows the first word of a longer name: `Elements of Programming Interviews`."""
_FOR_ANOTHER_AFTER = re.compile(
    r"['’]?s?[\s-]{1,2}(?:[\w/-]{1,20}\s){0,3}?(?:interview|round|screen|screening|assessment|test|oa)s?\s(?:(?:at|with|by)|for(?!\s(?:an? |the )?(?:senior|sr|jr|junior|staff|lead|principal|software|data|product|project|program|business|financial?|sales|solutions?|customer|account|technical|tech|new|entry|intern\w*|graduate|grad|swe|sde|pm|engineer\w*|manager|analyst|developer|consultant|scientist|designer|associate|summer|full|back|front)\b))\s(?:an? |the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
"""A tool's round for another employer: `HackerRank test for Walmart`."""
_LETTER_COMPANY = re.compile(r"formerly|twitter|\bcorp\b|x\.com|x\.ai|elon|musk", re.IGNORECASE)


def is_own_report(word: str, before: str) -> bool:
    """Whether the author says to have interviewed, applied or worked there, or calls it a company: one such mention is enough, whatever else the name means."""
    return word[:1].isupper() and bool(_FIRST_PERSON_BEFORE.search(before) or _CALLED_BEFORE.search(before))


def frame_of(name: str, word: str, before: str, after: str) -> Frame:
    """The frame of one mention. `word`: the name as the text writes it; `before`, `after`: up to `AROUND` characters beside it."""
    short = len(name) <= 2  # noqa: PLR2004 - a letter or two are placeholders and initials first of all
    if short and (word != word.upper() or (len(name) == 1 and not _LETTER_COMPANY.search(before + after))):
        return "word"
    known = name.casefold()
    if usual := usual_meaning(known, before, after):
        return usual
    tool, determined = known in TOOLS, word.islower() and bool(_DETERMINED.search(before))
    venue = known in VENUES
    of_job = not venue and bool(_JOB_BEHIND_AFTER.match(after))
    tests: tuple[tuple[Frame, bool], ...] = (
        ("word", bool(_COMPOUND_BEFORE.search(before))),
        (
            "word",
            known in OCCUPATIONS
            and not _LOOP_BEFORE.search(before)
            and bool(_OF_OCCUPATION_AFTER.match(after) or _ANYBODYS_BEFORE.search(before)),
        ),
        ("channel", known in BOARDS and not _LOOP_BEFORE.search(before) and bool(_BOARD_AFTER.match(after))),
        ("word", word.islower() and bool(_WORD_AFTER.match(after))),
        (
            "product",
            bool(_AMONG_TECHNOLOGY[0].search(before) or _AMONG_TECHNOLOGY[1].match(after)) and not _AT_BEFORE.search(before),
        ),
        ("product", known in GIGS and bool(_GIG_BEFORE.search(before) or _GIG_AFTER.match(after))),
        ("channel", tool and bool(_WRITTEN_BEFORE.search(before)) and not _INTERVIEW_AFTER.match(after)),
        ("word", known in ADJECTIVES and bool(_LEVEL_AFTER.match(after))),
        ("word", known in ADJECTIVES - {"snap", "square", "prime"} and bool(_OWN_BEFORE.search(before))),
        ("employer", bool(_FROM_BEFORE.search(before) and _FOR_INTERVIEW_AFTER.match(after))),
        ("employer", word[:1].isupper() and bool(_LEGAL_AFTER.match(after))),
        ("product", known in SKILLS and bool(_SKILL_AFTER.match(after)) and not _AT_BEFORE.search(before)),
        ("product", known in SKILLS and bool(_CRAFT_AFTER.match(after)) and not _LOOP_BEFORE.search(before)),
        ("employer", bool(_CALLED_BEFORE.search(before))),
        ("product", known in SKILLS and bool(_CRAFT_WORD_BEFORE.search(before)) and not _INTERVIEW_AFTER.match(after)),
        ("product", known in SKILLS and bool(_ANY_OF_THEM.search(before)) and bool(_SKILL_JOB_AFTER.match(after))),
        ("channel", known in FORUMS and bool(_FORUM_AFTER.match(after) or _FORUM_BEFORE.search(before))),
        ("employer", tool and known not in SPOKEN_OVER and bool(_ROLE_INTERVIEW_AFTER.match(after))),
        ("product", known in SKILLS and bool(_SKILL_BEFORE.search(before)) and not _INTERVIEW_AFTER.match(after)),
        ("channel", tool and bool(_STATUS_AFTER.match(after) or _STATUS_BEFORE.search(before))),
        ("channel", known in SPOKEN_OVER and bool(_TOOL_INTERVIEW_AFTER.match(after) and _ANY_BEFORE.search(before))),
        ("employer", not venue and word[:1].isupper() and bool(_ITS_INTERVIEW_AFTER.match(after))),
        ("name", bool(_TITLE_AFTER.match(after))),
        ("channel", (venue or known in SYSTEMS or known in SKILLS) and bool(_FOR_ANOTHER_AFTER.match(after))),
        ("employer", bool(_STORE_AFTER.match(after)) and bool(_WORK_BEFORE.search(before) or _STORE_JOB_BEFORE.search(before))),
        ("product", (not of_job and bool(_PRODUCT_AFTER.match(after))) or bool(_BOUGHT_BEFORE.search(before))),
        ("channel", bool(_BOARDS_BEFORE.search(before))),
        ("name", bool(_OTHERS_CAREER.search(before))),
        ("employer", bool(_SURE_AFTER.match(after)) and not (determined and tool)),
        ("channel", not of_job and bool(_CHANNEL_AFTER.match(after))),
        ("employer", bool(_WORK_BEFORE.search(before)) or bool(_ROUND_BEFORE.search(before))),
        ("employer", bool(_RESULT_AFTER.match(after)) or bool(_LISTED_BEFORE.search(before))),
        ("channel", bool(_CHANNEL_BEFORE.search(before))),
        ("employer", bool(_AT_BEFORE.search(before))),
        ("channel" if venue else "employer", bool(_INTERVIEW_AFTER.match(after))),
        ("word", determined),
    )
    return next((frame for frame, holds in tests if holds), "name")
