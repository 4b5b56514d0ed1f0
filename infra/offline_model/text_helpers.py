"""Text helpers of the offline model: strip markup, split into sentences, shorten, take clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[\"'“‘(]?[^\W_a-z])|(?<=[。！？])")
_LOOSE_ENDS = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019)]*\s+")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|min|mins|hr|hrs|yrs|Mr|Mrs|Ms|Dr|Inc|Sr|Jr|no|St|U\.S|Ph\.D|[BM]\.?(?:Sc|Eng|Tech|Ed|Com|A|S)|Dipl|Ing|Mgr|Bc|sk|ul|nám|např|tzv|resp|s\.\s?r\.\s?o|a\.\s?s|z\. ?B|bzw|ca|inkl|Str|Nr|ggf|π\.χ|κ\.λπ|τηλ|réf|aprox|Sra)\.$",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\*\*|__|~~|`|^#{1,6}\s*|^>+\s*|\\(?=[_*\[\]()#\-.!&]|\s*$)", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)]|[a-z][.)])\s+")
_LINK = re.compile(r"\[([^\[\]\n]*+)\]\([^()\s]*+\)|https?://\S+|www\.\S+")
_RUN_IN = re.compile(
    r"\s*(?:\*\*|__)(?P<label>[^*_\n]{3,40}?)[.:]?\s*(?:\*\*|__)[.:]?\s+(?P<rest>\S.*)"
    r"|\s*(?:(?:\d{1,2}[.)]|[-*•])\s+(?=[^:\n]{3,40}:)|(?=(?:round|stage|step|interview)\s*\d))(?P<numbered>[\w][^:.\n]{2,40}):\s+(?P<rest2>\S.*)"
    r"|\s*(?:\d{1,2}[.)]\s+)?(?P<round>(?:[\w/&-]+ ){0,3}(?:round|interview|screen|call|test|assessment)(?: \d)?(?: \([^()\n]{1,40}\))?)(?:\s[-–—]|:)\s(?P<rest3>\S.*)",
    re.IGNORECASE,
)
"""A label that opens its own paragraph: `**Phone call.** It took ...`, `2) online test: three tasks ...`."""
NOISE = re.compile(
    r"i am a bot|performed automatically|contact the moderators|discord|^\[?(?:deleted|removed)\]?$|upvote|downvote|throwaway|\bOP\b|"
    r"\bDM(?:ed|s)? me\b|\bsubreddit\b|^(?:edit|update)\s*+\d*+\s*+:|thanks in advance|this sub\b|r/\w+|\ba sub\b|\b(?:made a|my|this|your) post\b|tl;?dr|\bemail me\b|\breferral\b|promo code",
    re.IGNORECASE,
)

_HEADS_QUESTIONS = re.compile(r"(?:[a-z]+ ){0,2}questions?(?: asked)?:\s+\S", re.IGNORECASE)
_ASKS = re.compile(
    r".*\?$|(?:how|why|what|when|where|which|who|explain|describe|write|design|implement|tell|find|given)\b", re.IGNORECASE
)
LED = "Questions:"
"""What leads to a row of questions that stands behind `Questions: ...` on rows of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what stands around it: the heading above it, the line that led to its list, what its paragraph said before it, the label that opens its own row."""

    text: str
    heading: str = ""
    lead: str = ""
    bullet: bool = False
    before: str = ""
    label: str = ""


def plain(text: str) -> str:
    """Text without markup, HTML entities and addresses."""
    for entity, character in (("&amp;", "&"), ("&gt;", ">"), ("&lt;", "<"), ("&#x200B;", ""), ("&nbsp;", " "), ("&quot;", '"')):
        text = text.replace(entity, character)
    return _MARKUP.sub("", _LINK.sub(lambda match: match.group(1) or "", text))


def lines(text: str, *, whole: bool = False) -> Iterator[Line]:
    """The text's sentences in order; with `whole`, bullets stay in one piece, labels included.

    A text that was cut to size says so: its last sentence does not count. Rows behind `Questions: ...` are led by that label.
    """
    heading = lead = ""
    listed = False
    if text.rstrip().endswith("…"):
        text = text[: max(text.rfind(end) for end in (". ", "! ", "? ", "\n", "。")) + 1]
    for raw in text.split("\n"):
        clear = plain(raw)
        bullet = bool(_BULLET.match(clear))
        row = " ".join(_BULLET.sub("", clear).split()).strip(" *_")
        if not row:
            continue
        if not bullet and is_heading(row):
            heading, lead = row.rstrip(":"), row if row.endswith(":") or "question" in row.lower() else ""
            listed = False
            continue
        if listed and not bullet and not whole:
            heading = ""  # in a post, a heading's list is all that belongs to it
        listed = bullet
        if whole and bullet:
            yield Line(row, heading, lead, bullet)
            continue
        label, row = ("", row) if whole else _labelled(raw, row)
        yield from _of_row(row, heading, lead if bullet or lead.endswith(":") else "", bullet=bullet, label=label)
        if not bullet:
            lead = (
                row
                if row.endswith((":", ":-"))
                else LED
                if _HEADS_QUESTIONS.match(row) or (lead == LED and _ASKS.match(row))
                else ""
            )


def _labelled(raw: str, row: str) -> tuple[str, str]:
    """The label that opens a row, if one does, and the rest of the row."""
    found = _RUN_IN.match(raw)
    if found is None:
        return "", row
    label = found.group("label") or found.group("numbered") or found.group("round")
    return label, " ".join(plain(found.group("rest") or found.group("rest2") or found.group("rest3")).split())


def _of_row(row: str, heading: str, lead: str, *, bullet: bool, label: str) -> Iterator[Line]:
    before = ""
    for part in sentences(row):
        yield Line(part, label or heading, lead, bullet, before, "" if before else label)
        before = f"{before} {part}".strip()


def is_heading(row: str) -> bool:
    """A short line without a sentence's end."""
    brief = len(row) <= 60 and len(row.split()) <= 8  # noqa: PLR2004 # a heading's usual size
    return brief and not row.endswith((".", "?", "!", ",", ";", "。")) and (row[:1].isupper() or not row[:1].isascii())


def sentences(row: str) -> list[str]:
    """One line's sentences; abbreviations do not end one, nor does anything within quotation marks."""
    parts: list[str] = []
    ends = _LOOSE_ENDS if row[:1].islower() else _ENDS  # who begins in lower case goes on in it
    for part in ends.split(row):
        if parts and (
            _ABBREVIATION.search(parts[-1]) or parts[-1].count('"') % 2 or parts[-1].count("\u201c") > parts[-1].count("\u201d")
        ):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


def short(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-(") + "…"
    return cut if cut.count("\u201c") <= cut.count("\u201d") else f"{cut}\u201d"


def whole_sentences(text: str, limit: int) -> str:
    """As many whole sentences as fit, at least the first."""
    kept = ""
    for part in sentences(" ".join(text.split())):
        if kept and len(kept) + len(part) >= limit:
            break
        kept = f"{kept} {part}".strip()
    return kept


def clause_about(text: str, words: re.Pattern[str] | None = None, limit: int = 90) -> str:
    """The part of a line that names something, uncut where it can be: from one stop or bracket to the next, quotation marks left out.

    A part of a word or two says nothing: then the line's beginning, up to where it may stop, does.
    """
    told = [part for part in _STOPS.split(text.strip(" .。").lstrip(",;:·")) if part]
    text = next((part for part in told if words is not None and words.search(part)), next(iter(told), "")).strip(" .。")
    whole = text.replace('"', "'")
    if len(whole) <= limit:
        return whole
    parts = [part.strip(' ,."\u201c\u201d') for part in re.split(r"[;:()\u2014]\s?|[.,]\s|\s[\u2013-]\s", text)]
    least = 3 if words is None else 2
    fitting = [
        part for part in parts if len(part.split()) >= least and len(part) <= limit and (words is None or words.search(part))
    ]
    if words is not None and fitting:
        return re.sub(r"^(?:and|or|but)\s", "", fitting[0]).replace('"', "'")
    return _beginning(whole, limit)


_STOPS = re.compile(r"(?<=[.!?])(?<!\bsk\.)(?<!\bIng\.)(?<!\bNr\.)(?<!\b[BM]\.Sc\.)(?<!\b[BM]\.A\.)\s+(?=[A-Z])")
"""Ends of sentences: a quotation goes over none."""


def _beginning(whole: str, limit: int) -> str:
    """A line's first words up to a place where a sentence may stop; cut at a word where it has none."""
    stops = [
        found.start()
        for found in re.finditer(
            r"(?<![\d-])[,.]|(?<=\d)[,.](?!\d)|[;:(\u2014]|\s(?:and|or|so that|that|with|while|when|which)\s",
            whole[: limit + 1],
        )
    ]
    ends = [at for at in stops if len(whole[:at].split()) > 2 and whole[:at].count("(") == whole[:at].count(")")]  # noqa: PLR2004 - two words say little
    whole_ends = [at for at in ends if not _GOES_ON.match(whole, at) and not _IN_LIST.search(whole[:at])]
    if not whole_ends:  # none, or all of them inside a list: then before what says where, when or whereby
        told = (found.start() for found in _PLACES.finditer(whole, 0, limit))
        whole_ends = [at for at in told if len(whole[:at].split()) > 2 and not _IN_LIST.search(whole[:at])]  # noqa: PLR2004 - as above
    if not whole_ends:  # in the middle of a list: only where most of it is told
        whole_ends = [at for at in ends[-1:] if at >= LEAST_OF_LIST * limit]
    return _AIM_ALONE.sub("", whole[: whole_ends[-1]].strip(" ,;:")) if whole_ends else short(whole, limit)


_AIM_ALONE = re.compile(
    r"(?<!\bhow)(?<!\bable)(?<!ability) to (?:ensure|achieve|provide|drive|support|maintain|meet|deliver|improve|create|develop|identify|strategi[sz]e)$"
)
"""`works to ensure`: whose end was cut."""
LEAST_OF_LIST = 0.6
"""Share of the room that a list has to fill where it is cut between two of its parts."""


_GOES_ON = re.compile(
    r",\s[\w&/’' -]{1,40}?(?:,|\s(?:and|or|&)\s)|\s(?:and|or)\s[\w&/’'-]{1,20}(?:\s[\w&/’'-]{1,20})?(?:[.,;]|$)|"
    r",?\s(?:and|or)\s[\w’'-]{1,20}(?:\s[\w’'-]{1,20})?\s(?:of|in|on|for|to|with)\s"
)
"""A list that goes on after a stop: what stands before it is not all of it."""
_PLACES = re.compile(r"\s(?:in|for|by|during|through|across|within|from|on|at|according)\s")
_IN_LIST = re.compile(r",\s(?!\S+(?: \S+)? (?:and|or) \S+$)(?:\S+\s?){1,3}$")
"""The last words of a list that may go on; behind `and` or `or` it does not."""


def capital(text: str) -> str:
    """The text beginning with a capital letter."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: capital first, a stop at the end."""
    text = capital(text).rstrip(" ,;:-–")
    return text if text.endswith((".", "!", "?", "…", '"', "”", "。", "！", "？", "؟", ";")) else f"{text}."


def clause(text: str) -> str:
    """The text for use inside a sentence: no stop at its end, no capital unless it is a name."""
    text = text.strip().rstrip(" .;:,")
    second = text[1:2]
    return text[:1].lower() + text[1:] if second.islower() and text.split(" ", 1)[0].lower() in _COMMON else text


_COMMON = frozenset(
    re.findall(
        r"\S+",
        "a an the you your our we experience strong proven ability design build own work lead develop write ship drive partner collaborate "
        "knowledge familiarity comfort comfortable excellent good deep solid hands-on understanding track help improve run mentor maintain "
        "define deliver create support manage review operate make take use fluency passion practical at",
    )
)
