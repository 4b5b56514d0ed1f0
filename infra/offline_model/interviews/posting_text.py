"""A posting's description taken apart: what it requires, prefers, asks to do, offers, and says about itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from functions.interview_prep.posting.identity.labelled_lines import is_labelled
from infra.offline_model.interviews.crafts import crafts
from infra.offline_model.interviews.posting_needs import Need, is_looked_up
from infra.offline_model.interviews.topic_lexicon import topics_in
from infra.offline_model.text_helpers import Line, capital, clause_about, lines

_HEADINGS = (
    (
        "process",
        r"process|how we hire|what to expect|next steps|selection|after you apply|the interview|interview(?:ing|s)?\b(?! skills| experience)|подбор|επιλογής|選考|vorstellungsgespräch|bewerbungsverfahren|verfahren|pohovor|výběrové|面试|المقابلة|خطوات",
    ),
    (
        "nice",
        r"preferred|(?:nice|good)[- ]to[- ]have|bonus points|a plus|pluses|desired|desirable|extra|great if|even better|would love|предимство|επιθυμητ|歓迎|von vorteil|wünschenswert|idealerweise|výhod|优先|加分|يفضل|يُفضل|ميزة إضافية",
    ),
    (
        "benefit",
        r"benefit|perk|we offer|what(?:'s| is) in it|what you get|the offer|compensation|salary|pay\b|why join|package|reward|terms|practical|условия|παροχές|待遇|wir bieten|bieten wir|unser angebot|nabízíme|benefity|προσφέρ|福利|我们提供|薪资|المزايا|نقدم|نوفر|مزايا",
    ),
    ("duty", r"responsibilit|\bduties\b"),
    (
        "must",
        r"require|qualification|(?:you|we)(?:['’]ll| will)? (?:need|bring)|must|you have|who you are|about you|minimum|looking for|look for|ask for|skills|experience|you bring|basic|ideal candidate|profile|essential|изисквания|απαραίτητ|必須|ihr profil|dein profil|anforderung|mitbring|bringen sie mit|bringst du mit|voraussetzung|qualifikation|wir erwarten|požadujeme|požadavky|očekáváme|předpoklady|προσόντα|απαιτ|ζητάμε|任职|要求|资格|المتطلبات|متطلبات|المؤهلات|مؤهلات|الشروط",
    ),
    (
        "duty",
        r"responsibilit|you(?:['’ ]?ll| will)\b|the role|duties|day[- ]to[- ]day|your (?:impact|part|work)|the (?:job|work|project)|what you do|tasks|the opportunity|position|задължения|αρμοδιότητες|仕事内容|aufgaben|tätigkeit|das erwartet sie|náplň|co vás čeká|vaše práce|καθήκοντα|职责|工作内容|المهام|مهام|المسؤوليات|مسؤوليات|الواجبات",
    ),
    (
        "about",
        r"about|who we are|our (?:mission|team|values|company|story)|team|company|mission|culture|values|why|über uns|o nás|ποιοι είμαστε|σχετικά με|关于我们|公司介绍|نبذة|عن ال|من نحن",
    ),
)
_SENTENCES = (
    (
        "nice",
        r"\b(?:preferred|nice to have|a (?:big |strong )?plus|bonus points|is a bonus|ideally|desirable|not required|advantage|(?:je )?výhodou|von vorteil|wünschenswert|θα εκτιμηθ\w+)\b|优先|加分",
    ),
    (
        "benefit",
        r"\b(?:401\(?k|health insurance|medical|dental|vacation|paid time|pto|parental|equity|stock options|salary range|base pay|benefits|commensurate|(?:salary|compensation) (?:for|is|will|depends)|per hour|annual(?:ly)?)\b|[$€£]\s?\d",
    ),
    (
        "about",
        r"\b(?:equal opportunity|we are (?:a|an|the|looking|hiring|proud)|our mission|founded|our customers|our team (?:is|builds)|we believe|we value|headquarter)",
    ),
    (
        "must",
        r"\b(?:(?<!positive )(?<!customer )(?<!great )experience (?:with|in|of|building|working)|\d\+? years|years(?:['’])? (?:of|experience|or more)|proficien\w*|knowledge of|familiar\w*|ability to|degree|required|must|strong|fluen\w*|expertise|proven|understanding of|comfortable|skills? in|background in)\b",
    ),
    (
        "duty",
        r"^(?:you(?:'ll| will)|design|build|own|develop|lead|work|partner|collaborate|write|maintain|drive|create|support|manage|implement|help|improve|mentor|define|deliver|analy[sz]e|ensure|ship|operate|review|take part|participate|run)\b",
    ),
)
_RANGE = re.compile(r"[$€£]\s?\d[\d,.]*\s?[kK]?\s*(?:-|–|—|to|and)\s*[$€£]?\s?\d[\d,.]*\s?[kK]?(?:\s*(?:per|an?|/)\s*\w+)?")
ENOUGH_THEMES = 3
"""Themes from which on a single mention no longer makes one."""


class Description:
    """A posting, read."""

    def __init__(self, posting: dict[str, Any]) -> None:
        self.company = str(posting.get("company", "")) or "the company"
        self.title = str(posting.get("title", "")) or "the role"
        self.facts = {
            name: str(posting.get(name, "")) for name in ("level", "location", "employment_type", "salary", "valid_through")
        }
        self.text = str(posting.get("description", ""))
        told = [part for line in lines(self.text, whole=True) for part in _listed_needs(line)]
        self.needs = [_need(line) for line in told if line.bullet or len(line.text) > 12]  # noqa: PLR2004 # shorter is a label
        if not self.facts["salary"]:
            self.facts["salary"] = next(
                (match.group().strip() for need in self.of("benefit") if (match := _RANGE.search(need.text))), ""
            )
        self.topics = topics_in(f"{self.title}\n{self.text}")
        counts = Counter({craft.key: len(craft.words.findall(f"{self.title} {self.title} {self.text}")) for craft in crafts()})
        self.crafts = [craft for craft in sorted(crafts(), key=lambda craft: -counts[craft.key]) if counts[craft.key]]
        often = [craft for craft in self.crafts if counts[craft.key] > 1]
        self.crafts = often if len(often) >= ENOUGH_THEMES else self.crafts
        self.counts = counts

    @property
    def salary(self) -> str:
        """The pay as the posting writes it, without the stop of its sentence and what follows it; empty if it gives none."""
        return re.split(r"(?<=[a-z])\.\s", self.facts["salary"], maxsplit=1)[0].rstrip(" .;,")

    def of(self, part: str) -> list[Need]:
        """The lines of one part, in the posting's order."""
        return [need for need in self.needs if need.part == part]

    def line_about(self, pattern: re.Pattern[str]) -> str:
        """The line that names something most, the first of equals: the duty or need that makes a question likely."""
        for part in (self.of("duty") + self.of("must") + self.of("nice"), self.of("about")):
            best = max(
                [need for need in part if not is_looked_up(need.text)] or part,
                key=lambda need: len(pattern.findall(need.text)),
                default=None,
            )
            if best is not None and pattern.search(best.text):
                return best.text
        return ""

    def quote_about(self, pattern: re.Pattern[str]) -> str:
        """The part of that line that names it, whole; empty if none does."""
        said = clause_about(self.line_about(pattern), pattern)
        few = said.isascii() and len(said.split()) < FEWEST_SHOWN
        return said if pattern.search(said) and not few and not said.endswith("\u2026") and not self.is_name(said) else ""

    def is_name(self, said: str) -> bool:
        """Whether a quotation only names the job or its field (`Cloud Engineering`): it shows nothing."""
        words = said.split()
        title = set(re.findall(r"\w+", self.title.casefold()))
        own = all(word in title for word in re.findall(r"\w+", said.casefold()))
        return own or (len(words) < FEWEST_QUOTED and all(word[0].isupper() for word in words))

    @property
    def about_itself(self) -> list[str]:
        """What the employer says of itself: not whom it looks for, nor where one applies."""
        names = {self.company.split()[0].casefold()}
        if not self.company.isascii():  # a name without blanks is shortened in a sentence
            names |= {self.company[at : at + 4] for at in range(len(self.company) - 3)}
        told = [
            need.text for need in self.of("about") if len(need.text) > SHORTEST_ABOUT and need.text.endswith((".", "。", "!"))
        ]
        own = [
            text
            for text in told
            if text.rstrip(". ") != self.company.rstrip(". ")
            and not is_labelled(text)
            and (_WE.match(text) or any(name in text[:60].casefold() for name in names))
        ]
        return [text for text in own if not _NOT_ITSELF.search(text)]

    @property
    def thing(self) -> str:
        """What the team builds, in the posting's words, for a design question."""
        pattern = r"\b(?:build|design|own|develop|maintain|operate|scale|ship|run)(?:s|ing)?\s+(?:and \w+ )?(?!and\b)((?:the |our |an? )?[\w\s-]{4,45}?(?:service|system|platform|pipeline|api|product|engine|infrastructure|tool|dashboard|feature|application|app|model|site|experience)s?)\b"
        duties = "\n".join(need.text for need in self.of("duty") + self.of("about"))
        found = [
            re.sub(r"^our ", "the ", match.group(1).strip(), flags=re.IGNORECASE)
            for match in re.finditer(pattern, duties, re.IGNORECASE)
        ]
        named = _TEAM.search(self.title)
        usual = named["team"].strip() if named else f"a core service of {self.company}"
        return next((thing for thing in found if len(thing.split()) > 2), usual)  # noqa: PLR2004 # "the systems" says nothing


FEWEST_SHOWN = 3
"""Words of a quotation that shows something."""
FEWEST_QUOTED = 4
"""Words of a line below which capitals make it a name."""
SHORTEST_ABOUT = 12
"""Characters of a sentence that tells something, in any script."""
_TEAM = re.compile(r"(?:,|\s[-–—])\s+(?P<team>[A-Z][\w&' -]{3,40})$")
"""What a title names behind its comma or dash: the product or platform."""
_WE = re.compile(
    r"(?:we|our|founded|since \d{4}|established|headquartered|wir|unsere?|nous|notre|jsme|naše|είμαστε|η εταιρεία)\b|我们|公司|نحن",
    re.IGNORECASE,
)
_NOT_ITSELF = re.compile(
    r"\b(?:contact|telephone|phone|e-?mail|appl(?:y|ication|icants?)|policy|opportunity employer|discriminat\w+|looking (?:for|to)|seek(?:s|ing)?|hiring|recruit\w*|partnered|"
    r"this (?:role|position|job|post|opportunity)|you(?:'ll| will)|candidates?|visit|click|such\w+ wir|wir suchen|wir bieten|suchen|cherch\w+|recherch\w+|hledáme|αναζητ\w+)\b|招聘|寻找|نبحث",
    re.IGNORECASE,
)
_OF_PROCESS = re.compile(
    r"^(?:面试|招聘|选拔)流程|^(?:(?:unser |das )?(?:bewerbungs|auswahl)verfahren|so geht es weiter)\b|"
    r"^(?:(?:our |the )?(?:(?:interview|hiring|selection|recruitment|application) )?(?:process|steps|stages)|interviews?|assessments?|selection)\s*:|"
    r"^(?:interviews? (?:will|are|is|take|last)|(?:shortlisted|selected) (?:candidates|applicants))\b|^apply\b",
    re.IGNORECASE,
)
"""A line that tells of the way to the job, wherever it stands."""


_LABEL = re.compile(
    r"^(?:(?:education|experience|skills?|qualifications?|requirements?|responsibilit\w+|duties|desirable|desired|essential|preferred|minimum|certifications?|knowledge|abilities|summary|overview|description)"
    r"(?:[ /&]\w{2,14}){0,3}):\s+(?=\S.{14})",
    re.IGNORECASE,
)
"""What stands before a need on its line and says only of which kind it is."""
_PART_LABEL = re.compile(r"^((?:[A-Z][\w'’-]{2,14})(?: [\w'’&/-]{1,14}){0,3}):\s+(?=\S.{14})")
"""A label that says which part of a posting its own line is: `Desirable: ...`, `What you get: ...`."""
_FACT = re.compile(
    r"^(?:job |position |working )?(?:title|location|department|type|id|number|reports to|salary|schedule|shift|hours|status|date|industry|company size|seniority(?: level)?|sector)\s*[:#]",
    re.IGNORECASE,
)
_ITS_OWN_WORDS = re.compile(
    r"(?:we|our)\b(?! (?:are looking|look|need|expect|require|want|seek|ask|would like|are seeking|are searching))|"
    r"if (?:you(?:['’]re| are) (?:ready|interested|excited)|this sounds)|(?:please )?(?:submit|send|e-?mail)\b.{0,30}\b(?:resume|cv|application|cover letter|letter of interest)|"
    r"the (?!ideal|right|successful)[\w/&’' -]{3,40}? is an? ",
    re.IGNORECASE,
)
"""A sentence of the employer's on itself, or its call to apply, below whatever heading."""
_DOING = re.compile(r"[A-Z][a-z]{2,14}ing\b(?! (?:skills?|experience|knowledge|background)\b)")
"""How a list of duties may begin its lines: `Designing dashboards …`."""
_ASKED = re.compile(r"^(?:can|could|do|are|have) you (?=\S)", re.IGNORECASE)
_NOTICE = re.compile(
    r"\b(?:this (?:advertisement|posting|job description)|exhaustive list|equal opportunity|all qualified applicants|reasonable accommodation)\b",
    re.IGNORECASE,
)
"""A line that every posting of an employer has at its end."""


_NEEDS_LABEL = re.compile(r"^(?:essential|desirable|required|preferred|must[- ]haves?|nice[- ]to[- ]haves?|requirements|qualifications|skills)\b[^:]{0,30}:\s+", re.IGNORECASE)  # fmt: skip
_MONEY = re.compile(r"[$€£¥]\s?\d|\b\d[\d.,]*\s?(?:[kK]\b|USD|EUR|GBP|euros?|元)", re.IGNORECASE)
_WISH_BESIDE = re.compile(r";|, (?:ideally|preferably|gern|idealerweise|vorzugsweise)\b", re.IGNORECASE)
_WISHED_TOO = re.compile(r"(?P<need>[^;]{3,90});\s(?P<wish>[^;]{2,60}\b(?:is|are) an? (?:big |strong )?plus)\.?$", re.IGNORECASE)
"""`Strong C; Python is a plus`: one need and one wish."""
FEWEST_LISTED, LONGEST_LISTED = 3, 70


def _listed_needs(line: Line) -> list[Line]:
    """A line that lists needs behind their label (`Essential: a, b, c.`) as one line for each; any other as it is."""
    label = _NEEDS_LABEL.match(line.text)
    if line.bullet and (wished := _WISHED_TOO.match(line.text)):
        return [replace(line, text=wished["need"]), replace(line, text=wished["wish"])]
    parts = re.split(r"[,;]\s(?:and )?(?![^(]*\))", line.text[label.end() :].rstrip(".")) if label else []
    if label is None or len(parts) < FEWEST_LISTED or any(len(part) > LONGEST_LISTED for part in parts):
        return [line]
    return [replace(line, text=capital(part), heading=label[0].strip(" :"), bullet=True) for part in parts if len(part) > 2]  # noqa: PLR2004 - a letter is no need


def _need(line: Line) -> Need:
    """A line's need, without the label or the question that it is put in; a fact or a notice is none."""
    label = _PART_LABEL.match(line.text)
    named = next((name for name, pattern in _HEADINGS if label and re.search(pattern, label[1], re.IGNORECASE)), "")
    if label and named:
        line = replace(line, text=line.text[label.end() :], heading=label[1])
    text = _ASKED.sub("", _LABEL.sub("", line.text)).rstrip("?")
    if text != line.text or named:
        line = replace(line, text=capital(text))
    if _FACT.search(line.text) or _NOTICE.search(line.text):
        return Need(line.text, "about", ())
    if _OF_PROCESS.search(line.text):
        return Need(line.text, "process", ())
    if not line.bullet and _ITS_OWN_WORDS.match(line.text):
        return Need(line.text, "about", ())
    part = next((part for part, pattern in _SENTENCES[:2] if re.search(pattern, line.text, re.IGNORECASE)), "")
    heads = "" if _MONEY.search(line.heading) else line.heading  # a line of pay above a text heads nothing
    heading = next((name for name, pattern in _HEADINGS if re.search(pattern, heads, re.IGNORECASE)), "")
    if heading == "benefit":
        part = heading
    if heading == "process":
        part = heading
    if not (part or heading) and line.bullet and _DOING.match(line.text):
        part = "duty"
    if part == "nice" and heading == "must" and _WISH_BESIDE.search(line.text):
        part = "must"  # "SQL; PostgreSQL preferred" is still a requirement, and so is "two years, ideally in a shop"
    part = (
        part or heading or next((name for name, pattern in _SENTENCES if re.search(pattern, line.text, re.IGNORECASE)), "about")
    )
    return Need(line.text, part, tuple(topics_in(line.text)))
