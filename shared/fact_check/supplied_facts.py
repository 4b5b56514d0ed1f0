"""Whether every number, date and stock of a text was supplied.

Checked: figures with any unit (%, money, million, 億, 成, 倍), prices, days, months, quarters, tickers. Not checked, as harmless:
years alone, counts up to twelve ("three reasons", "5 天"), minutes and pages, the usual chart windows (52 weeks, 200 days), names (S&P 500, 5G, A100),
market hours, "100% sure". Rounding is allowed as far as the word beside the figure admits it (see `figures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.numbers.dates import Date, dates
from shared.numbers.quantities import SCALES, Quantity, folded, quantities
from shared.numbers.rounding import difference, room_of
from shared.text.faults import Fault

SMALL = 12
"""Whole counts up to this are part of how people talk."""
MANY = 100
"""Whole counts of minutes, pages and other everyday things up to this, too."""
WINDOWS = frozenset({14, 15, 20, 24, 30, 45, 48, 50, 52, 60, 90, 100, 120, 150, 180, 200, 240, 250, 252, 360, 365})
"""Days, weeks, months and years that charts and calendars use."""
_NAMES = re.compile(
    r"(?:\b(?:S&P|Nasdaq|Russell|Dow|FTSE|CSI|Nikkei|STOXX|KOSPI|ASX|TOPIX|Fortune|Forbes|COVID)[- ]?"
    r"|(?:標普|标普|滬深|沪深|日經|日经|羅素|罗素|道瓊|科創|科创|納指|纳指|上證|上证|富時|富时|台灣)\s?)"
    r"(?:19|30|50|100|180|200|225|250|300|350|400|500|600|1000|2000|3000)(?![\d%]|[.,]\d)"
    r"|\btop \d{1,3}(?![\d%]|[.,]\d)|前\s?\d{1,3}(?=[大名位檔])"
    r"|\b\d{1,2}-?[KQ]\b(?= (?:filing|report))|\b(?:10-K|10-Q|8-K|20-F|6-K|401\(?k\)?|24/7|50/50|80/20|9-to-5|[2-6]G|Web3|24/5)\b"
    r"|\b100% (?=sure|certain|agree|honest|clear)|百分之百(?:確定|肯定|同意)?|100%(?=確定|肯定|同意|準確|认同|認同)|\d️?⃣"
    r"|(?<!\d)(?:0?9[::][03]0|1[236][::][03]0)(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_WINDOW = re.compile(
    r"[- ]?(?:hours?|hrs?|days?|d?ma\b|weeks?|wks?|months?|years?|yrs?|小時|小时|鐘|天|日|週|周|個月|个月|年|交易日|均線|均线)",
    re.IGNORECASE,
)
_EVERYDAY = re.compile(
    r"[- ]?(?:seconds?|secs?|minutes?|mins?|hours?|pages?|words?|cups?|秒|分鐘|分钟|小時|小时|頁|页|歲|岁|次|個字|个字)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:st|nd|rd|th)\b|\s*(?:點|点)(?!半|鐘|钟)|\s*(?:points?|pts|shares|lots|張|张|手|股)\b", re.IGNORECASE | re.ASCII
)
_MEASURED = re.compile(
    r"(?:\beps|\bp/?e|\bp/?b|\bbeta|\brsi|本益比|市盈率|市淨率|股價|股价|收報|收报|收在|收盤|收盘|現價|现价|現報|现报|報價|报价|每股.{0,4}?|\bprice|\bclosed|\btrading|\btrades|\bshares)"
    r"\W*(?:of|at|is|was|to|around|about|near|是|為|为|約|约|近|在|於|于|到)?\W*$",
    re.IGNORECASE | re.ASCII,
)
_UP = r"up|rose|rises?|rising|gain(?:ed|s)?|climb(?:ed|s)?|jump(?:ed|s)?|grew|grow(?:s|n|th)?|increas(?:ed|es|e)|surged?|升|漲|涨|增長|增长|成長|增加|年增|月增|上升|上漲|上涨|升幅|漲幅|涨幅"
_DOWN = r"down|fell|falls?|falling|drop(?:ped|s)?|los(?:t|es|s)|declin(?:ed|es|e)|decreas(?:ed|es|e)|slid|slipped|跌|下跌|下降|減少|减少|衰退|年減|年减|月減|月减|倒退|下滑|挫|跌幅|降幅"
_DIRECTION = re.compile(
    rf"(?:(?P<up>(?<![a-z])(?:{_UP}))|(?P<down>(?<![a-z])(?:{_DOWN})))(?:\s(?:by|of|about|another|nearly|over|around|almost|roughly)|[了約约近逾達达超過]|\s){{0,3}}[-+−]?$",
    re.IGNORECASE | re.ASCII,
)
_LIVE = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]+\.\w+", re.IGNORECASE | re.ASCII)
_TICKER = re.compile(
    r"(?<![\w$])\$(?P<cash>[A-Za-z][A-Za-z.]{0,5})\b|(?<![A-Za-z0-9.])(?P<dotted>[A-Z0-9]{1,6})\.(?:HK|TW|TWO|SS|SZ|SH|US|KS|SI|L|T|N|O)\b"
    r"|\b(?:NASDAQ|NYSE|AMEX|HKEX|SEHK|TWSE|TPEX|SSE|SZSE|LSE|TSE)\s?[::]\s?(?P<listed>[A-Z0-9.]{1,8})\b",
    re.ASCII,
)


@dataclass(frozen=True)
class Supplied:
    """What the facts, the topic, the code and the name say, read once for all versions of a post."""

    numbers: tuple[tuple[Quantity, int, frozenset[int]], ...]
    """Each with its direction (-1, 0, 1) and the scales that its line speaks of."""
    dates: tuple[Date, ...]
    tickers: frozenset[str]
    text: str

    @classmethod
    def of(cls, texts: Sequence[str]) -> Supplied:
        """From the texts that were given: facts, topic, stock code and name."""
        lines = [folded(text) for text in texts if text]
        numbers = [
            (found, _direction(line, found), _scales(line)) for line in lines for found in quantities(_undated(line, dates(line)))
        ]
        tickers = {_bare(word) for line in lines for word in re.findall(r"[A-Za-z0-9][A-Za-z0-9.]*", line)}
        return cls(tuple(numbers), tuple(date for line in lines for date in dates(line)), frozenset(tickers), "\n".join(texts))


def unsupplied(text: str, supplied: Supplied) -> Iterator[Fault]:
    """Faults for what the text says and nobody supplied. Links are the platform rules' business."""
    plain = _masked(_LIVE, folded(text))
    for match in _TICKER.finditer(plain):
        if _bare(match["cash"] or match["dotted"] or match["listed"]) not in supplied.tickers:
            yield Fault("unsupplied_ticker", "This stock was not supplied.", match[0], match.start())
    plain = _masked(_NAMES, _masked(_TICKER, plain))
    said = dates(plain)
    for date in said:
        if not any(one.said_by(fact) for one in said if one.start == date.start for fact in supplied.dates):
            yield Fault("unsupplied_date", "This date was not supplied.", date.text, date.start)
    plain = _undated(plain, said)
    for number in quantities(plain):
        if not _harmless(plain, number):
            yield from _unsupplied_number(plain, number, supplied)


def _unsupplied_number(text: str, number: Quantity, supplied: Supplied) -> Iterator[Fault]:
    room = room_of(text, number)
    found = [(difference(number, fact, scales, room), direction) for fact, direction, scales in supplied.numbers]
    least = min((off for off, _ in found if off is not None), default=None)
    # The nearest fact is the one that is meant: a 14% is no rounded 14.5% where a 14% was supplied.
    matching = [direction for off, direction in found if off is not None and off == least]
    if not matching:
        yield Fault("unsupplied_number", "This figure was not supplied.", number.text, number.start)
    elif (said := _direction(text, number)) and all(direction == -said for direction in matching):
        where = "up" if said > 0 else "down"
        yield Fault("wrong_direction", f"The text says {where}, the facts say the opposite.", number.text, number.start)


def _harmless(text: str, number: Quantity) -> bool:
    if not number.whole or number.currency:
        return False
    before, after = text[: number.start], text[number.end :]
    if 1900 <= number.value < 2100 and len(number.text) == 4:  # noqa: PLR2004 -- a year is four digits
        return not _MEASURED.search(before)
    if (number.value <= SMALL or number.value in WINDOWS) and _WINDOW.match(after):
        return True
    if number.value <= MANY and _EVERYDAY.match(after):
        return True
    ordinal = _COUNTED.match(after)
    if number.value > SMALL and not (ordinal and ordinal[0] in {"st", "nd", "rd", "th"} and number.value <= 31):  # noqa: PLR2004 -- the 31st
        return False
    return not _MEASURED.search(before) and not (ordinal and ordinal[0].strip() not in {"st", "nd", "rd", "th"})


def _direction(text: str, number: Quantity) -> int:
    """-1 down, 1 up, 0 not said: by the word right before the number, or its sign."""
    found = _DIRECTION.search(text[max(0, number.start - 24) : number.start])
    return (1 if found["up"] else -1) if found else number.sign


def _scales(line: str) -> frozenset[int]:
    words = re.findall(r"[A-Za-z]+|[百千十萬万億亿兆]+", line.lower())
    return frozenset(SCALES[word] for word in words if word in SCALES)


def _bare(ticker: str) -> str:
    """One spelling of a code: no exchange, no zeros in front."""
    return ticker.upper().split(".")[0].lstrip("0")


def _undated(text: str, said: Sequence[Date]) -> str:
    """The text with every date blanked: the figures of a date are no quantities."""
    for date in said:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _masked(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match blanked: what follows keeps its place."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
