"""More ways to say what no stock post may claim: sums that grow, turns of phrase, homophones and spelling by sound."""

from __future__ import annotations

from shared.text.fault_codes import Code

_MONEY = r"[$€£¥]?\d[\d,.]{0,12}\s?(?:k|m|grand|bucks|dollars)?"
_SOMEONE = r"(?:buddy|friend|mate|cousin|brother|sister|uncle|aunt|dad|mom|wife|husband|neighbou?r|roommate|colleague|contact|guy|source|someone|somebody)"
_ROOM = (
    r"(?:board|procurement|finance|legal|accounting|management|c-suite|purchasing|sales team|treasury|audit|exec(?:utive)? team)"
)
_MONEY_ZH = "[一二兩三四五六七八九十百千萬\\d]{1,6}"
_EVERY_ZH = "(?:每個月|每月|月月|年年|天天|每天|每週|每年)"
_DO_ZH = "(?:買|賣|進場|上車|佈局|布局|加碼|出場|清倉|建倉|抄底|入手)"

IDIOMS: tuple[tuple[Code, str, str], ...] = (
    ("banned_claim", "It promises a return.", rf"\b(?:put in|invest|drop|throw in|start with|turn(?:s|ed|ing)?)\b[^.!?\n]{{0,12}}{_MONEY}[^.!?\n]{{0,24}}\b(?:walk away with|get back|turns? into|becomes?|take home|into|come out with)\b[^.!?\n]{{0,10}}{_MONEY}"),
    ("banned_claim", "It promises a return.", r"\bworst case,? you(?:'ll)? (?:double|triple|win|gain|profit|make|break even)\b|\b(?:mathematically|literally|physically|practically|basically) impossible (?:for (?:this|it|the stock) )?to (?:go down|drop|fall|lose|fail)\b|\bdownside\?\s?(?:there(?:'s| is) )?(?:none|zero|nada|nothing)\b|\b(?:i'd|i would|i'll|would) bet (?:my|the|your) (?:house|life|farm|savings|car)\b"),
    ("banned_claim", "It promises a return.", r"\brisk[- ]?free (?:yields?|returns?|income) of \d|\b\d{1,3}(?:\.\d{1,2})?% ?(?:yields?|returns?|a month|per month|a week|per week)[^.!?\n]{0,12}\b(?:paid|every|guaranteed|like clockwork)\b|\bpaid (?:out )?(?:weekly|daily|every week|every day)\b[^.!?\n]{0,20}\b(?:no|zero|without)\b"),
    ("banned_claim", "It promises a return.", f"{_EVERY_ZH}[^。！？!?，,\\n]{{0,4}}(?:領|賺|進帳|入袋|收)(?:個|到)?{_MONEY_ZH}|閉(?:著|上)?眼(?:睛)?(?:都|也)(?:行|賺|能|可以)|(?:翻|漲|賺)[^。！？!?，,\\n]{{0,6}}(?:沒|無|冇|毫無)懸念|本金[^。！？!?，,\\n]{{0,3}}(?:安全|不會少|無憂|不動)|(?:收益|報酬|獲利)(?:寫死|鎖死|焊死)|(?:就是|等於|當|簡直|根本是)(?:提款機|印鈔機|搖錢樹|金雞母|聚寶盆)|(?:跌|虧|賠)了?(?:我|算我)(?:賠|的|負責)|不(?:漲|噴|賺)我[^。！？!?，,\\n]{{0,6}}"),
    ("banned_claim", "It promises a return.", "[文吻溫飽苞胞](?:賺|撰)(?=不|啦|喔|哦|的|$|[，。！!、])|[穩包必](?:撰|轉)(?=不賠|不虧|啦|$)|(?<![a-z])(?:wen|bao|bi) ?(?:zhuan|zhang|ying)(?![a-z])|(?:穩|包|必) ?zhuan"),
    ("banned_claim", "It pumps.", r"\bif you (?:don't|do not|ain't|aren't) (?:own|have|hold|buy|in|holding|buying)[^.!?\n]{0,30}\b(?:that's on you|don't cry|don't complain|don't come crying|you deserve|you'll cry|good luck)|\b(?:smash|hit|slam|press|mash|pound|hammer) (?:that|the|your) (?:buy|sell)(?: button)?\b|\bcry later\b"),
    ("banned_claim", "It pumps.", f"市價(?:追|敲|買|掃|進)(?:就|下去|了)|(?:全部|通通|統統|全)(?:清掉|賣掉|砍掉|出清|換掉)[^。！？!?，,\\n]{{0,3}}(?:換|買|轉)|(?:現在|此時|這時)?不{_DO_ZH}(?:更待何時|還等|等什麼|等啥|更待)|(?:各位|大家|朋友們?|散戶們?)(?:現在|都|就)?(?:可以|該|能){_DO_ZH}(?:囉|了|啦|吧|嘍)|(?:建議|推薦)(?:大家|各位|你們?)?(?:現價|市價|逢低|分批|開盤|盤中|直接){_DO_ZH}|趁(?:現在|還)[^。！？!?\\n]{{0,8}}快?{_DO_ZH}|無腦{_DO_ZH}"),
    ("insider_claim", "It claims inside knowledge.", rf"\b{_SOMEONE}s? (?:who(?:'s| is| works)? )?(?:on|in|at|from) (?:the |their )?{_ROOM}\b[^.!?\n]{{0,40}}\b(?:told|says?|said|saw|seen|already|confirmed|hinted|knows?)\b|\bfrom (?:the )?inside\b[^.!?\n]{{0,12}}(?:don't|do not|keep|hush|shh)"),
    ("insider_claim", "It claims inside knowledge.", "(?:先|早)(?:知道|收到消息|得到消息)的(?:人|都)[^。！？!?\\n]{0,8}(?:進場|買|上車|卡位|跑)|消息(?:還|尚|都還)?(?:沒|未|沒有)(?:放|釋|流|傳)出|上(?:面|頭)(?:的人)?(?:交代|說了|講了|放話|指示|有交代)|(?:別|不要|勿)(?:外傳|外流|聲張)|(?:司機|祕書|秘書|特助|助理|保全|看護)(?:跟我|對我|偷偷|私下)?(?:說|講|透露)"),
    ("accusation", "It accuses somebody of a wrong.", "(?:會計師|審計師|簽證|事務所)[^。！？!?，,\\n]{0,4}(?:收錢|收賄|放水|護航|睜眼)|配合(?:做|作)帳|(?:老闆|董事長|公司派|大股東|主力)[^。！？!?，,\\n]{0,4}(?:炒股|坑|倒貨給散戶)"),
    ("accusation", "It accuses somebody of a wrong.", r"\b(?:scammer|crook|crooked|thieving|lying|fraudster|conman|con artist)s? (?:ceo|cfo|chairman|boss|bosses|management|founder|company|executives?)\b"),
)  # fmt: skip
