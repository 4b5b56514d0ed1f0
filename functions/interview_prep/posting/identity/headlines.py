"""A line that says both what and whose a job is: `Acme hiring Data Engineer in Berlin`, `Data Engineer at Acme`, `Acme - Data Engineer | Board`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.organisation_names import is_organisation, may_be_employer, without_unit
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, is_company_name, is_heading, is_place, names_role

LONGEST = 220
"""Characters of a headline; longer lines are sentences."""
_HIRING = re.compile(
    r"(?<!\s)\s+(?:is\s+hiring(?:\s+for)?|are\s+hiring|(?:is|are)\s+recruiting\s+for|are\s+(?:looking\s+for|seeking|recruiting)|hiring|is\s+looking\s+for|is\s+seeking|is\s+recruiting|seeks|sucht|stellt\s+ein|recrute|busca|cerca|zoekt|szuka|hledá(?:\s+do\s+(?:svého\s+)?týmu)?|přijme|søger|söker|ζητά|ζητεί|αναζητά)\s*[:!]{0,3}\s+"
    r"|(?:(?<!\s)\s+)?(?:诚聘|急聘|招聘)\s*",
    re.IGNORECASE,
)
_AT = re.compile(r"\s(?:at|@|bei(?:\s+der|\s+dem)?|bij|chez|presso|hos|till|в компании|в компанию|u\s+firmy|ve\s+společnosti|ve\s+firmě|v\s+firmě|w\s+firmie|στην|στον|στη)\s+", re.IGNORECASE)  # fmt: skip
_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[-–—·•»›>~]+|::?)\s+|(?:(?<!\s)\s+)?[|｜—]\s*")
_TAIL = re.compile(
    r"(?<!\s)\s+[-–—·•|｜»]\s+|(?:(?<!\s)\s+)?[|｜(（·•]|,\s+(?!(?:Inc|LLC|LLP|Ltd|GmbH|Corp|Co|a\.s|s\.r\.o|S\.A|plc)\b)|(?<!\s)\s+in\s+(?=[A-Z])|:\s|(?<!\s)\s+is\s+"
)
_PREFIX = re.compile(
    r"^(?:\[[^\[\]]{2,20}\]\s*|(?:new\s+)?job\s+alert\s*:\s*|seeking\s*:\s*|(?:subject|re|fwd?|betreff|objet|předmět|asunto|oggetto)\s*:\s*|(?:job\s+)?application\s+for|(?:join to )?apply\s+(?:for|to|now)[:\s](?:the )?|save\s+(?=[A-Z])|(?:wanted|gesucht|recherchons|buscamos|hledáme|poszukujemy|ζητείται|ζητείτε)\s*[:!]?\s+|مطلوب\s+|诚聘|招聘|we\s*+(?:['’]\s*+)?a?re\s+hiring[:!\s-]*|now\s+hiring[:!\s-]*|wir\s+suchen(?:\s+(?:eine?n?(?:/n)?|dich\s+als|sie\s+als))?\s+(?=\S)|hiring[:!]\s*|job\s*+(?:(?:opening|offer|ad|posting|description|title)\s*+)?[:–-]\s*|vacancy\s*[:–-]\s*|"
    r"career\s+opportunity\s*[:–-]\s*|stellenangebot\s*[:–-]?\s*|pracovní\s+nabídka\s*[:–-]?\s*|nabídka\s*:\s*|offre\s+d['’]emploi\s*[:–-]?\s*|nabídka\s+práce\s*[:–-]?\s*|open\s+position\s*[:–-]\s*|(?:job\s+)?posting\s+title\s*:\s*|vaga\s*:\s*|oferta\s+de\s+empleo\s*:\s*|आवश्यकता\s+है\s*:\s*|position\s*[:–-]\s*)\s*",
    re.IGNORECASE,
)
_CAREERS = re.compile(r"^(?:(?:careers?|jobs?|job openings?|vacanc(?:y|ies)|openings?|work(?:ing)?|karriere|career opportunities)\s+(?:at|with|bei)\s+(?P<a>.{2,60})|(?P<b>.{2,60}?)\s+(?:careers?|jobs?|karriere|recruitment|recruiting|career site|job board))$", re.IGNORECASE)  # fmt: skip
FURNITURE = re.compile(
    r"^(?:立即(?:申请|投递|沟通)|申请职位|投递简历|(?:지금 )?지원하기|応募する|откликнуться|подать заявку|відгукнутися|postuler(?: maintenant)?|je postule|jetzt bewerben|online bewerben|sollicite(?:er|ren)(?: nu| direct)?|aanmelden|inscribirme|inscribirse|candidatar-se|candidatura|candidati ora|aplikuj|ansök(?: nu| här)?|søg (?:jobbet|stillingen)|قدّ?م الآن|careers?|jobs?|job details?|job board|job opening|job search|apply(?: now| online)?|vacanc(?:y|ies)|open positions?|(?:current|all|our|latest|live) (?:vacancies|jobs|openings|opportunities|roles|positions)|current openings?|home|karriere|stellenangebote?|"
    r"hiring|job description|full[- ]time|part[- ]time|temps (?:plein|partiel)|vollzeit|teilzeit|voltijd|deeltijd|heltid|deltid|tiempo completo|tempo pieno|plný úvazek|hlavní pracovní poměr|πλήρης απασχόληση|μερική απασχόληση|εξ αποστάσεως|pełny etat|jornada completa|tempo indeterminato|intérim|stage|alternance|全职|全職|兼职|دوام كامل|دوام جزئي|cdi|cdd|festanstellung|other openings|contract|permanent|internship|remote|hybrid|on-?site|job ?id.*|req(?:uisition)?\.? ?#?.*|#?\d[\d-]*|new|accept(?: all)?(?: cookies)?|reject(?: all)?|decline|manage(?: cookies| preferences)?|cookie (?:(?:consent )?(?:manager|preferences|policy|notice)|settings)|close|menu|new|urgent|details|opportunit(?:y|ies)|linkedin|powered by.*|disability confident.*|(?:[\w-]{2,40}\.){2,4}[a-z]{2,8}|[\w-]{2,40}\.(?:com|org|net|io|co|ai|de|cz|fr|eu|uk|nl)|(?:(?:sign|log)[ -]?(?:in|up|on|out)|register|join now|sign up for free|get started|request a (?:demo|quote)|book a demo|post (?:a )?jobs?|search(?: for)? jobs|saved jobs|view all jobs|back to (?:jobs|search results|all jobs)|go to homepage|(?:salary|career|careers|interview|resume|cv|hiring) (?:guides?|advice|tips)|find an? \w{2,20}|site ?map|add to (?:cart|basket|favourites|favorites)|skip to (?:main )?content)(?:\W{1,3}(?:(?:sign|log)[ -]?(?:in|up|on|out)|register|join now|get started|skip to (?:main )?content)){0,3})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:part|full)[- ]time|an?|our|the|eine?n?|une?|una?|für)\s+(?=\S)|^(?:remote)\s+(?=[A-Z])", re.IGNORECASE
)
_PICTURES = re.compile(r"【[^【】]{1,12}】|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+")
_BEFORE_TITLE = re.compile(
    r"^(?:(?:for the (?:position|role|post) of|for|the (?:position|role|post) of|nu|now|currently|ab sofort|en|ett|eine?n?|une?|una?|an?|our)\s){1,3}",
    re.IGNORECASE,
)
_ADJECTIVES = re.compile(r"^(?:[a-z][a-z-]{2,20},? (?:and )?){1,4}(?=[A-Z])")
"""`experienced and strategic Executive Director`."""
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|#\d{1,2}[:.]?)\s+(?=[^\W\d_])")
_NOISE = re.compile(r"(?:(?<!\s)\s+)?[-–—|:]\s*(?:careers?|jobs?|karriere|vacanc(?:y|ies))\s*+$|(?:(?<!\s)\s+)?[-–—|,]\s*(?:remote|hybrid|on-?site|full[- ]time|part[- ]time|urgent|apply now)\s*$|(?:(?<!\s)\s+)?[\[(]?(?:req(?:uisition)?|job|ref(?:erence)?)\.?\s*+(?:(?:id|no|nr|number)\s*+)?[:#]*+\s*+(?=[\w-]{0,30}\d)[\w-]{1,60}+[\])]?\s*+$|(?<!\s)\s+with verification$|(?<!\s)\s+new$|(?<!\s)\s+(?:needed|required|wanted|gesucht)(?:\s+-[^-]{2,30})?!{0,3}$|(?<=[xd]\))\s+(?:für|in|im|am|an|zur|zum|bei|als)\s.{2,60}$|(?<!\s)\s+in (?:Vollzeit|Teilzeit)(?:\s?/\s?Teilzeit)?$|(?<!\s)\s+#\s?\d[\w-]*$|(?<!\s)\s+(?:jobs?|role|position|opening|vacancy|opportunity|opportunities)$|(?:(?:(?<!\s)\s+)?[-–—|:]\s*|(?<!\s)\s+)job (?:post(?:ing)?|description|advert(?:isement)?)(?: reference)?$|(?<!\s)\s+job in [A-ZÀ-Ž][^|]{1,40}$|(?<!\s)\s+\((?:full|part)[ -]time\)$|(?<!\s)\s+[HFM]\s?/\s?[HFX]$|(?<!\s)\s+\d{1,3}(?:-\d{1,3})?K$|(?<!\s)\s+(?:für|for) \d.*$|(?<!\s)\s+\d{2,3}(?:\s?[-–]\s?\d{2,3})?\s?%$|(?<!\s)\s+\(\d[\d.]* (?:hours|hrs|h)[^()]{0,20}\)$", re.IGNORECASE)  # fmt: skip

_REQUISITION = re.compile(
    r"(?<!\s)\s+(?:[-–—|]\s+)?(?:[\[(](?:ref|req|job|id|ref\.? no)?\W{0,3}[a-z]{0,4}-?\d{5,}[\])]|[a-z]{0,4}-?\d{5,})$",
    re.IGNORECASE,
)
"""The number under which an employer keeps a job: `Data Analyst HC622318`, `Cook (Ref: 20418)`."""
_ASIDE = re.compile(r"(?<!\s)\s+\|\s[^|]{0,50}(?:[£$€]\s?\d|\b(?:remote|hybrid|experience)\b)[^|]{0,50}$", re.IGNORECASE)
"""What an advert puts behind a title: `| 12 months' experience`, `| £40,000`, `| Fully remote`."""


@dataclass(frozen=True)
class Headline:
    """What a line says. Weights: how surely it says so."""

    title: str = ""
    company: str = ""
    location: str = ""
    title_weight: float = 0.0
    company_weight: float = 0.0


def read_headline(text: str) -> list[Headline]:
    """The readings of one line, none for a sentence or a heading."""
    text = " ".join(text.split())
    if not 2 < len(text) <= LONGEST or is_heading(text):  # noqa: PLR2004 - nothing is said in two letters
        return []
    text = _PREFIX.sub("", text)
    return [*_hiring(text)] or [*_at(text)] or [*_with(text)] or _parts(text)


def clean_title(text: str) -> str:
    """A title without what boards add: `Data Engineer (Req #123)`, `Apply for Data Engineer - Remote`."""
    text = _NUMBER.sub("", _PICTURES.sub("", " ".join(text.split())).strip())
    text = without_requisition(_ARTICLE.sub("", _PREFIX.sub("", text)))
    while (cut := _ASIDE.search(text)) and cut.start():
        text = text[: cut.start()]
    shorter = _NOISE.sub("", text[:LONGEST]).strip(" -–—|:·,*_#")
    return (shorter if len(shorter) > 2 else text).strip()  # noqa: PLR2004 - something must be left


def without_requisition(title: str) -> str:
    """A title without the number under which the employer keeps the job."""
    return _REQUISITION.sub("", title)


def _hiring(text: str) -> list[Headline]:
    found = _HIRING.search(text)
    if found is None or not found.start():
        return []
    company, rest = text[: found.start()].strip(" -–—|:"), text[found.end() :]
    company = _SEPARATOR.split(company)[-1].strip()
    rest = _ADJECTIVES.sub("", _BEFORE_TITLE.sub("", rest))
    title, location = _without_tail(rest)
    if not is_company_name(company, lower=True) or not title or title.casefold().startswith("now"):
        return []
    weight = 5.0 if names_role(title) else 3.0
    return [Headline(clean_title(title), company, location, weight, 6.0 if names_role(title) else 3.5)]


def _without_tail(text: str) -> tuple[str, str]:
    """A title and the place after it: `Data Engineer in Berlin, Germany | LinkedIn`."""
    head = re.split(r"(?:(?<!\s)\s+)?[|｜]\s*|(?<=[a-z)])(?<!\bSr)(?<!\bJr)(?<!\bSt)[.!]\s", text)[0]
    if (bracket := re.search(r"\s\(([^()]{2,50})\)\W{0,2}$", head)) and is_place(bracket[1]):
        return head[: bracket.start()].strip(" .!"), bracket[1]
    head = re.split(r"(?<!\s)\s+(?:to|who|with|for our|in our|on our|based|till vår\w*|för|für unser\w*)\s", head)[0]
    title, found, place = head.rpartition(" in ")
    if found and (is_place(place) or re.match(r"[^\W\d_a-z]", place)):
        return title.strip(" .!"), place.strip(" .!")
    parts = [part for part in re.split(r"(?<!\s)\s+[-–—·•]\s+", head) if not FURNITURE.match(part)]
    places = [part for part in parts[1:] if is_place(part)]
    return " - ".join(part for part in parts if part not in places).strip(" .!"), "; ".join(places)


def _at(text: str) -> list[Headline]:
    for found in reversed(list(_AT.finditer(text))):
        title, rest = text[: found.start()].strip(" -–—|:,"), text[found.end() :]
        cut = _TAIL.search(rest)
        company = (rest[: cut.start()] if cut else rest).strip(" .!,;:-")
        if not title or not is_company_name(company, lower=True):
            continue
        if re.fullmatch(r"(?:careers?|jobs?|work(?:ing)?|life|team)", title, re.IGNORECASE):
            return [Headline(company=company, company_weight=4.0)]
        after = [part.strip(" ()") for part in _SEPARATOR.split(rest[cut.start() :] if cut else "") if part.strip(" ()")]
        location = next((part for part in after if is_place(part)), "")
        title, sure = clean_title(title), names_role(title)
        sentence = (text.endswith((".", "!")) and not has_legal_form(text)) or len(title.split()) > 14 or re.match(r"(?:as an?|we|you|our|if|the|working|work)\b", title, re.IGNORECASE)  # noqa: PLR2004 - as below # fmt: skip
        return [] if sentence else [Headline(title, company, location, 5.0 if sure else 2.5, 5.0 if sure else 3.0)]
    return []


_WITH = re.compile(
    r"^(?P<title>[^.!?]{3,90}?)(?<!\s)\s+with\s+(?P<company>[A-ZÀ-Ž0-9][^.!?|:]{1,60}?)(?:\s+[-–—|(].{0,60}|,\s.{0,60})?$"
)


def _with(text: str) -> list[Headline]:
    """`Data Engineer with Acme`: less sure than `at`, for a title may go on so: `Data Engineer with Python`."""
    found = _WITH.match(text)
    if found is None or not names_role(found["title"]) or not is_company_name(company := found["company"].strip(" .,;-")):
        return []
    return [Headline(clean_title(found["title"]), company, "", 4.0, 2.5)]


def _parts(text: str) -> list[Headline]:
    """A line of parts: the one that names a role is the title; of the others, those that may be names may be the employer."""
    colon = re.match(r"^([^:]{2,60}):\s+(\S.{2,120})$", text)
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) == 1 and colon and names_role(colon[2]) and is_company_name(colon[1], lower=True):
        return [Headline(clean_title(colon[2]), colon[1].strip(), "", 4.5, 4.0)]
    if len(parts) == 1:
        return _by_comma(text)
    location = next((part for part in parts if is_place(part)), "")
    careers = [name for part in parts if (found := _CAREERS.match(part)) and is_company_name(name := (found["a"] or found["b"]), lower=True) and not is_board_name(name)]  # fmt: skip
    named = [part for part in parts if not is_place(part) and not FURNITURE.match(part) and not _CAREERS.match(part)]
    roles = [part for part in named if names_role(part) and not has_legal_form(part)]
    roles = [part for part in roles if not is_organisation(part)] or roles
    title = roles[0] if roles else ""
    owners = [part for part in named if is_organisation(part)]
    if not title and len(owners) == 1 and len(named) == 2:  # noqa: PLR2004 - a job of a kind that no word list has, and whose it is
        other = next(part for part in named if part != owners[0])
        return [Headline(clean_title(other), without_unit(owners[0]), location, 2.0, 3.5)]
    if title:  # "Registered Nurse - Night Shift": what can be nothing else belongs to the title
        after = named[named.index(title) + 1 :]
        more = [
            part
            for part in after[:1]
            if not may_be_employer(part, lower=True) and not re.search(r"[$€£₹]|(?<![\d.,])\d[\d.,]{0,20}k\b|\d{3}", part)
        ]
        title = " - ".join([title, *more]) if more and len(more[0].split()) <= _SHORT_PART else title
    readings = [Headline(company=name, company_weight=4.0) for name in careers[:1]]
    if title:
        readings.append(Headline(clean_title(title), "", location, 4.0))
    names = [part for part in named if part not in title and may_be_employer(part, lower=True) and not is_board_name(part)]
    weights = {0: 1.5, len(names) - 1: 3.0} if len(names) > 1 else {0: 3.0}
    readings += [Headline(company=name, company_weight=weights.get(at, 1.0)) for at, name in enumerate(names)]
    return readings


_SHORT_PART = 4
"""Words of a title's second part."""


def _by_comma(text: str) -> list[Headline]:
    """`Data Engineer, Acme GmbH`: only a legal form tells an employer from a team or a place here."""
    title, comma, rest = text.rpartition(", ")
    if comma and names_role(title) and has_legal_form(rest) and is_company_name(rest):
        return [Headline(clean_title(title), rest, "", 4.0, 3.5)]
    return []
