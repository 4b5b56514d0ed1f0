"""Chinese words that are spelled to be read and not to be found: by sound, by first letters, in parts, one character to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shared.text.folding import folded
from shared.text.odd_spellings.known_spellings import Edit, known_pairs, known_words

SOUNDS = Path(__file__).parent / "character_sounds.txt"
_HAN = "\u4e00-\u9fff"
_IS_HAN = re.compile(f"[{_HAN}]")
_ONE = rf"[(\[【][{_HAN}][)\]】]"
_BRACKETED = re.compile(rf"(?<=[{_HAN})]){_ONE}(?=[{_HAN}(])|(?<=\)){_ONE}|{_ONE}(?=\()")
_LINES = re.compile(rf"(?<![{_HAN}])(?:[{_HAN}，、。！,!]\n){{3,60}}(?=[{_HAN}])")
_SHORT_LINES = re.compile(rf"(?<![{_HAN}])(?:[{_HAN}，、。！,!]{{1,6}}\n){{2,60}}(?=[{_HAN}])")
_SPELLED = re.compile(
    rf"(?<=[{_HAN}])[A-Za-z]{{1,6}}(?: ?[a-z]{{2,6}})?(?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-Za-z]{{1,6}}(?: ?[a-z]{{2,6}})?(?=[{_HAN}])|(?<![A-Za-z])[a-z]{{2,6}} ?[a-z]{{2,6}}(?![A-Za-z])"
)
_COMMON = 1200
"""Places in the list of English words up to which one is that word also where it could be a sound."""
_INITIALS = frozenset("bpmfdtnlgkhjqxzcsryw")
_PARTS = dict(
    pair.split("=")
    for pair in folded(
        "贝兼=赚 貝兼=賺 禾急=稳 馬扁=骗 马扁=骗 言乍=诈 讠乍=诈 金戔=钱 钅戋=钱 讠正=证 言登=证 言正=证 氵張=涨 氵张=涨 禾刂=利 月殳=股 足失=跌 貝才=财 贝才=财 亻咅=倍 "
        "貝咅=赔 贝咅=赔 亻呆=保 氵肖=消 丩攵=收 番羽=翻 贝勾=购 貝勾=购 足艮=跟 君羊=群 亻叚=假 贝长=账 貝長=账 巾长=帐 巾長=帐 氵先=洗 亻俞=偷 扌倉=抢 扌仓=抢 扌立=拉 扌少=抄 "
        "扌殳=投 令頁=领 令页=领 亻言=信 亻氐=低 亻亭=停 足包=跑 足各=路 言卂=讯 讠卂=讯 言兌=说 讠兑=说 讠舌=话 言舌=话 女子=好 木反=板 扌寺=持 亻賁=偾 貝反=贩 贝反=贩 門口=问 "
        "宀木=宋 扌召=招 扌卖=摸 贝亏=亏 亻介=价 亻賈=价 木娄=楼 氵宏=泓 火暴=爆 日恭=暴 口賁=喷 口贲=喷 扌高=搞 纟合=给 糸合=给 纟吉=结 亻加=伽 氵主=注 彳导=得 走巳=起 走召=超 亻二=仁 "
        "耳又=取 弓虽=强 弓長=张 弓长=张 言己=记 讠己=记 女票=嫖 目艮=眼 目垂=睡 身尚=躺 身寸=射 走尚=趟 纟色=绝 糸色=绝 犭虎=唬 氵斩=渐 女未=妹 貝有=贿 贝有=贿 贝各=赂 貝各=赂 贝曾=赠"
    ).split()
)
_SOUNDS_LIKE = dict(
    pair.split("=")
    for pair in folded(
        "文转=稳赚 吻转=稳赚 文撰=稳赚 文赚=稳赚 吻赚=稳赚 温赚=稳赚 包转=包赚 饱赚=包赚 饱转=包赚 必转=必赚 躺转=躺赚 内木=内幕 内暮=内幕 薇芯=微信 威芯=微信 加薇=加微 片人=骗人 片局=骗局 炸骗=诈骗 炸片=诈骗 "
        "吻=稳 撰=赚 麦=买 漂=票 芯=信 薇=微 裙=群 伽=加 璋=涨 苍=仓 沧=仓 古=股 砗=车 番=翻 贝=倍 狈=倍 苞=包 胞=包 肖=消 丈=账"
    ).split()
)
"""Characters that touts write for others of the same sound."""
_NATURAL = frozenset({"女子", "门口", "言己", "弓长", "火暴", "身寸", "耳又"})
"""Parts that are words beside each other: they stand for one character only where that makes a known pair with its neighbour."""


def bracket_han_edits(text: str) -> Iterator[Edit]:
    """Brackets around single characters."""
    for match in _BRACKETED.finditer(text):
        yield match.start(), match.start() + 1, ""
        yield match.end() - 1, match.end(), ""


def line_edits(text: str) -> Iterator[Edit]:
    """Line ends of texts that are written downwards, or cut within words."""
    for match in _LINES.finditer(text):
        yield from ((at, at + 1, "") for at in range(*match.span()) if text[at] == "\n")
    pairs = known_pairs()
    for match in _SHORT_LINES.finditer(text):
        ends = [at for at in range(*match.span()) if text[at] == "\n"]
        if 2 * sum(text[at + 1] in pairs.get(text[at - 1], "") for at in ends) >= len(ends):
            yield from ((at, at + 1, "") for at in ends)


def part_edits(text: str) -> Iterator[Edit]:
    """Characters that are written as their parts."""
    if not _IS_HAN.search(text):
        return
    for at in range(len(text) - 1):
        whole = _PARTS.get(text[at : at + 2])
        if whole and (text[at : at + 2] not in _NATURAL or _fit(text[at - 1 : at], whole, text[at + 2 : at + 3])):
            yield at, at + 2, whole


def sound_edits(text: str) -> Iterator[Edit]:
    """Characters that are written as their sounds, or by the first letters of them, beside others that they make known words with."""
    if not _IS_HAN.search(text):
        return
    for match in _SPELLED.finditer(text):
        spelled = match[0].lower()
        if (len(spelled) > 1 and known_words().get(spelled, _COMMON) < _COMMON) or (len(spelled) == 1 and match[0].isupper()):
            continue
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if meant := _sounded(spelled.replace(" ", ""), before, after):
            yield (*match.span(), meant)


def alike_edits(text: str) -> Iterator[Edit]:
    """Characters that stand for others of their sound: where they make no known pair with either neighbour, and those do."""
    for at, char in enumerate(text):
        if at + 1 < len(text) and (meant := _SOUNDS_LIKE.get(text[at : at + 2], "")):
            yield at, at + 2, meant
        elif meant := _SOUNDS_LIKE.get(char, ""):
            before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
            if not _fit(before, char, after) and _fit(before, meant, after):
                yield at, at + 1, meant


def _sounded(spelled: str, before: str, after: str) -> str:
    one = max(_candidates(spelled), key=lambda char: _fit(before, char, after), default="")
    if one and _fit(before, one, after):
        return one
    two = (
        (_fit(before, first, second) + _fit(first, second, after), first + second)
        for at in range(2, len(spelled) - 1)
        for first in _candidates(spelled[:at])
        for second in _candidates(spelled[at:])
        if second in known_pairs().get(first, "")
    )
    return max(two, default=(0, ""))[1]


def _candidates(sound: str) -> str:
    """Characters of one sound or first letter."""
    return _by_sound().get(sound, "")


def _fit(before: str, char: str, after: str) -> int:
    pairs = known_pairs()
    return (bool(before) and char in pairs.get(before, "")) + (bool(after) and after in pairs.get(char, ""))


@cache
def _by_sound() -> dict[str, str]:
    lines = (line.split() for line in SOUNDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    table = {sound: folded(chars) for sound, chars in lines}
    for first in _INITIALS:
        table[first] = "".join(chars for sound, chars in table.items() if sound[0] == first and len(sound) > 1)
    return table
