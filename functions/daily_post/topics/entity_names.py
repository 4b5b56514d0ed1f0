"""Names that a story is about, found by simple rules in any of the scripts that feeds come in.

- Tickers: `$NVDA`, `NASDAQ: NVDA`, `2330.TW`, `(2330)`.
- Runs of capitalised words, joined by `of`, `de` and the like: `Bank of England`. A title in which every word is capitalised names
  only what its text names as well; where that names nothing, each word that no story of the day has in small letters. A single word that begins a sentence is a name if it is one elsewhere in the story, or if it
  begins the title and no story of the day has it in small letters.
- Chinese, Japanese and Korean have neither capitals nor spaces: organisations by their endings, what stands in quotation marks, and
  the title's n-grams of three characters between its grammatical words and figures. Most name nothing; but those of a name come again whenever it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

MOST = 16
GRAM = 3
MOSTLY, FEWEST = 0.75, 4
"""Share of capitalised words from which a title is written in capitals throughout, if it has at least so many words."""

_SMALL = re.compile(r"(?<![\w'’-])[a-zà-öø-þ]{2,}(?![\w'’-])")
_TICKER = re.compile(
    r"\$([A-Z]{1,5})\b|\b(?:NASDAQ|NYSE|LSE|TWSE|TPEX|HKEX|TSE|SSE|SZSE)\s?:\s?([A-Z0-9.]{1,8})\b|\b(\d{4,6}\.(?:TW|TWO|HK|T|SS|SZ))\b|[（(](\d{4,6})[)）]"
)
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w&’'.-]*\w|[A-Z]"
_RUN = re.compile(rf"(?:{_WORD})(?:\s(?:(?:of|de|del|di|da|la|le|van|von|der|den|al|bin)\s)*(?:{_WORD}))*")
_WORDS = re.compile(_WORD)
_POSSESSIVE = re.compile(r"['’]s?$|['’]s(?=\s)")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…|“”\"‘—–-]\s*|(?<!\s)[^\S\n]*+\n\s*+(?:- )?)$")
_QUOTED = re.compile(r"[「『《〈“]([^「」『』《》〈〉“”]{2,20})[」』》〉”]")
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CJK_GRAMMAR = re.compile(
    r"[的了在是和與及或等將於為被把向從由對也都又再就才更最很不沒未已曾正其此該這那個位名件項家年月日時週周天季度第一二三四五六七八九十百千萬億元逾約近超達破至並而但因以可能會要說稱指表示宣布]"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2}(?:科技|電子|电子|半導體|半导体|航運|航运|海運|海运|航空|生技|生物|醫藥|医药|製藥|制药|銀行|银行|證券|证券|金控|保險|保险|人壽|人寿|集團|集团|控股|公司|機械|机械|建設|建设|建材"
    r"|能源|綠能|绿能|電力|电力|汽車|汽车|食品|設計|设计|紡織|纺织|鋼鐵|钢铁|電信|电信|通訊|通讯|光電|光电|精密|材料|資訊|资讯|軟體|软件|網路|网络|微電|微电|封測|封测|工業|工业|實業|实业|化工|水泥|石化|地產|地产|置業|置业|物流|娛樂|娱乐|傳媒|传媒|大學|大学)"
)
"""Two characters and an ending that organisations have."""
_COMMON = frozenset(
    """a about after all also although an and another any are as at banks because been before behind best between big both but by can
    could court courts did do does during each early eight even every everybody everyone exclusive experts first five for four from full get had
    half has have he her here his how however if in inside into is it its just last late later latest live many may more most
    much my near new next nine no not nothing now of off on once one only opinion or other our out over people police review seven
    several she should since six so some still strong study such talks ten than that the their then there these they things this
    those three through to today tomorrow top two under until up update video was watch we week weekends were what when where which
    while who whoever why will with within without work workers year years yesterday you your january february march april june july
    august september october november december nasdaq nyse twse hkex monday tuesday wednesday thursday friday saturday sunday""".split()  # noqa: SIM905 - as read
)


def names(title: str, text: str = "", small: Collection[str] = ()) -> tuple[str, ...]:
    """The names in a story, each once, in the order in which they come. `small`: words that other stories write in small letters."""
    found: dict[str, str] = {}
    for name in (*_tickers(f"{title} {text}"), *_capitalised(title, text), *_cjk(title)):
        if name.lower() not in small:
            found.setdefault(folded(name), name)
    return tuple(found.values())[:MOST]


def proper(title: str, found: Iterable[str]) -> tuple[str, ...]:
    """Of a title's names those that a reader would call one: no n-grams."""
    quoted = {name.strip() for name in _QUOTED.findall(title)}
    return tuple(name for name in found if name in quoted or not _CJK_RUN.match(name) or _ORGANISATION.fullmatch(name))


def organisations(text: str) -> list[str]:
    """Chinese names of organisations by their endings, the last characters of longer ones."""
    return _ORGANISATION.findall(text)


def is_name(found: str) -> bool:
    """Whether what `names` gives names somebody: not so an n-gram."""
    return not _CJK_RUN.match(found) or len(found) != GRAM or _ORGANISATION.fullmatch(found) is not None


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that occur in small letters."""
    return frozenset(word for text in texts for word in _SMALL.findall(text))


def folded(name: str) -> str:
    """A name for comparing."""
    return re.sub(r"^the\s+", "", name.casefold())


def shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """Names in both, as the first writes them; a part of a longer one is the same one (`Cyrus`, `Miley Cyrus`)."""
    there = [folded(name) for name in other]
    whole = {*there, *(word for name in there for word in _words(name))}
    return [name for name in one if folded(name) in whole or not whole.isdisjoint(_words(folded(name)))]


def _words(name: str) -> list[str]:
    """The words of a name that might be called by one of them."""
    words = name.split()
    return [word for word in words if len(word) >= _CALLED and word not in _COMMON] if len(words) > 1 else []


_CALLED = 4
"""Letters of a word by which a longer name may be known."""


def _tickers(text: str) -> Iterator[str]:
    for found in _TICKER.finditer(text):
        yield next(filter(None, found.groups()))


def _capitalised(title: str, text: str) -> Iterator[str]:
    inside = {folded(name): name for name in _runs(text, starts=False)}
    words = [word for word in re.findall(r"[^\W\d_]{4,}", title) if word.lower() not in _COMMON]
    capitals = sum(word[0].isupper() for word in words)
    if inside and len(words) >= FEWEST and capitals >= MOSTLY * len(words):
        yield from (name for name in inside.values() if name in title)
    elif len(words) >= FEWEST and capitals == len(words):
        yield from (_bare(word) for word in _WORDS.findall(title) if _bare(word).lower() not in _COMMON)
    else:
        yield from _runs(title, starts=True)
    yield from inside.values()


def _runs(text: str, *, starts: bool) -> Iterator[str]:
    """Capitalised runs. Common words at their beginning fall away; a single word at a sentence's start counts if `starts` says so."""
    for found in _RUN.finditer(text):
        words = found[0].split()
        while words and _bare(words[0]).lower() in _COMMON:
            words = words[1:]
        begins = len(words) == len(found[0].split()) and _SENTENCE_END.search(text[max(0, found.start() - 4) : found.start()])
        for name in _split(words):
            if len(name) > 1 and (starts or not begins or " " in name):
                yield name
            begins = None


def _split(words: list[str]) -> Iterator[str]:
    """A run ends where something is possessed: `Veldtide's Moerdijk battery` has two names."""
    name: list[str] = []
    for word in words:
        name.append(_bare(word))
        if name[-1] != word:
            yield " ".join(name)
            name = []
    if len(name) > 1 or (name and name[0].lower() not in _COMMON):
        yield " ".join(name)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _cjk(title: str) -> Iterator[str]:
    yield from organisations(title)
    yield from (found.strip() for found in _QUOTED.findall(title))
    for run in _CJK_RUN.findall(_CJK_GRAMMAR.sub(" ", title)):
        if len(run) == GRAM - 1:  # a whole name of two characters
            yield run
        yield from (run[start : start + GRAM] for start in range(len(run) - GRAM + 1))
