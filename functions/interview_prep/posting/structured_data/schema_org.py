"""A schema.org JobPosting object, however it was written, as facts. See schema.org/JobPosting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from functions.interview_prep.posting.clean_text import MAX_DESCRIPTION, line, occurs, squash
from functions.interview_prep.posting.identity.headlines import without_requisition
from functions.interview_prep.posting.page.html_text import plain
from functions.interview_prep.posting.posting_facts import Facts
from functions.interview_prep.posting.values.pay_amounts import amounts_in, money
from functions.interview_prep.posting.values.posting_dates import iso_date
from shared.sources.untrusted_values import clip

MOST_PLACES, MANY_PLACES = 3, 12
"""Places named one by one, and from when on their number says more."""
MOST_PARTS = 40
"""Entries of a list that are read."""

_TYPES = {"fulltime": "Full-time", "parttime": "Part-time", "contractor": "Contract", "contract": "Contract", "temporary": "Temporary",
          "intern": "Internship", "internship": "Internship", "volunteer": "Volunteer", "perdiem": "Per diem", "other": ""}  # fmt: skip
_NO_NAME = frozenset({"confidential", "companyconfidential", "confidentialcompany", "anonymous", "undisclosed", "na", "none", "null", "unknown", "hiringorganization"})  # fmt: skip
_PARTS = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("educationRequirements", "Education"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("employerOverview", "About the employer"),
    ("jobBenefits", "Benefits"),
    ("incentiveCompensation", "Incentives"),
)
"""Further properties that belong to the description when it does not say the same already."""


def is_posting(node: dict[str, Any]) -> bool:
    """Whether an object is a JobPosting with a title."""
    return "jobposting" in _types(node) and bool(_title(node))


def is_list(node: dict[str, Any]) -> bool:
    """Whether an object is an ItemList of at least two entries."""
    entries = node.get("itemListElement")
    return "itemlist" in _types(node) and isinstance(entries, list) and len(entries) > 1


def facts_of(node: dict[str, Any]) -> Facts:
    """The facts of one JobPosting. Nothing here raises, whatever the values are."""
    organization = _first_dict(node.get("hiringOrganization"))
    company = _company(node, organization)
    return Facts(
        title=without_requisition(_title(node)),
        company=company,
        websites=tuple(_strings([organization.get("sameAs"), organization.get("url"), _email(node)])),
        location=_location(node, company),
        employment_type=employment_type(node.get("employmentType")),
        salary=_salary(node),
        date_posted=iso_date(_one(node.get("datePosted"))),
        valid_through=iso_date(_one(node.get("validThrough"))),
        description=_description(node),
    )


def addresses(node: dict[str, Any]) -> list[str]:
    """Addresses that may be the posting's own."""
    return list(_strings([node.get("url"), node.get("@id"), node.get("mainEntityOfPage"), node.get("sameAs")]))


def _types(node: dict[str, Any]) -> set[str]:
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold() for name in _strings(node.get("@type"))}


def _title(node: dict[str, Any]) -> str:
    return line(_one(node.get("title"))) or line(_one(node.get("name")))


def _company(node: dict[str, Any], organization: dict[str, Any]) -> str:
    stated = _one(organization.get("name")) or _one(organization.get("legalName")) or _one(node.get("hiringOrganization"))
    name = line(stated)
    return "" if squash(name) in _NO_NAME or "://" in name else name


def _email(node: dict[str, Any]) -> str:
    email = line(_one(_first_dict(node.get("applicationContact")).get("email")))
    return email.rsplit("@", 1)[-1] if "@" in email else ""


def _location(node: dict[str, Any], company: str) -> str:
    """`Leipzig, DE`, `Remote (USA)`, `Oslo, NO; Bergen, NO and 4 more`."""
    places = [place for entry in _list(node.get("jobLocation")) if (place := _place(entry, company))]
    remote = any("telecommute" in squash(kind) for kind in _strings(node.get("jobLocationType")))
    if remote:
        places = [place for place in places if squash(place) not in {"anywhere", "remote", "worldwide"}]
        places = places or list(_strings(node.get("applicantLocationRequirements")))
    named = list(dict.fromkeys(line(place) for place in places))
    text = "; ".join(named[:MOST_PLACES]) + (f" and {len(named) - MOST_PLACES} more" if len(named) > MOST_PLACES else "")
    text = f"{len(named)} countries or places" if len(named) > MANY_PLACES else text
    return (f"Remote ({text})" if text else "Remote") if remote else text


def _place(entry: Any, company: str) -> str:
    address = _one(entry.get("address")) or _one(entry.get("name")) if isinstance(entry, dict) else entry
    if not isinstance(address, dict):
        return line(address)
    parts = (next(_strings(address.get(name)), "") for name in ("addressLocality", "addressRegion", "addressCountry"))
    known = [text for part in parts if (text := line(part, 80)).strip("- ") and squash(text) != squash(company)]
    return ", ".join(dict.fromkeys(known))


def employment_type(value: Any) -> str:
    """`Full-time, Contract` from whatever words, lists and codes name it."""
    words = [word for text in _strings(value) for word in text.split(",")]
    return ", ".join(dict.fromkeys(filter(None, (_TYPES.get(squash(word), line(word, 40)) for word in words[:5]))))


def _salary(node: dict[str, Any]) -> str:
    for name, remark in (("baseSalary", ""), ("estimatedSalary", " (estimated)")):
        stated = _one(node.get(name))
        value = _one(stated.get("value")) if isinstance(stated, dict) else stated
        holders = [part for part in (value, stated) if isinstance(part, dict)]
        amounts = [
            amount for part in holders for key in ("minValue", "maxValue", "value") for amount in amounts_in(_one(part.get(key)))
        ]
        bare = not isinstance(value, dict) and not (isinstance(value, str) and re.search(r"[^\d\s.,'’-]", value))
        amounts += amounts_in(value) if bare else []
        currency = next(
            (found for part in holders for key in ("currency", "currencyCode") if (found := line(_one(part.get(key)), 5))), ""
        )
        unit = next(
            (found for part in holders for key in ("unitText", "unitCode") if (found := line(_one(part.get(key)), 40))), ""
        )
        text = money(currency or line(_one(node.get("salaryCurrency")), 5), amounts, unit)
        # "£85k - 110k" is no number and still says it.
        text = text or (line(value, 100) if isinstance(value, str) and re.search(r"[1-9]", value) else "")
        if text:
            return text + remark
    return ""


def _description(node: dict[str, Any]) -> str:
    text = "\n\n".join(plain(part) for part in _strings(node.get("description")))
    for name, heading in _PARTS:
        entries = [plain(entry) for entry in list(_strings(node.get(name)))[:MOST_PARTS]]
        fresh = [entry for entry in entries if entry and not occurs(entry, text)]
        if fresh and len(text) < MAX_DESCRIPTION:
            body = fresh[0] if len(fresh) == 1 else "\n".join(f"- {entry.removeprefix('- ')}" for entry in fresh)
            text = f"{text}\n\n{heading}\n{body}"
    return clip(text.strip(), MAX_DESCRIPTION)


# ---- values: anything may be a list, an object or missing


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(value: Any) -> Any:
    """The first of a list, the value itself otherwise."""
    return next((part for part in value if part not in (None, "")), None) if isinstance(value, list) else value


def _first_dict(value: Any) -> dict[str, Any]:
    return next((part for part in _list(value) if isinstance(part, dict)), {})


def _strings(value: Any) -> Iterator[str]:
    """The texts of a value: of an object, its name, value, description or address."""
    waiting = _list(value)[:]
    for part in waiting:  # grows while it is read
        if isinstance(part, str) and part.strip():
            yield part
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += [part[key] for key in ("name", "@value", "credentialCategory", "description", "@id") if part.get(key)][:1]
