"""Promises, calls to trade, inside knowledge and accusations that no post about a stock may hold, however they are spelled.

Patterns run over the folded text and over the text closed up: spaces, signs and look-alike letters hide nothing. A claim that its
own clause denies ("nothing is guaranteed", 並非穩賺不賠), asks or reports, or that is a term (risk-free rate, 無風險利率), is none; so is
one that was supplied, and one in words that the classifier is sure about. What no pattern knows, a classifier of sentences may: such a fault is `suspected`, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.post_rules.banned_claim_grammar import GRAMMAR, IDIOMS, MIXED
from shared.post_rules.banned_claim_patterns import CLAIMS, MORE_CLAIMS
from shared.post_rules.price_targets import stated_targets
from shared.text.fault_codes import Code, Fault
from shared.text.folding import Folded, fold, folded
from shared.text.hidden_words import close_up

LONGEST = 20_000
"""Characters of a text that are looked at: no post has more."""
_BANNED = tuple(
    (code, reason, re.compile(folded(pattern), re.IGNORECASE | re.ASCII | re.MULTILINE))
    for code, reason, pattern in (*CLAIMS, *MORE_CLAIMS, *IDIOMS, *GRAMMAR, *MIXED)
)

_CLASSED: dict[str, tuple[Code, str]] = {
    "promise": ("banned_claim", "It reads like a promise of returns."),
    "call_to_trade": ("banned_claim", "It reads like a call to trade."),
    "inside_knowledge": ("insider_claim", "It reads like a claim of inside knowledge."),
    "accusation": ("accusation", "It reads like an accusation."),
    "prompt_echo": ("leftover", "It reads like words to or from a model instead of a post."),
}
_CLASSIFIED = frozenset({"en", "zh-Hant", "zh-Hans"})
"""Languages that the classifier was fitted to."""
_REACH = 200
"""Characters before and after a match in which its sentence is looked for."""
_CLAUSE = re.compile(r"[.!?;:。！？；，,\n、]|\bbut\b|但")
_DENIED = re.compile(
    folded(
        r"\b(?:no|not(?! (?:joking|kidding|only|just))|never|nothing|nobody|none|nor|neither|without|isn['’]?t|aren['’]?t|wasn['’]?t|doesn['’]?t|don['’]?t|won['’]?t|can['’]?t|cannot|hardly|beware|avoid|ignore|distrust|wary|(?:such a |such )thing as|anyone (?:who )?(?:says|claims|promis\w+)|claims? of|talk of)\b"
        r"|不是|並非|并非|沒有|没有|不存在|不會有|唔係|冇|不保證|不能|不可|切勿|請勿|勿|別|絕非|並不|并不|不代表|不等於|哪有|豈有|不應|不要|不必|未必|不|非|所謂|什麼|號稱|標榜|聲稱|有人說|(?:如果|假如|若|假設|即使).{0,3}$|ではない",
    ),
    re.IGNORECASE | re.ASCII,
)
_DENIED_AFTER = re.compile(
    folded(
        r"\s?(?:does not exist|doesn['’]?t exist|is a myth|嗎|吗|[？?]|(?:的(?:事|投資|股票|生意)?)?(?:並|并)?不存在|的(?:時代|日子|年代)[^。]{0,4}(?:過去|結束|不再|完)|(?:是|都是)(?:騙|假|不可能))",
    ),
    re.IGNORECASE,
)


_WARNED = re.compile(
    folded(
        r"\b(?:hang up|close the (?:chat|tab|app)|walk away|red flags?|signs? of a (?:scam|fraud)|(?:oldest|classic) (?:lie|line)|(?:sellers?|touts?|scammers?|fraudsters?|swindlers?) (?:say|says|write|promise|like to|love to)|nearly wired|almost (?:wired|sent|lost)|used to believe|fined|banned)\b"
        r"|掛電話|挂电话|掛斷|轉身就走|(?:騙子|詐騙|騙局)的?(?:特徵|記號|開場|話術|老套|套路)|話術|封鎖|拉黑|檢舉|舉報|裁罰|開罰|罰款|被罰|停權|差點匯|差點轉|掉進|提防|當心|誰跟你|跟你發誓|(?:聽到|看到|凡是|遇到|號稱)[^。！？]{0,12}[，,](?:先|就要|要|請|快|轉身)"
    ),
    re.IGNORECASE,
)
"""What somebody says in a sentence that warns of a claim, or tells what came of one."""
_ASKED = re.compile(
    folded(
        r"(?:does|do|did) (?:any(?:one|body)|you|people|we|they) |(?:should|shall|would|could|can) (?:i|you|we|any(?:one|body)) |(?:is|are|was|were) (?:it|this|that|there|they|these) |(?:why|how|when|who) (?:do|does|did|would|can|could|should) (?:people|any(?:one|body)|some|you|i|we) |has any(?:one|body) "
    ),
    re.IGNORECASE,
)
_ASKED_ZH = re.compile(folded("(?:真的|有人|大家|你們?|各位|應該|可以|是不是|會不會|能不能)[^。！？!?]{0,40}(?:嗎|吗|呢)?[？?]"))
_STILL = re.compile(folded("還不|還沒|仲不|仲唔|怎麼還|還等|不是早|豈"))
"""What is asked only to urge."""
_NONE_AT_ALL = re.compile(
    folded(
        r"\s*(?:no (?:fund|broker|bank|firm|adviser|company|strategy|honest)|hardly any)\b|\s*(?:從來沒有|世上沒有|沒有(?:哪|任何|一)|從未有)"
    ),
    re.IGNORECASE,
)
"""How a sentence begins that denies all that follows."""
_HAN = re.compile("[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[。！？\n]")
_REPORTED = re.compile(
    folded(
        r"\b(?:alleg\w{1,6}|accus\w{1,5} of|charged with|convicted|indicted|prosecutors?|court|regulator|lawsuit|sued|investigat\w{1,5}|whether|reports?|reported|denied|denies|cleared of|acquitted|history of|victims? of|beware|watch out for|stay away from|lost (?:his|her|their|my|our|all) (?:life )?savings|against fraud|fraud (?:detection|prevention|risk))\b"
        r"|\b(?:some|people|critics|they|bears|short sellers) (?:say|said|call|claim)\b|\bevidence\b|有人(?:說|話|講)|檢調|檢方|起訴|法院|判決|偵辦|調查|涉嫌|遭控|被控|指控|報導|新聞|防詐|反詐|打詐|金管會|證監會|裁罰|澄清|否認|小心(?!他|她|牠)|當心|提防|被[^。！？，,\n]{0,8}(?:騙走|騙了|詐騙|坑了)"
    ),
    re.IGNORECASE,
)
"""Wrongs that somebody else is said to have found."""
_BY_PRESS = re.compile(
    folded(
        r"\b(?:reuters|bloomberg|(?:newspaper|agency|magazine) reported|a filing show\w{1,3})\b|外媒|路透|彭博|日經|公告(?:稱|指)|新聞網|報導|據報"
    ),
    re.IGNORECASE,
)
"""Who prints what they were told, and says so."""


def banned(text: str, supplied: str = "", *, language: str = "en", classified: bool = True) -> Iterator[Fault]:
    """Faults for every banned claim, and for every price to come that is stated as a fact. `supplied`: what was given, folded.

    `classified`: also suspicions, if it knows the `language`: sentences that no rule knows and the classifier holds for claims.
    """
    plain = fold(text[:LONGEST])
    closed = close_up(plain)
    taken: set[int] = set()
    denied: set[int] = set()
    forms = [plain] if closed.text == plain.text else [plain, closed]
    for form in forms:
        for code, reason, match in _matches(form.text):
            begin, stop = form.span(*match.span())
            if _taken_back(form.text, match, code) or (language in _CLASSIFIED and _far_from_claims(form.text, match)):
                denied.update(range(begin, stop))
                continue
            if code != "accusation" and _in_honest_sentence(form.text, match):
                continue
            if not taken.isdisjoint(range(begin, stop)) or (supplied and match[0] in supplied):
                continue
            taken.update(range(begin, stop))
            yield Fault(code, reason, text[begin:stop].strip(), begin)
    for start, end in stated_targets(plain.text):
        begin, stop = plain.span(start, end)
        taken.update(range(begin, stop))
        yield Fault("price_target", "A price to come is stated as a fact.", text[begin:stop], begin)
    if classified and language in _CLASSIFIED:
        yield from _classified(text, closed, supplied, taken | denied)


def _matches(text: str) -> Iterator[tuple[Code, str, re.Match[str]]]:
    return ((code, reason, match) for code, reason, pattern in _BANNED for match in pattern.finditer(text))


def _taken_back(text: str, match: re.Match[str], code: Code) -> bool:
    """Whether a claim is denied, or a wrong is one that somebody else is said to have found."""
    if code == "accusation" and _REPORTED.search(text, max(0, match.start() - 60), match.end() + 40):
        return True
    if code == "insider_claim" and _BY_PRESS.search(text, max(0, match.start() - 60), match.end()):
        return True
    return _denied(text, match)


def _in_honest_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence warns, asks or says of nobody what the words would claim: the classifier has the say then."""
    first, last = max(0, match.start() - _REACH), match.end() + _REACH
    begin = max((end.end() for end in _SENTENCE.finditer(text, first, match.start())), default=first)
    ending = next((end.end() for end in _SENTENCE.finditer(text, match.end(), last)), min(last, len(text)))
    sentence = text[begin:ending].strip()
    asked = sentence.endswith("?") and bool(_ASKED.match(sentence) or _ASKED_ZH.search(sentence)) and not _STILL.search(sentence)
    return asked or bool(
        _WARNED.search(sentence) or (_NONE_AT_ALL.match(sentence) and not _CLAUSE.search(text, begin + 1, match.start()))
    )


def _far_from_claims(text: str, match: re.Match[str]) -> bool:
    from shared.post_rules.claim_classifier.classify_claims import far_from_claims  # noqa: PLC0415 - most posts hold no word of a rule

    return far_from_claims(text, *match.span())


def _classified(text: str, closed: Folded, supplied: str, ruled: set[int]) -> Iterator[Fault]:
    """Sentences that make a claim in words that no pattern has spoken of, for or against."""
    from shared.post_rules.claim_classifier.classify_claims import claims  # noqa: PLC0415 - who wants no suspicions loads no weights

    for kind, start, end in claims(closed.text):
        begin, stop = closed.span(start, end)
        if ruled.isdisjoint(range(begin, stop)) and not (supplied and closed.text[start:end].rstrip(".!?。！？") in supplied):
            yield Fault(*_CLASSED[kind], text[begin:stop].strip(), begin, suspected=True)


def _denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words before it in the same clause, or those right after, take it back."""
    reach = 10 if _HAN.search(match[0]) else 40
    before = _CLAUSE.split(text[max(0, match.start() - reach) : match.start()])[-1]
    if _STILL.search(before):
        return False
    return bool(_DENIED.search(before) or _DENIED_AFTER.match(text, match.end()))
