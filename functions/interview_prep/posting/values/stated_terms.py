"""Terms that a posting states in passing and a candidate has to know: type, duration, start, permits, hours, travel."""

from __future__ import annotations

import re

from functions.interview_prep.posting.clean_text import unmarked

MOST_TERMS, LONGEST_TERM = 5, 150
_TYPE = r"(?:full[- ]?time|part[- ]?time|permanent|fixed[- ]term|temporary|freelance|apprenticeship|internship|seasonal|casual|zero[- ]hours|contract(?= (?:basis|role|position|opportunity)))"
_TYPES = rf"(?<!not )(?<!no )(?<!non[- ])(?P<types>{_TYPE}(?:(?:,| and| or| ?[/&|–-])? ?{_TYPE}){{0,2}})"
_JOB = r"(?:roles?|position|job|contract|post|vacancy|appointment|opportunity|basis|hours|employment)\b"
_EMPLOYMENT = (
    re.compile(rf"^[^\w\n]{{0,8}}(?:job|position|contract|employment|work(?:ing)?|role)?\s?(?:type|basis|status|pattern|schedule|contract|hours|employment)\s?[:–\n-]\s?[^\n]{{0,15}}?\b{_TYPES}\b", re.IGNORECASE | re.MULTILINE),
    re.compile(rf"\b(?:this|the|it|position|role|job|post|vacancy) (?:\w+ ){{0,2}}is an? (?:\w+ ){{0,2}}{_TYPES}\b", re.IGNORECASE),
    re.compile(rf"\b(?:seeking|hiring|recruit\w*|looking for|need|offer\w*|filling?|available|hire|join us|as) (?:an?|your|our) (?:\w+ ){{0,2}}{_TYPES}\b", re.IGNORECASE),
    re.compile(rf"(?<!for )(?<!any )(?<!other )(?<!of )(?<!convert to )\b{_TYPES},? (?:\w+ ){{0,2}}{_JOB}", re.IGNORECASE),
    re.compile(rf"^[^\w\n]{{0,8}}{_TYPES}\s?(?:$|[,;(|–-])", re.IGNORECASE | re.MULTILINE),
)  # fmt: skip
"""Where the job itself is told of; an agency's permanent and temporary jobs are not."""
_ELSEWHERE = re.compile(
    r"\b(?:vollzeit(?: oder teilzeit|/teilzeit)?|teilzeit|minijob|cdi|cdd|temps plein|temps partiel|intérim|jornada completa|tiempo completo|media jornada|tempo pieno|tempo determinato|tempo indeterminato|tempo integral|"
    r"hlavní pracovní poměr|plný úvazek|částečný úvazek|pełny etat|pół etatu|umowa o pracę|umowa zlecenie|πλήρης απασχόληση|μερική απασχόληση|heltid|deltid|tillsvidareanställning|voltijd|deeltijd|fuldtid|полная занятость)\b"
    r"|全职|兼职|正社員|契約社員|アルバイト|دوام كامل|دوام جزئي",
    re.IGNORECASE,
)
"""Types of employment in other languages than English."""
_OF_OTHERS = re.compile(
    r"\b(?:agency|business for|employment business|opportunities for|applications|experience|employees|staff|students?|members|workers|colleagues|if you|benefits)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
_TERMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:visa|work permit|right to work|work authori[sz]ation|sponsorship|eligible to work|authori[sz]ed to work|security clear\w+|(?:sc|dv) clear\w+|citizenship|arbeitserlaubnis|aufenthaltstitel|permis de travail|permiso de trabajo|pracovní povolení|工作签证|تأشيرة)\b",
        r"\b(?:start(?:ing)? date|start (?:on|in|from)|immediate start|available to start|starting (?:in|from|on) (?:january|february|march|april|may|june|july|august|september|october|november|december|\d)|eintritt\w*|ab sofort|zum nächstmöglichen|prise de poste|date de début|fecha de inicio|incorporación inmediata|nástup|data rozpoczęcia|入职时间|到岗)\b",
        r"\b(?:\d{1,2}|three|six|nine|twelve|eighteen|twenty-four)[- ]months? (?:fixed|contract|ftc|initial|maternity|assignment|temporary|secondment)|maternity cover|fixed[- ]term (?:until|for|contract)|contract (?:length|duration)|probation(?:ary)? period|befristet|cdd de|mutterschutzvertretung|na dobu určitou|umowa na czas określony|试用期",
        r"\b(?:\d{2}(?:[.,]\d{1,2})? ?hours? (?:per|a|each|/) ?week|shift pattern|(?:early|late|night|rotating|12[- ]hour) shifts?|weekend (?:work|shifts?)|including weekends|on[- ]call (?:rota|duty)|schicht(?:dienst|arbeit|system|betrieb)|wochenstunden|heures par semaine|horas semanales|hodin týdně|směnn\w+|godzin tygodniowo|夜班|轮班)\b",
        r"\b(?:travel (?:up to |of |is )?\d{1,3} ?%|\d{1,3} ?% (?:travel|of travel)|willing(?:ness)? to travel|frequent travel|driving licen[cs]e|driver'?s licen[cs]e|dbs (?:check|clear\w+)|background check|criminal record|drug (?:test|screen)\w*|führerschein|führungszeugnis|permis b|carnet de conducir|řidičský průkaz|výpis z rejstříku|prawo jazdy|reisebereitschaft)\b",
    )
)
"""One line is taken of each: permits, start, duration, hours, what is checked."""
_END = re.compile(r"(?<![A-Z.][A-Z])(?<![ .(][A-Z])[.!?](?=\s+[A-Z])|[。！？]|\n")
"""Where a sentence ends; `U.S.` does not end one."""
FEWEST_WORDS = 5
_NOT_ABOUT_THE_JOB = re.compile(
    r"\bequal opportunit\w+|without regard to|regardless of|protected veteran|reasonable accommodation|do not discriminate|discriminat\w+|e-?verify|recruitment agenc\w+|phishing|scam",
    re.IGNORECASE,
)


def employment_in(text: str) -> str:
    """The type of employment that a text states of its job, as it writes it: `Permanent, full-time`; empty if none."""
    for pattern in _EMPLOYMENT:
        for found in pattern.finditer(text):
            if not _OF_OTHERS.search(text[max(0, found.start("types") - 60) : found.start("types")]):
                return " ".join(found["types"].split()).capitalize()
    other = _ELSEWHERE.search(text)
    return "" if other is None else other[0] if other[0].isupper() else other[0].capitalize()


def terms_in(text: str) -> tuple[str, ...]:
    """Whole sentences or entries, at most five and one of each sort, in which a text tells what a candidate has to bring or to expect."""
    sentences = [" ".join(said.split()).strip(" -•*#.") for said in _END.split(unmarked(text))]
    short = [one for one in sentences if len(one) <= LONGEST_TERM and _is_said(one) and not _NOT_ABOUT_THE_JOB.search(one)]
    terms: list[str] = []
    for pattern in _TERMS:
        said = next((one for one in short if one not in terms and pattern.search(one)), "")
        terms += [said] if said else []
    return tuple(terms[:MOST_TERMS])


def _is_said(sentence: str) -> bool:
    """Whether it says something: a heading has few words, and scripts without blanks have none."""
    return not sentence.endswith((":", "：")) and (
        len(sentence.split()) >= FEWEST_WORDS or ":" in sentence or (not sentence.isascii() and len(sentence) >= FEWEST_WORDS)
    )
