"""Units that stand beside a number, in two languages: what kind of quantity they make of it, and by how much they multiply it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from shared.text.folding import folded

Kind = Literal["plain", "percent", "points", "money", "times", "count"]
"""`points`: percentage points, which are no percent."""

SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mm": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6, "b": 9, "bn": 9, "bln": 9,
    "billion": 9, "billions": 9, "t": 12, "tn": 12, "trn": 12, "trillion": 12, "hundred": 2, "dozen": 0,
}  # fmt: skip
"""Powers of ten of English scales. Chinese ones are part of the numeral."""

CURRENCY_WORDS = {
    "HKD": "hk$ hkd 港元 港幣 港紙", "USD": "us$ usd 美元 美金", "TWD": "nt$ twd ntd 台幣 臺幣 新台幣 新臺幣", "CNY": "rmb cny cn¥ yuan renminbi 人民幣",
    "EUR": "€ eur euro euros 歐元", "GBP": "£ gbp sterling 英鎊", "JPY": "jpy jp¥ yen 日圓 日元 円", "SGD": "s$ sgd 新加坡元 新元 坡元",
    "AUD": "a$ au$ aud 澳元 澳幣", "CAD": "c$ ca$ cad 加元 加幣", "KRW": "₩ krw won 韓元 韓圜", "INR": "₹ inr rupee rupees 盧比", "CHF": "chf 瑞士法郎 瑞郎",
    "DKK": "dkk kroner", "SEK": "sek kronor", "NOK": "nok", "THB": "thb baht 泰銖", "MYR": "myr ringgit 令吉 馬幣", "IDR": "idr rupiah", "VND": "vnd 越南盾", "PHP": "披索 比索 菲律賓比索", "MXN": "mxn", "BRL": "brl", "NZD": "nz$ nzd 紐元", "MOP": "mop 澳門元", "PLN": "pln zloty", "ZAR": "zar",
    "$": "$ dollar dollars bucks buck", "¥": "¥", "元": "元 圓 塊 塊錢 蚊",
}  # fmt: skip
"""By code; the last three are money of some country that has such a sign or word."""
CURRENCIES = {folded(word): code for code, words in CURRENCY_WORDS.items() for word in words.split()}

_COUNTS = {
    "share": "shares share stocks 股", "lot": "lots lot 張 張數", "hand": "手", "contract": "contracts contract 口 份合約 張合約",
    "person": "people persons person workers employees staff customers 人 名 位 員工 人次", "user": "users user subscribers subscriber members accounts 用戶 戶 會員 訂戶 帳戶",
    "vehicle": "vehicles vehicle cars car trucks evs deliveries 輛 台車 輛車", "device": "units unit devices handsets phones servers 台 部 臺",
    "store": "stores store shops outlets branches restaurants 家店 間店 門市 家門市 分店", "company": "companies company firms banks 家 間 家公司", "plant": "plants factories fabs sites 座 廠",
    "piece": "wafers wafer pieces chips 片 顆 枚 粒 件", "tonne": "tonnes tons ton tonne mt 噸 公噸", "kilogram": "kilograms kg kilos 公斤 千克", "barrel": "barrels barrel bbl bpd 桶",
    "ounce": "ounces ounce oz 盎司 安士", "gallon": "gallons gallon 加侖", "gigawatt": "gw gigawatts 吉瓦", "megawatt": "mw megawatts 百萬瓦 兆瓦", "kilowatt": "kw kilowatts 千瓦", "gigawatt_hour": "gwh", "megawatt_hour": "mwh", "kilowatt_hour": "kwh 度電 千瓦時 度", "terawatt_hour": "twh",
    "metre": "metres meters metre 公尺 米", "kilometre": "kilometres kilometers km 公里", "mile": "miles mile 英里 英哩", "square_foot": "square-feet sqft 呎 平方呎", "ping": "坪", "square_metre": "sqm 平方米 平方公尺",
    "second": "seconds second secs sec 秒 秒鐘", "minute": "minutes minute mins min 分鐘", "hour": "hours hour hrs hr 小時 鐘頭", "day": "days day trading-days sessions session 天 日 個交易日 交易日",
    "week": "weeks week wks 週 周 星期 個星期 禮拜", "month": "months month 個月", "quarter": "quarters quarter 季 個季 個季度 季度", "year": "years year yrs yr 年 年度",
    "time": "次 趟 回", "deal": "deals transactions orders trades 筆 單", "stock_name": "檔 支 隻", "page": "pages page words 頁 字",
    "index_point": "points point pts 點", "home": "homes flats apartments 套 伙 戶宅 棟", "degree": "°c °f degrees", "nanometre": "nm nanometre nanometers nanometer 奈米 納米", "gigabyte": "gb", "terabyte": "tb", "megabyte": "mb",
}  # fmt: skip
TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
EVERYDAY = TIME | {
    "time",
    "page",
    "piece",
    "person",
    "stock_name",
    "company",
    "deal",
    "store",
    "degree",
    "nanometre",
    "megabyte",
    "gigabyte",
    "terabyte",
}
"""Units of everyday talk: small counts of them are no figures."""

_PERCENT = {"%": 1, "percent": 1, "per cent": 1, "pct": 1, "巴仙": 1, "‰": "0.1", "趴": 1, "厘": 1}
_POINTS = {
    "percentage points": 1, "percentage point": 1, "percent points": 1, "pct points": 1, "pct pts": 1, "ppts": 1, "ppt": 1, "pp": 1, "ppts.": 1, "%pt": 1, "%pts": 1,
    "個百分點": 1, "百分點": 1, "basis points": "0.01", "basis point": "0.01", "bps": "0.01", "bp": "0.01", "個基點": "0.01", "基點": "0.01", "個基本點": "0.01", "點子": "0.01", "碼": "0.25",
}  # fmt: skip
_PARTS = {"cent": ("0.01", ""), "HK cent": ("0.01", "HKD"), "dime": ("0.1", "")}
"""Parts of a currency's unit, and whose they are."""
_TIMES = ("times", "x", "-fold", " fold", "fold", "倍")
_NOT_AFTER = {
    "毫": "秒|米|升|克|安|瓦|伏|无|不|未",
    "元": "[化件素老月旦朝首宇]",
    "块": "头",
    "厘": "米|清|定",
    "手": "机|上|中|段|法|续",
    "口": "味|碑|号|袋",
    "家": "庭|人|具|里|长",
    "名": "单|字|义",
    "位": "置|于",
    "度": "假|过",
    "回": "到|来|升|落|报|顾|购|档|调|补|应|吐|神|稳|归|馈|收",
    "年": "增|减|成|化|度|报|轻|初|底|末|线|息|终|长",
    "日": "增|减|经|圆|元|本|币|线|前",
    "月": "增|减|线|报|收",
    "季": "增|减|报|线",
    "周": "期|边|转|线",
    "股": "票|价|市|东|息|份|权|利|本|民|神",
    "张": "力",
    "片": "面|刻",
    "点": "[一二三四五六七八九〇零]",
    "人": "民|士|力|均|气|工",
    "座": "谈",
    "支": "撑|出|付|持",
    "件": "",
    "笔": "者|记",
    "字": "",
    "户": "外",
    "倍": "率",
    "档": "次",
    "单": "季|月|日|位|一",
    "台": "股|币|积|湾|北|指",
    "部": "分|位|门",
    "套": "利|牢|装",
    "厂": "商",
    "单位": "",
    "圆": "满",
    "分钟": "",
    "成": "",
}
"""What must not follow a one-character word, lest 一元化 be money."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as found: `length` characters of the text after the numeral. `name` is a count's unit, or a currency's code."""

    kind: Kind
    length: int
    factor: Decimal = Decimal(1)
    scale: int = 0
    name: str = ""


def _alternatives(words: list[str]) -> str:
    made = []
    for word in sorted(words, key=len, reverse=True):
        if word and word[-1].isascii() and word[-1].isalpha():
            made.append(rf"{re.escape(word).replace(chr(92) + ' ', '[ -]')}(?![A-Za-z])")
        elif _NOT_AFTER.get(word):
            made.append(f"{re.escape(word)}(?!{_NOT_AFTER[word]})")
        else:
            made.append(re.escape(word))
    return "|".join(made)


@cache
def _tables() -> tuple[dict[str, tuple[str, str]], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Every unit's word -> (group, name), and the patterns: after a numeral, its scale, the currency before, a currency after another."""
    names: dict[str, tuple[str, str]] = {}
    for table, group in ((_PERCENT, "percent"), (_POINTS, "points")):
        names |= {folded(word): (group, str(factor)) for word, factor in table.items()}
    names |= dict.fromkeys(_TIMES, ("times", "1"))
    names |= {word: ("money", code) for word, code in CURRENCIES.items()} | {
        "cents": ("money", "cent"),
        "cent": ("money", "cent"),
        "¢": ("money", "cent"),
        "仙": ("money", "cent"),
        "港仙": ("money", "HK cent"),
        "毫": ("money", "dime"),
        "毫子": ("money", "dime"),
    }
    for name, words in _COUNTS.items():
        names |= {folded(word.replace("-", " ")): ("count", name) for word in words.split()}
    unit = re.compile(rf"[ -]?(?P<unit>{_alternatives(list(names))})", re.IGNORECASE)
    scale = re.compile(rf"[ -]?(?P<scale>{_alternatives(list(SCALES))})", re.IGNORECASE)
    before = re.compile(rf"(?<![A-Za-z])(?P<unit>{_alternatives(list(CURRENCIES))})\s?$", re.IGNORECASE)
    again = re.compile(rf"\s?\(?(?P<unit>{_alternatives([word for word in CURRENCIES if len(word) > 1])})", re.IGNORECASE)
    return names, unit, scale, before, again


def scale_after(text: str, at: int) -> tuple[int, int]:
    """The power of ten of a scale at that place, and its length; zeros without one."""
    found = _tables()[2].match(text, at)
    return (SCALES[found["scale"].lower()], len(found[0])) if found else (0, 0)


def unit_after(text: str, at: int) -> Unit | None:  # noqa: PLR0911
    """The unit that stands at that place."""
    names, unit, _, _, again = _tables()
    found = unit.match(text, at)
    if found is None:
        return None
    word = found["unit"].lower()
    kind, name = names[word if word in names else word.replace("-", " ")]
    if kind == "money" and word[-1] in "$€£¥" and text[found.end() : found.end() + 1].isdigit():
        return None  # $3.10-$3.30: it belongs to the next one
    length = len(found[0])
    if kind == "percent":
        return Unit("percent", length, Decimal(name))
    if kind == "points":
        return Unit("points", length, Decimal(name))
    if kind == "times":
        return Unit("times", length)
    if kind == "money":
        if name in _PARTS:
            factor, currency = _PARTS[name]
            return Unit("money", length, Decimal(factor), name=currency)
        more = again.match(text, at + length) if name in "$元¥" else None  # 億元新台幣
        return Unit("money", length + (len(more[0]) if more else 0), name=CURRENCIES[more["unit"].lower()] if more else name)
    return Unit("count", length, name=name)


def currency_before(text: str, end: int) -> tuple[str, int]:
    """The currency's code that stands right before that place, and where it begins; empty without one."""
    start = max(0, end - 8)
    found = _tables()[3].search(text, start, end) if end else None
    return (CURRENCIES[found["unit"].lower()], found.start()) if found else ("", end)
