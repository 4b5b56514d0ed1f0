"""Reports in other languages than English, read by the offline model: what they tell, in their own words."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.stage_messages import Insights
from infra.offline_model.interviews.insight_rules import answer

REPORTS = {
    "cs": "Byla jsem na pohovoru v Korandě v září. První kolo byl telefonický hovor s personalistkou a trvalo 25 minut. Zeptali se mě: Kdy můžete nastoupit? "
    "Druhé kolo bylo s vedoucím skladu a bylo těžké. Nabídku jsem dostala za týden.",
    "de": "Ich hatte im September ein Gespräch bei Koranda. Zuerst ein Telefonat mit der Personalabteilung, es dauerte 25 Minuten. Ich wurde gefragt: Wann können Sie anfangen? "
    "Die zweite Runde war mit dem Abteilungsleiter und war schwierig. Ich habe nach einer Woche ein Angebot bekommen.",
    "el": "Είχα συνέντευξη στην Koranda τον Σεπτέμβριο. Ο πρώτος γύρος ήταν τηλεφωνική κλήση με το τμήμα προσωπικού και διήρκεσε 25 λεπτά. Με ρώτησαν: Πότε μπορείτε να ξεκινήσετε; "
    "Ο δεύτερος γύρος ήταν με τον διευθυντή και ήταν δύσκολος. Πήρα προσφορά σε μία εβδομάδα.",
    "fr": "J’ai eu un entretien chez Koranda en septembre. Le premier appel avec les ressources humaines a duré 25 minutes. On m’a demandé : Quand pouvez-vous commencer ? "
    "Le deuxième entretien avec le directeur était difficile. J’ai reçu une offre une semaine plus tard.",
    "es": "Tuve una entrevista en Koranda en septiembre. La primera llamada con recursos humanos duró 25 minutos. Me preguntaron: ¿Cuándo puede empezar? "
    "La segunda entrevista con el director fue difícil. Recibí una oferta en una semana.",
    "ar": "أجريت مقابلة في Koranda في سبتمبر. المرحلة الأولى كانت مكالمة مع الموارد البشرية واستغرقت 25 دقيقة. سألوني: متى يمكنك أن تبدأ؟ "
    "المرحلة الثانية كانت مع المدير وكانت صعبة. حصلت على عرض بعد أسبوع.",
}
ASKED = {
    "cs": "Kdy můžete nastoupit?",
    "de": "Wann können Sie anfangen?",
    "el": "Πότε μπορείτε να ξεκινήσετε;",
    "fr": "Quand pouvez-vous commencer ?",
    "es": "¿Cuándo puede empezar?",
    "ar": "متى يمكنك أن تبدأ؟",
}


@pytest.mark.parametrize("language", sorted(REPORTS))
def test_rounds_question_and_answer_are_found_and_hold(language: str) -> None:
    """With the kind and the difficulty of each round; a sentence that only says where somebody was tells nothing."""
    title, body = "Koranda", REPORTS[language].replace("Korandě", "Koranda")
    found = answer({"company": "Koranda", "posts": [{"ref": "R1", "title": title, "body": body, "comments": []}]})
    assert [(one["kind"], one["difficulty"]) for one in found["rounds"]] == [
        ("recruiter_screen", "unknown"),
        ("hiring_manager", "hard"),
    ]
    assert [one["text"] for one in found["questions"]] == [ASKED[language]]
    assert len(found["timeline"]) == 1
    held = with_holding_sources(Insights.model_validate(found), {"R1": Report.of(f"{title}\n{body}", "Koranda")})
    assert [one.kind for one in held.rounds] == ["recruiter_screen", "hiring_manager"]
    assert len(held.timeline) == 1


def test_what_is_asked_guessed_or_planned_reports_nothing() -> None:
    body = "Příští týden mám pohovor v Koranda. První kolo bude asi telefonický hovor s personalistkou. Nevíte, na co se ptali?"
    found = answer({"company": "Koranda", "posts": [{"ref": "R1", "title": "Koranda", "body": body, "comments": []}]})
    assert not any(found.values())


def test_a_chinese_sentence_that_names_its_round_is_that_rounds() -> None:
    body = "九月我面试了云岭。一面是人事电话，大概20分钟。二面是主管，面试官问我怎么排班，比较难。"
    found = answer({"company": "云岭", "posts": [{"ref": "R1", "title": "云岭面经", "body": body, "comments": []}]})
    assert [(one["kind"], one["difficulty"]) for one in found["rounds"]] == [
        ("recruiter_screen", "unknown"),
        ("hiring_manager", "hard"),
    ]
