"""The words of each axis of direction, plus before minus: up or down, bought or sold, earned or lost, in English and Chinese.

English verbs by their first form (`drop+` doubles its last letter, `rise=rose=risen` names what is irregular, `edge_up` is two words);
`WORDS` as they stand, Chinese ones in the traditional form; `GUARDED` as patterns, for words that mean it only beside others.
"""

from __future__ import annotations

VERBS: dict[str, tuple[str, str]] = {
    "change": (
        ("rise=rose=risen grow=grew=grown climb surge soar rally advance increase expand rebound raise hike lift add upgrade boost swell=swollen balloon spike rocket skyrocket "
        "pop+ bounce recover strengthen double! triple! quadruple! jump gain leap=leapt appreciate inflate escalate multiply mushroom snowball fatten enlarge thicken heighten "
        "broaden vault zoom edge_up tick_up inch_up creep_up=crept_up nudge_up move_up go_up=went_up=gone_up head_up pop_up trend_up drift_up edge_higher inch_higher tick_higher "
        "move_higher drift_higher creep_higher=crept_higher nudge_higher pile_up pick_up shoot_up=shot_up ramp_up step_up build_up=built_up put+_on=put_on tack_on perk_up beef_up ratchet_up"),
        ("fall=fell=fallen drop+ lose=lost decline decrease slide=slid slip+ sink=sank=sunk lower shrink=shrank=shrunk plunge plummet tumble slump weaken reduce trim+ "
        "dip+ retreat shed+=shed downgrade crater tank nosedive crash collapse sag+ skid+ halve soften dwindle recede fade diminish erode depreciate deflate slash shave "
        "chop+ pare lessen ebb wane curtail downsize compress squeeze thin+! taper melt give_up=gave_up=given_up give_back=gave_back=given_back pull_back fall_back=fell_back=fallen_back scale_back cut_back "
        "edge_down tick_down inch_down creep_down=crept_down nudge_down move_down go_down=went_down=gone_down trend_down drift_down edge_lower inch_lower tick_lower "
        "move_lower drift_lower creep_lower=crept_lower nudge_lower draw_down=drew_down=drawn_down work_down run_down=ran_down wind_down=wound_down step_down come_down=came_down"),
    ),
    "extent": ("widen deepen accelerate steepen quicken", "narrow ease slow! moderate! decelerate cool!"),
    "quality": ("improve", "worsen deteriorate"),
    "flow": (
        "buy=bought purchase accumulate acquire net_buy=net_bought scoop_up snap+_up mop+_up gobble_up hoover_up load_up take_in=took_in=taken_in",
        "sell=sold offload unload dump divest liquidate redeem withdraw=withdrew=withdrawn net_sell=net_sold sell_off=sold_off cash_out pull_out get+_rid_of=got_rid_of jettison ditch exit! bail_out dispose_of",
    ),
    "hiring": ("hire recruit", "fire! lay_off=laid_off sack axe"),
    "surprise": ("beat=beaten exceed surpass outperform outpace outstrip+ eclipse overshoot=overshot", "miss lag+ undershoot=undershot underperform"),
}  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    "change": (
        ("higher|dearer|pricier|bigger|larger|fatter|upward|uptick|upturn|"
        "加息|升息|放量|多了|多賺|多花|多收|多賣|多產|拉高|拉升|拉抬|噴出|噴發|狂噴|噴了|飆了|走強|轉強|增強|增厚|跳升|收紅|翻紅|推升|衝上|衝到|衝高|收高|收漲|倍增|翻倍|翻番|翻揚|抬升|彈了|飛漲|竄升|變好|回升|回暖|大彈|墊高|拉開|抬高|升值|走升|"
        "勁升|急升|爆升|大漲|插升|抽升|暴漲|狂漲|激增|暴增|劇增|漲升|揚升|漲|升|漲幅|上揚|走高|攀升|飆|勁揚|反彈|擴張|提高|調高|上調|上修|走揚|彈升|增幅|多出|加價|提價|漲價|變多|變貴|壯大|進步|攀高"),
        ("cheaper|smaller|downward|downtick|downturn|"
        "降息|減息|縮量|殺低|摜壓|摜低|收低|收跌|翻黑|縮水|腰斬|探底|走軟|疲軟|跳水|砍半|砍到|砍至|摔|掉了|崩了|蒸發|掉到|掉至|滑到|變差|轉弱|變少|少賺|少花|少收|少賣|少產|跳空下|殺尾|滑|退到|退至|貶值|走貶|貶到|貶至|"
        "插水|急瀉|瀉|急跌|急挫|大跌|暴跌|狂跌|銳減|驟減|驟降|劇減|跌|降|減|衰退|下滑|下挫|走低|縮|萎縮|滑落|重挫|回落|調降|調低|下調|下修|收黑|挫|崩|縮減|減少|走弱|少了|倒退|跌幅|降幅|減幅|緊縮|收縮|"
        "貶|減價|降價|砍價|省了|削減|裁減|刪減|弱化|退步"),
    ),
    "extent": ("擴大|加劇|加深|拉大|加速|加快|惡化加劇|提速|更快|還快|快了|較快", "收窄|縮窄|縮小|收斂|放緩|趨緩|放慢|減速|減緩|更慢|還慢|慢了|較慢|轉慢|降溫"),
    "quality": ("better|improvement|改善|好轉|轉佳|轉好|優化", "worse|deterioration|惡化|轉差|轉壞"),
    "flow": (
        ("net overbought|overbought position|net buying|net buyer|net buyers|inflow|inflows|acquisition|acquisitions|purchases|"
        "淨流入|買超|買進|淨買|流入|加碼|增持|買入|買盤|吸納|敲進|購金|購入|購進|增購|淨申購|申購|掃貨|掃進|掃了|吃貨|吃下|流進|湧入|涌入|承接|接走|接手|回補|進場|搶進|搶買|撿便宜|加倉|建倉|增倉|補倉|吸籌|吸金|買方|力挺|低接|佈局|"
        "卡位|掃入|收貨|進貨|撿了|撈貨|接了|接盤|接下|認購|買了|投放|淨投放|收購"),
        ("net oversold|oversold position|net selling|net seller|net sellers|off-load|off-loads|off-loaded|off-loading|outflow|outflows|disposal|disposals|divestment|redemptions|"
        "淨流出|賣超|賣出|淨賣|流出|走資|撤走|流走|減碼|減持|拋售|賣盤|沽出|沽售|沽了|沽貨|倒貨|售出|淨贖回|贖回|倒出|出脫|出貨|脫手|拋出|狂拋|砍出|殺出|丟出|丟包|倒給|調節|減倉|清倉|撤出|撤退|退場|提款|賣方|出清|套現|獲利了結|砍掉|狂砍|"
        "被砍|砍了|殺了|狂殺|狂倒|倒了|甩賣|丟了|失血|賣掉|賣了|回籠|淨回籠|撤資|出售|抽走|抽離|外流"),
    ),
    "hiring": ("hiring|招聘|招募|增聘|增員|擴編", "layoff|layoffs|redundancies|裁員|裁撤|縮編|解僱|遣散"),
    "result": (
        "profit|profits|profitable|earned|earning|earns|earnings|in the black|獲利|盈利|純益|溢利|賺|預盈|利益|進帳|入帳|入袋|利潤總額|淨利潤",
        "loss-making|in the red|虧|淨損|損失|蝕|賠|燒掉|燒了",
    ),
    "turn": (
        "扭虧|扭虧為盈|扭虧轉盈|由虧轉盈|由虧為盈|轉虧為盈|虧轉盈|轉盈|轉正",
        "由盈轉虧|由盈為虧|盈轉虧|轉盈為虧|轉虧|轉負",
    ),
    "surprise": (
        "above|better than|ahead of|stronger than|faster than|higher than|more than expected|優於|高於|高過|高出|超出|好過|勝過|超越|超預期|勝於|強於|跑贏|領先|大過|多於",
        "below|short of|shy of|worse than|behind|weaker than|slower than|lower than|less than expected|低於|低過|不如|遜於|未達|遜預期|差過|落後|弱於|跑輸|不及|少於",
    ),
    "cross": ("站上|站穩|突破|升破|衝破|站回|衝過|升穿|漲破", "失守|跌破|降破|摜破|跌落|失落|跌穿|棄守"),
    "balance": ("surplus|順差|出超", "deficit|逆差|入超|赤字"),
    "premium": ("溢價|貴出", "discount|折價|折讓|貼水|便宜"),
    "side": (
        "bull|bullish|bulls|long position|long positions|net long|做多|多單|淨多單|看多|偏多|淨多頭|看漲",
        "bear|bearish|bears|short position|short positions|net short|做空|空單|淨空單|看空|偏空|淨空頭|看跌",
    ),
    "bound": ("at least|minimum|upwards of|不低於|不少於|不小於|至少|最少|超過|逾", "at most|maximum|不高於|不多於|不大於|不超過|至多|最多|不足|不到"),
    "extreme": (
        "high|highs|high point|highest|peak|record|never been bigger|never been higher|never been larger|新高|高點|最高|最大|最強|天量|新天價",
        "low|lows|low point|lowest|trough|never been smaller|never been lower|新低|低點|最低|最小|最弱|地量",
    ),
    "venue": ("opened|opening|新開|開設|開店", "shut|shuttered|closed|closing|closure|closures|關閉|關店|關掉"),
    "rates": (
        "rate hike|rate hikes|rate rise|rate rises|rate increase|rate increases|interest-rate hike|interest-rate hikes",
        "rate cut|rate cuts|rate reduction|rate reductions|interest-rate cut|interest-rate cuts",
    ),
    "capital": ("增資", "減資|降資"),
    "policy": ("hawkish|tightening|鷹派|緊縮貨幣", "dovish|easing|鴿派|寬鬆"),
    "steady": (
        "unchanged|flat|steady|on hold|stays at|stayed at|held at|kept at|maintained|按兵不動|不變|持平|維持|保持|不動",
        "",
    ),
    "strength": (
        "strong|stronger|robust|solid|resilient|brisk|favorable|favourable|positive|tailwind|tailwinds|強勁|旺盛|熱絡|強勢|樂觀|利好|利多|正面|升溫|走熱",
        "weak|weaker|soft|sluggish|tepid|anemic|unfavorable|unfavourable|negative|headwind|headwinds|疲弱|低迷|清淡|弱勢|悲觀|利空|負面|降溫|走冷",
    ),
}  # fmt: skip
GUARDED: dict[str, tuple[str, str]] = {
    "change": (
        (r"upped|(?<=barrel )builds?|builds?(?= (?:of|in)\b)|(?<!made )(?<!make )(?<!makes )(?<!making )(?<!held )(?<!hold )(?<!holds )(?<!holding )up(?![- ](?:to|front|side|date|grade|in smoke|in the air)\b)|(?<=\bis )up(?= to\b)|(?<=\bare )up(?= to\b)|(?<=\bwas )up(?= to\b)|growth(?! (?:guidance|forecast|outlook|target|rate|is|to|for)\b)|expansion|firm(?:ed|ing)|"
        r"more(?! (?:likely|cautious|upbeat|optimistic|pessimistic|important|expensive|popular|modest|moderate|slowly|or less)\b)(?! than\s?(?:[$€£¥\d]|an? (?!year|month|week|quarter (?:ago|earlier|before))|half\b|one\b|two\b|three\b|four\b|five\b|ten\b|twice\b))|(?<![不多很最差許太至])多(?=[近約快逾超]?\s?\d|咗|[近約快逾超]?[一二兩三四五六七八九十百]{1,4}(?:成|倍|億|萬|元|塊|毫|點|趴|個百))|(?<![最新創])高(?=[出了]?\s?\d)|增(?!長(?:預期|預測|目標|前景|動能|潛力|點|極)|[持購資速幅值]|加值)|"
        r"增長(?!預期|預測|目標|前景|動能|潛力|點|極)|成長(?!預期|預測|目標|前景|動能|潛力|股)|(?<=[一二三四五六七八九十\d])倍增|(?<![今去每全])年增(?![速幅值])|月增(?![速幅值])|季增(?![速幅值])"),
        r"(?<=barrel )draws?|draws?(?= (?:of|in)\b)|down(?!\s?(?:side|stream|load))|插(?=[逾近約超]{0,2}\s?\d)|contract(?:ed|ion|ing)|reductions?|(?<!move )(?<!moves )(?<!moved )(?<!moving )(?<!come )(?<!came )off(?=\s?(?:about |nearly |some |another |just |only )?[$€£]?\d)|fewer(?! than\s?(?:[$€£¥\d]|an? (?!year|month|week|quarter (?:ago|earlier|before))|half\b|one\b|two\b|three\b|four\b|five\b|ten\b|twice\b))|less(?! (?:likely|cautious|upbeat|optimistic|pessimistic|important|expensive|popular|modest)\b)(?! than\s?(?:[$€£¥\d]|an? (?!year|month|week|quarter (?:ago|earlier|before))|half\b|one\b|two\b|three\b|four\b|five\b|ten\b|twice\b))|(?<![今去每全])年減|月減|季減|cuts?|cutting|wiped (?:off|out)|(?<![不多至很最差較])少(?=[近約快逾超]?\s?\d|咗|[近約快逾超]?[一二兩三四五六七八九十百]{1,4}(?:成|億|萬|元|塊|毫|點|趴|個百))|(?<![最新創])低(?=[出了]?\s?\d)",
    ),
    "extent": (
        r"(?<![不多至很最太])快(?=約?\s?\d|[一二三四五六七八九半]?個百分點)",
        r"(?<![不多至很最太])慢(?=約?\s?\d|[一二三四五六七八九半]?個百分點)",
    ),
    "trend": (
        r"growth(?= (?:guidance|forecast|outlook|target|rate|is|to|for)\b)|(?:增長|成長)(?=預期|預測|目標|前景|動能|潛力)|增(?=加值|速|幅)",
        r"減(?=加值|速|幅)",
    ),
    "flow": (
        r"net purchas\w{1,3}|flow(?:ed|s|ing)? in(?:to)?|pil(?:ed|ing) in(?:to)?|pour(?:ed|ing) in(?:to)?|(?:put|pour(?:ed)?|plough(?:ed)?|plow(?:ed)?|pump(?:ed)?)(?=[^.;\n]{1,30} into\b)|買(?![回家單賣])|(?<=[^打])掃(?=\d)",
        r"(?:pull|yank|take|took)(?:ed|s|ing)?(?=[^.;\n]{1,30} out of\b)|left(?= (?:the|its|these|those|spot|us|u\.s\.|american|united)\b)|leaving(?= (?:the|its|these|those|spot|[a-z]{3,16}'s)\b)|bled|bleeding|drained|flow(?:ed|s|ing)? out|walked out|let(?=[^.;\n]{1,30} go\b)|sales?(?= of (?:shares|stock))|(?<=illion of )sales|(?<=illion in )sales(?= by)|砍(?=\d)|(?<!買)賣(?![場力相家點壓座])|(?<!打)倒(?=\s?\d)",
    ),
    "hiring": (
        r"(?:hired|added|adds|adding)(?=[^.;\n]{0,14} (?:staff|jobs|people|workers|employees|roles)\b)",
        r"(?:lose|lost|losing)(?= (?:their|its|his|her) jobs?)|(?:cut|cuts|cutting|shed|sheds|shedding|slashed|axed)(?=[^.;\n]{0,14} (?:staff|jobs|people|workers|employees|roles)\b)|jobs? (?:to be )?(?:cut|lost|gone|axed)",
    ),
    "result": (
        r"(?<!interest )(?<!fixed )income(?! tax| statement)|made(?= (?:about |only |just |some )?(?:a |an )?(?:net )?(?:profit|(?:HK|US|NT)?[$€£¥]|\d))|淨利(?!潤?為負)|盈餘(?!轉)|盈(?=[\d億萬])",
        r"loss(?:es)?(?! (?:ratio|given))|burn(?:ed|t|s)?(?: through)?(?= [$€£¥\d])",
    ),
    "turn": (
        r"(?:returned|back|turned|swung|moved|went|swings?|turns?|flipped)(?: from [^.,;\d]{1,24})? (?:in)?to (?:a |an )?(?:small |slight |modest |net )?(?:profit|black)|back in the black",
        r"(?:turned|swung|slipped|fell|moved|went|swings?|turns?|flipped|sank)(?: from [^.,;\d]{1,24})? (?:in)?to (?:a |an )?(?:small |slight |modest |net )?(?:loss|red)",
    ),
    "cross": (r"(?<![跌摜降])破(?=\s?\d)|收復(?!大?部[分份]|失地|些|大半|跌幅)", ""),
    "premium": (
        r"premium(?! (?:revenues?|products?|brands?|cabins?|segment|subscri\w{1,8}|income|seats?|economy|sales|models?|phones?))|(?<=[值價])貴(?=\s?\d)",
        "",
    ),
    "surprise": (
        r"topp(?:ed|ing)|tops(?= )|(?:crush|smash)(?:ed|es|ing)(?= (?:the |its |all |wall |analysts?|estimates?|expectations?|forecasts?|consensus|[$€£¥]?\d))|(?:(?<=penny )|(?<=pennies )|(?<=cent )|(?<=cents ))(?:better|ahead)|over(?= (?:the |what )?(?:analysts|consensus|estimates?|expectations?|forecasts?)\b)",
        r"trail(?:ed|s)|(?:(?<=penny )|(?<=pennies )|(?<=cent )|(?<=cents ))(?:short|light|shy)|short(?= on\b)|under(?= (?:the |what )?(?:analysts|consensus|estimates?|expectations?|forecasts?)\b)",
    ),
    "bound": (
        r"(?:no|not) (?:less|fewer) than|more than(?=\s?[$€£¥\d])|over(?=\s?[$€£¥]?\d)",
        r"(?:no|not) (?:more|higher) than|(?:less|fewer) than(?=\s?[$€£¥\d])|under(?=\s?[$€£¥]?\d)",
    ),
}  # fmt: skip
