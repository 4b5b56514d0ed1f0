"""What names mean first of all that are a job board's, a weekday's, a level's or a craft's, before any other frame is looked for."""

from __future__ import annotations

import re
from typing import Literal

from functions.interview_prep.forum.ambiguous_names import BOARDS, DAYS, FORUMS, LEVELS, SKILLS, TESTED_BY

_THERE_BEFORE = re.compile(
    r"(?:\bat|@)\s[*\"'“]{0,2}$|\b(?:interview\w*|offers?|internships?|jobs?|roles?|positions?|rounds?|loop|work\w*|intern\w*|recruiter|screen)\b[^.!?\n]{0,40}\b(?:at|with)\s[^.!?\n]{0,60}$"
    r"|\b(?:joined|joining|join|accept(?:ing|ed)?|than|interview|company (?:called|named))\s[\"'“*]{0,2}$",
    re.IGNORECASE,
)
"""Words before a board's name that make an employer of it."""
_THERE_AFTER = re.compile(
    r"['’]?s?\s(?:(?:data|software|product|ml|machine|learning|sales|analytics|swe|sde|pm|ux|new|grad|intern(?:ship)?|final|onsite|science|scientist|engineer\w*|manager)\s){1,4}(?:interviews?|onsite|oa|screens?|offer)\b"
    r"|['’]?s?\s(?:hiring manager|onsite|on-site|offer letter|new grad|internship|hq|headquarters|employees?|engineers?|layoffs?|as an? employer)\b"
    r"|(?-i:(?:\s(?:[A-Z][\w&/-]{0,14}|and|of)){1,6})\s(?:interview|on-?site|loop)\b(?!\s(?:questions|tips|reviews))"
    r"|,?\s(?:Inc|LLC|Ltd|Corp)\b",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(r"\.com\b", re.IGNORECASE)
_LEVEL_AFTER = re.compile(
    r"[\s-](?:[\w/&-]{1,16}\s){0,4}?(?:engineers?|engineering|developers?|managers?|scientists?|architects?|designers?|analysts?|consultants?|researchers?|level|swe|sde|pms?|tpms?|software|data|product|program|technical|applied|machine)\b",
    re.IGNORECASE,
)
_MODULE_AFTER = re.compile(
    r"[\s-](?!(?:SWE|SDE|PM|TPM|HR|AI|ML|UX|UI|QA|IT|US|USA|UK|EU|OA|CTO|NYC|SF|CA|TX|NY|ICPC|HM|VP|OK|FAQ|PIP|TC|RSU|EMEA|APAC|SRE|DS|DE|II|III|IV|OCI\d?|IC\d|[ALS]?MTS|[LE]\d|NDE|FDE|SA|SE|AE|BDR|SDR)\b)[A-Z](?:[A-Z0-9]|[/&-](?=[A-Z])){1,7}\b"
)
"""A craft's part in capitals (`SAP FICO`, `Oracle EBS`): what somebody knows, whoever pays for it."""
_CRAFT_BEFORE = re.compile(
    r"\b(?:tech(?:nical)?|(?:consultant|analyst|developer|trainer|recruiter)s? (?:in|for|of)|(?:use[sd]?|using|uses|company that used?) (?:[A-Z]\w{1,20},? (?:and |or )?){0,4})\s?$"
)
_CRAFTSMAN_AFTER = re.compile(r"[\s-]associate (?:consultant|analyst|developer)s?\b", re.IGNORECASE)
_OF_ANOTHER_AFTER = re.compile(
    r"\s(?:\([^()\n]{1,30}\)\s)?(?:interview|round|screen|assessment|test|challenge|oa)s?\s(?:is\s)?in\s(?:the\s)?[A-Z]"
)
Meaning = Literal["channel", "product", "word"]


def usual_meaning(known: str, before: str, after: str) -> Meaning | None:
    """What a mention means by what the name usually is; None where nothing says so. `known`: the name in small letters."""
    if known in BOARDS | FORUMS and not (_THERE_BEFORE.search(before) or _THERE_AFTER.match(after)):
        return "channel"
    if known in TESTED_BY and _OF_ANOTHER_AFTER.match(after):
        return "channel"
    if known in DAYS and not (_DAY_AFTER.match(after) or before.rstrip(" *\"'“").casefold().endswith(" at")):
        return "word"
    if known in LEVELS and _LEVEL_AFTER.match(after):
        return "word"
    if known in SKILLS and (_MODULE_AFTER.match(after) or _CRAFT_BEFORE.search(before) or _CRAFTSMAN_AFTER.match(after)):
        return "product"
    return None
