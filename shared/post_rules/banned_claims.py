"""Promises, pump talk and inside knowledge that no post about a stock may hold, in English, Chinese and Japanese.

A claim that its own clause denies ("nothing is guaranteed", 並非穩賺不賠) or that is a term (risk-free rate, 無風險利率) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.numbers.quantities import folded
from shared.text.faults import Code, Fault

_TRADITIONAL = str.maketrans(
    "稳赚证获报险涨内线传闻庄飞满财务财躺赔亏绝对爆拉会将升达标价车机错过后边钱单稳发马暴亿万买进场无风别让见顶预测",
    "穩賺證獲報險漲內線傳聞莊飛滿財務財躺賠虧絕對爆拉會將升達標價車機錯過後邊錢單穩發馬暴億萬買進場無風別讓見頂預測",
)
"""Simplified to Traditional for the characters of the patterns below, one for one, so that places stay."""

_CLAIMS: tuple[tuple[Code, str, str], ...] = (
    ("banned_claim", "It promises a return.", r"guarantee[ds]?\s(?:\w+\s){0,3}?(?:returns?|profits?|gains?|income|upside|winners?|to\s(?:rise|go up|double|win|make|moon))"),
    ("banned_claim", "It promises a return.", r"(?:returns?|profits?|gains?|upside)\s(?:is|are)\s(?:all but\s|virtually\s|practically\s)?(?:guaranteed|certain|assured)|\bi (?:can )?(?:guarantee|promise) (?:you|it)"),
    ("banned_claim", "It says nothing can be lost.", r"\b(?:can(?:['’]?t|not)|impossible to|no way to)\s(?:possibly\s)?(?:lose(?! (?:sight|hope|track|focus|interest|sleep|patience|count))|go wrong)\b|\b(?:never|won['’]?t)\s(?:ever\s)?(?:lose (?:money|here|on|with)|go wrong)\b|\bno downside\b|\bzero downside\b"),
    ("banned_claim", "It says there is no risk.", r"\b(?:risk[- ]?free|zero[- ]risk|riskless|without (?:any )?risk|no[- ]risk)\b(?![- ](?:rates?|yields?|assets?|benchmark))"),
    ("banned_claim", "It sells certainty.", r"\b(?:sure (?:thing|bet|win)|surefire|sure-fire|safe bet|easy money|free money|no[- ]brainer|get[- ]rich|foolproof|slam dunk|can only go up|only goes up|nowhere to go but up)\b"),
    ("banned_claim", "It states the future as certain.", r"\b(?:will|is going to|'s going to|gonna|bound to|certain to|destined to|sure to)\s(?:definitely|certainly|surely|absolutely|undoubtedly|easily|inevitably|100%)\s(?:\w+\s){0,2}?(?:rise|soar|surge|go up|rally|moon|double|triple|explode|skyrocket|rocket|climb|outperform)|\b(?:bound|certain|destined|guaranteed|sure) to (?:rise|soar|surge|go up|rally|double|triple|explode|skyrocket|climb)"),
    ("banned_claim", "It promises a multiple.", r"\b(?:will|going to|gonna|about to|set to|could easily|can)\s(?:easily\s|soon\s|likely\s)?(?:double|triple|quadruple|explode|skyrocket|moon|10x)\b|\b(?:\d{1,3}x|\d{1,3}-?bagger|multibagger|ten-?bagger)\s(?:potential|returns?|from here|play|gains?|winner|soon|stock)\b|\b(?:next|easy|guaranteed)\s(?:\d{1,3}x|\d{1,3}-?bagger|ten-?bagger)\b"),
    ("banned_claim", "It pumps.", r"\bto the moon\b|\bmooning\b|\bload(?:ing)? (?:up|the boat)\b|\bback(?:ing)? up the truck\b|\b(?:buy|get in|act|jump in|sell everything)\s(?:\w+\s)?(?:right\s)?(?:now|immediately|today)(?:\sor\b|\sbefore\b|!)|\bregret it (?:forever|later|for)\b|\bbefore it['’]?s too late\b|\bdon['’]?t (?:miss (?:out|this|the)\b|be the one who)|\blast chance\b|\bonce[- ]in[- ]a[- ](?:lifetime|generation) (?:opportunity|chance|buy)|\b(?:go(?:ing)?|went|i['’]?m) all[- ]in\b|\byolo\b|\bmortgage (?:your|the) house\b|\blife[- ]changing (?:money|gains?|returns?)|\bshort squeeze (?:is )?(?:coming|imminent|incoming)|🚀\s*🚀"),
    ("insider_claim", "It claims inside knowledge.", r"\b(?:inside|insider)[- ](?:info(?:rmation)?|tips?|knowledge|sources?|scoop|word|track)\b|\b(?:my|a|our) (?:source|friend|contact|buddy|guy)s? (?:at|inside|in|within) (?:the company|management|the firm|the board)|\b(?:heard|told|hearing) (?:from|by) (?:an? )?(?:insiders?|someone inside)|\bnot (?:yet )?public(?:ly known)?(?: yet)?\b(?=.{0,20}\b(?:but|deal|news|number)\b)|\bnon-?public information\b|\b(?:friend|cousin|brother|uncle|buddy|guy|someone|contact|source)s?\b[^.!?\n]{0,20}\b(?:works?|working|employed|inside)\b[^.!?\n]{0,30}\b(?:told|tipped|leaked|showed|says|said|confirmed)\b"),
    ("banned_claim", "It promises a return.", r"保證(?:賺|獲利|回報|報酬|收益|盈利|有賺|升|漲|翻倍|入帳|不會蝕|不會虧|不會賠)|(?:包|必|穩|肯定|一定|絕對|鐵定|篤定|必定|必然)(?:會|能|可以|可)?(?:賺|升(?!級|息)|漲(?!價)|大漲|大升|翻倍|翻身|發達|噴|起飛|贏|獲利)|穩賺|包賺|包升|包中"),
    ("banned_claim", "It says nothing can be lost.", r"(?:只|有)賺(?:不|冇|無|沒)(?:賠|蝕|虧|輸)|不可能(?:虧|賠|蝕|輸)|(?:絕|肯定|一定)(?:對)?(?:不會|唔會)(?:虧|賠|蝕|輸|跌)|只升不跌|只漲不跌|閉眼買|閉著眼買|無腦買|無腦進"),
    ("banned_claim", "It says there is no risk.", r"(?:零|無|冇|沒有|毫無)(?:任何)?(?:風險|下行風險)(?!利率|收益率|資產|報酬率|偏好|可言嗎|意識|管理|管控|概念)"),
    ("banned_claim", "It pumps.", r"躺(?:著|平)?賺|財務自由|財富自由|暴富|翻身機會|上車(?:機會|要快|啦|吧|！|!)|快(?:點|啲)?上車|最後(?:的)?(?:上車|入場|進場)?機會|錯過(?:了)?(?:就|便)?(?:沒|冇|無|再等|後悔|要等)|不買(?:就|會)?後悔|梭哈|滿倉(?:買|進|殺)|全倉(?:買|進|殺)|all[ -]?in(?![a-z])(?=\s?[一-鿿！。，])|(?<=[一-鿿])\s?all[ -]?in(?![a-z])|身家(?:全部)?押|十倍股|百倍股|妖股|飆股(?:名單|推薦)|即將(?:起飛|噴出|暴漲|暴升|爆發|翻倍)|準備(?:起飛|噴出|暴漲|暴升)|要(?:起飛|噴|暴漲|暴升)(?:了|啦)|(?:直|衝)上(?:雲霄|月球|外太空)|送分題|撿錢"),
    ("banned_claim", "It tells of hidden hands.", r"莊家(?:拉|入|出|護|要|已|準備|吸)|主力(?:即將|準備|要|正在)(?:拉|噴|進|吸)|有人(?:要|準備)(?:拉|炒)|報明牌|(?:獨家|保證)明牌"),
    ("insider_claim", "It claims inside knowledge.", r"內幕(?!交易(?:罪|是|違|屬|法|案))|內線(?!交易(?:罪|是|違|屬|法|案))(?:消息|情報|透露|人士)?|內部(?:消息|人士|情報|線報)|收到(?:風|消息)(?:指|話|說)|小道消息|(?:公司|管理層|高層)(?:的)?(?:朋友|熟人)(?:話|說|透露|告訴)|(?:朋友|親戚|同學|熟人)(?:在|喺)(?:裡面|裏面|入面|公司|內部|高層)[^。！？]{0,8}(?:話|說|透露|告訴)|未公開(?:的)?(?:消息|資料|資訊)|消息(?:仍|還|尚|都)?未公開"),
    ("banned_claim", "It promises a return.", r"絶対(?:に)?(?:儲か|上が|損しない)|必ず(?:儲か|上が|勝て)|元本保証|ノーリスク|損(?:は|を)?しません|爆上げ(?:確定|間違いなし)"),
    ("insider_claim", "It claims inside knowledge.", r"インサイダー情報|内部情報|未公開情報"),
)  # fmt: skip
_BANNED = tuple((code, reason, re.compile(pattern, re.IGNORECASE | re.ASCII)) for code, reason, pattern in _CLAIMS)

_CLAUSE = re.compile(r"[.!?;:。！？；，,\n、]|\bbut\b|但")
_DENIED = re.compile(
    r"\b(?:no|not(?! (?:joking|kidding|only|just))|never|nothing|nobody|none|nor|neither|without|isn['’]?t|aren['’]?t|wasn['’]?t|doesn['’]?t|don['’]?t|won['’]?t|can['’]?t|cannot|hardly|beware|avoid|ignore|distrust|wary|(?:such a |such )thing as|anyone (?:who )?(?:says|claims|promis\w+)|claims? of|talk of)\b"
    r"|不是|並非|并非|沒有|没有|不存在|不會有|唔係|冇|不保證|不能|不可|切勿|請勿|勿|別|絕非|並不|并不|不代表|不等於|哪有|豈有|不應|不要|不必|未必|不|非|所謂|什麼|號稱|標榜|聲稱|有人說|(?:如果|假如|若|假設|即使).{0,3}$|ではない",
    re.IGNORECASE | re.ASCII,
)
_DENIED_AFTER = re.compile(
    r"\s?(?:does not exist|doesn['’]?t exist|is a myth|嗎|吗|[？?]|的(?:事|投資|股票|生意)?(?:並|并)?不存在|(?:是|都是)(?:騙|假|不可能))",
    re.IGNORECASE,
)

_HAN = re.compile("[\u4e00-\u9fff]")

_FIGURE = r"(?:(?:HK|US|NT|A)?\$|[€£¥])?\s?\d[\d,.]*"
_NOT_A_PRICE = r"(?![\d.,]*\d|\s?[%億亿萬万個个年月日季家位間倍次天成隻檔]|\s?(?:percent|million|billion|bn|years?|months?|weeks?|days?|x\b))"
_BY = (
    r"end|year|christmas|summer|spring|autumn|fall|easter|new year|next|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|eoy|20\d\d|monday|friday|tomorrow|earnings"
)
_TARGET = re.compile(
    r"\b(?:will|is going to|['’]s going to|gonna|must|shall|is headed|headed|on its way|bound)\s(?:\w+\s){0,2}?"
    r"(?:(?:hit|reach|touch|break|trade at|rise|climb|soar|jump|rally|go up)\s(?:above\s|past\s|over\s|to\s|by\s)?"
    rf"|(?:test|pass|cross|see|to|be|be at|be worth)\s(?=\w{{0,3}}[$€£¥])){_FIGURE}{_NOT_A_PRICE}"
    rf"|\b(?:is|['’]s|are) (?:going|headed|heading|on its way) (?:to|for) (?:above )?(?:HK|US|NT|A)?[$€£¥]\s?\d[\d,.]*{_NOT_A_PRICE}"
    rf"|(?:HK|US|NT|A)?\$\s?\d[\d,.]*\s(?:by|before)\s(?:the\s)?(?:{_BY})\b"
    rf"|\b(?:price target|target price|target(?=\W[^.!?\n]{{0,4}}[$€£¥]))(?:\sis|\sof|:|\s=|\sat)?\s{_FIGURE}{_NOT_A_PRICE}"
    r"|(?:將|會|必|一定|肯定|勢必|即將|要)(?:會|能|可|定)?再?大?(?:升|漲|衝|站上|突破|攻上|去到|上到|挑戰)(?:穿|到|至|上|破|回)?\s?"
    rf"{_FIGURE}{_NOT_A_PRICE}"
    rf"|(?:上望|上看|睇|直指|挑戰|喊到)\s?{_FIGURE}\s?(?:元|蚊|塊|港元|美元|點)"
    rf"|目標(?:價|位)(?:是|為|:|定在|看|上看|直指|睇|訂|喊到)?\s?{_FIGURE}{_NOT_A_PRICE}"
    rf"|目標(?:是|為|:|看|上看|直指|睇)?\s?{_FIGURE}\s?(?:元|蚊|塊|港元|美元|點)",
    re.IGNORECASE | re.ASCII,
)
_SOURCED = re.compile(
    r"\b(?:analysts?|consensus|according to|brokers?|brokerage|estimates?|street|average|mean|median|banks?|guidance|guided|management|if|whether|could|may|might|expects?|expected|forecasts?|survey|would)\b"
    r"|分析師|券商|大行|投行|外資|法人|市場預期|市場普遍|共識|平均|中位|預期|預估|預測|估計|指引|管理層|公司預|如果|若|假如|可能|或會|或將|或可|有望|報告|嗎|\?",
    re.IGNORECASE | re.ASCII,
)
_SENTENCE_ENDS = re.compile(r"\.(?=\s|$)|[!?。\n]")


def banned(text: str) -> Iterator[Fault]:
    """Faults for every banned claim, and for every price to come that is stated as a fact."""
    plain = folded(text).translate(_TRADITIONAL)
    taken: set[int] = set()
    for code, reason, pattern in _BANNED:
        for match in pattern.finditer(plain):
            if match.start() not in taken and not _denied(plain, match):
                taken.update(range(*match.span()))
                yield Fault(code, reason, text[match.start() : match.end()], match.start())
    for match in _TARGET.finditer(plain):
        if not _SOURCED.search(_sentence(plain, match)):
            yield Fault("price_target", "A price to come is stated as a fact.", text[match.start() : match.end()], match.start())


def _denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words before it in the same clause, or those right after, take it back."""
    reach = 10 if _HAN.search(match[0]) else 40
    before = _CLAUSE.split(text[max(0, match.start() - reach) : match.start()])[-1]
    return bool(_DENIED.search(before) or _DENIED_AFTER.match(text, match.end()))


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, match.start())), default=0)
    end = _SENTENCE_ENDS.search(text, match.end())
    return text[start : end.end() if end else len(text)]
