"""The words of a line that tell it from others: metrics by name, other words in one form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from shared.fact_check.reading.clauses import Span
from shared.fact_check.vocabulary.direction_words import Pole, poles
from shared.fact_check.vocabulary.metric_names import metrics
from shared.fact_check.vocabulary.time_words import BASIS
from shared.text.in_place import blanked

_WORD = re.compile(r"[A-Za-z][A-Za-z&]{2,30}|[\u4e00-\u9fff]{2,}")
_STOP = frozenset(
    """the and for with from that this was were are its has have had than into about over under per year years quarter quarters month months day days week
    compared versus ago earlier prior previous last next came come reported says said percent million billion thousand trillion points point after before while
    which would could still just only very more most some any all out not but they them their you your what how who when where reach reached total stood stands
    january february march april june july august september october november december fiscal should might there think thinks believe believes delivered deliver then own well also still today
    same period expected expect expecting expectation expectations analyst analysts wall street consensus estimate estimates projected forecasts pencilled modelled since guide guided guides guiding between range ranging non gaap net worth see sees seen now cut touch against used ended attributable company group shareholders holders inc holdings corp basis brought swung around nearly almost roughly approximately according announced published traded market markets yesterday today based""".split()  # noqa: SIM905
)
_STOP_HAN = frozenset(
    "的了是在有和与及或为以于被把对从到至由约近逾达并也都就还又其该此这那个元亿万千百股张点年月日季同期较上比比较去今明本公布公司表示目前来到达到收报收在"
)
_WHOLE = frozenset({"日本", "本田", "日立", "日月", "日产", "百度", "百胜", "万科", "元大", "千禾"})
"""Names of which both characters would be passed over alone."""
_REPORTING = re.compile(
    "(?:公司|权益)?(?:拥有人|持有人)?应占|合并(?=税|营|净|盈|获|收|稅)|归属于?(?:本公司|上市公司|母公司|公司)?(?:普通股)?(?:股东|所有者|业主)?|归母|税后|税前|扣非(?:后)?|扣除非经常性损益(?:后|前)?|非经常性损益|实现|录得|完成|达成|取得|预计|预期|预测|预估|估计|预[增减盈亏警喜]"
    "|(?:本|该|其|母|子|全资子|控股子|旗下)?公司|集团|上市公司|股东|报告期内?|期内|本期|其中|此外|另外|同时|以及|合计|总计|累计|总额|金额|数据|显示|公告|披露|发布|业绩|快报|预告|年报|季报|消息|报道|记者|获悉"
    "|截至|目前|今日|昨日|日前|近日|当日|当月|单月|单季|全年|年度|季度|上年|去年|今年|明年|左右|以上|以下|附近|水平|规模|方面|相关|继续|持续|主要|整体|平均|分别|超过|不超|将近|接近|有望|或将|由于|因此|随着|受到|带动"
    r"|表示|指出|认为|称|全日|早段|早盘|午后|午间|尾盘|盘中|一度|今早|早上|上午|下午|终场|首日|倒(?=[跌升])|微(?=[升涨跌])|只有?(?=\d)|仅有?(?=\d)|占比|比例|变动|幅度|期间|同期|相[较比]|水准|计划|拟(?!合)|增长率|增速|增幅|降幅|涨幅|跌幅|较前"
)
"""What reports in Chinese say of any figure: it names neither who nor what."""
_ENDING = re.compile(r"(?:ation|ion|ing|ed|e)$")
LONG = 7
"""Letters from which on a word's ending is cut off."""
REACH = 240
"""Characters around a figure in which words may belong to it."""


def words_of(text: str) -> list[str]:
    """Those of a whole folded text."""
    return words_in(text, Span(0, len(text)), metrics(text), poles(text))


def words_in(text: str, span: Span, named: Sequence[tuple[int, int, str]], marks: Sequence[Pole]) -> list[str]:
    """Metrics as `=name`, other words in one form, in order; Chinese ones as pairs of characters."""
    span = Span(max(span.start, span.end - 2 * REACH), span.end)
    inside = [(start, end, name) for start, end, name in named if span.start <= start and end <= span.end]
    taken = [(start, end) for start, end, _ in inside] + [
        (mark.start, mark.end) for mark in marks if span.start <= mark.start and mark.end <= span.end
    ]
    found = [(start, f"={name}") for start, _, name in inside]
    blank = list(text[span.start : span.end])
    for start, end in taken:
        blank[start - span.start : end - span.start] = " " * (end - start)
    plain = blanked(_REPORTING, blanked(BASIS, "".join(blank)))
    for match in _WORD.finditer(plain):
        word = match[0]
        if word[0].isascii():
            low = word.lower().replace("centre", "center").removesuffix("s")
            if low not in _STOP and word.lower() not in _STOP:
                found.append((span.start + match.start(), _stem(low)))
            continue
        found += [(span.start + match.start() + at, pair) for at, pair in _pairs(word)]
    return [token for _, token in sorted(found)]


def _stem(word: str) -> str:
    """One form of a long word: liquidated and liquidation say the same."""
    stem = _ENDING.sub("", word) if len(word) >= LONG else word
    return stem if len(stem) >= LONG - 2 else word


def _pairs(run: str) -> list[tuple[int, str]]:
    """A Chinese run as pairs of characters. One between two stop characters goes with both of them: 友达, 和硕 are names, 的, 了 are not."""
    free = [character not in _STOP_HAN for character in run]
    found = []
    for at, (one, other) in enumerate(itertools.pairwise(range(len(run)))):
        alone = (free[one] and not any(free[max(0, one - 1) : one])) or (free[other] and not any(free[other + 1 : other + 2]))
        if run[one] + run[other] in _WHOLE or (free[one] and free[other]) or (free[one] != free[other] and alone):
            found.append((at, run[one] + run[other]))
    return found
