"""The level that a posting states: by its title's words, else by what its first lines label as such."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("level_words.txt")
LONGEST_TITLE = 160
"""Characters of a title that are looked at."""
_UNITS = (
    "engineering|(?:software|web|application|product|game) development|r&d|team|store|shop|branch|plant|restaurant|pub|bar|café|cafe|kitchen|catering|floor|night|salon|spa|hotel|front office|"
    "housekeeping|general|office|department|district|area|regional|city|country|unit|site|works|workshop|bodyshop|garage|warehouse|depot|fleet|transport|stock ?room|goods in|production|factory|"
    "maintenance|shift|operations|support|help ?desk|call cent(?:er|re)|contact cent(?:er|re)|customer services?|service desk|qa|data science|analytics|design|research|clinical|clinical services?|"
    "practice|surgery|ward|home|care home|nursery|children's home|school|centre|center|leisure|gym|finance|accounts|accounting|hr|human resources|it|infrastructure|security operations|payroll|sales team|lettings|nurse"
)
_MANAGER = re.compile(
    rf"^(?:manager|supervisor)\b|\b(?:{_UNITS})(?:[ /]&? ?(?:{_UNITS}))? manager\b(?! designate)|\bmanager of (?!the year|products?\b|projects?\b|programs?\b|accounts?\b)",
    re.IGNORECASE,
)
_SALES_MANAGER = re.compile(r"(?<!regional )(?<!area )(?<!field )(?<!export )(?<!technical )(?<!key )(?<!international )(?<!national )(?<!territory )(?<!tactical )\bsales manager\b", re.IGNORECASE)  # fmt: skip
"""Who manages a region's sales mostly sells there alone."""
_NO_LEVEL = re.compile(
    r"\bmid(?:dle)?[ -](?:market|east|eastern|wales|sussex|school|office|devon|term|size|cap)\w*|\b(?:post[- ]?doc\w*|research|clinical|teaching|visiting) fellow\w*|\b(?:art|casting|music|funeral|photography) director|"
    r"\blead(?:s)? (?:gen\w*|qualif\w*|advisory|time|management|development)|\ball seniorit\w+|\bjunior (?:school|high|college|football|doctors? )|\bsenior (?:care (?:home|facility|services)|living|citizens?|schools?|homes?)\b|"
    r"(?:members? of|technical|nursing|teaching|office|bank|kitchen|bar|floor|wait|waiting|chief of|sales|retail|support|administrative|temporary|medical) staff\b|\bstaff (?:nurse|midwife|accountant|assistant|pharmacist|physician|grade|members?|room|canteen|training|development)|"
    r"\b(?:post|under)[- ]?graduate\b|\bgraduate school|\bhead of (?:year|key stage|maths?|mathematics|english|science|geography|history|music|drama|p\.?e\b\.?|games|girls|boys|department|faculty|sixth form)|"
    r"\bapprenticeships? (?:trainer|assessor|manager|officer|coordinator|advis\w+|recruit\w+|sales)|\b(?:intern|trainee|graduate|apprentice)(?:ship)? (?:programs?|programmes?|schemes?|recruitment) (?:managers?|officers?|coordinators?|lead|partners?|specialists?|advis\w+)|"
    r"\bpresident's office|\boffice of the\b.*|\bto (?:the )?(?:managing |executive |finance )?(?:director|ceo|president|vp|head)s?\b.*|\b(?:pa|ea|assistant),? (?:to|for)\b.*|产品经理|產品經理|项目经理|專案經理|客户经理|客戶經理|销售经理|大客户经理|商务经理|程序经理|投资经理|品牌经理|运营经理|"
    r"team member|leadership|team leading|gerente de (?:projetos?|proyectos?|produtos?|productos?|contas?|cuentas?)|menedżer|executive assistant|stage manager|backstage|center stage|early[- ]stage|directors? of nursing homes?|director's",
    re.IGNORECASE,
)
"""What holds a level's word and tells none: it is left out before the title is looked at."""
_STATED_LEVEL = re.compile(
    r"\b(?:experience|seniority|career|job) level\b\W{0,5}(intern|entry|junior|mid|senior|staff|principal|lead|manager|director)"
    r"|\b(entry|junior|mid|senior)-level\b",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:engineer|developer|programmer|scientist|analyst|designer|accountant|technician|specialist|sde|swe)[ -](iii|ii|3|2)\b",
    re.IGNORECASE,
)
_OPENING = 3000  # characters in which a posting states its level
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def level_of(title: str, description: str) -> str:
    """The level that the title states, else the one that the description's first lines label as such; empty if unknown."""
    bare = _NO_LEVEL.sub(" ", title[:LONGEST_TITLE])
    level = _by_words(bare)
    if level not in {"intern", "director"} and (_MANAGER.search(bare) or _SALES_MANAGER.search(bare)):
        level = "manager"
    level = level or _of_step(title)
    stated = _STATED_LEVEL.search(description[:_OPENING])
    if not level and stated is not None:
        level = (stated[1] or stated[2]).lower()
    return "junior" if level == "entry" else level


def _of_step(title: str) -> str:
    """`mid` or `senior` by a rung such as `Engineer III`."""
    step = _STEP.search(title)
    return "" if step is None else "senior" if step[1] in {"III", "iii", "3"} else "mid"


def _by_words(title: str) -> str:
    return next((level for level, words in _levels() if words.search(title)), "")


@cache
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.partition(":") for row in _FILE.read_text("utf-8").splitlines() if row and not row.startswith("#"))
    return tuple((level, re.compile("|".join(map(_pattern, words.split("|"))), re.IGNORECASE)) for level, _, words in rows)


def _pattern(word: str) -> str:
    word = word.strip()
    pattern = re.escape(word).replace(r"\*", r"[^\W\d_]*")
    if _IDEOGRAPH.search(word):
        return pattern
    return rf"(?<!\w){pattern}(?!\w)".replace(r"\ [^\W\d_]*\ ", r" (?:[^\W\d_]+ ){1,3}")
