"""The angles, outlines and traits, in English and Traditional Chinese."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """An angle in one language: what it is, and the steps of its outline."""

    angle: str
    outline: tuple[str, ...]


Row = tuple[str, Wording, Wording]

INTERACTION: tuple[Row, ...] = (
    ("own_choice",
     Wording("what you would do in the readers' place, and why you hesitate", ("open with the choice itself", "one fact that pulls each way", "say where you lean", "ask for theirs")),
     Wording("換作是你會怎樣選，又為何猶豫", ("先說出這個選擇", "正反各一個事實", "說出自己的傾向", "請讀者說他們的"))),
    ("surprise",
     Wording("the one supplied fact that you did not expect", ("open with that fact", "what you had thought before", "what may explain it", "ask who saw it coming")),
     Wording("資料之中最出乎意料的一點", ("由那一點說起", "之前以為會怎樣", "可能的原因", "問有誰早就料到"))),
    ("devils_advocate",
     Wording("argue against the popular view, fairly", ("state the popular view in one line", "the best reason to doubt it", "admit what speaks for it", "invite a rebuttal")),
     Wording("唱反調，但講道理", ("一句話說出主流看法", "最有力的質疑", "承認對方有理之處", "請人反駁"))),
    ("memory",
     Wording("a habit or mistake of your own that this brings back, without any figure of your own", ("a short scene from your investing life", "what it taught you", "how it fits today's topic", "ask for readers' stories")),
     Wording("由自己的習慣或失誤說起，不用自編數字", ("投資路上的一個小場景", "學到什麼", "和今天的主題有何關係", "請讀者分享經歷"))),
    ("newcomer",
     Wording("explain it to somebody who just started", ("the question a beginner would ask", "answer in plain words", "what even experts do not know", "ask how readers would explain it")),
     Wording("向剛入市的人解釋", ("新手會問的問題", "用白話回答", "連專家也說不準之處", "問讀者會怎樣解釋"))),
    ("two_camps",
     Wording("the two camps in the discussion", ("describe camp one", "describe camp two", "what would prove each wrong", "ask which camp readers are in")),
     Wording("討論中的兩個陣營", ("第一派的理由", "第二派的理由", "什麼會證明他們錯", "問讀者站哪邊"))),
    ("single_number",
     Wording("only one supplied figure, turned over from all sides", ("the figure alone", "what it hides", "what it would need to mean something", "ask which figure readers watch")),
     Wording("只談一個已提供的數字", ("先放這個數字", "它遮住了什麼", "還要知道什麼才有意義", "問讀者看哪個數字"))),
    ("everyday",
     Wording("what shows of it in everyday life", ("something seen or heard outside the market", "the link to the company", "why it may mislead", "ask what readers see around them")),
     Wording("日常生活中看得到的蛛絲馬跡", ("市場以外的見聞", "與公司的關係", "為何可能誤導", "問讀者身邊的情況"))),
    ("checklist",
     Wording("three things you check before you make up your mind", ("why a list at all", "the three checks, short", "the one people skip", "ask for a fourth")),
     Wording("下決定之前必看的三件事", ("為何要有清單", "三項，短短說", "最多人略過的一項", "請讀者補第四項"))),
    ("what_next",
     Wording("the next thing that will tell who is right", ("what is still open", "the sign to wait for", "how you would read it either way", "ask what readers wait for")),
     Wording("接下來什麼會見真章", ("還未有答案的問題", "要等的訊號", "兩種結果各怎樣看", "問讀者在等什麼"))),
    ("patience",
     Wording("doing nothing as a decision", ("how strong the wish to act is", "what argues for waiting", "what would end the wait", "ask who sits still too")),
     Wording("不動也是一種決定", ("想出手的衝動", "等待的理由", "什麼會令你不再等", "問有誰一樣按兵不動"))),
    ("wording",
     Wording("a word that everybody uses about this stock, and what it really says", ("the word", "what people mean by it", "what the facts say", "ask for a better word")),
     Wording("人人掛在嘴邊的一個詞，到底說了什麼", ("那個詞", "大家用它指什麼", "資料怎麼說", "請讀者給個更好的詞"))),
)  # fmt: skip
"""Posts that ask their readers something."""

ANALYSIS: tuple[Row, ...] = (
    ("drivers",
     Wording("which part of the business moved the result", ("the result in one line", "the part that moved it", "whether that can go on", "what would change the view")),
     Wording("業績由哪一塊業務帶動", ("一句話說結果", "帶動的業務", "能否持續", "什麼會改變看法"))),
    ("margins",
     Wording("quality of earnings before their size", ("start from margin or cash, not from sales", "what holds it up", "what could press on it", "the balance in one sentence")),
     Wording("先看盈利質素，再看大小", ("由利潤率或現金說起", "靠什麼撐住", "什麼會壓低它", "一句話總結"))),
    ("expectations",
     Wording("what was already in the price", ("how the market took it", "what it must have expected", "where facts and expectation part", "the risk on either side")),
     Wording("股價早已反映了什麼", ("市場的反應", "之前必然的預期", "事實與預期的落差", "兩邊的風險"))),
    ("bear_case",
     Wording("the risks first", ("the most serious risk", "how it would show in the figures", "what softens it", "why the case may still fail")),
     Wording("先講風險", ("最大的風險", "會怎樣反映在數字上", "有何緩衝", "為何未必成真"))),
    ("bull_case",
     Wording("the best honest case, with its price", ("the strongest fact", "why it may last", "what has to be paid for it", "the sign that it is over")),
     Wording("最有力的看好理由，與代價", ("最強的事實", "為何可以延續", "要付出什麼", "結束的訊號"))),
    ("comparison",
     Wording("this period against the one before, by the supplied facts only", ("what changed most", "what stayed", "which change is noise", "what the next period must show")),
     Wording("只用已提供的資料，今期比上期", ("變得最多的", "沒有變的", "哪些只是雜音", "下一期要證明什麼"))),
    ("scenarios",
     Wording("two scenarios without forecasts in figures", ("the fork in the road", "scenario one and its sign", "scenario two and its sign", "which one you watch for")),
     Wording("兩個情境，不作數字預測", ("分岔路口", "情境一與訊號", "情境二與訊號", "你在留意哪一個"))),
    ("cycle",
     Wording("where in its cycle the industry stands", ("a sign of the cycle", "what early and late look like", "which fits the facts", "how the company would fare in a turn")),
     Wording("行業走到週期的哪一段", ("一個週期訊號", "早段與後段的樣子", "資料較像哪段", "轉勢時公司會怎樣"))),
    ("capital",
     Wording("what the company does with its money", ("where the money goes", "what it gives up for that", "what it says about management", "what to look for in the next report")),
     Wording("公司怎樣用錢", ("錢去了哪裡", "因此放棄了什麼", "反映管理層怎樣想", "下份報告要看什麼"))),
    ("customers",
     Wording("from the customers' side", ("who pays and for what", "what they would do without it", "what could make them leave", "what that means for the figures")),
     Wording("從客戶的角度看", ("誰付錢、為了什麼", "沒有它會怎樣", "什麼會令他們離開", "對數字的意義"))),
    ("open_questions",
     Wording("what the figures do not say", ("the figure everybody quotes", "two questions it leaves open", "how to find out", "until then: what is safe to say")),
     Wording("數字沒有說的事", ("人人引用的數字", "它留下的兩個問題", "怎樣找答案", "在此之前可以說什麼"))),
    ("timeline",
     Wording("in the order of events", ("how it began", "what the latest news adds", "what is due next", "the point at which to decide")),
     Wording("按時間先後說", ("怎樣開始", "最新消息添了什麼", "之後會有什麼", "該作決定的一刻"))),
)  # fmt: skip
"""Posts that explain."""

TRAITS: dict[str, tuple[str, str]] = {
    "dry": ("dry humour, one understated remark", "冷面幽默，一句輕描淡寫"),
    "plain": ("short plain sentences, no jargon", "短句白話，不用術語"),
    "doubting": ("doubts aloud, corrects itself once", "把疑問說出口，中途修正自己一次"),
    "warm": ("warm and personal, speaks to one reader", "親切，像對一位讀者說話"),
    "blunt": ("blunt, opinion first", "直接，先下判斷"),
    "storyteller": ("begins with a scene, then the point", "先有場景，再說重點"),
    "careful": ("weighs every statement, names what is unknown", "字斟句酌，說明未知之處"),
    "curious": ("thinks in questions", "用問題來思考"),
    "teacher": ("explains with one comparison from daily life", "用一個生活例子解釋"),
    "terse": ("terse, fragments allowed, no filler", "精簡，可用短語，不說廢話"),
    "calm": ("slow and calm, long view", "平靜，看長線"),
    "wry": ("teases its own opinions", "愛自嘲"),
}
"""English, Traditional Chinese."""
