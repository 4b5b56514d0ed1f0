"""HTML as a tree and as plain text. Only lxml: it stays linear where a page nests 200,000 tags (it cuts them at 255)."""

from __future__ import annotations

import html
import re
from typing import Any

from functions.interview_prep.posting.clean_text import LONGEST, MAX_DESCRIPTION, MOST_ESCAPES, clean, unescape, words

MAX_ATTRIBUTES = 200
"""libxml2 compares each attribute of a tag with all before it: 100,000 of them take 13 s."""

# An attribute as browsers see one, and a start tag with all of its own. Possessive: hostile markup costs one pass, not many.
# `</` ends it, so that a `<` in a script does not swallow the script's end.
_NAME = r"(?=[^\s>/<]|<[^/])[^\s>/][^\s=>/<]*+(?:(?=<[^/])<[^\s=>/<]*+)*+"
_VALUE = r"(?:[^\s>\"'][^\s>]*+)?+(?:\"[^\"]*+[\"']*+)?+(?:'[^']*+[\"']*+)?+"  # one of the three, if any
_ATTRIBUTE = rf"{_NAME}\s*+(?:=\s*+{_VALUE})?+[\s/]*+"
_LONG_TAG = re.compile(rf"<([a-zA-Z][^\s>/<]{{0,30}}+)[\s/]*+(?:{_ATTRIBUTE})*+")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ESCAPED_TAG = re.compile(r"&(?:amp;){0,4}(?:lt|#60|#x3c);/?[a-zA-Z]", re.IGNORECASE)
_ESCAPED_LINE_END = re.compile(r"&(?:amp;){0,3}#(?:xa|x0a|10|xd|x0d|13);", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?:p|div|li|ul|ol|h[1-6]|table|tr|section)\b", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\b[^<>]{0,20}>[ \t]{0,20}\n?", re.IGNORECASE)

UNSEEN = words("head script style template noscript svg iframe object canvas audio video select textarea datalist dialog")
_PARAGRAPHS = words("p h1 h2 h3 h4 h5 h6 ul ol dl table section article blockquote pre header footer nav main aside form")
_LINES = words("div br tr dt dd figcaption figure caption address option label summary details hr legend fieldset")
_PIECES = words("a span button")
_ENTRY, _ENTRY_END = "\x01", "\x02"  # free: parsed markup has no control characters
_BANNERS, _LONGEST_NAME = words("div section aside form footer"), 300
_CONSENT = re.compile(
    r"(?:^|[\s_-])(?:cookies?(?:$|\s|[_-]?(?:banner|bar|notice|consent|policy|popup|modal|dialog|overlay|law|info|message))|consent[_-]?(?:banner|bar|popup|modal|manager)|gdpr|onetrust|cookiebot|usercentrics)",
    re.IGNORECASE,
)
"""What the box that asks for consent to cookies is called."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def parse(markup: str) -> Any:
    """The document's root element, or None where there is no element at all. Comments and instructions are gone."""
    from lxml import etree  # noqa: PLC0415 - 20 ms of cold start
    from lxml import html as lxml_html  # noqa: PLC0415 - as above

    safe = _LONG_TAG.sub(_with_fewer_attributes, _UNPRINTABLE.sub("", markup))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(safe.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _with_fewer_attributes(tag: re.Match[str]) -> str:
    few = len(tag[0]) < 2 * MAX_ATTRIBUTES or sum(1 for _ in _ONE_ATTRIBUTE.finditer(tag[0])) <= MAX_ATTRIBUTES
    return tag[0] if few else f"<{tag[1]}"


def plain(markup: Any, most: int = MAX_DESCRIPTION) -> str:
    """A description as plain text, whether it came as HTML, as escaped HTML or as text."""
    if not isinstance(markup, str):
        return ""
    markup = markup[:LONGEST]
    for _ in range(MOST_ESCAPES):  # boards escape what was escaped already
        if _ANY_TAG.search(markup) or not _ESCAPED_TAG.search(markup):
            break
        markup = html.unescape(markup)
    if not _ANY_TAG.search(markup):
        return clean(unescape(markup), most)
    markup = _ESCAPED_LINE_END.sub("<br>", markup)
    if not _BLOCK_TAG.search(markup) and markup.count("\n") >= len(_LINE_TAG.findall(markup)):
        markup = _LINE_TAG.sub("\n", markup).replace("\n", "<br>")  # text with a few marks in it: its line ends are meant
    tree = parse(f"<div>{markup}</div>")
    return "" if tree is None else clean(text_of(tree), most)


def text_of(root: Any, unseen: frozenset[str] = UNSEEN) -> str:
    """What a reader sees of an element: paragraphs, lines, `- ` bullets."""
    from lxml import etree  # noqa: PLC0415 - as above

    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    kept = menus = 0  # how many <pre> and <nav> we are in
    apart = False  # an inline piece has just ended without a blank: the page's style sets the next one apart
    for event, element in walk:
        tag, starts = element.tag, event == "start"
        if starts and _is_unseen(element, unseen):
            walk.skip_subtree()
            continue
        seen = starts or not _is_unseen(element, unseen)
        kept += (1 if starts else -1) if tag == "pre" else 0
        menus += (1 if starts else -1) if tag == "nav" else 0
        if seen and tag == "th" and not starts and _heads_a_row(element):
            parts.append(": ")
        if seen and starts and tag == "a" and _follows_a_link(element):
            parts.append(" · ")
        elif seen:
            parts.append((" · " if menus else " ") if apart and starts and tag in _PIECES else _break(tag, starts))
        text = element.text if starts else element.tail if element is not root else None
        apart = not starts and tag in _PIECES and not text
        if text:
            parts.append(text if kept else re.sub(r"\s+", " ", text))
    return _with_bullets(re.sub(r"(?:(?<![ \t])[ \t]+)?\n[ \t]*", "\n", "".join(parts)))


def _follows_a_link(element: Any) -> bool:
    """Whether a link stands right behind another: a menu's entries, whatever element holds them."""
    before = element.getprevious()
    return before is not None and before.tag == "a" and not (before.tail or "").strip()


def _heads_a_row(cell: Any) -> bool:
    """Whether a table's cell is the label of the next: `<th>Employer</th><td>Acme</td>`."""
    after = cell.getnext()
    return after is not None and after.tag == "td" and not cell.text_content().rstrip().endswith((":", "："))


def _with_bullets(text: str) -> str:
    """Each entry on one line with its `- `, empty ones left out, none apart from the one before."""
    text = re.sub(rf"{_ENTRY}\s*(?=[{_ENTRY}{_ENTRY_END}])", "\n", text)
    text = re.sub(rf"{_ENTRY}\s*", "- ", text).replace(_ENTRY_END, "")
    return re.sub(r"^(- .*)\n{2,}(?=- )", r"\1\n", text, flags=re.MULTILINE)


def _is_unseen(element: Any, unseen: frozenset[str]) -> bool:
    if element.tag in unseen or "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    named = f"{element.get('id', '')} {element.get('class', '')}"[:_LONGEST_NAME]
    return element.tag in _BANNERS and bool(_CONSENT.search(named))


def _break(tag: str, starts: bool) -> str:
    if tag == "li":
        return f"\n{_ENTRY}" if starts else f"{_ENTRY_END}\n"
    if tag in _PARAGRAPHS:
        return "\n\n"
    if tag in {"td", "th"}:
        return " "
    return "\n" if tag in _LINES and (starts or tag != "br") else ""
