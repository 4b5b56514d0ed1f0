"""Title, company, place and pay from a text's own labels and phrases. Only what is plainly said; the model does the rest."""

from __future__ import annotations

import re

from functions.interview_prep.forum.job_families import FAMILIES
from functions.interview_prep.posting.clean_text import MAX_LINE, line
from functions.interview_prep.posting.facts import Facts
from functions.interview_prep.posting.structured_data.schema_org import employment_type
from functions.interview_prep.posting.values import iso_date

_HEAD = 12
"""Lines in which a posting says what it is."""
_LONGEST_TITLE, _LONGEST_NAME = 110, 60  # characters
_MOST_WORDS = 14  # of a heading; longer ones are sentences
_OPENING = 6000  # characters in which it says whose it is

_LABELS = {
    "title": r"(?:job|position|role) ?title|title|position|role|job|vacancy|stelle|poste",
    "company": r"company(?: name)?|employer|hiring (?:company|organi[sz]ation)|organi[sz]ation|unternehmen|firma|entreprise",
    "location": r"(?:job |work |office )?locations?|place|based in|standort|arbeitsort|lieu",
    "salary": r"(?:base |annual )?salary(?: range)?|compensation|pay(?: range)?|gehalt|salaire",
    "employment_type": r"employment(?: type)?|job type|contract(?: type)?|type of employment",
    "date_posted": r"(?:date )?posted(?: on)?|published",
    "valid_through": r"(?:application )?(?:deadline|closing date)|apply (?:by|before|until)|closes(?: on)?|valid through",
}
_LABELLED = {
    name: re.compile(rf"^[\s#*>-]*(?:{words})\s*\**\s*[:：]\s*\**\s*(?P<value>\S.*?)\s*\**$", re.IGNORECASE)
    for name, words in _LABELS.items()
}
_NOUNS = (
    r"\b(?:engineer|developer|manager|analyst|designer|scientist|specialist|architect|administrator|consultant|director|lead|officer|associate|"
    r"assistant|coordinator|technician|representative|executive|intern|nurse|teacher|accountant|recruiter|writer|editor|driver|clerk|chef|cook|"
    r"electrician|mechanic|mason|carpenter|plumber|operator|researcher|strategist|head of|vp|chief|counsel|lawyer|physician|pharmacist|therapist)\b"
)
_NOUN = re.compile(_NOUNS, re.IGNORECASE)
_ROLE = re.compile("|".join((_NOUNS, *(f"(?:{family.pattern})" for family in FAMILIES))), re.IGNORECASE)
_WORD = r"[A-Z0-9][\w&+.'’-]*"
_NAME = rf"(?P<company>{_WORD}(?:(?: |, (?=Inc|LLC|Ltd|GmbH))(?:{_WORD}|&|of|and|the|de|und)){{0,4}})"
_ARTICLE = r"(?i:a|an|our|the|for an?|for our)"
_AT = re.compile(rf"^(?P<title>.{{3,{_LONGEST_TITLE}}}?) (?:at|@|bei|chez) {_NAME}\s*(?:$|[|·•(,–—-].*)")
_HIRING = re.compile(
    rf"^{_NAME} (?i:is hiring|hiring|is looking for|sucht)(?: (?i:a|an|our))?(?: remote)? (?P<title>\S.{{2,{_LONGEST_TITLE}}}?)(?: in (?P<location>[A-Z].{{2,60}}?))?(?: \| .*|[.!]|$)"
)
_COLON = re.compile(rf"^{_NAME}: (?P<title>\S.{{2,{_LONGEST_TITLE}}})$")
_SENTENCES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^[\s#*]*(?:About|Join|Why|Life at|Working at|Who is|Über)(?: working at)? {_NAME}[\s:*?!]*$",
        rf"(?:^|[.!?:*]\s+){_NAME},? (?:Inc\.? |LLC )?(?:is (?:hiring|looking for|seeking|searching for)|are (?:hiring|looking for)|seeks|sucht)\b",
        rf"\bAt {_NAME}, (?:we|our|you|every|the)\b",
        rf"\b[Jj]oin (?:us at |the team at )?{_NAME}(?: as\b| and\b|[.!,]|'s|’s)",
        rf"\b(?:work|working|career|role|position|opportunity|opening|job) (?:at|with) {_NAME}\b",
    )
)
_NO_NAME = re.compile(
    r"^(?:the|us|you|your|our|this|we|it|job|role|team|position|company|opportunity|benefits|what|who|why|about|and|an?|in|at|for|remote|work|full|part|apply|"
    r"senior|junior|lead|staff|principal|description|responsibilities|requirements|location|salary|candidate|please|these|that|he|she|they|if|as|now)\b(?! ?[&-])",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:\s*[-–—|:]\s*(?:careers?|jobs?|vacancy|open position)|\s+jobs?)$", re.IGNORECASE
)  # "Cook – Careers at Acme"
_TAIL = re.compile(r"(?: (?:of|and|the|de|und|&))+$")


def by_rules(text: str) -> Facts:
    """What a pasted posting says of itself. `text` is clean, with its line ends."""
    rows = [row for row in (line(row.strip("#*_ \t"), MAX_LINE) for row in text.split("\n")[:200]) if row]
    labelled = {name: _labelled(rows, name) for name in _LABELS}
    head = headline(rows[:_HEAD])
    title = labelled["title"] or head.title or _heading(rows[:_HEAD])
    company = labelled["company"] or head.company or _below(rows[:_HEAD], title) or company_in(text)
    return Facts(
        title=title,
        company=company,
        location=labelled["location"] or head.location,
        salary=labelled["salary"],
        employment_type=employment_type(labelled["employment_type"]),
        date_posted=iso_date(labelled["date_posted"]),
        valid_through=iso_date(labelled["valid_through"]),
    )


def names_role(text: str) -> bool:
    """Whether a text holds a word for a job: what is no company's name and no place."""
    return bool(_NOUN.search(text))


def headline(rows: list[str]) -> Facts:
    """Title and company from a line that says both: `Data Engineer at Acme`, `Acme is hiring a Data Engineer`."""
    for row in rows:
        for pattern in (_AT, _HIRING, _COLON):
            found = pattern.match(row.removeprefix("Job Application for ").removeprefix("Remote "))
            named = _name(found["company"]) if found else ""
            if found and named and _ROLE.search(found["title"]) and not names_role(named):
                location = found.groupdict().get("location") or ""
                return Facts(
                    title=_FURNITURE.sub("", line(found["title"])).strip(" -–—|:"), company=named, location=line(location)
                )
    return Facts()


def company_in(text: str) -> str:
    """The company that a text's sentences speak of, if they plainly do."""
    for pattern in _SENTENCES:
        for found in pattern.finditer(text[:_OPENING]):
            if name := _name(found["company"]):
                return name
    return ""


def _labelled(rows: list[str], name: str) -> str:
    for row in rows[:60]:
        found = _LABELLED[name].match(row)
        if found and len(found["value"]) <= _LONGEST_TITLE:
            return line(found["value"])
    return ""


def _heading(rows: list[str]) -> str:
    """The first short line that names a role, as headings do."""
    named = (row for row in rows if len(row) <= _LONGEST_TITLE and ":" not in row and row[-1] not in ".!?," and _ROLE.search(row))
    return next((row for row in named if not row.startswith("- ") and len(row.split()) <= _MOST_WORDS), "")


def _below(rows: list[str], title: str) -> str:
    """The company from the line under the title as boards print it: `Acme · Berlin, Germany (Hybrid)`, or beside it: `Title | Acme`."""
    at = rows.index(title) if title in rows else -1
    below = rows[at + 1] if 0 <= at < len(rows) - 1 else ""
    parts = re.split(r"\s+[·•|]\s+", below)
    return _name(parts[0]) if len(parts) > 1 and len(below) <= _LONGEST_TITLE and not names_role(parts[0]) else ""


def _name(text: str) -> str:
    name = _TAIL.sub("", line(text, _LONGEST_NAME).strip(" ,;:-–—|"))
    return "" if _NO_NAME.match(name) or not any(char.isalpha() for char in name) else name
