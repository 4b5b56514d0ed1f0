"""Which of a home page's links lead to the employer's pages on hiring, values, engineering and news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args
from urllib.parse import urljoin, urlsplit

from functions.interview_prep.employer_messages import PageKind
from functions.interview_prep.posting.clean_text import line
from functions.interview_prep.posting.employer_domain import domain_of
from functions.interview_prep.posting.page.parsed_page import OpenPage

MOST_LINKS = 400
"""Links of a page that are looked at."""
_SIGNS: Mapping[PageKind, re.Pattern[str]] = {
    "hiring": re.compile(
        r"how[- _]we[- _]hire|hiring[- _]process|interview(?:ing|s)?\b(?! kickstart)|recruit(?:ing|ment)[- _]process|application[- _]process|candidates?\b|bewerbungsprozess|recrutement",
        re.IGNORECASE,
    ),
    "values": re.compile(
        r"\b(?:our[- _])?(?:values|culture|principles|mission)\b|who[- _]we[- _]are|\babout(?:[- _]us)?\b|unternehmenskultur|über[- _]uns",
        re.IGNORECASE,
    ),
    "engineering": re.compile(r"\bengineering\b|tech(?:nology)?[- _]blog|\btech\b|developers?[- _]blog", re.IGNORECASE),
    "news": re.compile(r"\bnews(?:room)?\b|\bpress\b|\bmedia\b|announcements?|\bblog\b|presse|aktuelles", re.IGNORECASE),
}
_CAREERS = re.compile(r"\b(?:careers?|jobs|join[- _]us|work[- _]with[- _]us|karriere)\b", re.IGNORECASE)
_NOT_READ = re.compile(r"\.(?:pdf|zip|png|jpe?g|svg|mp4|xml|rss)$|log[- _]?in|sign[- _]?(?:in|up)|privacy|cookie|terms|legal|/\d{4,}|mailto:|javascript:", re.IGNORECASE)  # fmt: skip
_DEEP = 3
"""Parts of a path from which a link is one article, not the page that leads to all."""


def own_links(page: OpenPage, domain: str) -> dict[PageKind, str]:
    """The best link of each kind that the page has, to the employer's own site alone; a careers page stands in for one on hiring."""
    best: dict[PageKind, tuple[int, str]] = {}
    for address, words in _links(page, domain):
        path = urlsplit(address).path.rstrip("/")
        shallow = _DEEP - min(_DEEP, path.count("/"))
        host = (urlsplit(address).hostname or "").split(".")[0]
        for kind in get_args(PageKind):
            score = _score(kind, path, words, host)
            if score and (score + shallow, "") > (best.get(kind, (0, ""))[0], ""):
                best[kind] = (score + shallow, address)
    return {kind: address for kind, (_, address) in best.items()}


def _score(kind: PageKind, path: str, words: str, host: str) -> int:
    signs = _SIGNS[kind]
    score = 4 * bool(signs.search(path)) + 3 * bool(signs.search(words)) + 2 * bool(signs.search(host))
    if not score and kind == "hiring":
        score = 1 * bool(_CAREERS.search(path) or _CAREERS.search(words))
    return score


def _links(page: OpenPage, domain: str) -> Iterator[tuple[str, str]]:
    """Addresses on the employer's own domain, or on the very host that was asked, each with its words; the page itself is none."""
    here = urlsplit(page.url)
    for at, link in enumerate(page.tree.iter("a")):
        if at >= MOST_LINKS:
            return
        try:
            address = urljoin(page.url, link.get("href", "").strip()).split("#")[0]
            there = urlsplit(address)
        except ValueError:
            continue
        own = domain_of(address) == domain or there.netloc == here.netloc
        if (
            there.scheme in {"http", "https"}
            and own
            and not _NOT_READ.search(address)
            and (there.netloc, there.path) != (here.netloc, here.path)
        ):
            yield address, line(link.text_content(), 80)
