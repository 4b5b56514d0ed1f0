"""Claims that no stock post may hold by who does what, and by more turns of phrase: a wider net, for wordings that nobody has listed."""

from __future__ import annotations

from shared.text.fault_codes import Code

_WITHIN = r"[^.!?\n]"
_WITHIN_ZH = "[^。！？!?，,\\n]"
_BOSS = r"(?:ceo|cfo|coo|chairman|chairwoman|founders?|management|executives?|directors?|board|owners?|boss(?:es)?|company|firm|insiders|they|auditors?)"
_WRONG = r"(?:rob(?:bed|bing|s)|steal(?:ing|s)?|stole|scam(?:med|ming|mers?|s)?|con (?:man|men|artists?)|crooks?|thie(?:f|ves)|swindl\w{1,4}|fleec\w{1,3}|loot\w{1,3}|embezzl\w{1,4}|launder\w{1,3}|brib\w{1,3}|defraud\w{0,3}|pocket(?:ed|ing) (?:our|shareholders|investors)|fooling (?:us|everyone|investors)|lied to|lying to)"
_BOSS_ZH = "(?:董座|董事長|董事会|老闆|老板|老細|財務總監|財務長|總經理|執行長|CEO|CFO|管理層|高管|高層|經營團隊|大股東|公司派|主席|創辦人|創始人|這公司|這家公司|公司從上到下|公司上下)"
_WRONG_ZH = "(?:騙子|騙錢|坑死|坑人|坑殺|掏空|捲(?:款|錢)|卷(?:款|錢)|跑路|造假|作假|做假|偷錢|黑錢|撈錢|污錢|貪|詐|黑心|老千|人渣|左手(?:賣|倒|換)右手|罪犯|小偷|賊)"
_NUMBERS_ZH = "(?:營收|財報|數字|業績|訂單|盈利|獲利|帳目|盤數|報表)"
_KIN = r"(?:wife|husband|partner|brother|sister|cousin|uncle|aunt|father|dad|mother|mom|friend|buddy|neighbou?r|roommate|colleague|supplier|customer|contact|someone|employee|engineer|accountant|lawyer)"
_KIN_ZH = "(?:老婆|老公|太太|先生|朋友|同學|親戚|表[哥弟姊妹]|堂[哥弟姊妹]|舅舅?|叔叔?|阿姨|鄰居|供應商|客戶|員工|工程師|司機|同事|學長|學弟|學姊|業務|內部朋友|內部員工|裡面的人)"
_HIDDEN = r"(?:unreleased|unpublished|undisclosed|internal|confidential|non-?public|leaked|not yet (?:public|released|announced))"
_DEAL_ZH = "(?:併購|下市|收購|停牌|增資|減資|庫藏股|大單|漲停|暴漲|爆發|重大消息)"
_TRADE_ZH = "(?:下單|買進|買|衝|上車|進場|抄底|掃貨|敲進)"
_LEAVE_ZH = "(?:倒掉|出掉|丟掉|砍掉|賣掉|清掉|下車|跑|走人|出清)"
_SOON_ZH = "(?:趕緊|趕快|快點?|馬上|立刻|立馬|即刻|火速|現在就)"

GRAMMAR: tuple[tuple[Code, str, str], ...] = (
    ("accusation", "It accuses somebody of a wrong.", rf"\b{_BOSS}\b{_WITHIN}{{0,24}}\b{_WRONG}\b|\b(?:booked|reported|invented|recorded) (?:revenues?|sales|orders|profits?|customers) that (?:never|do(?:es)?n't|didn't|don't) exist|\b(?:every|each|all) (?:single )?(?:numbers?|figures?|lines?|pages?)\b{_WITHIN}{{0,24}}\b(?:is|are) (?:a |all )?(?:lies?|fake|false|made up|fiction)\b"),
    ("accusation", "It accuses somebody of a wrong.", f"{_BOSS_ZH}{_WITHIN_ZH}{{0,8}}{_WRONG_ZH}|{_NUMBERS_ZH}{_WITHIN_ZH}{{0,3}}(?:灌出|灌水|假的|編的|編出|吹出|捏造|虛構|做出來)"),
    ("insider_claim", "It claims inside knowledge.", rf"\b(?:my|our|a|the) {_KIN}\b{_WITHIN}{{0,30}}\b(?:whispered|tipped|let slip|leaked|confided|gave me a heads-up|hinted)\b|\b(?:my|our) {_KIN} (?:is|works?|sits?|worked)\b{_WITHIN}{{0,10}}\b(?:their|the) (?:accounting|finance|board|factory|plant|company|firm|office|legal|audit|sales)\b|\bi (?:was|were|got|'ve been|have been)? ?(?:shown|saw|seen|read|handed|got)\b{_WITHIN}{{0,16}}\b{_HIDDEN}\b|\b(?:they|company|management) (?:haven't|hasn't|have not|has not) told (?:the market|anyone|investors|anybody)|\b(?:the market|nobody|no one) (?:doesn't|does not|won't)? ?knows? (?:this |it |about it )?yet\b"),
    ("insider_claim", "It claims inside knowledge.", f"{_KIN_ZH}{_WITHIN_ZH}{{0,4}}(?:偷偷|私下|悄悄|透露|爆料|洩漏|洩露)|(?:我|咱)(?:的)?{_KIN_ZH}(?:就)?在(?:他們|那|該|這家|公司|裡面){_WITHIN_ZH}{{0,10}}[，,]?(?:說|講|透露){_WITHIN_ZH}{{0,4}}(?:這季|下季|財報|營收|訂單|業績|獲利|賺|漲|併購|大單)|(?:還沒|尚未|未)(?:公布|公佈|公開|發布)的(?:數字|財報|消息|訂單|合約|營收|獲利)|(?:市場|大家|外面|散戶|外界)(?:都)?(?:還|尚)(?:不知道|不曉得|沒反應|沒發現)|(?:聽到|得知|收到風)(?:說)?(?:要|會|將)?{_DEAL_ZH}"),
    ("banned_claim", "It pumps.", rf"(?:^|[.!?;:\n]\s{{0,3}}|\b(?:just|and|stop \w{{2,12}} and|go|please|yourself a favou?r and)\s)(?:place|enter|put in) (?:the|your|an?) orders?\b|\b(?:liquidate|exit|dump|close|unwind) (?:your|all|the)(?: \w+)? (?:positions?|shares|stake|holdings?)\b{_WITHIN}{{0,12}}\b(?:now|today|immediately|asap|at once)\b|\bhit the (?:bid|ask)\b|\b(?:go|going) (?:long|short) (?:now|today|immediately|asap)\b|\bgrab (?:as many|all the|every|some) shares?\b"),
    ("banned_claim", "It pumps.", f"(?:別看了|別想了|還看什麼|還想什麼|別猶豫|不要猶豫|別磨嘰)[，,！!\\s]{{0,2}}{_TRADE_ZH}?|(?:今天|現在|這裡)沒(?:買|上車|進場?)的{_WITHIN_ZH}{{0,4}}(?:哭|後悔|可惜|等著)|{_SOON_ZH}{_WITHIN_ZH}{{0,2}}{_LEAVE_ZH}|{_LEAVE_ZH}[，,]?(?:馬上|立刻|現在)|清倉走人|(?:就是|正是)買點[，,！!\\s]{{0,2}}(?:衝|上|買|進|快)|買進就對了|跟(?:著)?我(?:進|買|出|做)"),
    ("banned_claim", "It promises a return.", r"\byou(?:'ll| will) be sitting on\b|\bhow many (?:multiples|x|baggers|times your money) you\b|\b(?:have to|need to) try (?:hard|really hard) to lose\b|\b(?:every|each) (?:dip|trade|time|week)\b[^.!?\n]{0,12}\bpays\b[^.!?\n]{0,8}\b(?:every|always)\b|\b(?:this|that) (?:one|stock|name|thing) prints\b|\bi (?:personally |hereby )?(?:guarantee|promise|swear)(?: you| it| that)? [^.!?\n]{0,10}\d|\b(?:profits?|gains?|returns?|upside) (?:is|are) (?:baked in|locked in|in the bag|a given|written in stone|already yours)\b"),
    ("banned_claim", "It promises a return.", "(?:[一兩二三半\\d]{1,2}|半)(?:個)?(?:月|年|週|周|天)(?:內|就|能|可|包|穩)?(?:回本|翻身|翻倍|翻番|財富自由)(?!的|要|不)|(?:會|就|能|要)變(?:成)?[兩二三四五十\\d]{1,2}倍|怎麼(?:可能)?(?:會)?(?:輸|賠|虧)(?:[？?]|$)|第二份薪水|保底(?:年化|報酬|收益|利率|\\d)|(?:年底|明年|過年)換(?:車|房|套房|新車)|(?:大口|閉眼|躺著|等著)吃肉"),
)  # fmt: skip

_CLAUSE = r"(?:(?<=,)|(?<=, )|(?<=[-–—] ))"
_BEHIND = _CLAUSE + r"(?:(?:so|and|then|just|go|now|please|everyone) ){0,2}"
_TRADE = r"(?:buy|sell|short|grab|add|dump|get in|all in|pile in|jump in|load up|scoop up|snap up|hop on|climb aboard|go long|go short)"
_WHAT = r"(?: (?:it|this|in|more|some|big|hard|the dip|shares?|the stock|this stock|here|everything(?: else)?|all you can|with both hands|to (?:your|the) (?:position|stake)))"
_WHEN = r"(?: (?:right |straight )?(?:now|today|tonight|tomorrow|immediately|at once|asap|this week|fast|quick(?:ly)?|before (?:it's too late|[^.!?,\n]{1,20})))"
_URGED_ZH = "(?:趕緊|趕快|儘快|盡快|火速|立刻|立馬|馬上|大膽|放心|重倉|直接|無腦|果斷|閉眼|逢低)"
_TRADES_ZH = "(?:買進|買入|買|進場|入場|加碼|加倉|做多|做空|放空|賣出|清倉|上車|建倉|抄底|押|追|下單)"

MIXED: tuple[tuple[Code, str, str], ...] = (
    ("banned_claim", "It pumps.", rf"{_BEHIND}{_TRADE}(?:{_WHAT}?{_WHEN}(?=\s?(?:[!.,;]|$))|{_WHAT}?(?=\s?!))|(?:{_CLAUSE}|\b(?:it's|it is|now is(?: the)?|now's(?: the)?|high) )time to (?:buy|sell|short|load up|get in|get out|dump)\b{_WHAT}{{0,2}}{_WHEN}?(?=\s?(?:[!.,;]|$))"),
    ("banned_claim", "It promises a return.", _CLAUSE + r"(?:(?:100%|absolutely|fully|completely|all) )?guaranteed(?=\s?(?:[!.]|$))"),
    ("banned_claim", "It pumps.", f"(?<=[，,；;：:])\\s?(?:現在|今天|大家|各位|全部|就|快){{0,2}}(?:{_URGED_ZH}{_TRADES_ZH}(?:它|這檔|這支|這隻|股票)?(?=[吧啊啦了囉！!。]|$)|{_TRADES_ZH}(?:它|這檔|這支|這隻)?(?=[吧啊啦囉！!]))|(?:別等|別再等|不要等|不用等|別想)(?:了|啦)?[，,！!\\s]{{0,2}}(?:買|上|衝|進|押)|(?:砸鍋賣鐵|傾家蕩產|賣房賣車|賣房|借錢)(?:也|都)(?:要|得|該)(?:買|上|押|進|追|跟)"),
    ("banned_claim", "It promises a return.", "(?:報酬|回報|獲利|收益|利潤|[倍錢])[^。！？!?，,\\n]{0,4}(?:手到擒來|唾手可得|囊中之物|輕鬆到手|穩穩到手|等你拿|等著拿)"),
)  # fmt: skip
"""What stands behind a true fact, in a clause of its own: an order to trade, a promise."""

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
    ("banned_claim", "It promises a return.", f"{_EVERY_ZH}[^。！？!?，,\\n]{{0,4}}(?:領|賺|進帳|入袋|收)(?:個|到)?{_MONEY_ZH}|閉(?:著|上)?眼(?:睛)?(?:都|也)(?:行|賺|能|可以)|(?:翻|漲|賺)[^。！？!?，,\\n]{{0,6}}(?:沒|無|冇|毫無)懸念|本金(?:絕對|百分百|完全|保證|一定)[^。！？!?，,\\n]{{0,2}}安全|本金(?:不會少|無憂)|(?:收益|報酬|獲利)(?:寫死|鎖死|焊死)|(?:就是|等於|當|簡直|根本是)(?:提款機|印鈔機|搖錢樹|金雞母|聚寶盆)|(?:跌|虧|賠)了?(?:我|算我)(?:賠|的|負責)|不(?:漲|噴|賺)我[^。！？!?，,\\n]{{0,6}}"),
    ("banned_claim", "It promises a return.", "[文吻溫飽苞胞](?:賺|撰)(?=不|啦|喔|哦|的|$|[，。！!、])|[穩包必](?:撰|轉)(?=不賠|不虧|啦|$)|(?<![a-z])(?:wen|bao|bi) ?(?:zhuan|zhang|ying)(?![a-z])|(?:穩|包|必) ?zhuan"),
    ("banned_claim", "It pumps.", r"\bif you (?:don't|do not|ain't|aren't) (?:own|have|hold|buy|in|holding|buying)[^.!?\n]{0,30}\b(?:that's on you|don't cry|don't complain|don't come crying|you deserve|you'll cry|good luck)|\b(?:smash|hit|slam|press|mash|pound|hammer) (?:that|the|your) (?:buy|sell)(?: button)?\b|\bcry later\b"),
    ("banned_claim", "It pumps.", f"市價(?:追|敲|買|掃|進)(?:就|下去|了)|(?:全部|通通|統統|全)(?:清掉|賣掉|砍掉|出清|換掉)[^。！？!?，,\\n]{{0,3}}(?:換|買|轉)|(?:現在|此時|這時)?不{_DO_ZH}(?:更待何時|還等|等什麼|等啥|更待)|(?:各位|大家|朋友們?|散戶們?)(?:現在|都|就)?(?:可以|該|能){_DO_ZH}(?:囉|了|啦|吧|嘍)|(?:建議|推薦)(?:大家|各位|你們?)?(?:現價|市價|逢低|分批|開盤|盤中|直接){_DO_ZH}|趁(?:現在|還)[^。！？!?\\n]{{0,8}}快?{_DO_ZH}|無腦{_DO_ZH}"),
    ("insider_claim", "It claims inside knowledge.", rf"\b{_SOMEONE}s? (?:who(?:'s| is| works)? )?(?:on|in|at|from) (?:the |their )?{_ROOM}\b[^.!?\n]{{0,40}}\b(?:told|says?|said|saw|seen|already|confirmed|hinted|knows?)\b|\bfrom (?:the )?inside\b[^.!?\n]{{0,12}}(?:don't|do not|keep|hush|shh)"),
    ("insider_claim", "It claims inside knowledge.", "(?:先|早)(?:知道|收到消息|得到消息)的(?:人|都)[^。！？!?\\n]{0,8}(?:進場|買|上車|卡位|跑)|消息(?:還|尚|都還)?(?:沒|未|沒有)(?:放|釋|流|傳)出|上(?:面|頭)(?:的人)?(?:交代|說了|講了|放話|指示|有交代)|(?:別|不要|勿)(?:外傳|外流|聲張)|(?:司機|祕書|秘書|特助|助理|保全|看護)(?:跟我|對我|偷偷|私下)?(?:說|講|透露)"),
    ("accusation", "It accuses somebody of a wrong.", "(?:會計師|審計師|簽證|事務所)[^。！？!?，,\\n]{0,4}(?:收錢|收賄|放水|護航|睜眼)|配合(?:做|作)帳|(?:老闆|董事長|公司派|大股東|主力)[^。！？!?，,\\n]{0,4}(?:炒股|坑|倒貨給散戶)"),
    ("accusation", "It accuses somebody of a wrong.", r"\b(?:scammer|crook|crooked|thieving|lying|fraudster|conman|con artist)s? (?:ceo|cfo|chairman|boss|bosses|management|founder|company|executives?)\b"),
    ("banned_claim", "It promises a return.", r"\b(?:zero|no|0%?|not a) (?:chance|way|possibility|danger|doubt) (?:that |of )?(?:this|it|you|we|they|the (?:stock|price|share)|losing|a loss|going down|falling)\b(?![^.!?\n]{0,12}\bnot\b)[^.!?\n]{0,24}\b(?:down|drop|fall|lose|losing|fail|crash|loss|red|moon|doubl|win)|\b(?:risk|loss|bullet|recession)[- ]?proof (?:way|trade|returns?|income|bet|play|profits?|system|method)\b|\b(?:we|i|he|she|they|members?) (?:have |has )?never (?:once )?(?:lose|loses|lost|had) (?:a |any |on a )?(?:losing )?(?:trade|money|cent|penny|month|week|day)\b|\bnext stop:? ?(?:is )?[$€£] ?\d"),
    ("banned_claim", "It pumps.", r"\bwe(?:'re| are| all| will|'ll)? (?:all )?(?:pump(?:ing)?|squeez(?:e|ing)|push(?:ing)? it|run(?:ning)? it up)\b|\b(?:pump|squeeze) (?:starts?|begins?|is (?:on|at|set))\b"),
    ("banned_claim", "It pumps.", "(?:資金|身家|錢|家當|存款)[^。！？!?，,\\n]{0,4}梭|梭(?:下去|了啦|爆|到底)|必翻(?!譯)|(?:談好|講好|約好|說好|喬好)(?:了|，|,)?[^。！？!?\\n]{0,10}(?:拉抬|拉升|拉高|炒|買進|掃)|(?:我們|大家|明天|今天|晚上|[\\d三兩]點)[^。！？!?，,\\n]{0,4}一起(?:拉抬|拉升|拉高|炒|衝進|掃)"),
    ("insider_claim", "It claims inside knowledge.", rf"\b(?:seen|read|got|have|saw|obtained|holding) (?:the |their |an? |some )?{_HIDDEN}\b|\b(?:heard|told|tip|word|learned)\b[^.!?\n]{{0,60}}\b(?:not (?:yet )?(?:public|announced|out|released)|before (?:they|it is|it's) announced?)\b"),
    ("insider_claim", "It claims inside knowledge.", f"(?:{_KIN_ZH}|哥們|閨蜜)[^。！？!?，,\\n]{{0,4}}在[^。！？!?，,\\n]{{0,8}}(?:財務|會計|法務|研發|董事會|董事長室|總部|內部|裡面)[^。！？!?\\n]{{0,12}}(?:財報|營收|訂單|重組|併購|消息|公告|會|說|講)"),
    ("insider_claim", "It claims inside knowledge.", r"\b(?:slipped|leaked|passed|handed|showed|sent|gave|whispered) (?:me|us) (?:the |their |its |some )?(?:\w{1,12} )?(?:figures|numbers|results|reports?|data|draft|deck|filing|news)\b"),
    ("banned_claim", "It pumps.", r"\bpump (?:announcement|day|signal|results?)\b|\b(?:until|before|till|left for|to go (?:for|to|until)) (?:the|our|this) (?:(?!heat|water|fuel|petrol|gas|insulin|breast)\w{1,12} ){0,3}pump\b|\b(?:next|official|mega|crypto|coin|scheduled) (?:(?:crypto|official|big|coin|free|upcoming) ){0,2}pump ?(?::|is\b|will\b|on\b|announce)|\bpump (?:pair|coin)\b|(?:拉盤|集體拉[升抬]|喊單)(?:公告|通知|倒數|時間|預告)|距離?(?:開拉|拉盤|喊單)"),
    ("banned_claim", "It promises a return.", r"\bguaranteed (?:returns? of |profits? of |yields? of )?(?:at least )?\d{1,3}(?:\.\d)?%"),
    ("banned_claim", "It pumps.", "不(?:買|上車|進場|跟)[^。！？!?，,\\n]{0,6}(?:別哭|後悔|別怪)|開盤[^。！？!?，,\\n]{0,6}一起(?:買|衝|掃|拉)"),
    ("accusation", "It accuses somebody of a wrong.", f"{_NUMBERS_ZH}[^。！？!?，,\\n]{{0,8}}(?:捏造|杜撰|編造)|(?:公司|股東)的?錢[^。！？!?，,\\n]{{0,4}}(?:搬|轉|挪|放|裝)[^。！？!?，,\\n]{{0,6}}(?:自己|口袋|私人|家)"),
    ("accusation", "It accuses somebody of a wrong.", rf"\b{_BOSS}\b[^.!?\n]{{0,16}}\b(?:bribed|(?:paid|bought) off|forged|falsified|backdated)\b|\b(?:revenues?|earnings|books|numbers|accounts|profits?|sales|orders|results|audits?) (?:is|are|was|were) (?:all |totally |completely |just )?(?:a |an )?(?:complete |total |pure |outright )?(?:fake|faked|made up|fabricat(?:ed|ion)|fiction|sham|fraudulent|cooked|bogus|invented)\b"),
)  # fmt: skip
"""Sums that grow, turns of phrase, homophones and spelling by sound."""
