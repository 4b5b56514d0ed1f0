"""The words of pay in many languages, as parts of patterns: currencies, scales, periods, labels, and what other money is called."""

from __future__ import annotations

CODES = (
    "USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|JPY|CNY|RMB|INR|CZK|PLN|HUF|SEK|NOK|DKK|ISK|RON|BGN|BRL|MXN|ARS|CLP|COP|PEN|ZAR|ILS|NIS|"
    "AED|SAR|QAR|KWD|OMR|BHD|JOD|MAD|EGP|TRY|TL|THB|KRW|TWD|MYR|RM|PKR|LKR|BDT|NGN|KES|GHS|UGX|TZS|PHP|Php|IDR|VND|UAH|RUB|RSD|KZT|TEUR"
)
NAMES = (
    "[Ee]uros?|(?:[Uu][Ss] )?[Dd]ollars?|[Pp]ounds?(?: sterling)?|(?:[Ss]wiss )?[Ff]ran(?:cs|ken)?|[Cc]rowns|[Kk]ron(?:or|er)|korun|[Rr]upees?|"
    "[Yy]en|[Yy]uan|[Ll]ei|złotych|[Zz]lotys?|рубл(?:ей|я|ь)|гривень|ευρώ|lire|[Rr]eais|[Pp]esos|[Rr]and|ריאל|שקל|dirhams?|[Nn]aira"
)
SIGNS = (
    r"[$€£¥￥₹₪₩₺฿₽₦₱₫₴]|Rs\.?(?=[ \u00a0\d])|(?:US|CA|AU|NT|MX|A|C|NZ|S|HK)\$|R\$|R(?=[ \u00a0]?\d{2,3}[ \u00a0,]\d{3})|Kč|Kc\b|Kčs|zł|kr\.?|Ft|Fr\.|Rp\.?|"
    r"[Kk][Ss]h\.?|лв\.?|грн\.?|руб\.?|ريال|درهم|جنيه|دينار|ليرة|元|人民币|人民幣|円|원|đồng|VNĐ"
)
CURRENCY = rf"(?:(?:{CODES}|{NAMES})(?![A-Za-z])|{SIGNS})"

SCALES = r"(?:\s?[kK](?!\w|\.[A-Za-z])|\s?(?:tis\.?|tys\.?|тыс\.?|χιλ\.?|tsd\.?|thousand|mil)(?!\w)|\s?(?i:lakhs?|lacs?|lpa|crores?)(?!\w)|\s?triệu|百万|[千万萬천만])"

JOIN = r"\s{0,2}(?:\\?[-–—‐‑~〜～]|to|and|or|bis(?: zu)?|tot|en|až|à|al?|do|til|till?|und|et|e|y|i|u|og|och|và|up\s+to|until|through|hasta|até|fino a|έως|ως|και|до|и|إلى|حتى|و|至|到|から|עד)\s{0,2}"

QUALITY = (
    r"(?:gross|net(?:to)?|brutt?[oó]|nett[oó]|bruts?|bruto|brutos|brutta|net(?:os|s)?|lord[ioa]|nett[ia]|hrubého|hrubá|hrub[eé]ho|čistého|take[- ]home|base|basic|salary|"
    r"μικτά|μεικτά|καθαρά|бруто|нето|брутто|нетто|на руки|до вычета налогов|税前|before tax|before taxes|brüt)"
)
"""What stands between an amount and its period."""
_UNIT = (
    r"(?:year|annum|yr|a\.|months?|mo|mth|weeks?|wk|day|hour|hr|h|shift|night|session|jahr|monat|stunde|std|tag|woche|schicht|jaar|maand|uur|week|dag|"
    r"tim(?:me)?|time|vecka|semaine|jour|mois|heure|an|semana|mês|mes|día|dia|ano|año|hora|settimana|mese|ora|anno|giorno|rok|roku|měsíc|měsíčně|mesiac|hodinu|hodina|hod|den|"
    r"godz(?:inę|\.)?|miesiąc|mies|rok|dzień|månaden|månad|mån|måned(?:en)?|år|kk|kuukausi|tunti|vuosi|pv|hó|óra|év|lună|bulan|jam|tháng|ay|yıl|saat|"
    r"месяц|мес|год|час|смену|місяць|рік|годину|μήνα|έτος|ώρα|ημέρα|לחודש|לשעה|חודש)"
)
PERIOD = (
    r"(?:(?:(?:per|a la|an?|/|p\.|pr\.|pro|im|am|in der|op|par|al|por|za|na|i|je|за|на|в|om|på|ανά|τον|την|το|för|od|by the|de l['’]|de la)|each|every|(?<=\W)l['’])[ \t]{0,2}"
    + _UNIT
    + r"(?!\w)\.?"
    r"|p/?h(?!\w)|p/?d(?:ay)?(?!\w)|p\.?\s?c?\.?m\.?(?!\w)|p\.?a\b\.?|(?:annually|yearly|monthly|weekly|daily|hourly|annual|jährlich|monatlich|stündlich|jährl|ročně|měsíčně|mesačne|měsíční|"
    r"شهرياً|شهريا|سنوياً|سنويا|annuels?|mensuels?|annue|mensili|annui|orari|anuales|mensuales|mensais|mensal|anuais|miesięcznie|rocznie|μηνιαίως|μηνιαία|ετησίως|ετησιως|aylık|lunar|månadsvis|kuukaudessa|monthly)(?!\w)"
    r"|[/每](?:年|月|周|日|时|時|小时|小時|天)|לחודש|לשעה|לשנה)"
)

LABEL = (
    r"(?:(?P<telling>\bote\b|\bctc\b|\bral\b|\btjm\b|\b(?:hourly|daily|day|weekly|monthly|annual|yearly|nightly) (?:rates?|salary|pay|wages?|compensation|package|ctc|stipend)|"
    r"\b(?:stunden|monats|jahres|brutto|wochen|tages){1,2}(?:lohn|gehalt|vergütung|verdienst|entgelt)\w{0,4}|jahresbrutto\w*|monatsbrutto\w*|uurloon|maandsalaris|jaarsalaris|timlön|månadslön|timeløn|tuntipalkka|hodinová mzda|měsíční mzda|"
    r"salaire (?:mensuel|annuel|horaire)|taux (?:horaire|journalier)|sueldo mensual|salario mensual|retribuzione annua|月薪|月給|月给|年薪|年収|時給|时薪|時薪|日給|日薪|연봉|월급|시급|راتب شهري|månedsløn)"
    r"|\b(?:salary|salaries|pay|pays|wages?|compensation|remuneration|package|earn|earning|earnings|base|rate|gehalt|lohn|vergütung|entgelt|salaris|loon|lön|løn|lønn|palkka|salaire|rémunération|"
    r"mzd[ayu]|plat|odměna|wynagrodzenie|stawka|salario|sueldo|stipendio|retribuzione|salário|remuneração|bolsa(?:[- ]auxílio)?|заплата|зарплата|оклад|оплата|μισθός|αποδοχές|maaş|lương|gaji|fizetés|salariu)"
    r"|薪资|薪資|薪酬|工资|待遇|給与|給料|الراتب|راتب|שכר|급여)"
)
"""What names pay. `telling`: that also says what kind of pay it is, or of how long a time; such a word is kept."""
FROM = (
    r"(?:up\s?to|from|at least|minimum(?: of)?|starting (?:at|from)|starts at|circa|c\.|around|ab|bis zu|bis|mindestens|von|ca\.|vanaf|tot|od|až|do|min\.|à partir de|jusqu['’]à|dès|desde|hasta|da|fino a|a partir de|até|"
    r"från|fra|upp till|op til|από|έως|от|до|від|mulai|من|upto)"
)
"""A word that makes an amount the least or the most: kept where no range follows."""
NOT_PAY = (
    r"(?:bonus(?:es)?|allowances?|budgets?|raised|funding|fund(?:ed|s)?|revenues?|turnover|sales of|book of|deals?|quotas?|match(?:ed|ing)?|referrals?|sign[- ]?on|"
    r"vouchers?|tickets?|relocation|reimburse\w*|stipend of|home office|learning|training|tuition|gym|wellness|contributions?|assets|valuation|grants?|donat\w+|savings|fees?|fine|worth|spend|"
    r"vale|auxílio|benefícios?|vr|va|ajuda de custo|zuschuss|prämie|zuschüsse|prime(?:s)? de|mutuelle|příspěvek|bon[uo]s[uy]?|budżet|dofinansowan\w+|补贴|奖金|融资|交通費)"
)
"""Words of money that is no pay, where they stand before it."""
NOT_PAY_AFTER = (
    r"\s{0,2}[-–]?(?:a year |per year |per month |p\.a\. )?(?:(?:in|of|for|towards?|on|to spend)\s(?:your |our |the |a |any |personal |further )?(?:learning|training|books|courses|gym|wellness|wellbeing|development|education|travel|home|"
    r"equipment|accounts|acv|arr|sales|revenue|funding|assets|deals|value|budget|gifts|donations|charity|lunch|health|pension|hardware|conferences)|"
    r"(?:(?!plus|and|with|base|basic|or|salary|pay)[a-z-]{2,20}\s){0,3}"
    r"(?:bonus(?:es)?|allowances?|budgets?|stipends?|vouchers?|credits?|grants?|fund|contributions?|reimbursements?|payouts?|referrals?)\b|zuschuss|prämie|za doporučení|náborov\w+)"
)
