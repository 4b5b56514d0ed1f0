"""A job posting's facts from a page's plain text, by rules. Answers any schema that asks for a title and a company."""

from __future__ import annotations

import re
from typing import Any

from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.vocabulary import is_company_name
from functions.interview_prep.posting.values.pay_parser import pay_in
from infra.offline_model.text_helpers import lines, plain

_JOB = re.compile(
    r"\b(?:engineer|developer|manager|analyst|designer|scientist|specialist|architect|administrator|consultant|director|lead|officer|associate|assistant|coordinator|technician|"
    r"representative|executive|intern|nurse|teacher|accountant|recruiter|writer|editor|driver|clerk|cashier|cook|chef|programmer|sre|devops|strategist|researcher|head of [\w ]+|"
    r"entwickler(?:in)?|ingenieur(?:in)?|v\u00fdvoj\u00e1\u0159(?:ka)?|program\u00e1tor(?:ka)?)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"no longer (?:accepting|available|open|active|exists?)|(?:position|job|posting|vacancy|role) (?:has been |is |was )?(?:now )?(?:closed|filled|expired|removed|archived)|"
    r"applications? (?:are|is|have) (?:now )?closed|this job (?:has )?expired|not accepting applications",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:page not found|404|403 forbidden|access denied|are you a robot|enable javascript|verify you are human|something went wrong|captcha|no job found|server error)\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"\b(?:\d[\d,]* (?:open )?(?:jobs|positions|results|openings)|search (?:jobs|results)|filter(?:s| by)|sort by|all jobs|job alerts?|browse jobs|view all)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"responsibilit|requirement|qualification|what you|you will|we are looking|about the role|experience with|your profile|apply",
    re.IGNORECASE,
)
_VERDICTS = {
    "closed": r"closed|expired|filled|gone|inactive",
    "listing": r"list|search|several|many",
    "error": r"error|blocked|not_?found|none|not_?a|other|unknown|invalid|no_",
    "posting": r"posting|job|open|ok|valid|yes|found|single|active",
}
_AT = re.compile(
    r"^(?P<title>.{3,90}?)(?:\s+(?:at|@|bei|for)\s+|\s+[-–—|·]\s+)(?P<company>[A-Z0-9][\w&.'’ -]{1,50}?)\s*(?:[-–—|·(,].*)?$"
)
_DASH = re.compile(r"[-–—·]")
"""What stands between a title and a team's name as well as an employer's."""
_LABELLED = {
    "location": r"(?im)^(?:job )?location\s*[:\n]\s*(?P<v>\S.{1,80})$|\b(?P<w>(?:fully |100 ?% )?remote(?: \([^)]{2,40}\))?)\b",
    "employment_type": r"(?i)\b(?P<v>full[- ]?time|part[- ]?time|contract(?:or)?(?![-\w]|\s*:)|internship|temporary|freelance|permanent)\b",
    "date_posted": r"(?i)(?:posted|published|date)\D{0,20}(?P<v>\d{4}-\d{2}-\d{2})",
    "valid_through": r"(?i)(?:until|deadline|closes|closing date|valid through|apply by|expires)\D{0,20}(?P<v>\d{4}-\d{2}-\d{2})",
    "level": r"(?i)\b(?P<v>intern|junior|mid|senior|staff|principal|lead|manager|director)\b",
}
_NAMES = {
    "company_name": "company",
    "employer": "company",
    "job_title": "title",
    "role": "title",
    "pay": "salary",
    "compensation": "salary",
    "seniority": "level",
    "body": "description",
    "text": "description",
}
LONGEST_TITLE, SIMILAR_JOBS = 110, 4
ENOUGH = 200
"""Characters below which a page's text is no posting."""


def asks_for_posting(schema: dict[str, Any]) -> bool:
    """Whether the schema's fields are a posting's."""
    names = {_NAMES.get(name, name) for name in schema.get("properties", {})}
    return {"title", "company"} <= names


def answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The facts that the text states; empty strings for the rest."""
    text = plain(text).strip()
    verdict = _verdict(text)
    facts = (
        _facts(text)
        if verdict in ("posting", "closed")
        else dict.fromkeys(("title", "company", "description", "salary", *_LABELLED), "")
    )
    return {name: _value(name, part, verdict, facts) for name, part in schema.get("properties", {}).items()}


def _value(name: str, part: dict[str, Any], verdict: str, facts: dict[str, str]) -> Any:
    if values := part.get("enum"):
        known = facts.get(_NAMES.get(name, name))
        matching = [value for value in values if isinstance(value, str) and re.search(_VERDICTS[verdict], value, re.IGNORECASE)]
        return known if known in values else (matching or [value for value in values if value in ("", None)] or values)[0]
    if part.get("type") == "boolean":
        return bool(re.search(_VERDICTS[verdict], name, re.IGNORECASE))
    if part.get("type") == "array":
        return []
    return facts.get(_NAMES.get(name, name), "")


def _verdict(text: str) -> str:
    """`posting`, `closed`, `listing` or `error`: what kind of page this is."""
    if _CLOSED.search(text):
        return "closed"
    substance = len(_PARTS.findall(text))
    substantial = substance > 1  # one such word may stand in a menu
    if (_ERROR.search(text[:600]) and not substantial) or len(text) < ENOUGH:
        return "error"
    titles = sum(1 for line in text.split("\n") if len(line) <= LONGEST_TITLE and _JOB.search(line))
    if not substantial and (titles > SIMILAR_JOBS or len(_LISTING.findall(text)) > 1):
        return "listing"
    return "posting" if substance or _JOB.search(text[:1000]) else "error"


def _facts(text: str) -> dict[str, str]:
    rows = [row.strip(" #*|") for row in text.split("\n") if row.strip(" #*|")]
    titles = (row for row in rows[:25] if len(row) <= LONGEST_TITLE and _JOB.search(row) and not row.endswith("."))
    heading = next(titles, "")  # a rule that is not sure says nothing: the pipeline weighs the text itself
    heading = re.sub(r"^(?:(?:job title|title|position|role)\s*:|[\d./-]{6,10}\s*[:|-])\s*", "", heading, flags=re.IGNORECASE)
    at = _AT.match(heading)
    title, company = (at.group("title"), at.group("company")) if at and _JOB.search(at.group("title")) else (heading, "")
    dash = at is not None and _DASH.search(heading[len(title) : at.start("company")])
    if not is_company_name(company) or dash:
        company = labelled_value(text, "company")
    facts = {"salary": pay_in(text)} | {
        name: _first(pattern, title if name == "level" else text) for name, pattern in _LABELLED.items()
    }
    facts["level"] = facts["level"].lower()
    facts["date_posted"], facts["valid_through"] = facts["date_posted"][:10], facts["valid_through"][:10]
    return facts | {"title": title.strip(), "company": company.strip(), "description": _description(text)}


def _first(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _description(text: str) -> str:
    """The sentences of the text, bullets kept, page furniture left out."""
    kept = [f"- {line.text}" if line.bullet else line.text for line in lines(text) if len(line.text) > 30]  # noqa: PLR2004 # shorter is a menu
    return "\n".join(kept)[:15_000]
