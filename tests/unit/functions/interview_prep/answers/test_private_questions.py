"""Private questions carry the advice that nobody has to answer them; questions about work do not, and none is left without an outline."""

from __future__ import annotations

import pytest

from functions.interview_prep.answers.private_questions import (
    private_topic,
    private_topics,
    with_advice_again,
    with_private_advice,
)
from functions.interview_prep.guide.repeated_lines import without_repeated_lines
from functions.interview_prep.pdf.frame_words.frame_language import known_languages, words_of
from functions.interview_prep.stage_messages import Item, Section


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Do you have any kids at home?", "family"),
        ("Who takes care of your children when you are on nights?", "family"),
        ("Is your wife fine with the travel?", "family"),
        ("Are you thinking about having a baby in the next years?", "family"),
        ("Your son's school hours, do they fit our shifts?", "family"),
        ("Tell us about your family.", "family"),
        ("How old are you, if I may ask?", "age"),
        ("What year did you graduate?", "age"),
        ("When are you planning to retire?", "age"),
        ("Are you a religious person, are you Muslim?", "belief"),
        ("Do you observe Ramadan?", "belief"),
        ("Where are you originally from?", "origin"),
        ("Is that your native language?", "origin"),
        ("Do you have a chronic illness?", "health"),
        ("How many sick days did you take last year?", "health"),
        ("Have you ever joined a union?", "membership"),
        ("Who would you vote for?", "membership"),
        ("Are you in a relationship?", "love"),
        ("What are you currently earning?", "earlier pay"),
        ("We need your last salary for the form.", "earlier pay"),
        ("Möchten Sie bald Kinder haben?", "family"),
        ("Wie alt sind Sie?", "age"),
        ("Jste vdaná?", "family"),
        ("Jaký je váš současný plat?", "earlier pay"),
        ("Θέλετε παιδιά;", "family"),
        ("您打算什么时候要孩子？", "family"),
        ("您上一份工资是多少？", "earlier pay"),
        ("هل أنت متزوج؟", "family"),
        ("Avez-vous l’intention d’avoir des enfants ?", "family"),
        ("Quel est votre salaire actuel ?", "earlier pay"),
        ("Êtes-vous croyante ?", "belief"),
        ("¿Está usted casada?", "family"),
        ("¿Cuántos años tiene?", "age"),
        ("¿Cuál es su sueldo actual?", "earlier pay"),
    ],
)
def test_a_question_about_private_life_is_known_in_many_words_and_languages(question: str, topic: str) -> None:
    found = private_topic(question)
    assert found is not None
    assert found.key == topic


@pytest.mark.parametrize(
    "question",
    [
        "How do you settle a child who will not sleep?",
        "Have you looked after children with diabetes?",
        "What do you tell a patient's husband on the phone?",
        "What salary do you expect?",
        "How would you bargain with the union of the drivers?",
        "Explain a tagged union.",
        "How would you keep the service healthy at night?",
        "Which languages do you use at work?",
        "Can you work on Sundays?",
        "Are you at least 21, as the law asks for selling wine?",
        "What does your current team own?",
        "How old may a cache entry be?",
        "Tell me about a partner team that you disagreed with.",
        "Do you have a driving licence?",
        "What pay grade would you put this post into?",
        "Arbeiten Sie gern mit Kindern?",
        "Welche Gehaltsvorstellung haben Sie?",
        "您期望的薪资是多少？",
    ],
)
def test_a_question_about_work_is_no_private_one(question: str) -> None:
    assert private_topic(question) is None


def test_the_advice_replaces_the_outline_and_the_candidates_story_and_a_plan_does_not_practise_it() -> None:
    item = Item(
        title="Are you married?",
        text="Speak of your partner warmly.",
        points=("Your story: I am married.",),
        why="Asked in 2 reports, 2025.",
        sources=("R1",),
    )
    advised = with_private_advice("questions", item, "en")
    assert advised.text.startswith("Nobody has to answer this")
    assert advised.weak
    assert (advised.points, advised.why, advised.sources) == ((), item.why, item.sources)
    day = Item(title="Your stories", text="", points=("15 min: answer aloud: Are you married?", "30 min: two stories"))
    assert with_private_advice("plan", day, "en").points == ("30 min: two stories",)
    assert with_private_advice("company", item, "en") == item


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_the_advice_is_known_in_every_language_of_the_guides_own_words(language: str) -> None:
    words = words_of(language)
    assert all(part in words for topic in private_topics() for part in (topic.strong, topic.weak))
    asked = with_private_advice("questions", Item(title="Wie alt sind Sie?", text=""), language)
    assert asked.text == words[next(topic.strong for topic in private_topics() if topic.key == "age")]


def questions(*titles: str) -> Section:
    return Section(section="questions", title="Questions", items=tuple(Item(title=title, text="") for title in titles))


def test_a_second_question_on_the_same_side_of_private_life_refers_to_the_first() -> None:
    both = tuple(with_private_advice("questions", Item(title=title, text=""), "en") for title in ("Are you married?", "Have you got kids? Do you want kids?"))  # fmt: skip
    told = without_repeated_lines([questions().model_copy(update={"items": both})])
    first, second = with_advice_again(told, "en")[0].items
    assert "Nobody has to answer this" in first.text
    assert second.text.startswith("The same holds here")
    assert second.weak != first.weak
