"""The words by which a text is known as a posting: what is asked for, what is offered, how to apply."""

from __future__ import annotations

import re
from functools import lru_cache

from functions.interview_prep.posting.identity.vocabulary import folded

MOST_TEXT = 15_000
"""Characters looked through."""
SURELY_ONE = 3
"""Marks from which a text is one posting, where nothing speaks for several."""
_MARKS = re.compile(
    r"\b(?:easy apply|(?:employer|glassdoor) est\b|apply (?:now|here|today|by|online|for this|through|with)|how to apply|to apply|responsibilit\w+|requirements?|qualifications?|what (?:you(?:['’]ll| will)? (?:do|bring|need)|we(?:['’]re| are) looking for|we offer|awaits you)|you(?:['’]ll| will)|we(?:['’]re| are) (?:\w+ )?(?:looking|hiring|seeking)|now hiring|who you are|"
    r"(?:per|an) (?:hour|annum|month)|salary|posted \d+|applicants?|vacancy|job (?:summary|type|id|title|description|number)|recruiting for|is (?:hiring|recruiting|seeking)|(?:needed|required|wanted) (?:at|for|in|asap)|lakhs?|lpa|yrs|position (?:summary|title)|pay scale|employment type|\d+ ?[-–] ?\d+ years|open(?:ing)? date|other openings|the ideal candidate|the successful candidate|"
    r"we offer|benefits|full[- ]time|part[- ]time|join (?:us|our)|your (?:role|tasks|profile|mission)|duties|deadline|closing date|reports to|equal opportunity|years of experience|send (?:us )?(?:your |a )?(?:cv|resume)|ihre aufgaben|deine aufgaben|ihr profil|dein profil|wir bieten|wir verstärken|suchen ab|om jobbet|vi (?:söker|søger|erbjuder|tilbyder|tilbyr|er en|är en)|ansøgning|ansökan|ansök|arbetsuppgifter|arbejdsopgaver|zakres obowiązków|umowa o|sobre a vaga|bewirb dich|bewerb\w+|sucht|gesucht|recrute|cherchons|hledá(?:me)?|wir suchen|vos missions|profil recherché|požadujeme|nabízíme|náplň práce|requisitos|ofrecemos|funciones|requisiti|wymagania|oferujemy|kvalifikationer|om rollen|απαιτησεις|προσοντα|αρμοδιοτητες|αναζητα|αναζητει|αναζητουμε|ζητειται|ζητουνται|βιογραφικο|μερικη απασχοληση|πρακτικη ασκηση|προϋπηρεσια|обязанности|требования|обов['’]язки|вимоги|вакансі[яії]|pienākumi|prasības|piedāvājam|pareigos|reikalavimai|ülesanded|nõuded)\b"
    r"|[£$€]\s?\d[\d,.]{0,12}k?\s?(?:[-–]|to|per|/|an?\b|plus)|\b(?:cv|resume|curriculum)\b"
    r"|职位信息|岗位|工作经验|年经验|\b(?:missions? du poste|cdi|cdd|we need|package|send your)\b"
    r"|모집|채용|주요\s?업무|근무\s?(?:지|조건|형태)|복리\s?후생|담당\s?업무|자격\s?요건|우대\s?사항|지원\s?방법|仕事内容|応募資格|勤務地|給与|待遇|募集要項|歓迎"
    r"|आवश्यकता|योग्यता|वेतन|आवेदन|बायोडाटा|जिम्मेदारि|अनुभव|مطلوب|الشروط|الراتب"
    r"|\((?:m/[wf]/[dx]|[wf]/m/[dx]|h/f|f/h|m/f)\)|\b(?:feste anstellung|festanstellung|was du (?:mitbringst|bewegst|tust)|was wir (?:dir )?bieten|das (?:bringst du mit|erwartet dich|bekommst du)|dein job|per sofort|nach vereinbarung|vollzeit|teilzeit|unbefristet|contrat à durée|umowa|plný úvazek|jornada completa|tempo pieno|fuldtid|heltid|voltijd)\b|\b(?:è alla ricerca|siamo alla ricerca|ricerchiamo|cerchiamo|mansioni|responsabilità|inquadramento|retribuzione|ral|contratto a tempo|si offre|offriamo|tus tareas|buscamos|en búsqueda|responsabilidades|modalidad|horario|jornada|salario|procuramos|oferecemos|atividades|carga horária|nous recherchons|recherche une?|recherchons|vos responsabilités|votre profil|werkzaamheden|functie-eisen|wij bieden|wij zoeken)\b|πληρης απασχοληση|دوام كامل"
    r"|דרישות|תיאור התפקיד|תיאור המשרה|דרוש|משרה מלאה|קורות חיים|工作內容|職務|條件要求|應徵|徵才|待遇|職缺|职责|要求|职位描述|任职|応募|仕事内容|المهام|المتطلبات|المؤهلات|عن الوظيفة",
    re.IGNORECASE,
)


_PAY = re.compile(r"(?:per|an) (?:hour|annum|month)|[£$€].*|salary|\d+")
"""A sum and its time: rents and prices have them too."""


def marks_on(line: str) -> frozenset[str]:
    """What a line, or a text, says as postings do, figures alike."""
    return frozenset(re.sub(r"[\d,.]+", "0", found[0].casefold()) for found in _MARKS.finditer(folded(line[:MOST_TEXT])))


_marks = lru_cache(maxsize=8)(marks_on)  # several checks ask about the same text


def marks_of(text: str) -> int:
    """How many different things a text says as postings do."""
    return len(_marks(text))


def speaks_as_postings_do(text: str) -> bool:
    """Whether a text says anything as postings do besides a sum."""
    return any(not _PAY.fullmatch(mark) for mark in _marks(text))
