"""What figures about companies and markets measure, in English and Chinese: one name for a metric's many words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from shared.text.folding import folded

_WORDS: dict[str, str] = {
    "revenue": "revenue|revenues|sales|turnover|top line|topline|營收|營業收入|收入|營業額|銷售額|銷貨收入|合併營收|銷售",
    "profit": "profit|profits|earnings|earned|net income|bottom line|純利|獲利|盈利|利潤|盈餘|純益|淨利|淨利潤|稅後純益|溢利|賺|net profit|net loss|loss|losses|虧損|淨損",
    "gross_profit": "gross profit|毛利|營業毛利",
    "operating_profit": "operating profit|operating income|ebit|營業利益|營業淨利|營利|經營溢利|operating loss|營業損失|本業|營益",
    "ebitda": "ebitda",
    "eps": "eps|earnings per share|earnings a share|net earnings per share|income per share|net income per share|net loss per share|每股盈餘|每股純益|每股盈利|每股收益|每股虧損|每股稅後盈餘|每股稅後純益|每股稅後淨利|每股淨利|每股溢利|每股稅後虧損|loss per share|profit per share",
    "gross_margin": "gross margin|gross margins|毛利率|營業毛利率",
    "operating_margin": "operating margin|operating margins|營業利益率|營益率|經營利潤率",
    "net_margin": "net margin|profit margin|淨利率|純利率|純益率",
    "margin": "margin|margins|利潤率",
    "price": "share price|stock price|price|shares|stock|股價|現價|報價",
    "close": "收盤價|收盤|收市|收報|收在|收於|收|closed at|close at|closing price|closing|had closed|closed the day|closed up|closed down|ended at|end at|ended the day|finished at|finish at|finished regular trading|settled at|settle at|ended up|ended down",
    "open": "開盤價|開盤|開出|opened at|opening price",
    "target_price": "target price|price target|目標價",
    "target": "target|goal",
    "high": "high|新高|高點|最高",
    "low": "low|新低|低點|最低",
    "dividend": "dividend|dividends|cash dividend|cash dividends|payout|現金紅利|紅利|派現|派|配|股息|股利|派息|配息|配發|現金股利",
    "payout_ratio": "payout ratio|配發率|派息率|分紅率|股利支付率",
    "dividend_yield": "dividend yield|殖利率|現金殖利率|現金股息率|股息率|yield",
    "pe": "p/e|pe|price to earnings|price-to-earnings|本益比|市盈率|forward multiple|earnings multiple|times earnings|times forward earnings|x earnings|x forward earnings|forward earnings|trailing earnings",
    "pb": "p/b|price to book|股價淨值比|市淨率|市帳率",
    "market_cap": "market cap|market capitalisation|market capitalization|market value|市值",
    "guidance": "guidance|outlook|forecast|指引|展望|財測|預測",
    "volume": "volume|trading volume|changed hands|成交量|成交|量能",
    "turnover_value": "value traded|成交值|成交額|成交金額",
    "foreign": "foreign investors|foreign institutional investors|foreign institutions|foreigners|foreign selling|foreign buying|foreign money|foreign funds|外資|北向|陸股通|港股通|northbound|southbound|南向",
    "trusts": "investment trusts|investment trust|mutual funds|投信",
    "dealers": "dealers|prop desks|自營商",
    "institutions": "三大法人|三路法人|法人合計|法人|institutional investors|institutions",
    "insiders": "insiders|大股東|董監",
    "margin_loans": "margin balance|margin loans|margin debt|融資餘額|融資",
    "short_interest": "short interest|融券餘額|融券|空單",
    "capex": "capex|capital expenditure|capital expenditures|capital spending|資本支出|資本開支",
    "cash": "in the bank|cash on hand|war chest|手上現金|手頭現金|cash|liquidity|現金|流動資金|cash balance|cash pile",
    "cash_flow": "free cash flow|cash flow|operating cash flow|fcf|現金流|自由現金流|現金流量|經營現金流",
    "debt": "debt|borrowings|負債|借款|債務|liabilities",
    "debt_ratio": "debt ratio|負債比|負債率|資產負債率|gearing|leverage ratio",
    "receivables": "receivables|應收帳款|應收賬款|應收款|應收",
    "assets": "total assets|總資產|資產總額|資產總計",
    "book_value": "book value|net asset value|nav|每股淨值|每股淨資產|淨資產|淨值",
    "ps": "p/s|price to sales|市銷率|股價營收比",
    "after_hours": "after hours|after-hours|late trading|after the bell|after the close|premarket|pre-market|before the bell|before the open|extended hours|extended trading|extended session|post-market|盤後",
    "non_operating": "業外|營業外|non-operating",
    "inventory": "inventory|inventories|存貨|庫存",
    "orders": "order book|orderbook|在手訂單|orders|backlog|bookings|訂單",
    "shipments": "shipments|deliveries|出貨量|出貨|交付|交車",
    "users": "users|subscribers|members|用戶|活躍用戶|訂閱|會員|mau|dau",
    "employees": "employees|headcount|staff|workforce|員工|人力",
    "stores": "stores|outlets|store count|store base|restaurants|branches|門市|分店|店數",
    "market_share": "market share|市占率|市佔率|市場份額",
    "roe": "roe|rotce|return on equity|return on tangible equity|return on tangible common equity|return on capital|股東權益報酬率|淨資產收益率",
    "utilisation": "utilisation|utilization|稼動率|產能利用率",
    "capacity": "capacity|產能",
    "asp": "average selling price|asp|平均售價|單價",
    "tax": "tax|tax rate|稅率",
    "interest_rate": "interest rate|policy rate|rates|利率|基準利率|升息|降息",
    "inflation": "inflation|cpi|consumer prices|consumer price index|price increases|cost of living|通膨|通脹|物價|居民消費價格",
    "gdp": "gdp|經濟成長率",
    "unemployment": "unemployment rate|unemployment|jobless rate|jobless|joblessness|失業率|失業人口占比",
    "pmi": "pmi|purchasing managers index|purchasing managers' index|採購經理指數|採購經理人指數",
    "payrolls": "payrolls|nonfarm payrolls|jobs added|new jobs|hiring|非農就業|非農|新增就業",
    "comparable_sales": "comparable sales|comparable store sales|same-store sales|same store sales|comps|like-for-like sales|like-for-like|同店銷售|同店營收",
    "interest_income": "net interest income|nii|淨利息收入|利息淨收益",
    "provisions": "provision|provisions|credit losses|loan losses|loan loss provisions|bad loans|set aside|write-downs|write-down|impairment|impairments|撥備|減值|資產減損|信用減值|呆帳",
    "capital_ratio": "cet1|cet1 ratio|tier 1|capital ratio|common equity tier 1|普通股權一級資本比率|資本比率|資本充足率|資本適足率",
    "production": "production|output|produced|pumped|產量",
    "occupancy": "occupancy|occupancy rate|住房率|入住率|出租率",
    "visitors": "visitors|tourists|arrivals|footfall|passengers|旅客|遊客|訪客|載客量",
    "exports": "exports|出口",
    "imports": "imports|進口",
    "trade_balance": "trade surplus|trade deficit|trade balance|順差|逆差|出超|入超|貿易差額",
    "index": "index|指數|大盤|港股|陸股",
    "taiex": "加權指數|台股|加權|集中市場|taiex",
    "hang_seng": "恒指|恆指|恒生指數|恆生指數|hang seng|hang seng index",
    "hang_seng_tech": "科指|恒生科技指數|恆生科技指數|hang seng tech",
    "hang_seng_china": "國指|國企指數|國企股指數|恒生國企指數|恆生國企指數",
    "shanghai": "滬指|上證指數|上證綜指|shanghai composite",
    "shenzhen": "深成指|深證成指|shenzhen component",
    "chinext": "創業板指|創指|chinext",
    "nikkei": "日經|nikkei",
    "kospi": "kospi",
    "sp_500": "s&p|標普",
    "nasdaq": "nasdaq composite|nasdaq|那斯達克|納指",
    "dow": "dow jones industrial average|dow jones industrials|dow jones|the dow|道瓊|道指",
    "russell": "russell|羅素",
    "cost": "三費|三項費用|cost|costs|expenses|opex|成本|費用|支出",
    "rnd": "r&d|research and development|研發|研究發展費用|研究發展",
    "selling": "selling expenses|推銷費用|銷售費用|推銷",
    "buyback": "buyback|buybacks|repurchase|repurchases|repurchased|share repurchases|stock repurchases|bought back|buy back|buying back|buys back|買回|庫藏股|回購",
    "growth": "growth rate|成長率|增長率",
    "customers": "customers|客戶",
    "wafers": "wafers|晶圓",
    "per_share": "per share|a share|每股",
    "takings": "took in|takes in|taking in|brought in|brings in|bringing in|raked in|rakes in|pulled in|pulls in|generated|generates",
    "week_line": "週線|五日線|5日線|五日均線|5日均線",
    "month_line": "月線|二十日線|20日線|20日均線",
    "quarter_line": "季線|60日線|60日均線",
    "year_line": "年線|240日線",
    "moving_average": "均線|日線|moving average|day average|dma|week average",
    "beta": "beta", "rsi": "rsi",
}  # fmt: skip
INDEXES = frozenset(
    {
        "taiex",
        "hang_seng",
        "hang_seng_tech",
        "hang_seng_china",
        "shanghai",
        "shenzhen",
        "chinext",
        "nikkei",
        "kospi",
        "sp_500",
        "nasdaq",
        "dow",
        "russell",
    }
)
"""Indices by name; `index` is any of them."""
_GENERAL = {
    "margin": {"gross_margin", "operating_margin", "net_margin"},
    "profit": {"operating_profit", "gross_profit", "eps", "ebitda"},
    "price": {"target_price", "high", "low", "close", "open"},
    "target": {"target_price", "guidance"},
    "index": INDEXES,
    "close": {"price", "index", *INDEXES},
    "open": {"price", "index", *INDEXES},
    "per_share": {"eps", "dividend", "price", "target_price", "book_value", "cash_flow", "profit"},
    "revenue": {"comparable_sales"},
    "takings": {"revenue", "profit", "operating_profit", "gross_profit", "ebitda", "cash_flow", "interest_income", "exports"},
    "cash": {"cash_flow"},
    "moving_average": {"week_line", "month_line", "quarter_line", "year_line"},
    "cost": {"rnd", "selling"},
    "volume": {"turnover_value"},
    "turnover_value": {"volume"},
    "debt": {"debt_ratio"},
    "dividend_yield": {"dividend"},
    "institutions": {"foreign", "trusts", "dealers"},
}
"""A general word may stand for what is special; the reverse it may not."""
MONEY = frozenset({"close", "open", "receivables", "assets", "book_value", "selling", "revenue", "profit", "gross_profit", "operating_profit", "ebitda", "eps", "price", "target_price", "high", "low", "dividend", "market_cap",
                   "guidance", "turnover_value", "capex", "cash", "debt", "inventory", "orders", "asp", "cost", "rnd", "buyback", "exports", "imports", "trade_balance", "gdp", "per_share",
                   "cash_flow", "interest_income", "provisions", "takings"})  # fmt: skip
RATIO = frozenset({"debt_ratio", "gross_margin", "operating_margin", "net_margin", "margin", "dividend_yield", "market_share", "roe", "utilisation", "tax", "interest_rate",
                   "inflation", "unemployment", "growth", "gdp", "capital_ratio", "occupancy"})  # fmt: skip
COUNT = frozenset(
    {
        "volume",
        "users",
        "employees",
        "stores",
        "shipments",
        "customers",
        "wafers",
        "capacity",
        "payrolls",
        "visitors",
        "production",
    }
)
ACTS = frozenset({"close", "open", "takings", "after_hours"})
"""What a subject does, not who it is: the words before name that."""
PARTIES = frozenset({"foreign", "trusts", "dealers", "institutions", "insiders"})
"""Who buys and sells."""
RESULTS = frozenset({"profit", "gross_profit", "operating_profit", "ebitda", "eps", "cash_flow", "per_share"})
"""What a minus makes a loss of."""
COUNTED_IN = {
    "stores": {"store", "company"}, "employees": {"person"}, "users": {"user", "person", "home"}, "customers": {"user", "person", "company", "home"},
    "visitors": {"person"}, "payrolls": {"person"}, "shipments": {"vehicle", "device", "piece"}, "volume": {"share", "lot", "hand", "contract"}, "wafers": {"piece"},
}  # fmt: skip
"""The units of what is counted, where a metric has few."""

_QUALIFIER = "(?:(?:fully|diluted|basic|common|ordinary) )"
PER_SHARE = f"per {_QUALIFIER}{{0,3}}share"
_QUALIFIED = re.compile(f"(?<=per ){_QUALIFIER}{{1,3}}(?=share)")


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """An English word is whole, a Chinese character alone (收) stands before a number only. Of those that begin alike, the longest counts."""
    names = {folded(word): name for name, words in _WORDS.items() for word in words.split("|")}
    longest = sorted(names, key=len, reverse=True)
    alone = [word for word in longest if len(word) == 1 and not word.isascii() and word not in "賺赚"]
    english = _any_of([word for word in longest if word.isascii()])
    chinese = _any_of([word for word in longest if not word.isascii() and word not in alone])
    single = f"(?<![少多欠])[{''.join(alone)}](?=\\s?\\d)"
    return re.compile(f"(?<![A-Za-z]){english}(?![A-Za-z])|{chinese}|{single}", re.IGNORECASE), names


def _any_of(words: list[str]) -> str:
    """A pattern of the words that looks at a place's first character once, not once a word."""
    rests: dict[str, list[str]] = {}
    for word in words:
        written, first = re.escape(word).replace(re.escape("per share"), PER_SHARE), re.escape(word[0])
        rests.setdefault(first, []).append(written.removeprefix(first))
    branches = [f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()]
    return f"(?=[{''.join(rests)}])(?:{'|'.join(branches)})"


@lru_cache(maxsize=64)  # asked again for each pair of a text's figures
def metrics(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and name of every metric of a folded text, the longest word at each place."""
    pattern, names = _pattern()
    return tuple((*match.span(), names[_QUALIFIED.sub("", match[0].lower())]) for match in pattern.finditer(text))


def may_mean(said: str, fact: str) -> bool:
    """Whether a metric's word may stand for a fact's metric: the same, or a more general one."""
    return said == fact or fact in _GENERAL.get(said, set())
