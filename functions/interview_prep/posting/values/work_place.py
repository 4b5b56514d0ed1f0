"""Where the work is done, as running text says it: a place, and how it is shared between home and office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.interview_prep.posting.identity.vocabulary import is_place

LONGEST = 70
_WORD = r"[A-Z](?:[\w'’-]|\.(?=\w)|(?<=\bSt)\.|(?<=\bFt)\.|(?<=\bMt)\.){0,30}"
_NAME = rf"{_WORD}(?:(?:,? |, )(?:(?:of|on|upon|de|la|am|der|and|or) )?{_WORD}){{0,3}}"
_SITES = r"office|studio|site|plant|store|branch|hospital|school|campus|workshop|clinic|depot|warehouse|restaurant|hotel|centre|center|headquarters|hq|hub|laborator(?:y|ies)|factory|care home|nursery|practice"
_PLACES = (
    re.compile(rf"\b(?:(?:this|the) (?:role|job|position|post|vacancy|opportunity) (?:is|will be)|you(?:'ll| will)? (?:be|work)|we are looking for [^.\n]{{3,60}}|job|role|position|post|opportunity)\s(?:(?:is|will be|to be|be) )?(?:(?:based|located|situated|working|join us|hybrid|remote|on-?site)\b[^.\n]{{0,20}}?)?\b(?:in|at|near|from|outside)\s(?:(?i:the|our|central|downtown|sunny|lovely|beautiful|greater|north|south|east|west)\s){{0,2}}(?P<place>{_NAME})"),
    re.compile(rf"\b(?i:based|located|situated|located near|{_SITES}s?|on-?site|hybrid|in person|you will work|you work|work from our)\b[^.\n]{{0,30}}?\b(?:in|at|near|outside)\s(?:(?i:the|our|central|downtown|sunny|lovely|beautiful|greater)\s)?(?P<place>{_NAME})"),
    re.compile(rf"\b(?:in|at|from|to|join|for) (?:our|the|their|its) (?P<place>{_NAME}),? (?i:based |offices?\b|locations?\b|area\b|(?:{_SITES})\b)"),
    re.compile(rf"\bin (?P<place>{_NAME})\s?\((?i:hybrid|remote|on-?site)\b"),
    re.compile(r"^[^\w\n]{0,6}(?P<place>[A-Z][\w'’.-]{2,30}(?: [A-Z][\w'’.-]{1,30}){0,2})\s?(?:/|\(|[-–|])\s?(?i:hybrid|remote|on-?site)\b", re.MULTILINE),
    re.compile(rf"\b(?i:am standort|standort|in unserem büro in|für unser(?:en|e) (?:standort|büro|filiale) in|am arbeitsort|arbeitsort|dienstort)\s(?:in )?(?P<place>{_NAME})"),
    re.compile(rf"\b(?i:basé(?:e)?|situé(?:e)?|poste basé|nos bureaux|notre agence) (?:à|de|en) (?P<place>{_NAME})"),
    re.compile(rf"\b(?i:ubicad[oa]s?|oficinas?|sede|con sede|situad[oa]|localizad[oa]s?|escritório|presencial|híbrido) (?:en|em|a|di|de) (?P<place>{_NAME})"),
    re.compile(rf"\b(?i:místo výkonu práce|pracoviště|pobočk\w+|kancelář\w*|prodejn\w+) (?:je )?(?:v|ve|na) (?P<place>{_NAME})"),
    re.compile(rf"\b(?i:biur\w+|oddzia\w+|w siedzibie|sklep\w*|praca) w (?P<place>{_NAME})"),
    re.compile(r"(?:工作地点|工作地點|办公地点|base地|上班地点|工作城市)\s{0,2}(?:在|：|:)?\s{0,2}(?P<place>[\u4e00-\u9fff]{2,12}(?:[-·区市路][\u4e00-\u9fff]{0,10})?)"),
    re.compile(r"(?:勤務地|勤務先)\s{0,2}(?:は|：|:)?\s{0,2}(?P<place>[\u4e00-\u9fff]{2,12})"),
)  # fmt: skip
"""Where the work is, as a text says it, the surest first. What only comes from there, or flies there, is no place of work."""
_NO_PLACE = re.compile(
    r"^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|I|We|You|The|Our|Your|This|That|It|A|An|As|If|"
    r"Agile|Scrum|Python|Java\w*|SQL|English|Excel|Microsoft|Google|AWS|Azure|Office|Power|Tableau|Big\w+|React\w*|Data\w*|Engineering|Sales|Marketing|Finance|Technology|Operations|Human|Information|Business|Computer|Product|Customer|"
    r"Health|Human|Research|Science|Level|Grade|Stage|Series|HQ|Hybrid|Remote|English|French|German|Spanish|Tier|Fortune|Step|Zoom|Government|Federal|Teams|Slack|LinkedIn|Glassdoor|Indeed|GitHub|Facebook|Instagram|WhatsApp)\b"
)
_OF_ORGANISATIONS = re.compile(
    r"\b(?:Services?|Opening|Test|Department|Team|Division|Group|Labs?|Program(?:me)?|Platform|Management|Support|Solutions|Systems?|Engineer(?:ing)?|Analytics|Project|Company|Inc|Ltd|LLC|Board|Committee|Centre of|Center of|Function|Unit|Practice|Software|Intelligence|Security)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:founded|offices|customers|clients|partners|headquartered|headquarters|hq|our parent|branches|stores|locations|investors|registered)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
"""Words before a place that tell of the employer, not of the job."""
_REMOTE = re.compile(
    r"\b(?:fully|100 ?%|completely|entirely|primarily|permanently|mostly) remote\b|\bremote[- ](?:first|only)\b|\bwork(?:ing)? (?:remotely )?from (?:home|anywhere)\b(?! (?:stipend|allowance|budget|policy|day|up to|one|two|when|equipment|option))|"
    r"\bthis is a remote (?:role|job|position|post)\b|\bremote (?:role|position|job)\b|\bhome[- ]based (?:role|position|job)\b|\b100 ?% (?:home ?office|télétravail|remoto)\b|\bteletrabajo total\b|\bfull remote\b|práce na dálku|praca zdalna|全远程|完全リモート",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    r"\bhybrid[- ](?:working|work|role|position|job|model|basis|schedule|set-?up|arrangement|office|environment|pattern|remote|contract|\w+ working)\b|\bhybrid\s?[(:,–-]\s?\d|\(hybrid\b|/\s?hybrid\b|\bhybrid (?:from|in|at|out of) (?:our|the|their)\b|"
    r"\b(?:\d|one|two|three|four) days? (?:a|per|each|every|/) ?week (?:in|at|from) (?:the |our |your )?(?:\w+ )?(?:office|home|site)|\b(?:\d|one|two|three|four) days? (?:in|at|from) (?:the |our )?(?:\w+ )?(?:office|home)\b|"
    r"\bhybrides? (?:arbeit\w*|arbeiten|modell)|\bmobiles arbeiten\b|\bhome[- ]?office[- ]?(?:möglich\w*|anteil|tage?)|\bmodelo híbrido\b|\bformato híbrido\b|\btélétravail (?:partiel|\d)|\b\d jours? de télétravail|hybridní|hybrydow|υβριδική|混合办公|ハイブリッド勤務|عمل هجين",
    re.IGNORECASE,
)


_GLUED = re.compile(r"(?<=[a-zà-ÿ]{3})\.(?=[A-Z])")
"""A full stop that lost the blank behind it: what follows is the next sentence."""


def place_in(text: str, company: str = "") -> str:
    """The place of work that a text names, as it writes it; empty if it names none. A known place comes before another; the employer's own name is none."""
    found = list(_places(text, company))
    return next((place for place in found if is_place(place)), found[0] if found else "")


def _places(text: str, company: str) -> Iterator[str]:
    for pattern in _PLACES:
        for found in pattern.finditer(text):
            place = _GLUED.split(found["place"], maxsplit=1)[0].strip(" .,;-")[:LONGEST]
            before = text[max(0, found.start("place") - 60) : found.start("place")]
            if _NO_PLACE.match(place) or _OF_ORGANISATIONS.search(place) or _ELSEWHERE.search(before):
                continue
            if not (company and place.casefold() in company.casefold()):
                yield place


def mode_in(text: str) -> str:
    """`Hybrid` or `Remote` as the text says of the job; empty where it says neither."""
    if _HYBRID.search(text):
        return "Hybrid"
    return "Remote" if _REMOTE.search(text) else ""
