"""What a line of a copied page shows of the part it stands in: a menu's entry, a sentence, a form's field, a foot's notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import FIELD, is_labelled
from functions.interview_prep.posting.identity.lone_lines import tells_where_or_when
from functions.interview_prep.posting.identity.vocabulary import (
    has_no_blanks,
    is_heading,
    is_place,
    names_many,
    names_role,
    small_words,
)
from functions.interview_prep.posting.page.main_text import OTHERS
from functions.interview_prep.posting.posting_marks import marks_on

_FEW, _SHORT, _SENTENCE, _LONG, _SIGNS_OF_SENTENCE = 2, 4, 8, 20, 25
"""Words of a menu's entry, of a short line, of a sentence and of a long one; characters of a sentence that has no blanks."""
_LONGEST_TITLE, _SMALL_OF_TITLE, _LOOKED_AT, _LONGEST_WHERE = 110, 4, 400, 90
"""Characters of a title, words in small letters within it, characters of a line that are looked at, of one that says where."""
_ENTRIES = re.compile(r"\s[·•|>/»]\s|\t|\s{3,}")
BANNER = re.compile(
    r"\b(?:cookies?|javascript|browser|einwilligung|consentement|privacy|datenschutz\w*|gdpr|newsletter|impressum|terms (?:of|and|&)|sitemap|captcha)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:(?:sign|log)(?:ged)? ?(?:in|up|out)|log-?in|register|my account|password|remember me|forgot|accessibility|skip to|menu|search|keywords?|job alerts?|saved jobs|subscribe|read more|learn more|show more|view (?:all|more)|see (?:all|more)|load more|loading|back to|please wait|settings|language|contact us|get in touch|our (?:products|services|offices)|faqs?|blog|events|investors|press)\b"
    r"|\b(?:anmelden|suche|kontakt|startseite|über uns|zurück|accueil|connexion|se connecter|rechercher|retour aux|inicio|iniciar sesión|buscar|volver|entrar|início|sobre nós|voltar|accedi|chi siamo|contatti|cerca|torna|inloggen|zoeken|terug|over ons"
    r"|meny|logga in|log ind|logg inn|tilbage|tillbaka|kontakta|om oss|zaloguj|szukaj|wróć|strona główna|přihlásit|hledat|zpět|úvod|belépés|kereses|giriş|ara|anasayfa|autentificare|войти|вход|поиск|помощь|главная|о компании|контакты|увійти|пошук|головна|σύνδεση|αναζήτηση|αρχική)\b"
    r"|로그인|메뉴|바로가기|الرئيسية|تواصل|تسجيل الدخول|登录|登入|登録|菜单|首页|ログイン|ホーム|お問い合わせ",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"\b(?:facebook|twitter|linkedin|instagram|youtube|xing|whatsapp|tiktok|follow us|share|tweet|print|copy link)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|powered by|made with", re.IGNORECASE)
_APPLY = re.compile(
    r"^\W*(?:apply|easy apply|save(?: job)?|share|report(?: this)? job|jetzt bewerben|bewerben|postuler|candidater|ansøg|sök|solliciteer)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:you|your|we|our|wir|sie|ihr|du|dein|vous|votre|nous|notre|vi|du|din|wij|je|jij|usted|tu|nosotros|noi|tuo)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£₹¥]\s?\d|\d\s?(?:Kč|€|元|/annum|per annum)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
Signs = dict[str, float]


def signs_of(lines: Sequence[str]) -> list[Signs]:
    """For each line what it shows, as zeros and ones; what is absent is zero. Lines that say the same are looked at once."""
    times = Counter(squash(line) for line in lines)
    known: dict[str, Signs] = {}
    for line in lines:
        if line not in known:
            known[line] = {name: 1.0 for name, holds in _signs(line, times[squash(line)]).items() if holds}
    return [known[line] for line in lines]


def is_like_title(line: str) -> bool:
    """Whether a line may be a job's title by its form: a word for a job, short, no sentence, no list's heading."""
    bare = line.removeprefix("- ").strip()
    short = len(bare) <= _LONGEST_TITLE and small_words(bare) <= _SMALL_OF_TITLE
    return short and names_role(bare) and not (names_many(bare) or FURNITURE.match(bare) or BANNER.search(bare))


def _signs(line: str, times: int) -> dict[str, bool]:
    bare = line.removeprefix("- ").strip()[:_LOOKED_AT]
    words = bare.split()
    count, bullet = len(words), line.startswith("- ")
    entries = [entry for entry in _ENTRIES.split(bare) if entry.strip()]
    whole = bare[-1:] in ".!?。！？"
    sentence = (count >= _SENTENCE and whole) or count > _LONG or (has_no_blanks(bare) and len(bare) >= _SIGNS_OF_SENTENCE)
    title = is_like_title(line)
    return {
        "line": True,
        "few": count <= _FEW,
        "short": count <= _SHORT,
        "bullet": bullet,
        "entry": bullet and count <= _SHORT and not whole,
        "entries": len(entries) > 1 and all(len(entry.split()) <= _SHORT for entry in entries),
        "capitals": count > 1 and all(word[:1].isupper() for word in words if word.isalpha()),
        "furniture": bool(FURNITURE.match(bare)),
        "account": count <= _SENTENCE and bool(_ACCOUNT.search(bare)),
        "banner": bool(BANNER.search(bare)),
        "social": count <= _SENTENCE and bool(_SOCIAL.search(bare)),
        "rights": bool(_RIGHTS.search(bare)),
        "field": bool(FIELD.search(bare)),
        "apply": count <= _SHORT and bool(_APPLY.match(bare)),
        "again": times > 1,
        "sentence": sentence,
        "sentence_bullet": sentence and bullet,
        "long": count > _LONG,
        "speaks": count > _SHORT and bool(_SPEAKS.search(bare)),
        "mark": count > _FEW and bool(marks_on(bare)),
        "mark_short": count <= _FEW and bool(marks_on(bare)),
        "heading": is_heading(bare),
        "labelled": is_labelled(bare) or (0 < bare.find(": ") < _LOOKED_AT // 10),
        "where": len(bare) <= _LONGEST_WHERE and (is_place(bare) or tells_where_or_when(bare)),
        "money": bool(_MONEY.search(bare)),
        "figures": any(char.isdigit() for char in bare),
        "title": title,
        "title_bullet": title and bullet,
        "role": names_role(bare),
        "others": bool(OTHERS.match(line)),
        "sign": not _WORD.search(bare),
    }
