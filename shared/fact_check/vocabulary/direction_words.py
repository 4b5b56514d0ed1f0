"""Words that say which way: up or down, bought or sold, profit or loss, beat or missed. Each axis has two ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.text.folding import folded

_AXES: dict[str, tuple[str, str]] = {
    "change": (
        (r"(?<!made )(?<!make )(?<!makes )(?<!making )up(?![- ](?:to|front|side|date|grade)\b)|rose|rises?|risen|rising|gain(?:ed|s|ing)?|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|grew|grow(?:s|n|ing)?|growth(?! (?:guidance|forecast|outlook|target|rate|is|to|for)\b)|increas(?:ed|es|e|ing)|surg(?:ed?|es|ing)|"
        r"soar(?:ed|s|ing)?|rall(?:y|ied|ies)|advanc(?:ed?|es)|higher|dearer|pricier|improv(?:ed?|es|ing|ement)|expan(?:d(?:ed|s|ing)?|sion)|accelerat\w{1,4}|rebound(?:ed|s)?|raised?|raises|raising|hik(?:ed?|es|ing)|lift(?:ed|s)?|widen(?:ed|s)?|added|"
        r"upgrad(?:ed?|es)|boost(?:ed|s)?|more(?! than\s?[$€£¥\d])|swell(?:ed|s)?|swollen|balloon(?:ed|s)|le(?:a|)pt|leap(?:ed|s)|spik(?:ed|es)|rocket(?:ed|s)|skyrocket(?:ed|s)|pop(?:ped|s)|bounc(?:ed|es)|recover(?:ed|s)|strengthen(?:ed|s)|doubl(?:ed|es)|tripl(?:ed|es)|quadrupl(?:ed|es)|upped|shot up|upward|fatten(?:ed|s)|"
        "加息|放量|(?<![不多很最差許太至])多(?=\\s?\\d)|多了|多賺|拉高|拉升|拉抬|噴出|噴發|狂噴|走強|轉強|增厚|跳升|收紅|翻紅|推升|衝上|收高|收漲|倍增|翻倍|翻番|翻揚|抬升|彈了|飛漲|竄升|好轉|變好|回升|回暖|大彈|墊高|拉開|抬高|(?<![最新創])高(?=出?\\s?\\d)|"
        "升|漲|漲幅|增(?!長(?:預期|預測|目標|前景|動能|潛力|點|極))|增長(?!預期|預測|目標|前景|動能|潛力|點|極)|成長(?!預期|預測|目標|前景|動能|潛力|股)|上揚|走高|攀升|飆|勁揚|反彈|擴大|擴張|提高|調高|上調|上修|改善|年增|月增|季增|走揚|彈升|加速|增幅|多出"),
        (r"down(?!\s?(?:side|stream|load))|fell|falls?|fallen|falling|drop(?:ped|s|ping)?|los(?:t|es|ing)|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|slid|slides?|slip(?:ped|s)?|sank|sinks?|lower(?:ed|s|ing)?|cheaper|shr[aiu]nk(?:s|ing)?|"
        r"contract(?:ed|ion|ing)|plung(?:ed?|es|ing)|tumbl(?:ed?|es)|slump(?:ed|s)?|weaken(?:ed|s)?|reduc(?:ed?|es|ing|tion)|cuts?|cutting|trimm(?:ed|ing)|narrow(?:ed|s|ing)|dip(?:ped|s)?|eased?|retreat(?:ed|s)?|shed|sheds|downgrad(?:ed?|es)|slow(?:ed|s|ing)|fewer(?! than\s?[$€£¥\d])|less(?! than\s?[$€£¥\d])|crater(?:ed|s)|tank(?:ed|s)|nosediv(?:ed|es)|crash(?:ed|es)|collaps(?:ed|es)|sag(?:ged|s)|skid(?:ded|s)|wiped (?:off|out)|g(?:a|i)ve(?:n|s)? up|giving up|halv(?:ed|es)|soften(?:ed|s)|dwindl(?:ed|es)|reced(?:ed|es)|fad(?:ed|es)|downward|deteriorat(?:ed|es)|worsen(?:ed|s)|deteriorat(?:ing|ion)|reductions?|(?:(?<=, )|(?<=are )|(?<=were )|(?<=is )|(?<=was ))off(?=\s?[$€£]?\d)|nudged down|edged down|pulled back|"
        "縮量|(?<![不多至很最差較])少(?=\\s?\\d)|殺低|摜壓|摜低|收低|收跌|翻黑|縮水|腰斬|探底|走軟|疲軟|跳水|砍半|惡化|摔|掉了|掉到|掉至|滑到|失血|變差|轉弱|變少|少賺|跳空下|殺尾|滑|退到|退至|(?<![最新創])低(?=出?\\s?\\d)|"
        "跌|降|減|衰退|下滑|下挫|走低|縮|萎縮|滑落|重挫|回落|調降|調低|下調|下修|收黑|挫|崩|年減|月減|季減|縮減|減少|走弱|少了|放緩|倒退|跌幅|降幅|減幅"),
    ),
    "flow": (
        (r"net (?:buy(?:ing|ers?)?|bought|purchas\w{1,3}|inflows?)|bought|buy(?:s|ing)?|inflows?|purchas(?:ed?|es|ing)|accumulat(?:ed|ing)|(?:scoop|snapp|mopp|gobbl|hoover)ed up|pil(?:ed|ing) in(?:to)?|load(?:ed|ing) up|pour(?:ed|ing) in(?:to)?|"
        "淨流入|買超|買進|淨買|流入|加碼|增持|買入|買盤|吸納|敲進|購金|購入|購進|增購|淨申購|申購|"
        "掃貨|掃進|吃貨|吃下|承接|接走|接手|回補|進場|搶進|搶買|撿便宜|加倉|建倉|增倉|補倉|吸籌|吸金|買方|力挺|低接|佈局|卡位|掃入|收貨|進貨|接了|接手|接盤|接下|認購|買(?![回家單賣])"),
        (r"net (?:sell(?:ing|ers?)?|sold|outflows?)|sold|sell(?:s|ing)?|outflows?|offload(?:ed|ing)?|unload(?:ed|ing)?|dump(?:ed|ing)?|cash(?:ed|ing) out|pull(?:ed|ing) out|got rid of|jettison(?:ed)?|ditch(?:ed)?|exit(?:ed|ing)|"
        "淨流出|賣超|賣出|淨賣|流出|減碼|減持|拋售|賣盤|沽出|沽售|倒貨|售出|淨贖回|贖回|"
        "倒出|出脫|出貨|脫手|拋出|狂拋|砍出|殺出|丟出|丟包|倒給|調節|減倉|清倉|撤出|撤退|退場|提款|賣方|出清|套現|獲利了結|砍掉|狂砍|被砍|砍(?=\\d)|殺了|狂殺|狂倒|倒了|甩賣|丟了|(?<!買)賣(?![場力相家點壓座])"),
    ),
    "result": (
        (r"profits?|profitable|earned|earnings|in the black|(?<!interest )(?<!fixed )income(?! tax| statement)|made(?= (?:about |only |just |some )?(?:a |an )?(?:net )?(?:profit|[$€£¥]|\d))|"
        "獲利|盈利|純益|淨利(?!潤?為負)|溢利|賺|盈餘(?!轉)|預盈|利益|進帳|入帳|入袋"),
        r"loss(?:es)?(?! (?:ratio|given))|loss-making|in the red|burn(?:ed|t|s)?(?: through)?(?= [$€£¥\d])|虧|淨損|損失|蝕|賠|燒掉|燒了",
    ),
    "turn": (
        r"(?:returned|back|turned|swung) to (?:a |an )?(?:net )?profit|扭虧(?:為盈|轉盈)?|(?:由|轉)虧(?:為|轉)盈|虧轉盈|轉虧為盈|轉盈",
        r"(?:turned|swung|slipped|fell) to (?:a |an )?(?:net )?loss|由盈(?:轉|為)虧|盈轉虧|轉盈為虧|轉虧",
    ),
    "surprise": (
        r"beat(?:s|ing)?|above|exceed(?:ed|s|ing)?|topp(?:ed|ing)|better than|ahead of|優於|高於|超出|好過|勝過|超越|超預期",
        r"miss(?:ed|es|ing)?|below|short of|worse than|lagg(?:ed|ing)|behind|低於|不如|遜於|未達|遜預期|差過|落後",
    ),
    "cross": ("(?<![跌摜降])破(?=\\s?\\d)|站上|站穩|突破|升破|衝破|收復|站回|衝過", "失守|跌破|降破|摜破|跌落|失落|跌穿|棄守"),
    "balance": (r"surplus|順差", r"deficit|逆差|赤字"),
    "premium": (r"premium(?! (?:revenues?|products?|brands?|cabins?|segment|subscri\w{1,8}|income|seats?|economy|sales|models?|phones?))|溢價", r"discount|折價|折讓"),
    "side": (r"bull(?:ish|s)?|long positions?|net long|做多|多單|淨多單|看多|偏多", r"bear(?:ish|s)?|short positions?|net short|做空|空單|淨空單|看空|偏空"),
    "bound": (
        r"at least|(?:no|not) (?:less|fewer) than|minimum|more than(?=\s?[$€£¥\d])|upwards of|不低於|不少於|不小於|至少|最少|超過|逾",
        r"at most|(?:no|not) (?:more|higher) than|maximum|(?:less|fewer) than(?=\s?[$€£¥\d])|不高於|不多於|不大於|不超過|至多|最多|不足|不到",
    ),
    "extreme": (r"highs?|high point|新高|高點|最高|peak", r"lows?|low point|新低|低點|最低|trough"),
}  # fmt: skip
_NOT = re.compile(
    r"(?:\bnot|n't|\bnever|\bno|\bwithout|\brather than|\binstead of|未|没|没有|不|并非|非)\s?(?:\w{1,8}\s){0,1}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pole:
    """A word that says which way. `sign`: 1 or -1 on its `axis`."""

    start: int
    end: int
    axis: str
    sign: int


@cache
def _pattern() -> re.Pattern[str]:
    parts = []
    for axis, ends in _AXES.items():
        for name, words in zip(("plus", "minus"), ends, strict=True):
            pieces = folded(words)
            parts.append(f"(?P<{axis}_{name}>{_bounded(pieces)})")
    # 買超, 收入 and the like first: longer words of other axes must not be eaten by 超, 入.
    parts.sort(key=lambda part: "change" in part)
    return re.compile("|".join(parts), re.IGNORECASE)


def _bounded(words: str) -> str:
    """Latin words with word edges, the longest Chinese ones first."""
    found = _split(words)
    latin = [word for word in found if word.isascii()]
    han = sorted((word for word in found if not word.isascii()), key=len, reverse=True)
    parts = [rf"(?<![A-Za-z])(?:{'|'.join(latin)})(?![A-Za-z])"] if latin else []
    return "|".join([*parts, *han])


def _split(words: str) -> list[str]:
    """At the bars that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(words):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(words[start:at])
            start = at + 1
    return [part for part in (*parts, words[start:]) if part]


@lru_cache(maxsize=64)  # asked again for each pair of a text's figures
def poles(text: str) -> tuple[Pole, ...]:
    """Every such word of a folded text that is not denied, in order."""
    found = []
    for match in _pattern().finditer(text):
        axis, _, name = (match.lastgroup or "").partition("_")
        if not _NOT.search(text[max(0, match.start() - 16) : match.start()]):
            found.append(Pole(*match.span(), axis, 1 if name == "plus" else -1))
    return tuple(found)
