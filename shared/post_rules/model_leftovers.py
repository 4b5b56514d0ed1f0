"""What a model leaves behind: refusals, greetings, markup, empty places, its own instructions, a sentence cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shared.text.fault_codes import Code, Fault
from shared.text.folding import fold, folded
from shared.text.prompt_echo import PROMPT_DATA, SAMPLE_WIDTHS, quoted_run
from shared.text.word_count import length

_REFUSAL = re.compile(
    folded(
        r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b|\bi(?:['’]m| am) (?:just )?an? (?:ai|language model)\b"
        r"|\bi(?:['’]m| am) (?:sorry|unable)\b[^.!?\n]{0,40}\b(?:can['’]?t|cannot|unable|not able|to (?:write|help|provide|assist))"
        r"|\bi (?:can['’]?t|cannot|won['’]?t|am not able to) (?:help(?! (?:but|feeling|thinking|wondering|noticing|it|myself))|assist|comply|fulfil+|write|create|generate|provide)\b[^.!?\n]{0,40}\b(?:request|post|content|that|this|advice)\b"
        r"|(?:作為|作为|身為|身为)(?:一個|一个|一名)?\s?(?:AI|人工智[能慧]|大?型?語言模型|大?语言模型)|我(?:只)?是(?:一個|一个)?\s?(?:AI|人工智[能慧]|語言模型|语言模型)"
        r"|(?:抱歉|對不起|对不起)[，,]?\s?我(?:無法|无法|不能|沒辦法)|AIとして"
    ),
    re.IGNORECASE,
)
_LEFTOVER = re.compile(
    r"\A\s*(?:sure|certainly|of course|absolutely|okay|ok|great)[,!.:]+\s+(?:here|i['’]|below|let)[^\n]*"
    r"|^[ \t]*(?:here(?:['’]s| is| are)|below is)\s[^\n]{0,40}\b(?:post|version|draft|text|rewrite|revision|analysis)\b[^\n]{0,40}:\s*$"
    r"|^[ \t]*(?:\*\*)?(?:title|post|body|content|version|draft|option|angle|outline|word count|characters?|language|output|revised(?: post)?|final(?: post)?)(?:\s*\d+)?(?:\*\*)?\s?[:：]"
    r"|\blet me know if (?:you|this)|\bhope this helps\b|\bwould you like me to\b|\(\s?(?:word count|words?|\d+ words)[^)\n]{0,20}\)|<\|[a-z_]+\|>"
    r"|\A\s*(?:好的|當然|当然|沒問題|没问题)[，,！!。]\s?(?:以下|這是|这是|這裡|这里)[^\n]*|^[ \t]*(?:以下|下面|這|这)(?:是|為|为)[^\n]{0,20}(?:貼文|帖文|帖子|版本|內容|内容|文章|改寫|改写)[^\n]{0,10}[:：]?"
    r"|^[ \t]*(?:標題|标题|貼文|帖文|正文|內文|版本|角度|大綱|大纲|字數|字数|修改後|修订版)\s?[\d一二三四五]?\s?[:：]|(?:（|\()\s?(?:全文)?(?:約|共)?\s?\d+\s?字\s?(?:）|\))|希望(?:這|这)(?:對|对)(?:你|您)有(?:幫助|帮助)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    r"```|~~~|\*\*[^*\n]+\*\*|(?<!\w)__[^_\n]+__(?!\w)|^[ \t]{0,3}#{1,6}\s+\S|!?\[[^\[\]\n]{1,300}\]\([^()\n]{1,600}+\)|^[ \t]*\|.+\|\s*$|^[ \t]*>\s|</?(?:b|i|p|br|div|span|strong|em|ul|li|h[1-6])\b[^<>\n]*+>|\A\s*[{\[]\s*\"|`[^`\n]+`",
    re.MULTILINE,
)
_BLANK = (
    r"(?:(?:insert|enter|your|the|add)[ _])*(?:stock|ticker|symbol|company|name|price|target|date|topic|number|figure|amount|percent(?:age)?|link|url|hashtag|"
    r"author|persona|sector|todo|tbd|fact|value|currency)s?(?:[ _](?:name|code|price|date|symbol|here|target|number|1|2|3))*"
    r"|(?:某|請|请|填入|填寫|填写|插入|輸入|输入|你的|您的|具體|具体)*(?:股票|公司|價格|价格|股價|股价|日期|數字|数字|數據|数据|連結|链接|名稱|名称|代號|代号|代碼|代码)(?:名稱|名称|代號|代号|代碼|代码)?"
)
_PLACEHOLDER = re.compile(
    rf"[\[［【<＜]\s?(?:{_BLANK})\s?[\]］】>＞]|\{{\{{[^{{}}\n]{{1,40}}\}}\}}|(?-i:\{{[a-z_]{{2,30}}\}})|\$\{{\w+\}}|(?<![A-Za-z0-9$])(?-i:X{{2,}}(?:\.X+)?)(?![A-Za-z0-9])|_{{3,}}|○{{2,}}|ＸＸ+",
    re.IGNORECASE,
)
_PAIRS = {"(": ")", "（": "）", "「": "」", "『": "』", "《": "》", "【": "】", "“": "”", "[": "]"}
_ENDS = re.compile(r"[.!?…。！？｡～~」』”\"')）】》:;)][^\w.!?…。！？｡～~」』”\"')）】》:;]*+\Z")
_HANGING = re.compile(
    r"(?:[,，、:：;；(（「『《【“\-–—&+/]|\b(?:and|or|but|the|a|an|of|to|in|with|for|that|because|which|by|as|is|are|from)|(?<=[^\s])(?:和|與|及|或|但|因為|因为|而且|以及|由於|如果|並且))\s*\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)|[。！？]")
_TAIL = re.compile(
    r"(?<!\s)(?:\s*+(?:[#＃]\w{1,100}+|(?:https?://|www\.)\S{1,300}+|[^\w\s.!?…。！？｡,，、:：;；()（）「」『』《》【】“”\"'\-–—&+/~～])){1,40}\s*+\Z"
)
_LIST_ITEM = re.compile(r"\s*(?:[-•*·▪✅👉]|\d{1,2}[.)、．])")
_CASUAL = re.compile(
    r"(?:\b(?:lol|haha+|tho|though|etc|imo|imho|tbh|btw|fwiw|thx|thanks|cheers|folks|guys|all)|[吧嗎吗呢啊呀啦喔哦囉嘛哈笑囧㗎咩喇噃])\s*\Z",
    re.IGNORECASE,
)
"""How people end a line without a stop."""
_SHORT_LINE = 6
"""Units of a last line that is a heading or a greeting, not a sentence."""


_KINDS: tuple[tuple[Code, str, re.Pattern[str]], ...] = (
    ("leftover", "Words about the post instead of the post.", _LEFTOVER),
    ("markup", "Markup that a forum shows as it is.", _MARKUP),
    ("placeholder", "A place that was never filled in.", _PLACEHOLDER),
)


def leftover_faults(body: str, instructions: str, samples: Sequence[str] = ()) -> Iterator[Fault]:
    """Faults for everything that is not part of a post. `instructions`: the prompt, without the facts and style samples."""
    plain = fold(body)
    for match in _REFUSAL.finditer(plain.text):
        begin, stop = plain.span(*match.span())
        yield Fault("refusal", "The model speaks of itself or refuses.", body[begin:stop].strip(), begin)
    for code, reason, pattern in _KINDS:
        for match in pattern.finditer(body):
            yield Fault(code, reason, match[0].strip(), match.start())
    if quoted := quoted_run(body, instructions):
        yield Fault("quoted_prompt", "The instructions are repeated in the text.", quoted)
    if samples and (quoted := quoted_run(body, "\n".join(samples), SAMPLE_WIDTHS)):
        yield Fault("quoted_prompt", "A sample of the persona's is repeated in the text.", quoted)
    for match in PROMPT_DATA.finditer(body):
        yield Fault("quoted_prompt", "Data of the prompt stand in the text.", match[0].strip(), match.start())
    yield from _unfinished(body)


def _unfinished(body: str) -> Iterator[Fault]:
    """A bracket or quotation never closed; an end in a comma or a joining word; a last sentence without the stop that others have."""
    for opening, closing in _PAIRS.items():
        # "1)" and ":)" close what nothing opened: only what stays open is a cut.
        if body.rfind(opening) > body.rfind(closing):
            yield Fault("unfinished", f"{opening} is never closed.", body[body.rfind(opening) :][:40], body.rfind(opening))
            return
    bare = body.rstrip()
    text = _TAIL.sub("", bare).rstrip()
    text = text if text == bare else text.rstrip(":： ")  # "More here: https://…" is an end
    last = text.rsplit("\n", 1)[-1]
    if not text:
        return
    if _HANGING.search(text):
        yield Fault("unfinished", "It ends in the middle of a sentence.", last[-40:], len(text) - len(last[-40:]))
        return
    stops = len(_SENTENCE_END.findall(text))
    if (
        stops
        and not _ENDS.search(text)
        and not _CASUAL.search(text)
        and not _LIST_ITEM.match(last)
        and length(last) > _SHORT_LINE
    ):
        yield Fault("unfinished", "The last sentence has no end.", last[-40:], len(text) - len(last[-40:]))
