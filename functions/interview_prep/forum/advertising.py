"""Advertising among reports: what the same text says in several threads, and what sells something, is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.stage_messages import Post

LEAST, MOST_THREADS = 60, 2
"""Characters of a paragraph that may be a plug, and threads from which it is one."""
_SELLS = re.compile(
    r"\b(?:use (?:my |the )?(?:code|coupon|referral)|promo code|discount code|\d{1,2}\s?% off|sign up (?:here|at|with)|check out (?:my|our)|dm me (?:for|to)|pm me (?:for|to)|join (?:my|our) (?:discord|telegram|whatsapp|course|channel|cohort)|"
    r"link in (?:my )?(?:bio|profile|comments)|(?:i|we) (?:built|made|created|launched) (?:a|an|this) (?:\w+ ){0,3}(?:tool|app|site|website|platform|extension|bot|course)|free trial|affiliate|guaranteed (?:offer|job)|pay (?:a|the) (?:fee|deposit)|"
    r"send (?:us )?(?:a )?(?:deposit|crypto|bitcoin|gift cards?)|telegram (?:only|interview)|whatsapp (?:only|number)|my (?:course|newsletter|ebook|coaching))\b",
    re.IGNORECASE,
)
_PLUGS = re.compile(
    r"\b(?:i['’]?m|i am) (?:on|part of|with|from) the team (?:that|who|behind)|\b(?:my team and i|we|i) (?:built|made|created|developed|founded) (?:it|this|to help)|\bi work (?:at|for|with) (?!them\b|the\b|a\b)\w+ and we\b|"
    r"\b\w{0,20}(?:interview|prep|mock|copilot|resume)\w{0,20}(?:\.(?:ai|io|chat|co|app|so)\b| ?AI\b)|\b(?:interview|prep|coding) (?:AI|assistant|copilot)\b|\w \(dot\) ?com\b|\bi (?:also |now ){0,2}run \w+ ?(?:\(|\.com|\[)|\bAI (?:interview|mock|prep\w*|tool)\b|\b(?:beyz|final ?round|iqb|prepfully|interview coder|interviewquery|interview kickstart|exponent)\b",
    re.IGNORECASE,
)
"""Who praises a tool of preparation below somebody's question: the comment around it is its bait, and no report."""
_CHEATS = re.compile(
    r"\b(?:registration|training|processing|security|joining) fee\b|\b(?:telegram|whatsapp|signal|skype|wechat)\b[^.!?\n]{0,30}?(?:@\w{3}|\+\d[\d ]{5})|@\w{3,30} on (?:telegram|whatsapp)|"
    r"\b100 ?% (?:guaranteed?|success|selection|placement)|\bguaranteed (?:selection|placement|pass|result|interview)|\bproxy interview|\binterview support\b|\b(?:answers?|take|sit|give) (?:\w+ ){0,3}(?:in your ear|for you live)|"
    r"\bselling\b[^.!?\n]{0,40}\b(?:answers|questions|dumps?|solutions|oa)\b|\b(?:answers|dumps?|question bank) for (?:sale|[$€£]\s?\d)|\bearn [$€£]?\s?\d[\d,]{0,8} (?:a|per|every) (?:day|week|hour)\b",
    re.IGNORECASE,
)
"""What swindlers write: fees, contacts outside, guarantees, somebody else's answers."""
_IMPOSTOR = re.compile(
    r"\bscam\w*\b|\bphishing\b|\b(?:is|are|was) (?:this|it|these|that)\b[^?]{0,40}\b(?:legit|legitimate|fake|a fraud|real)\b|\bfake (?:job|offer|recruiter|interview)\b|\btext (?:job|employment|interview)\b",
    re.IGNORECASE,
)
"""A title that doubts who wrote: what such an offer says is not the employer's."""
_WARNS = re.compile(
    r"\b(?:scam\w*|fake|beware|phishing|(?:asked|told|wanted|tried)\b[^.!?\n]{0,30}\b(?:me|us)|report(?:ed)? (?:it|them))\b",
    re.IGNORECASE,
)
"""What somebody writes who met one: that is a report."""


def without_advertising(posts: Sequence[Post]) -> tuple[list[Post], int]:
    """The posts without plugs, and how many plugs were left out. A post that is nothing else goes."""
    threads = Counter(key for post in posts for key in {bare_words(part) for part in _parts(post)} if len(key) >= LEAST)
    plugs = {key for key, number in threads.items() if number >= MOST_THREADS}
    kept, dropped = [], 0
    for post in posts:
        if _IMPOSTOR.search(post.title):
            dropped += 1
            continue
        clean = _cleaned(post, plugs)
        dropped += sum(len(_paragraphs(text)) for text in (post.body, *post.comments)) - sum(
            len(_paragraphs(text)) for text in (clean.body, *clean.comments)
        )
        if clean.body or clean.comments or not post.body:
            kept.append(clean)
    return kept, dropped


def _cleaned(post: Post, plugs: set[str]) -> Post:
    comments = tuple(text for comment in post.comments if not _PLUGS.search(comment) and (text := _kept(comment, plugs)))
    return post.model_copy(update={"body": _kept(post.body, plugs), "comments": comments})


def _kept(text: str, plugs: set[str]) -> str:
    parts = _paragraphs(text)
    kept = [part for part in parts if bare_words(part) not in plugs and not _sells(part)]
    return text if len(kept) == len(parts) else "\n\n".join(kept)


def _sells(part: str) -> bool:
    return bool(_SELLS.search(part) or (_CHEATS.search(part) and not _WARNS.search(part)))


def _parts(post: Post) -> list[str]:
    return [part for text in (post.body, *post.comments) for part in _paragraphs(text)]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
