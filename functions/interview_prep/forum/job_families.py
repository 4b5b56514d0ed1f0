"""A job title's family and level: what two postings of the same job have in common, and how forums speak of it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A kind of job. `phrases` is what people write for it, `places` the subreddits where they do."""

    name: str
    pattern: str
    phrases: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """What is left of a title: `family` ("software engineer") and `level` ("senior", empty if the title has none)."""

    family: str
    level: str
    phrases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """`senior software engineer`; `role_of` reads it back to the same role."""
        return f"{self.level} {self.family}".strip()


GENERAL_PLACES = ("interviews", "jobs", "recruitinghell", "careerguidance")
_TECH = ("cscareerquestions", "leetcode", "ExperiencedDevs", "csMajors", "cscareerquestionsEU", "developersIndia")
_DATA = ("datascience", "dataengineering", "cscareerquestions", "analytics", "leetcode", "MachineLearning")
_PRODUCT = ("ProductManagement", "prodmgmt", "cscareerquestions", "projectmanagement", "business", "MBA")
_DESIGN = ("UXDesign", "userexperience", "UXResearch", "graphic_design")
_MONEY = ("FinancialCareers", "Accounting", "finance", "consulting", "MBA")
_SALES = ("sales", "techsales", "CustomerSuccess", "marketing")
_HARDWARE = ("ECE", "EngineeringStudents", "AskEngineers", "chipdesign", "FPGA")
_OPERATIONS = ("sysadmin", "devops", "sre", "ITCareerQuestions", "cybersecurity", "cscareerquestions")
_PEOPLE = ("humanresources", "recruiting", "AskHR")
_STORES = ("retail", "TalesFromRetail", "GetEmployed", "findapath")

# The first that fits a title wins, so the more special stand first.
FAMILIES = (
    Family(
        "engineering manager",
        r"engineering manager|manager,? (?:of )?(?:software )?engineering|(?:director|head|vp) (?:of )?engineering|software development manager|\bsdm\b",
        ("engineering manager", "EM", "SDM"),
        _TECH,
    ),
    Family(
        "technical program manager",
        r"technical (?:program|project) manager|\btpm\b",
        ("technical program manager", "TPM"),
        _PRODUCT + _TECH[:1],
    ),
    Family(
        "product manager",
        r"product (?:manager|management|owner|lead)|(?:director|head|vp),? (?:of )?product\b|\bg?pm\b",
        ("product manager", "PM"),
        _PRODUCT,
    ),
    Family(
        "program manager",
        r"pro(?:gram|ject) (?:manager|management|coordinator)",
        ("program manager", "project manager"),
        _PRODUCT,
    ),
    Family(
        "machine learning engineer",
        r"(?:machine[- ]learning|\bml\b|\bai\b|deep learning|\bml ?ops\b)[\w/ -]{0,30}(?:engineer|developer)|\bmle\b",
        ("machine learning engineer", "ML engineer", "MLE"),
        _DATA,
    ),
    Family(
        "research scientist",
        r"(?:research|applied|ml|ai) (?:scientist|researcher|engineer)",
        ("research scientist", "applied scientist"),
        _DATA,
    ),
    Family("data engineer", r"(?:data|analytics|etl) (?:platform )?engineer|data architect", ("data engineer",), _DATA),
    Family("data scientist", r"data scien\w+|decision scientist", ("data scientist", "data science"), _DATA),
    Family(
        "data analyst",
        r"(?:data|business intelligence|bi|product|analytics) analyst|\banalytics\b",
        ("data analyst", "analytics"),
        _DATA,
    ),
    Family(
        "site reliability engineer",
        r"site reliability|\bsre\b|dev ?ops|platform engineer|infrastructure engineer|cloud engineer|systems? administrator|production engineer",
        ("site reliability", "SRE", "devops"),
        _OPERATIONS,
    ),
    Family(
        "security engineer",
        r"cyber ?security|infosec|\bsecurity (?:software )?(?:engineer|analyst|architect|researcher|consultant|operations)|engineer\W.{0,12}security",
        ("security engineer", "cybersecurity"),
        _OPERATIONS,
    ),
    Family(
        "test engineer",
        r"\bsdet\b|\bqa\b|quality (?:assurance|engineer)|test(?:ing)? (?:automation )?engineer|engineer in test",
        ("SDET", "QA engineer", "test engineer"),
        _TECH,
    ),
    Family(
        "solutions engineer",
        r"(?:solutions?|sales|integration|support|implementation|forward deployed|field|customer) (?:engineer|architect)",
        ("solutions engineer", "solutions architect", "support engineer"),
        _SALES[:2] + _TECH[:2],
    ),
    Family(
        "hardware engineer",
        r"(?:hardware|electrical|electronics?|asic|fpga|rf|silicon|chip|verification|mechanical|manufacturing|process|civil|chemical|aerospace|firmware|embedded)[\w/ -]{0,20}engineer",
        ("hardware engineer", "electrical engineer", "mechanical engineer", "embedded"),
        _HARDWARE,
    ),
    Family(
        "frontend engineer",
        r"(?:front[- ]?end|\bui\b|web)[\w/ -]{0,20}(?:engineer|developer)|(?:engineer|developer)\W.{0,12}front[- ]?end",
        ("frontend", "front end", "software engineer", "SWE"),
        _TECH,
    ),
    Family(
        "mobile engineer",
        r"(?:mobile|ios|android)[\w/ -]{0,20}(?:engineer|developer)|(?:engineer|developer)\W.{0,12}(?:ios|android|mobile)",
        ("mobile engineer", "iOS", "Android", "software engineer"),
        _TECH,
    ),
    Family(
        "software engineer",
        r"software(?! sales| account| asset)|member of technical staff|programmer|\bswe\b|\bsde\b|(?:back[- ]?end|full[- ]?stack|developer|devel|java|python|golang|ruby|php|c\+\+|\.net)[\w/ -]{0,20}(?:engineer|developer)|\bdeveloper\b|entwickler|développeur|desarrollador",
        ("software engineer", "SWE", "SDE", "developer"),
        _TECH,
    ),
    Family(
        "designer",
        r"\bdesigner\b|(?:ux|ui|product|user experience) (?:design|research)\w*",
        ("designer", "UX", "product design"),
        _DESIGN,
    ),
    Family(
        "account executive",
        r"account (?:executive|manager|strategist)|\bsales\b|business development|\b[sb]dr\b|\bgtm\b",
        ("account executive", "account manager", "sales"),
        _SALES,
    ),
    Family(
        "customer success manager",
        r"customer (?:success|support|service|experience)",
        ("customer success", "customer service", "customer support"),
        _SALES,
    ),
    Family("marketing manager", r"marketing|growth|brand|content|\bseo\b|communications", ("marketing", "growth"), _SALES),
    Family("consultant", r"consult(?:ant|ing)|strategy", ("consultant", "strategy", "case interview"), _MONEY),
    Family(
        "financial analyst",
        r"financ\w+|investment|equity|credit|risk|fraud|treasury|quant\w*|trader|trading|fp&a|audit\w*|account(?:ant|ing)",
        ("analyst", "finance", "risk"),
        _MONEY,
    ),
    Family(
        "business analyst",
        r"business (?:systems? )?analyst|operations? analyst|\bbizops\b",
        ("business analyst", "operations analyst"),
        _MONEY,
    ),
    Family(
        "recruiter",
        r"recruit\w+|talent|human resources|\bhr\b|people (?:partner|operations)",
        ("recruiter", "HR", "talent"),
        _PEOPLE,
    ),
    Family(
        "store associate",
        r"cashier|stock(?:er|ing|person)|\bretail\b|\bstores?\b|barista|\bshop\b|crew member|warehouse|fulfil\w+|order picker",
        ("cashier", "stocker", "store", "warehouse"),
        _STORES,
    ),
    Family(
        "operations manager", r"operations|logistics|supply chain|procurement", ("operations manager", "supply chain"), _MONEY
    ),
)

_LEVELS = (
    ("intern", r"\bintern(?:ship)?\b|\bco-?op\b|werkstudent\w*|\bstagiaire\b|\bapprentice\w*"),
    ("director", r"\bdirector\b|\bhead of\b|\bvp\b|\bvice president\b"),
    ("principal", r"\bprincipal\b|\bdistinguished\b|\bfellow\b"),
    (
        "staff",
        r"(?<!of )(?<!technical )\bstaff\b(?! (?:nurse|midwife|accountant|assistant|pharmacist|physician|grade|member|room|canteen))",
    ),
    ("senior", r"\bsenior\b|\bsr\b\.?"),
    ("lead", r"\blead\b"),
    ("junior", r"\bjunior\b|\bjr\b\.?|\bentry[- ]level\b|\bnew grad\w*|\bearly career\b|\buniversity grad\w*|\bgraduate\b"),
    ("mid", r"\bmid(?:[- ]level)?\b"),
)
_STEP = re.compile(r"\b(?:engineer|developer|programmer|scientist|analyst|designer|sde|swe)[ -](iii|ii|3|2)\b")  # a ladder's rung
LEVEL_PHRASES = {
    "intern": ("intern", "internship"),
    "director": ("director", "head of"),
    "principal": ("principal",),
    "staff": ("staff",),
    "senior": ("senior", "sr"),
    "lead": ("lead", "tech lead"),
    "junior": ("new grad", "entry level", "junior"),
    "mid": ("mid level",),
}
_NOISE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\b[mfwhd]/[mfwhd](?:/[dxnfmw])?\b|\s[-–—|@•:·]\s.*|,.*|\bat\s+\S.*", re.DOTALL)


def role_of(title: str) -> Role:
    """The role behind a job title. Unknown kinds keep the title's first words, so any title gives a stable role."""
    text = " ".join(title.casefold().split())[:200]
    level = _level(text)
    for family in FAMILIES:
        if re.search(family.pattern, text):
            return Role(family.name, level, family.phrases, family.places)
    for _, pattern in _LEVELS:
        text = re.sub(pattern, " ", text)
    text = re.sub(r"[^\w&+#./' -]|\b(?:i{1,3}|iv|\d)\b", " ", _NOISE.sub(" ", f" {text.strip(' ,-')} "))
    name = " ".join(text.split()[:4]).strip(" -./'")
    return Role(name, level, (name,) if name else ())


def _level(text: str) -> str:
    named = next((name for name, pattern in _LEVELS if re.search(pattern, text)), "")
    step = _STEP.search(text)
    return named or ("" if step is None else "senior" if step[1] in {"iii", "3"} else "mid")
