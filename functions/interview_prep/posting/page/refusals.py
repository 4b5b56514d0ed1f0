"""What an answer is when it is no open posting. Said, never guessed at: each refusal has a code and tells what to do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from itertools import takewhile
from typing import Literal
from urllib.parse import urlsplit

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.page.main_text import OTHERS
from functions.interview_prep.posting.page.parsed_page import OpenPage
from functions.interview_prep.posting.posting_marks import marks_of
from functions.interview_prep.posting.structured_data.schema_org import is_list
from shared.errors import Permanent, Transient
from shared.ports.web import Page
from shared.retry_after import retry_after

Reason = Literal["closed", "listing", "not_found", "blocked", "pdf", "empty", "unreadable"]

_PASTE = "Open the page in a browser and paste the posting's text instead."
_REFUSALS: dict[Reason, tuple[str, str]] = {
    "closed": ("posting_closed", "If you have its text (a saved copy, an e-mail), paste that instead."),
    "listing": ("posting_is_listing", "Open one of its jobs and give that page's address, or paste that job's text."),
    "not_found": ("posting_not_found", "Check the address in a browser; if you have the posting's text, paste that instead."),
    "blocked": ("posting_blocked", _PASTE),
    "pdf": ("page_is_pdf", "Open the document and paste its text instead."),
    "empty": ("page_empty", _PASTE),
    "unreadable": ("posting_unreadable", _PASTE),
}

_OK, _NOT_FOUND, _TIMEOUT, _GONE, _TOO_MANY, _SERVER_ERROR = 200, 404, 408, 410, 429, 500
_BLOCKING = frozenset({401, 402, 403, 407, 451, 999})  # 999 is LinkedIn's
_TEXT_TYPES = frozenset(
    {"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "application/octet-stream"}
)
_BINARY_STARTS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"RIFF",
    b"\x7fELF",
)
_SNIFFED = 1024
_LONGEST_WAIT = 600.0  # seconds

ENOUGH = 200
"""Characters of text below which a page says little: a list's, a wall's, or one that its scripts would write."""
LEAST = 60
"""Characters below which it says nothing; a Chinese character counts for three."""
_SHORT = 2000  # characters: an error page or a wall is no longer than this
_LONGEST_NOTICE, _LONGEST_LINE = 160, 400
_FEWEST_LINKS, _FEW_LINKS = 8, 4
_LIST_HEADING = re.compile(
    r"\bjobs (?:in|near|for|from)\b|^\W*(?:job search|search) results\b|^\W*offres d['’]emploi\b", re.IGNORECASE
)
"""A page's own heading that says that it lists jobs: fewer links to them are enough."""


def refusal(reason: Reason, message: str, advice: str = "") -> Permanent:
    """The error for an answer that is no open posting, with the reason's own advice where none is given."""
    code, usual = _REFUSALS[reason]
    return Permanent(message, code=code, advice=advice or usual)


def check_answer(page: Page) -> None:
    """Refuse by status and media type.

    Raises:
        Transient: 408, 429 and 5xx (`posting_unavailable`), with the wait that was asked for.
        Permanent: `posting_not_found`, `posting_closed`, `posting_blocked`, `page_is_pdf`, `page_empty`, `posting_unreadable`.
    """
    host = urlsplit(page.url).hostname or "the site"
    if page.status in _BLOCKING:
        raise refusal("blocked", f"{host} does not let programs read the page (HTTP {page.status})")
    if page.status in {_TIMEOUT, _TOO_MANY} or page.status >= _SERVER_ERROR:
        wait = retry_after(page.headers, time.time(), most=_LONGEST_WAIT)
        raise Transient(
            f"{host} answered with HTTP {page.status}",
            code="posting_unavailable",
            advice="Try again later, or paste the posting's text.",
            retry_after=wait or None,
        )
    if page.status == _NOT_FOUND:
        raise refusal(
            "not_found", f"{host} has no page at this address (HTTP 404): the posting was taken down, or the address is wrong"
        )
    if page.status == _GONE:
        raise refusal("closed", f"{host} says that the posting is gone for good (HTTP 410)")
    if page.status != _OK:
        raise refusal("unreadable", f"{host} answered with HTTP {page.status}")
    start = page.content[:_SNIFFED]
    if page.content_type == "application/pdf" or start.lstrip().startswith(b"%PDF-"):
        raise refusal("pdf", "the address leads to a PDF document")
    if page.content_type not in _TEXT_TYPES or start.startswith(_BINARY_STARTS):
        raise refusal("unreadable", f"the address leads to {page.content_type or 'a file'}, not to a web page")
    if not page.content.strip():
        raise refusal("empty", "the page is empty")


# ---- what a page says of itself

_JOB = r"(?:job|position|role|posting|vacancy|opening|opportunity|listing|requisition|ad|offer|advertisement)"
_CLOSED = re.compile(
    rf"no longer (?:accept|tak|receiv|consider)\w* (?:new |any |further )?applica\w+"
    rf"|\b(?:this|the|that|your) (?:\w+ ){{0,3}}?{_JOB}[^.!?]{{0,30}}?\b(?:has|have|is|was|been)\b[^.!?]{{0,15}}?\b(?:filled|closed|expired|removed|archived|unpublished|deleted|cancelled|canceled|withdrawn|taken down)\b"
    rf"|\b{_JOB}[^.!?]{{0,30}}? is no longer (?:available|active|open|online|posted|advertised|listed|valid|live|being)"
    rf"|^\W*(?:{_JOB}|applications?)(?: \w+)? (?:is |are |has |have |been |now ){{0,3}}(?:closed|filled|expired|inactive)\W*$"
    rf"|\b{_JOB} (?:closed|expired) (?:on|at)\b"
    rf"|\bapplications? (?:for this {_JOB} )?(?:(?:are|is|have|has) (?:now )?(?:been )?)?closed(?= on\b|\W*$)|\b(?:closing date|deadline)\b[^.!?]{{0,30}}\bhas passed\b"
    rf"|\bnot (?:currently )?accepting (?:new |any )?applications\b"
    rf"|\b(?:stelle|\w*anzeige|\w*angebot|position|ausschreibung)\b[^.!?]{{0,30}}\b(?:(?:bereits|schon) besetzt|nicht mehr (?:verfügbar|aktiv|online|aktuell)|abgelaufen|deaktiviert|geschlossen)|\bbewerbungsfrist ist abgelaufen"
    rf"|\b(?:offre|annonce|poste)\b[^.!?]{{0,20}}(?:\bn['’]est plus|\ba expiré|\bexpirée|\bpourvue?|\bclôturée?|\bdésactivée)|\b(?:oferta|vacante|puesto)\b[^.!?]{{0,20}}(?:\bya no está|\bcerrad[ao]|\bcaducad[ao]|\bfinalizad[ao]|\bcubiert[ao])"
    rf"|\b(?:pozice|nabídka|inzerát)\b[^.!?]{{0,30}}(?:\bnení (?:\w+ )?(?:aktivní|aktuální|k dispozici)|\b(?:již|byla) obsazen|\bvypršel|\bukončen|\bneaktuální)"
    rf"|\b(?:vaga|candidaturas)\b[^.!?]{{0,20}}(?:\bencerrad|\bexpirad|\bnão está mais)|\b(?:annuncio|offerta|posizione)\b[^.!?]{{0,20}}(?:\bscadut|\bchius|\bnon è più)|\b(?:oferta|ogłoszenie)\b[^.!?]{{0,20}}(?:\bnieaktualn|\bwygasł|\bzakończon|\barchiwaln)"
    rf"|\b(?:vacature|functie)\b[^.!?]{{0,20}}(?:\bniet meer|\bgesloten|\bvervuld|\bverlopen)|\b(?:tjänsten|annonsen|stillingen|jobbet)\b[^.!?]{{0,25}}(?:\binte längre|\bikke længere|\bikke lenger|\bavslutad|\bstängd|\bbesat|\butløpt)"
    rf"|вакансия[^.!?]{{0,20}}(?:в архиве|закрыта|неактуальна|снята)|(?:θέση|αγγελία)[^.!?]{{0,25}}(?:έχει λήξει|δεν είναι πλέον|έκλεισε|καλύφθηκε)"
    rf"|(?:职位|岗位|招聘|職位)[^。！？]{{0,8}}(?:已下线|已关闭|已过期|已结束|已停止|已失效|已暂停|停止招聘|已招满|不存在或已)|停止招聘|募集は?(?:終了|締め切)|掲載(?:は|が)?終了"
    rf"|(?:الوظيفة|الإعلان|التقديم)[^.!?؟]{{0,30}}(?:لم تعد متاحة|مغلق|انتهت|انتهى|منتهي)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:once|when|until|if|unless|after|before|should|may|might|will be|as soon as|in case|bis|wenn|sobald)\b", re.IGNORECASE
)
_BLOCKED = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|are you (?:a |an )?(?:robot|human|bot)|\bverif\w{1,20}+ (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot)"
    r"|press (?:&|and) hold|confirm (?:that )?you(?:['’]re| are) (?:a )?human|captcha|unusual traffic|security check|pardon our interruption|request (?:was |has been )?blocked|enable cookies|robot check|bot detection|sicherheitsprüfung|\bkein roboter\b|\bpas un robot\b|\bno (?:eres|es|soy) un robot\b|\bnon (?:sei|sono) un robot\b|\bgeen robot\b|403 forbidden"
    r"|^[^\w\n]{0,40}before you continue[^\w\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_PROTECTED = re.compile(r"\bprotected by\b.{0,20}captcha|captcha.{0,60}\bprivacy policy\b", re.IGNORECASE)
_LOGIN = re.compile(
    r"^\W*(?:sign[ -]?in|log[ -]?in|login|join(?: now| linkedin| or sign in)?(?=\W*(?:$|[|–—-]))|join (?:\w+ )?to (?:view|see|apply)|sign up|anmelden|connexion|member login)\b|(?:sign|log) in to (?:view|see|continue|apply|your)|\bauthwall\b",
    re.IGNORECASE,
)
_TO_VIEW = re.compile(r"\b(?:sign|log) in to (?:view|see|continue|apply)\b", re.IGNORECASE)
_WALL = 500
"""Characters of a page that is no more than a wall."""
_LOGIN_PATH = re.compile(
    r"/(?:authwall|login|signin|sign-in|log-in|checkpoint|sso|uas/login|account/login|users/sign_in)\b", re.IGNORECASE
)
_BROKEN = re.compile(
    r"fatal error|internal server error|server error|something went wrong|\berror 5\d\d\b|\b5\d\d (?:error|bad gateway|service)|traceback \(most recent|uncaught \w*(?:error|exception)"
    r"|sql syntax|an (?:unexpected )?error (?:has )?occurred|temporarily unavailable|stack trace|bad gateway|under maintenance|application error",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:page|job|posting|position|listing|vacancy)s? (?:(?:that )?you(?:['’]re| are|['’]ve| have)? \w{3,12}(?: for)? )?(?:was |were |is |could |can )?(?:not|n['’]t) (?:be )?(?:found|exist)|\bno (?:such )?(?:job|posting|page) (?:was )?found\b|\b404\b|\bdoes(?:n['’]t| not) exist\b"
    r"|(?:could(?: not|n['’]?t)|can(?:not| not|['’]?t)) (?:find|be found)|no longer exists"
    r"|\b(?:seite|stelle)\b.{0,25}nicht (?:gefunden|mehr gefunden)|\b(?:seite|stelle)\b.{0,30}existiert.{0,12}nicht|\bpage (?:introuvable|demandée n['’]existe)|\b(?:offre|page) introuvable|página no (?:encontrada|existe)|no se ha encontrado la (?:página|oferta)"
    r"|pagina (?:non trovata|niet gevonden)|stránka (?:nenalezena|neexistuje|nebyla nalezena)|strony nie znaleziono|nie znaleziono strony|sidan (?:hittades inte|finns inte)|siden (?:blev ikke fundet|findes ikke|finnes ikke)|η σελίδα δεν βρέθηκε|页面不存在|找不到(?:该)?页面|الصفحة غير موجودة",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"enable javascript|javascript (?:is )?(?:required|disabled)|requires javascript|without javascript", re.IGNORECASE
)
_LIST_TITLE = re.compile(
    r"\bjobs\b(?= (?:in|at|near|for|from|by)\b|\W*$|\s*[|–—-]|, (?:employment|vacancies|careers|work)\b)|^\W*\d[\d,.]*\+? .{0,40}\b(?:jobs|openings|positions|vacancies|roles|stellenangebote|jobangebote|stellen|offres|ofertas|vacatures|nabídek)\b"
    r"|[:–—-]\s*\d[\d ,.]* (?:nabídek|nabídky|ofert|offres|ofertas|vacatures|Treffer|job)\b"
    r"|^\W*(?:stellenangebote|jobangebote)\b(?! [:–—-])|^\W*(?:offres? d['’]emplois?|ofertas de (?:empleo|trabajo)|offerte di lavoro|vagas (?:de|para|em)|nabídky práce|oferty pracy|ledige stillinger|lediga jobb)\b(?! [:–—-])"
    r"|^\W*(?:our |current |all |see )?(?:open|available|current) (?:positions|roles|jobs|openings|vacancies)|^\W*(?:careers?|vacancies|job openings|job search|search results|all jobs|jobs|stellenangebote|offene stellen|join us|work with us)\b\W*(?:$|(?:at|[|–—-])\W)",
    re.IGNORECASE,
)  # fmt: skip
_MANY_JOBS = re.compile(r"(?:^\W*|[:–—-]\s*)(?!1\b)\d[\d,.]*\+? (?:\w+ ){0,4}(?:jobs|vacancies|openings|stellenangebote|jobangebote|stellen|offres d['’]emploi|ofertas de (?:trabajo|empleo)|vacatures|nabídek|ofert pracy|treffer)\b", re.IGNORECASE)  # fmt: skip
_COUNTED = re.compile(r"^\W*(?:page \d+ of|showing|\d+ ?[-–] ?\d+ of)\b.{0,30}\b(?:jobs|results|vacancies|positions)\b|^\W*(?!1\b)\d[\d,.]* (?:jobs|results|vacancies)\b", re.IGNORECASE)  # fmt: skip
"""How a list counts its jobs: `Page 1 of 412 jobs`."""
_FEW_MARKS, _FIRST_ROWS = 3, 40
_JOB_LINK = re.compile(
    r"/(?:jobs?|careers?|positions?|vacanc\w+|openings?|stellen\w*|remote-jobs|offers?|postings?|o|j)/[^/?#]{4,}|/[\w-]{2,40}-jobs(?:-[\w-]{1,60})?/?$|gh_jid=|/[0-9a-f]{8}-[0-9a-f]{4}-",
    re.IGNORECASE,
)


def check_open(page: OpenPage) -> None:
    """Refuse a page that says itself that it is closed, with or without the posting's text on it.

    Raises:
        Permanent: `posting_closed`, quoting the page.
    """
    if said := notice_of_closing(page.text):
        raise refusal("closed", f"the page says: “{said}”")


def notice_of_closing(text: str) -> str:
    """What a text says of its being closed, above other jobs and their notices; empty where it does not."""
    for row in text.split("\n"):
        if OTHERS.match(row):
            break
        for sentence in re.split(r"(?<=[.!?])\s+", row) if len(row) <= _LONGEST_LINE else ():
            said = _CLOSED.search(sentence) if len(sentence) <= _LONGEST_NOTICE else None
            if said and not _CONDITION.search(sentence[: said.end()]):
                return sentence.strip()
    return ""


def check_unstructured(page: OpenPage) -> None:
    """Refuse a page without structured data that is plainly no posting. What is not plain is the model's to judge.

    Raises:
        Permanent: `posting_closed`, `posting_is_listing`, `posting_not_found`, `posting_blocked`, `page_empty`, `posting_unreadable`.
    """
    head = "\n".join([page.title, *page.headings])
    said = f"{head}\n{page.text}" if len(page.text) < _SHORT else head
    if (
        _LOGIN_PATH.search(urlsplit(page.url).path)
        or _is_wall(said, head)
        or (len(page.text) < _SHORT and any(map(_LOGIN.search, (head, *page.headings[:1]))) and marks_of(page.text) <= _FEW_MARKS)
        or (len(page.text) < _WALL and _TO_VIEW.search(said))
    ):
        raise refusal("blocked", "the site shows a login or a check for robots instead of the posting")
    if was_sent_home(page.asked, page.url):
        raise refusal("closed", f"the address leads on to {page.url[:200]}, away from the posting: it was taken down")
    if _MISSING.search(said):
        raise refusal("not_found", "the site says that there is no such page or posting")
    if _BROKEN.search(said):
        raise refusal("unreadable", "the site shows an error message instead of the posting")
    if is_listing(page):
        raise refusal("listing", f"the page lists many jobs (“{page.title or head.strip()[:100]}”)")
    size = len(page.text) + 2 * sum(char >= "\u3040" for char in page.text[:ENOUGH])
    if size >= ENOUGH:
        return
    scripted = page.tree.find(".//script") is not None or _NEEDS_SCRIPT.search(page.markup) is not None
    if size < LEAST or scripted:
        raise refusal(
            "empty", "the page shows its text only to a browser that runs its scripts" if scripted else "the page has no text"
        )


def _is_wall(said: str, head: str) -> bool:
    """Whether a check for robots stands instead of a posting. A form's note that a captcha protects it is none."""
    if _BLOCKED.search(head):
        return True
    kept = "\n".join(row for row in said.split("\n") if not _PROTECTED.search(row))
    return bool(_BLOCKED.search(kept))


def says_that_it_lists(headlines: Iterable[str]) -> bool:
    """Whether one of a page's headlines speaks of many jobs: `Careers`, `42 jobs in Leeds`."""
    return any(map(_LIST_TITLE.search, headlines))


def is_listing(page: OpenPage) -> bool:
    """Whether the headline speaks of many jobs, or there is none to speak of, and the page lists or links to them."""
    own = list(takewhile(lambda text: not OTHERS.match(text), page.headings[:2]))  # `Similar jobs` stands below a single one
    says_so = says_that_it_lists((page.title, *own))
    if (says_so or len(page.text) < ENOUGH) and any(is_list(node) for node in page.json_ld):
        return True
    if not says_so:
        return False
    if any(_MANY_JOBS.search(text) for text in (page.title, *own)):
        return True
    if marks_of(page.text) < _FEW_MARKS and sum(bool(_COUNTED.search(row)) for row in page.text.split("\n")[:_FIRST_ROWS]):
        return True
    links = {link.get("href", "").split("#")[0] for link in page.tree.iter("a")}
    said = sum(bool(_LIST_TITLE.search(text)) for text in (page.title, *page.headings[:1]))
    heads_list = said > 1 or any(_LIST_HEADING.search(text) for text in page.headings[:1])
    return sum(1 for link in links if _JOB_LINK.search(link)) >= (_FEW_LINKS if heads_list else _FEWEST_LINKS)


def was_sent_home(asked: str, url: str) -> bool:
    """Whether redirects led from a posting's address up to a page above it, or to the same with an error mark."""
    try:
        here, there = urlsplit(asked), urlsplit(url)
    except ValueError:
        return False
    came = [squash(part) for part in here.path.split("/") if part]
    went = [squash(part) for part in there.path.split("/") if part]
    if "error=true" in there.query and "error=true" not in here.query:  # Greenhouse's mark
        return True
    deep = len(came) > 1 or (came and here.query)
    upward = len(went) < len(came) and came[: len(went)] == went
    front = len(went) == 1 and went[0] in {"jobs", "careers", "career", "search", "jobsearch", "openings", "positions"}
    named = any(char.isdigit() for part in went for char in part)  # /jobs/123/apply leads to /jobs/123: the posting itself
    return bool(deep and not named and (upward or (front and went != came)))
