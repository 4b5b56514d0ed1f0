"""Words that say which time, and whose word, a figure is: what a change is measured against, an earlier figure, an expected one."""

from __future__ import annotations

import re

BASES = {
    "year": r"[跟和与同](?:去年|上年)(?:同期|同[月季])?(?:相?比|相较)|\byoy\b|y/y|year[- ]on[- ]year|year[- ]over[- ]year|from a year (?:ago|earlier)|than a year (?:ago|earlier)|on the year|annual(?:ly|ised)?|去年同期|同比|按年|(?<!\d)年(?:增(?![速幅值])|减|成长|衰退)|[较比](?:去年|上年)(?![底末年])|"
    r"(?:than|over|versus|vs\.?|against|compared (?:with|to)|from|on) (?:last year|the (?:previous|prior|same) year|the year before|the same (?:quarter|period|month) (?:last|of last|a) year)",
    "years": r"[两三]年(?:平均|复合)|\b(?:two|three|2|3)[- ]year (?:average|stack|compound)\w*|\bcagr\b",
    "year_end": r"[较比](?:去年|上年)?(?:年初|年底|底|末)|(?:from|since) (?:the )?(?:end of (?:last )?year|year[- ]end|start of the year)",
    "sequential": r"sequential(?:ly)?|环比|环增|环减|较前一期|较上期|比上期|from the (?:prior|previous|last) period",
    "quarter": r"[跟和与同]上一?个?季度?(?:相?比|相较)|on the quarter|\bqoq\b|q/q|quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|from the (?:prior|previous|last) quarter|季增(?![速幅值])|季减|按季|[较比]上一?个?季|上一季|季成长|季衰退|than (?:in )?the (?:last|previous|prior) quarter",
    "month": r"\bmonthly\b(?! (?:sales|revenue|report|figures?|data|average))|[跟和与同]上一?个?月(?:相?比|相较)|on the month|\bmom\b|m/m|month[- ]on[- ]month|month[- ]over[- ]month|from the (?:prior|previous|last) month|月增(?![速幅值])|月减|按月|[较比]上一?个?月|月成长|月衰退|than (?:in )?the (?:last|previous|prior) month",
    "week": r"week[- ]on[- ]week|on the week|周增|周减|单周|一周",
    "day": r"on the day|today|单日|今日|当日|今天",
    "to_date": r"year to date|\bytd\b|so far this year|this year so far|今年以来|今年累|年初至今|前\w{1,2}月累计|累计(?!营|收|获利|净|税|盈余|纯益|每股|合并|eps)",
}
"""What a change is measured against."""
_FROM_YEAR_END = frozenset({"year_end", "to_date"})
_SHORT = frozenset({"quarter", "month", "week", "day"})
"""What a step from one period to the next may be."""
BASIS = re.compile("|".join(f"(?P<{name}>{words})" for name, words in BASES.items()), re.IGNORECASE)


def bases_differ(one: str, other: str) -> bool:
    """Whether two changes are measured against different times. A step from one period to the next is a quarter or a month, as the period is."""
    if not one or not other or one == other:
        return False
    if {one, other} <= _FROM_YEAR_END:
        return False
    return not ("sequential" in (one, other) and {one, other} & _SHORT)


COMPARED = re.compile(r"(?:比|较|从|由|自|\bthan|\bfrom|\bversus|\bvs\.?|\bagainst|\bon)\s?(?:in )?(?:the )?$", re.IGNORECASE)
"""Stands before the time that another is measured against."""
_AGAINST = re.compile(r"[度份]?(?:同期|平均)?(?:相比|比)")
"""Stands after it: 跟10月比."""


def is_compared(text: str, start: int, end: int) -> bool:
    """Whether the time at that place of a folded text is what another is measured against."""
    return COMPARED.search(text, max(0, start - 14), start) is not None or _AGAINST.match(text, end) is not None


YEAR, QUARTER, BEFORE = "year", "quarter", "before"
_AGO = {
    YEAR: r"(?:a|one) year (?:ago|earlier|before)|last year|(?:prior|previous|same|year-ago|year-earlier|comparable|corresponding)[- ](?:year|period)|"
    r"year[- ](?:ago|earlier)|the year before|this time last year|去年同[期季月]|上年同[期季月]|前一?年同期|前一年|一年前|上一?年度|年前同期|(?:(?<=[较比，,；;。])|(?<![\s\S]))(?:上年|前年)(?![底末初])",
    QUARTER: r"(?:a|one) quarter (?:ago|earlier|before)|(?:last|prior|previous|preceding) quarter|the quarter before|上一?季度?|前一?季(?![度]?合|营)",
    BEFORE: r"前一(?:个?交易)?[天日]|前收(?:[市盘报])?|上日|前一?周(?!期)|the (?:session|week) before|(?:previous|prior) (?:session|day|week)(?!s)|a (?:week|day) (?:earlier|before|ago)|session earlier|(?<=[%\d] )before(?=\W|$)|the day before|a day earlier|last time(?! of)|(?<=the )old\b|previously|formerly|used to|back then|at the time|(?:prior|earlier|old|previous) (?:guidance|outlook|forecast|guide|view|record|range|plan)|had (?:planned|guided)|"
    r"先前|此前|原先|原本|原来|前次|上次|当时|之前",
}
EARLIER = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _AGO.items()), re.IGNORECASE)
"""Says that a figure is one of an earlier time, and by what step."""
_SPOKEN = re.compile(
    r"(?P<next>明年|\bnext year\b)|(?P<now>今年(?![以来]|累)|本年度?|\bthis year\b)|(?P<last>去年(?!同|底|末)|\blast year\b)|(?P<single>单[季月])",
    re.IGNORECASE,
)
SPOKEN_YEAR, SINGLE = "spoken_year", "single"
_YEARS = {"next": 1, "now": 0, "last": -1}


def spoken(text: str, start: int, end: int) -> frozenset[tuple[str, int]]:
    """The year that the words before a figure mean, as people say it (next is 1), and whether it is of one quarter or month alone."""
    found: dict[str, int] = {}
    for match in _SPOKEN.finditer(text, start, end):
        name = match.lastgroup or ""
        if name == SINGLE:
            found[SINGLE] = 1
        elif not COMPARED.search(text, max(0, match.start() - 8), match.start()):
            found[SPOKEN_YEAR] = _YEARS[name]
    return frozenset(found.items())


ANALYSTS, COMPANY, SOMEBODY = "analysts", "company", "somebody"
EXPECTED = re.compile(
    rf"(?P<{ANALYSTS}>\b(?:consensus|analysts?|(?:the|wall) street|estimates?)\b|分析师|市场(?:原[先本]?)?[估预猜期看]|共识)"
    rf"|(?P<{COMPANY}>\b(?:guid(?:e|ance|ed|es|ing)|outlook)\b|财测|指引|展望)"
    rf"|(?P<{SOMEBODY}>\b(?:expect(?:ed|s|ing|ations?)?|forecast(?:s|ed|ing)?|estimat(?:ed|es|ing)|(?:is|are|now) seen\b|project(?:s|ed|ing|ions?)|(?<=we )project|(?<=they )project|(?<=now )project|\bsees(?= )|predict(?:s|ed|ions?)|pencil(?:l?ed)|model(?:l?ed)"
    r"|anticipat(?:ed?|es|ing)|look(?:s|ing)? for|hoped|wanted|feared)\b|预期|预估|预测|预计|预料|预[增减盈亏])",
    re.IGNORECASE,
)
"""Says that a figure is what somebody expects, and who."""
UNCERTAIN = re.compile(
    re.sub(r"\?P<\w+>", "?:", EXPECTED.pattern)
    + r"|\b(?:thinks?|believes?|room for|potential|goal|sees?|should|will|would|could|may|targets?|plans?|aims?|next|priced|bets?|likely|ahead|coming|upcoming|go(?:es|ing) to)\b"
    r"|[将估]|看(?!好|坏|来|起来)|可望|有望|目标|希望|下一?[季年月]|明年",
    re.IGNORECASE,
)
"""May say so, in a sentence that names no one who expects."""
BASELINE = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|from(?! (?:continuing|discontinued|operations|operating)\b)|than|up on|down on|over|since|above|below|under)\b|比|较|相较|对照|从|由|自",
    re.IGNORECASE,
)
"""Sets a figure beside another one, of another time or of somebody's expectation."""
