"""Addresses and markup in a text, however they are spelt: what nobody supplied has no place in what is published.

A text is folded first (`folding`: full-width, circled and mathematical letters, invisible characters, look-alikes), so that the
patterns are written once. Found are addresses with any scheme (`hxxps` too) or none, with any ending there is, with dots and at
signs that are written out or put in brackets; IP literals; e-mail addresses; handles; tags of HTML and BBCode.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from shared.text.folding import Folded, fold, folded

Kind = Literal["link", "email", "handle", "markup"]

ENDINGS = Path(__file__).parent / "top_level_domains.txt"

_NAMES = (
    "asp.net vb.net ado.net ml.net socket.io readme.md main.py index.php amazon.com alarm.com ancestry.com bill.com booking.com cars.com "
    "crypto.com expedia.com hotels.com jd.com match.com monday.com overstock.com priceline.com salesforce.com stamps.com sohu.com trip.com "
    "wix.com zillow.com c3.ai veritone.ai bigbear.ai"
)
NAMES = frozenset(_NAMES.split())
"""What ends like an address and is the name of a company, a product or a file."""
_DECORATORS = (
    "property staticmethod classmethod override transactional autowired component bean entity service repository controller test before "
    "after deprecated nullable notnull inject injectable input output media import keyframes dataclass cache lru_cache contextmanager "
    "pytest.fixture functools.wraps mixin include supports font-face state binding main objc async param return"
)
DECORATORS = frozenset(_DECORATORS.split())
"""What stands after an at sign in code, and is nobody's name."""
MOST_FOUND = 200
"""In one text: with more it is no text."""
ROUNDS = 20
"""In which they are taken out of one."""

_OPEN, _CLOSE = r"[\[({<]", r"[\])}>]"
_DOT = rf"(?:\.| ?{_OPEN} ?(?:\.|dot|punkt|點) ?{_CLOSE} ?| dot | \. ?| ?%2e|&#0{{0,4}}46;|&#x0{{0,4}}2e;|&period;)"
_AT = rf"(?:@| ?{_OPEN} ?(?:@|at) ?{_CLOSE} ?|%40|&#0{{0,4}}64;|&commat;)"
_LABEL = r"[^\W_][\w-]{0,62}"
_TAIL = r"(?::\d{1,5})?(?:[/?#\\][^\s<>\"]{0,2000})?"
_LESS = r"(?:<|&lt;?|&#0{0,4}60;?|&#x0{0,4}3c;?|%3c|\\u003c)"

_SCHEME = re.compile(
    r"(?<![a-z0-9])[a-z][a-z0-9+.-]{0,20}(?:\[:\]|:|%3a|&#58;|&colon;) ?(?:[/\\]|%2f|&#47;|&sol;){2}[^\s<>\"]{1,2000}"
    r"|(?<![a-z0-9])h(?:tt|xx|\*\*)ps?:? ?[/\\]{1,4}[^\s<>\"]{1,2000}"
    r"|(?<![a-z0-9])(?:javascript|vbscript|mailto|sms|whatsapp|tg|intent|magnet|blob|facetime)(?::|%3a|&#58;|&colon;)[^\s<>\"]{1,2000}"
    r"|(?<![a-z0-9])(?:tel:\+?\d|data:[a-z]{1,20}/|about:blank|file:[/\\])[^\s<>\"]{0,2000}"
    r"|(?<![a-z0-9_:/\\.])(?://|\\\\)[a-z0-9][\w.-]{0,250}\.[^\s<>\"]{1,2000}"
    rf"|(?<![\w.@-]){_LABEL}(?: (?:punkt|punto|ponto|точка|點|点) |[_-]dot[_-])(?:com|net|org|info|xyz)(?!\w)"
    rf"|(?<![a-z0-9])www{_DOT}[^\s<>\"]{{2,2000}}|(?<![a-z0-9.])localhost[:/][^\s<>\"]{{1,2000}}",
    re.IGNORECASE,
)
_CHAIN = re.compile(rf"(?<![\w.@-]){_LABEL}(?:{_DOT}{_LABEL}){{1,9}}", re.IGNORECASE)
"""Labels with dots between them: a host, where one of them is an ending."""
_AFTER_HOST = re.compile(_TAIL)
_EMAIL = re.compile(rf"(?<![a-z0-9_.+-])[a-z0-9_.+-]{{1,64}}{_AT}(?:{_LABEL}{_DOT}){{1,8}}[^\W\d_][\w-]{{1,62}}", re.IGNORECASE)
_IP4 = re.compile(
    rf"(?<![a-z0-9_.])(?:0x[0-9a-f]{{1,8}}|\d{{1,4}})(?:{_DOT}(?:0x[0-9a-f]{{1,8}}|\d{{1,4}})){{3}}(?![a-z0-9_]){_TAIL}",
    re.IGNORECASE,
)
_IP6 = re.compile(
    rf"\[(?P<in>[0-9a-f:.]{{2,45}})(?:%\w{{1,20}})?\]{_TAIL}|(?<![a-z0-9_:.])(?P<bare>[0-9a-f:.]{{3,45}})(?![a-z0-9_:])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![a-z0-9_.@/+-])@(?P<name>[a-z0-9_][a-z0-9_.-]{1,60}(?:@[a-z0-9.-]{3,100})?)", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"!?\[(?P<words>[^\[\]\n]{0,300})\]\((?P<to>\s{0,5}[^()\s]{1,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?[^()\n]{0,300})\)"
)
_TAGS = (
    "a abbr applet area audio b base bdo big blink body br button canvas center code data details dialog div em embed fieldset font footer "
    "form frame frameset h[1-6] head header hr html i iframe image img input ins isindex label layer li link listing main map marquee math "
    "menu meta nav noscript object ol option p param picture plaintext portal pre s script section select slot small source span strike "
    "strong style sub sup svg table tbody td template textarea title tr track tt u ul use video xmp instructions? system assistant prompt"
).replace(" ", "|")
"""HTML's, and those that pretend to be a prompt's."""
_TAG = re.compile(
    rf"(?<![a-z0-9_]){_LESS}/?(?:!--|!doctype\b|!\[cdata|\?(?:xml|php)\b|(?:{_TAGS})(?=\s{{0,9}}(?:[/>&:]|%3e|$|[a-z-]{{2,30}}\s?=))"
    r"|[a-z][\w:-]{0,30}\s[^<>\n]{0,300}\bon[a-z]{3,20}\s{0,3}=)(?:[^<>\n]{0,500}>)?"
    r"|<\|[a-z_]{2,30}\|>|\[/?inst\]|\[/?(?:url|img|email|b|i|u|code|quote|size|color)(?:=[^\]\n]{0,300})?\]|(?<![a-z0-9])on(?:error|load|click|mouseover|focus)\s{0,3}=\s{0,3}[\"'\w]",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<![!-~])(?:[^\W_]|[.:/@-])(?: (?:[^\W_]|[.:/@-])){4,80}(?![A-Za-z0-9])")
_WIDE_DOT = re.compile(r"(?<=[A-Za-z0-9])[。｡․۔](?=[A-Za-z0-9])")
_STOPS = ".,;:!?)]}'\"*_>~、。，！？）」』"
_A_DOT = re.compile(_DOT, re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]+")
_BEFORE_LATIN = re.compile(r"^[^\x00-\x7f]+")
_OF_NUMBERS = frozenset({"com", "net", "org", "cn", "co", "io", "xyz", "top", "info", "site", "online"})
"""Endings before which a number is a name."""
_WRITTEN = ((re.compile(rf"\s?{_DOT}\s?", re.IGNORECASE), "."), (re.compile(_AT, re.IGNORECASE), "@"))


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text: `text[start:end]`. `form`: the one form of its many spellings; `words`: what a Markdown link shows."""

    kind: Kind
    form: str
    start: int
    end: int
    words: str = ""


def find(text: str) -> list[Found]:
    """Every address and every tag in a text, in the order of their places; none within another. Linear in its length."""
    plain = Folded(text, range(len(text) + 1)) if text.isascii() else fold(_WIDE_DOT.sub(".", text))
    found: list[Found] = []
    taken = 0
    for one in sorted(_all(plain), key=lambda one: (one.start, -one.end)):
        if one.start >= taken and len(found) < MOST_FOUND:
            found.append(one)
            taken = one.end
    return found


def unsupplied(text: str, supplied: str = "") -> list[Found]:
    """What of it nobody supplied: an address, a name's owner or a tag that does not stand in `supplied`, in any spelling."""
    found = find(text)
    known = forms(supplied) if found and supplied else frozenset()
    return [one for one in found if not known.intersection(_spellings(one))]


def without_unsupplied(text: str, supplied: str = "") -> str:
    """The text without them. A Markdown link leaves its words; brackets that are left empty go, too.

    What is taken out may leave another one where its ends meet: it is looked again, and of a text that goes on so nothing is left.
    """
    for _ in range(ROUNDS):
        found = unsupplied(text, supplied)
        if not found:
            return text
        pieces, at = [], 0
        for one in found:
            pieces += [text[at : one.start], one.words]
            at = one.end
        shorter = re.sub(r"\( ?\)|\[ ?\]|<>|[ \t]{2,50}", " ", "".join([*pieces, text[at:]]))
        shorter = re.sub(r" (?=[.,](?:\s|$))", "", shorter).strip()
        if len(shorter) >= len(text):
            return ""
        text = shorter
    return ""


@lru_cache(maxsize=64)
def forms(supplied: str) -> frozenset[str]:
    """What a supplied text holds, each in its one form; of an address with a scheme or a path, its host as well."""
    return frozenset(form for one in find(supplied) for form in (*_spellings(one), _host(one.form)) if form)


def _all(plain: Folded) -> Iterator[Found]:
    text = plain.text
    for match in _MARKDOWN.finditer(text):
        yield _found("link", match, plain, match["to"].split()[0], match["words"])
    for kind, pattern in (("markup", _TAG), ("link", _SCHEME), ("email", _EMAIL), ("link", _IP4)):
        for match in pattern.finditer(text):
            yield _found(kind, match, plain)  # type: ignore[arg-type] # one of the four
    yield from (_piece("link", plain, start, end) for match in _CHAIN.finditer(text) for start, end in _hosts(match))
    yield from (_found("link", match, plain) for match in _IP6.finditer(text) if _is_ip6(match))
    yield from (_found("handle", match, plain) for match in _HANDLE.finditer(text) if match["name"].lower() not in DECORATORS)
    for match in _SPACED.finditer(text):
        closed = match[0].replace(" ", "")
        if _SCHEME.search(closed) or any(True for chain in _CHAIN.finditer(closed) for _ in _hosts(chain)):
            yield _found("link", match, plain, closed)


def _found(kind: Kind, match: re.Match[str], plain: Folded, form: str = "", words: str = "") -> Found:
    if kind == "markup" or form:
        start, end = plain.span(*match.span())
        return Found(kind, _form(form or match[0]), start, end, words)
    return _piece(kind, plain, *match.span())


def _piece(kind: Kind, plain: Folded, start: int, end: int) -> Found:
    """Without the full stop or bracket that a sentence puts after it."""
    piece = plain.text[start:end]
    kept = piece
    while kept[-1:] in _STOPS and len(kept) > 1 and not (kept[-1] == ")" and kept.count("(") == kept.count(")")):
        kept = kept[:-1]
    return Found(kind, _form(kept), *plain.span(start, start + len(kept)))


def _form(piece: str) -> str:
    for pattern, sign in _WRITTEN:
        piece = pattern.sub(sign, piece)
    return piece.casefold().replace("\\", "/").strip(_STOPS + " ")


def _spellings(one: Found) -> tuple[str, ...]:
    """Its form; without its scheme; without Chinese words that stand before it with no space between."""
    bare = _scheme_less(one.form)
    return one.form, bare, bare.removeprefix("www."), _BEFORE_LATIN.sub("", bare)


def _scheme_less(form: str) -> str:
    _, scheme, rest = form.partition("://")
    return (rest if scheme else form.removeprefix("//").removeprefix("mailto:")).rstrip("/")


def _host(form: str) -> str:
    return re.split(r"[/?#:]", _scheme_less(form), maxsplit=1)[0]


def _hosts(chain: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where in a chain of labels a host stands, what follows it included: up to the last label that is an ending."""
    text, begin = chain.string, chain.start()
    dots = [(dot.start(), dot.end()) for dot in _A_DOT.finditer(text, begin, chain.end())]
    ends = [*(start for start, _ in dots[1:]), chain.end()]
    for (before, after), end in reversed(list(zip(dots, ends, strict=True))):
        size = _ending(text[after:end])
        names, ending = text[begin:before], text[after : after + size]
        if size and not text.startswith("()", after + size) and _is_host(names, ending, spaced=" " in text[begin:after]):
            tail = _AFTER_HOST.match(text, end) if after + size == end else None
            yield begin, tail.end() if tail else after + size
            return


def _is_host(names: str, ending: str, *, spaced: bool) -> bool:
    if spaced and not ending.islower():
        return False  # "He did it . So did she"
    names = _BEFORE_LATIN.sub("", names) or names  # words of a script that has no spaces
    if not any(char.isalpha() for char in names):
        return ending.casefold() in _OF_NUMBERS  # 9.am is a time, 2388.HK a stock
    return f"{names}.{ending}".casefold() not in NAMES


def _ending(label: str) -> int:
    """How many characters of a label are an ending: all of them, or those before a script that has no spaces."""
    if label.casefold().startswith("xn--"):
        return len(label)
    latin = _LATIN.match(label)
    if latin:
        rest = label[latin.end() :]
        return latin.end() if latin[0].casefold() in endings() and (not rest or not rest[0].isascii()) else 0
    return next((size for size in range(len(label), 0, -1) if label[:size].casefold() in endings()), 0)


def _is_ip6(match: re.Match[str]) -> bool:
    inner = match["in"] or match["bare"] or ""
    if inner.count(":") < 2:  # noqa: PLR2004 - no address has fewer
        return False
    try:
        ipaddress.IPv6Address(inner.rstrip("."))
    except ValueError:
        return False
    return match["in"] is not None or "::" not in inner or any(char.isalnum() for char in inner)


@cache
def endings() -> frozenset[str]:
    """Every ending of a host name, in small letters."""
    lines = ENDINGS.read_text(encoding="utf-8").splitlines()
    return frozenset(folded(name).casefold() for line in lines if not line.startswith("#") for name in line.split())
