"""The dates of a text: days, months, quarters, halves, years, weekdays, in English and Chinese, in figures and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shared.numbers.numeral_parser import HAN, numeral

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_MONTH = (
    r"(?P<name>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
FIRST_HALF, SECOND_HALF, NINE_MONTHS, FULL_YEAR, MONTHS = 5, 6, 7, 8, 10
"""`MONTHS` and more: so many months from the year's first on, where they are no quarter, half or nine months."""
_Y, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d{1,2})"
_N = rf"\d{{1,2}}|[{HAN}]{{1,3}}"
_ZH_YEAR = rf"(?:(?P<y>(?:19|20)\d\d|[{HAN}]{{4}})|民国\s?(?P<roc>\d{{2,3}}|[{HAN}]{{2,4}})|(?P<roc2>1[01]\d))"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?<!\d){_Y}[-/.](?P<m>\d{{1,2}})[-/.]{_D}(?!\d)",
        rf"(?<![\d/])(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_Y}(?!\d)",
        rf"(?<![\d/.,])(?P<roc2>1[01]\d)/(?P<m>\d{{1,2}})/{_D}(?![\d/])",
        rf"(?:{_ZH_YEAR}\s?年\s?)?(?:(?<![\d.])1\s?月?份?\s?[-–—~至到]\s?|[头首前]\s?)(?P<months>1[0-2]|[2-9]|十[一二]?|[二两三四五六七八九])\s?个?月",
        rf"(?:{_ZH_YEAR}\s?年\s?)?(?<!\d)(?P<m>{_N})\s?月(?:\s?(?P<d>{_N})\s?[日号])?(?!\s?[份个]?之)(?![线均])",
        rf"{_ZH_YEAR}\s?年\s?(?:第\s?(?P<q>[1-4一二三四])\s?季度?|(?P<q2>[1-4一二三四])\s?季度?|(?P<half>[上下])半年|前(?P<nine>[三3])季|Q(?P<q3>[1-4])|(?P<whole>度(?![预计])))",
        rf"\b{_MONTH}\s{_D}(?:st|nd|rd|th)?(?:,?\s{_Y})?(?![\d,.]*\d|%)\b",
        rf"(?<![\d.,]){_D}(?:st|nd|rd|th)?(?:(?:\sof)?\s|-){_MONTH}(?:(?:,?\s|-){_Y})?\b",
        rf"\b{_MONTH}(?:,|\sof)?\s{_Y}\b",
        r"(?<![\w.,])(?:fy)?'?(?P<y2>(?:20)?[12]\d)(?:q(?P<q>[1-4])|h(?P<h>[12]))(?![A-Za-z\d])",
        rf"(?<![A-Za-z])(?:{_Y}\s?)?q(?P<q>[1-4])(?:[\s-]?(?:of\s)?(?:fy\s?|fiscal\s)?'?(?P<y2>(?:20)?\d\d)(?!\d|%|[.,]\d|\s?(?:million|billion|bn|[万亿元张])))?(?![A-Za-z\d])",
        r"(?<![\w.])(?P<q>[1-4])q\s?(?:fy)?'?(?P<y2>(?:20)?\d\d)?(?![A-Za-z\d])",
        rf"\b(?P<qname>first|second|third|fourth|final|1st|2nd|3rd|4th)[- ](?:fiscal[- ])?(?P<what>quarter|half)\b(?:\s(?:of\s)?(?:fiscal\s)?{_Y})?",
        r"(?:第\s?(?P<q>[1-4一二三四])\s?季度?|(?<![前近一二三四五六七八九十两连\d])(?P<q2>[1-4一二三四])季度|(?P<half>[上下])半年|前(?P<nine>[三3])季|前(?P<two>[两二2])季|首[三3]季|(?P<whole>全年))",
        r"(?P<report>中报|半年报)",
        r"\bfirst\s(?P<first>three|six)[- ]months?\b|\b(?P<full>full)[- ]year\b",
        r"\b(?P<h>[12])h\s?'?(?P<y2>(?:20)?\d\d)?\b|\bh(?P<h2>[12])(?:\s?(?:of\s)?(?P<y3>20\d\d)|\s'?(?P<y4>\d\d))?\b",
        rf"\bfirst\s(?P<nine>nine)[- ]months?\b(?:\s(?:of\s)?{_Y})?|\bfirst\sthree\s(?P<nine2>quarters)\b|\b9m\s?'?(?P<y2>(?:20)?\d\d)\b",
        rf"{_ZH_YEAR}\s?(?:年(?!\s?[前后来内间])|財年|财年)|\b(?:fy|fiscal(?:\syear)?)\s?'?(?P<y2>(?:20)?\d\d)\b",
        r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%])",
        rf"(?<![连近前后来去第每逾约达共过买卖升跌涨\d月{HAN}])(?P<d>\d{{1,2}}|[十廿卅][{HAN}]{{0,2}}|[二三]十[{HAN}]?)\s?[日号](?![线均内间移来连前后报圆元本币a-z])",
        r"\bthe\s(?P<d>\d{1,2})(?:st|nd|rd|th)\b(?!\s(?:of\s)?(?:time|floor|year|century|century|anniversary|quarter|percentile|largest|biggest))",
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})s?\b|(?:星期|礼拜|(?<!每)[本上下这]?周)(?P<zhday>[一二三四五六日天])(?![个期年线月])",
    )
)
_BARE_MONTH = re.compile(
    rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bfrom )|(?<=\bfor )|(?<=\bthrough )|(?<=\bduring )|(?<=\bto )|(?<=\blate )|(?<=\bearly )|(?<=\bmid-)|(?<=\bmid )|(?<=\blast )|(?<=\bnext )|(?<=\bthis )){_MONTH}\b(?!\s\d)",
    re.IGNORECASE | re.ASCII,
)
_NAMED_MONTH = re.compile(
    r"(?<![A-Za-z])(?P<name>January|February|April|June|July|August|September|October|November|December|March(?= [A-Z])|(?:March|May)(?= (?:futures|contracts?|delivery|sales|exports|imports|data|readings?|figures|quarter)\b))(?![A-Za-z])",
    re.ASCII,
)
_BARE_YEAR = re.compile(
    rf"(?<!\d[,.])(?<![\d$€£¥/-]){_Y}(?![\d,.]*\d|\s?(?:[%张股点元口台辆家人名百千万亿兆栋户笔套档座吨点]|shares|points|dollars|people|users))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text gives it; 0 is what it does not say. `quarter` 5 and 6 are half-years, 7 nine months, 8 a whole year; `weekday` 1 is Monday."""

    start: int
    end: int
    text: str
    year: int = 0
    month: int = 0
    day: int = 0
    quarter: int = 0
    weekday: int = 0
    loose: bool = False
    """Said as people talk (since 2019, in May, the 3rd, Monday): it may have nothing to do with any fact."""

    def said_by(self, other: Date) -> bool:
        """Whether `other` says all this: the same day, month or quarter, and no other year."""
        if self.weekday:
            return self.weekday == other.weekday
        if self.year and other.year and self.year != other.year:
            return False
        if self.year_alone:
            return self.year == other.year
        if self.day and not self.month:
            return self.day == other.day
        return (not self.day or self.day == other.day) and self.month == other.month and self.quarter == other.quarter

    @property
    def year_alone(self) -> bool:
        return bool(self.year and not self.month and not self.quarter and not self.day)


def dates(text: str) -> tuple[Date, ...]:
    """Every date of a folded text, years alone and weekdays among them. One that may be 3 December or 12 March is given as both."""
    found: list[Date] = []
    taken = bytearray(len(text) + 1)
    for form in (*_FORMS, _BARE_MONTH, _NAMED_MONTH, _BARE_YEAR):
        for match in form.finditer(text):
            if not any(taken[match.start() : match.end()]) and (read := _read(match)):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                loose = form in (_BARE_MONTH, _NAMED_MONTH, _BARE_YEAR)
                found.extend(
                    replace(one, loose=loose or one.year_alone or bool(one.weekday) or one.text.startswith("the "))
                    for one in read
                )
    return tuple(sorted(found, key=lambda date: date.start))


def _read(match: re.Match[str]) -> list[Date]:
    part = {name: value for name, value in match.groupdict().items() if value}
    at = (*match.span(), match[0].strip())
    year = _year(part)
    if year is None:
        return []
    if "weekday" in part or "zhday" in part:
        day = _WEEKDAYS.index(part["weekday"].lower()) if "weekday" in part else "一二三四五六日天".index(part["zhday"])
        return [Date(*at, weekday=min(day, 6) + 1)]
    if "a" in part:
        one, other = int(part["a"]), int(part["b"])
        return [
            Date(*at, year=year, month=m, day=d)
            for m, d in dict.fromkeys(((one, other), (other, one)))
            if 1 <= m <= 12 and 1 <= d <= 31  # noqa: PLR2004
        ]
    if quarter := _quarter(part):
        return [Date(*at, year=year, quarter=quarter)]
    month = _MONTHS.index(part["name"][:3].lower()) + 1 if "name" in part else _number(part["m"]) if "m" in part else 0
    day = _number(part["d"]) if "d" in part else 0
    if not (month or day):
        return [Date(*at, year=year)] if year else []
    return (
        [Date(*at, year=year, month=month, day=day)] if 0 <= month <= 12 and 0 <= day <= 31 and (month or "m" not in part) else []  # noqa: PLR2004
    )


def _year(part: dict[str, str]) -> int | None:
    """0: none is said; None: what stands there is no year."""
    if roc := part.get("roc") or part.get("roc2"):
        number = _number(roc)
        return number + 1911 if 30 <= number <= 199 else None  # noqa: PLR2004
    year = _number(part.get("y") or part.get("y2") or part.get("y3") or part.get("y4") or "0")
    year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004
    return year if year == 0 or 1900 <= year < 2100 else None  # noqa: PLR2004


def _quarter(part: dict[str, str]) -> int:
    names = {"final": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
    if half := part.get("h") or part.get("h2"):
        return 4 + int(half)
    if stretch := _stretch(part):
        return stretch
    if "qname" in part:
        number = names[part["qname"].lower()]
        return number if part["what"].lower() == "quarter" else 4 + number if number < 3 else 0  # noqa: PLR2004
    quarter = part.get("q") or part.get("q2") or part.get("q3")
    return _number(quarter) if quarter else 0


def _stretch(part: dict[str, str]) -> int:
    """Months that are no quarter, or a quarter told as three months."""
    if "two" in part or "report" in part:
        return FIRST_HALF
    if "half" in part:
        return FIRST_HALF if part["half"] == "上" else SECOND_HALF
    if months := part.get("months") or part.get("first"):
        number = {"three": 3, "six": 6}.get(months.lower()) or _number(months)
        return stretch_of(number)
    if "whole" in part or "full" in part:
        return FULL_YEAR
    return NINE_MONTHS if part.keys() & {"nine", "nine2"} else 0


def stretch_of(months: int) -> int:
    """So many months from the year's first on, as a `quarter`."""
    return {3: 1, 6: FIRST_HALF, 9: NINE_MONTHS, 12: FULL_YEAR}.get(months, MONTHS + months)


def months_of(month: int, quarter: int) -> frozenset[int] | None:
    """The months of a year that a month, a quarter or a stretch means."""
    if quarter > MONTHS or quarter in (FIRST_HALF, NINE_MONTHS, FULL_YEAR):
        last = {FIRST_HALF: 6, NINE_MONTHS: 9, FULL_YEAR: 12}.get(quarter) or quarter - MONTHS
        return frozenset(range(1, last + 1))
    if quarter:
        first, last = (7, 12) if quarter == SECOND_HALF else (3 * quarter - 2, 3 * quarter)
        return frozenset(range(first, last + 1))
    return frozenset({month}) if month else None


def _number(word: str) -> int:
    if word.isascii():
        return int(word)
    found = numeral(word)
    return int(found.value) if found is not None else -1
