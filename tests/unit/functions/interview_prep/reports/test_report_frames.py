"""What a post's sentence reports, and what its writer only asks, plans, advises, guesses or lived elsewhere."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.question_validation import is_whole_question
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.accounts import WRITER
from functions.interview_prep.reports.report_frames import Kind, Told, reports_of, stands_alone
from functions.interview_prep.stage_messages import Claim, Insights, Question, Round, RoundKind
from tests.support.hostile.processor_time import takes_at_most

TOLD: tuple[tuple[Kind, str], ...] = (
    ("rounds", "The phone screen was 45 minutes with two medium problems."),
    ("rounds", "I was asked to debug a small parser in front of two engineers."),
    ("rounds", "Second interview: three questions about queues, then a small one about tests."),
    ("rounds", "Panel of four, each with a different topic."),
    ("rounds", "I gave a talk of ten minutes to a panel of three, then they asked about its numbers."),
    ("rounds", "My first round was a call with an engineer who asked me about caches."),
    ("questions", "They asked me how I would shard the orders table."),
    ("questions", 'The interviewer opened with "What would you change about our app?"'),
    ("timeline", "Heard back three days after the panel."),
    ("culture", "The interviewers were relaxed and had read my application."),
    ("red_flags", "The recruiter went quiet after promising an answer by Friday."),
    ("red_flags", "I got ghosted after the final round."),
    ("tips", "Brush up on joins before the SQL round."),
    ("compensation", "They offered 88k base and a small bonus."),
)  # fmt: skip
NOT_TOLD: tuple[tuple[Kind, str], ...] = (
    ("rounds", "Does the second round have system design?"),
    ("rounds", "I would love to know how hard the coding round is."),
    ("rounds", "I have a panel interview with four people next week."),
    ("rounds", "You should prepare five stories for the panel."),
    ("rounds", "They will probably give you a case about pricing."),
    ("rounds", "Most companies start with a recruiter call of half an hour."),
    ("rounds", "My current job has no coding round at all."),
    ("rounds", "I still haven't heard anything about the second round."),
    ("rounds", "There was no take-home for this one."),
    ("rounds", "The recruiter said I can expect one coding exercise and a talk about past projects."),
    ("rounds", "I was told that the panel has four people."),
    ("rounds", "I've got two back-to-back interviews of half an hour each."),
    ("rounds", "I had an interview with them."),
    ("rounds", "I posted here that I had a two hour panel."),
    ("rounds", "My panel was three hours and I was so nervous that I froze."),
    ("rounds", "I stayed calm and explained every step of the design problem."),
    ("rounds", "I presented my design round well and answered the questions thoroughly."),
    ("rounds", "Solved both problems in the coding round with time to spare."),
    ("rounds", "I bought a course and solved 90 tagged problems in four weeks."),
    ("rounds", "My onsite started at nine on a Monday with coffee."),
    ("rounds", "Easy rounds, slow process, nice people."),
    ("rounds", "The questions were not too hard, but not easy either."),
    ("culture", "The interviewer's webcam died, so he described his dog to me."),
    ("red_flags", "The interviewer had a bad connection and it got awkward."),
    ("red_flags", "HR told us not to waste the hour and to answer quickly."),
    ("timeline", "A few weeks ago I had an interview with their other team."),
    ("questions", "Expect questions about caching and queues."),
    ("questions", "How did your interview go in the end?"),
    ("questions", "What are my realistic chances when they go silent?"),
    ("questions", "I usually ask them how the team plans its work."),
    ("questions", "I practised questions about graphs for a month."),
    ("questions", "They asked me for my availability next month."),
    ("questions", "He asked if I had any questions for him."),
    ("questions", "If somebody asked me about queues I would leave."),
    ("timeline", "Three weeks after I got laid off I started to apply."),
    ("culture", "If the culture is as bad as people write, stay away."),
    ("timeline", "I checked the portal two days ago and it said scheduled."),
    ("culture", "They are a company that everybody knows."),
    ("culture", "My new job is the most supportive place I have worked at."),
    ("red_flags", "I was laid off in March and need something soon."),
    ("red_flags", "I feel so unprepared for this."),
    ("red_flags", "The first onsite that wasn't cancelled was in May."),
    ("red_flags", "Companies ghost candidates all the time these days."),
    ("red_flags", "They wrote to me twice and I never responded."),
    ("red_flags", "The interviews went well, no red flags."),
    ("tips", "The panel was long and I did not practise."),
    ("tips", "Relax, be confident and good luck with the interview."),
    ("tips", "Accept the offer and keep interviewing elsewhere."),
    ("compensation", "They said no to the 90k that I was asking for."),
    ("compensation", "A local startup offered me 60k at the same time."),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "sentence"), TOLD)
def test_what_happened_is_a_report(kind: Kind, sentence: str) -> None:
    assert reports_of(kind, Told(sentence))


@pytest.mark.parametrize(("kind", "sentence"), NOT_TOLD)
def test_what_is_asked_planned_advised_or_lived_elsewhere_is_none(kind: Kind, sentence: str) -> None:
    assert not reports_of(kind, Told(sentence))


def test_a_list_is_what_its_lead_says_that_it_is() -> None:
    entry = "Explain the difference between a process and a thread."
    assert reports_of("questions", Told(entry, lead="They asked:", before="They asked:\n"))
    assert not reports_of("questions", Told(entry, lead="So far I have studied:", before="So far I have studied:\n"))
    assert not reports_of("rounds", Told("Whether the coding round is live.", lead="What I am trying to find out:"))
    assert reports_of("rounds", Told("a 70 minute test with two problems", lead="Here is how the process went:"))


def test_a_numbered_list_of_what_was_asked_is_one_without_a_colon_too() -> None:
    post = Report.of(
        "Fernhill interview questions\nI had mine in May. These are the questions I was asked\n\n1. Explain a queue.\n2. Sell me a pen.",
        "Fernhill",
    )
    said = Insights(
        questions=(Question(text="Explain a queue.", sources=("a",)), Question(text="Sell me a pen.", sources=("a",)))
    )
    assert len(with_holding_sources(said, {"a": post}).questions) == 2


def test_a_question_of_the_forum_needs_somebody_who_put_it() -> None:
    asked = "Why would you leave your team?"
    assert reports_of("questions", Told(asked, before="They asked me three things: "))
    assert not reports_of("questions", Told(asked, before="Congratulations on the offer. "))


@pytest.mark.parametrize(("kind", "sentence"), TOLD)
def test_who_was_not_there_reports_nothing(kind: Kind, sentence: str) -> None:
    assert not reports_of(kind, Told(sentence, lived=False))


def test_what_is_said_in_the_present_counts_from_who_has_nothing_before_them() -> None:
    says = "The loop has four rounds of an hour each."
    assert reports_of("rounds", Told(says))
    assert not reports_of("rounds", Told(says, is_ahead=True))
    assert reports_of("rounds", Told("The loop was four rounds of an hour each.", is_ahead=True))


def test_a_line_under_its_label_tells_of_the_round_without_a_verb_where_the_rounds_are_gone_through() -> None:
    line = "Two mediums, 45 minutes, one editor for both."
    assert reports_of("rounds", Told(line, heading="Round 2 - coding:", is_written_up=True))
    assert not reports_of("rounds", Told(line))


@pytest.mark.parametrize("statement", [
    "It was two hours.", "This interview went fine.", "Then also a call.", "Both were easy.", "He asked about queues and", "Which I did not know.",
    "I did it in January over two days.", "Ten minutes in she called me by another name.", "The panel was long.Two people left.", "The panel was made of…", "Step (two of three was long.",
])  # fmt: skip
def test_what_needs_the_sentence_before_it_does_not_stand_alone(statement: str) -> None:
    assert not stands_alone(statement)


def test_what_names_its_subject_stands_alone() -> None:
    assert stands_alone("The second interview was two hours (with a break).")


GERMAN = "Ich war im März dort. Das Gespräch dauerte eine Stunde und war mit zwei Leuten aus dem Team und der Chefin."


@pytest.mark.parametrize(
    ("sentence", "account", "told"),
    [
        ("Das Gespräch dauerte eine Stunde.", GERMAN, True),
        ("Das Gespräch dauert wahrscheinlich eine Stunde.", GERMAN, False),
        ("Das Gespräch dauerte eine Stunde?", GERMAN, False),
        ("Das Gespräch dauert eine Stunde.", "Morgen bin ich dort und die Aufregung ist groß.", False),
    ],
)
def test_other_languages_are_judged_by_a_few_phrases(sentence: str, account: str, told: bool) -> None:
    assert reports_of("rounds", Told(sentence, language="de", account=account)) is told
    assert not reports_of("rounds", Told(sentence, language="xx", account=account))


POST = Report.of(
    "Fernhill onsite last week\n"
    "Hi all. The design round was 50 minutes about a booking queue. Does anybody know how long they take to answer?\n"
    "I would like to know:\n- whether the pairing round uses Java\n- how many rounds follow\n"
    'They asked "How would you cache prices?" and little else.',
    "Fernhill",
)  # fmt: skip


def test_the_nearest_sentence_comes_with_what_leads_to_it() -> None:
    told = POST.nearest("Design round: 50 minutes, a booking queue.")
    assert told is not None
    assert (told.sentence, told.lived) == ("The design round was 50 minutes about a booking queue.", True)
    listed = POST.nearest("The pairing round uses Java.")
    assert listed is not None
    assert "pairing round" in listed.sentence
    assert listed.lead == "I would like to know:"
    assert POST.nearest("Zebras.") is None


def test_statements_that_no_post_reports_are_dropped() -> None:
    said = Insights(
        rounds=(
            Round(kind="system_design", detail="The design round was 50 minutes about a booking queue.", sources=("a",)),
            Round(kind="coding", detail="Whether the pairing round uses Java.", sources=("a",)),
        ),
        questions=(
            Question(text="How would you cache prices?", sources=("a",)),
            Question(text="Does anybody know how long they take to answer?", sources=("a",)),
        ),
        topics=(Claim(text="Java", sources=("a",)),),
    )
    kept = with_holding_sources(said, {"a": POST})
    assert [one.kind for one in kept.rounds] == ["system_design"]
    assert [one.text for one in kept.questions] == ["How would you cache prices?"]
    assert kept.topics == ()


@pytest.mark.parametrize(
    ("title", "line", "kept"),
    [
        ("My Fernhill interview", "The panel was two hours with three engineers.", True),
        ("Is the market this bad", "The panel was two hours with three engineers.", False),
        ("Is the market this bad", "The Fernhill panel was two hours with three engineers.", True),
        ("Laid off after five years at Fernhill", "The panel was two hours with three engineers.", False),
        ("Fernhill or Oakham, which offer", "The panel was two hours with three engineers.", False),
        ("My Fernhill interview", "I interviewed at Oakham and the panel was two hours.", False),
        ("My Fernhill interview", "I interviewed with a small startup and the panel was two hours.", False),
        ("Fernhill rant", "My girlfriend was there, and the panel was two hours with three engineers.", False),
        ("Fernhill panel?", "My roommate had the panel, and the panel was two hours with three engineers.", False),
    ],
)
def test_a_post_about_something_else_has_to_name_the_employer(title: str, line: str, kept: bool) -> None:
    filler = "Nothing to add on my side, the weather was fine and the train was full. " * 5
    post = Report.of(f"{title}\n{filler}{line}", "Fernhill")
    said = Insights(rounds=(Round(kind="onsite", detail=line, sources=("a",)),))
    assert bool(with_holding_sources(said, {"a": post}).rounds) is kept


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("They offered 91k base.", True),
        ("Oakham L4 [91k base].", False),
        ("A small agency wanted me too. They offered 91k base.", False),
    ],
)
def test_pay_is_whose_it_was_said_to_be(body: str, own: bool) -> None:
    post = Report.of(f"Fernhill offer\nI passed the panel. {body}", "Fernhill")
    said = Insights(compensation=(Claim(text=body.rsplit("too. ", 1)[-1], sources=("a",)),))
    assert bool(with_holding_sources(said, {"a": post}).compensation) is own


THREAD = (
    f"What is the Fernhill onsite like?\nMine is next week, four people. What did they ask you?\n{WRITER}"
    f"I interviewed there in May. The onsite was three hours with four engineers. They asked me to draw a queue.\n{WRITER}"
    "They will likely ask about queues. Practise system design questions."
)


def test_of_a_thread_only_who_was_there_is_heard() -> None:
    post = Report.of(THREAD, "Fernhill")
    assert [(one.lived, one.opens) for one in post.accounts] == [(False, True), (True, False), (False, False)]
    said = Insights(
        rounds=(
            Round(kind="onsite", detail="The onsite was three hours with four engineers.", sources=("a",)),
            Round(kind="onsite", detail="Mine is next week, four people.", sources=("a",)),
        ),
        questions=(Question(text="Draw a queue.", sources=("a",)), Question(text="Tell us about queues.", sources=("a",))),
        tips=(Claim(text="Practise system design questions.", sources=("a",)),),
    )
    kept = with_holding_sources(said, {"a": post})
    assert [one.detail for one in kept.rounds] == ["The onsite was three hours with four engineers."]
    assert [one.text for one in kept.questions] == ["Draw a queue."]
    assert kept.tips == ()


def test_an_answer_that_is_tied_to_no_employer_may_be_about_any() -> None:
    post = Report.of(f"Rejected by Fernhill\nI had a three hour panel.\n{WRITER}I had a two hour panel last week.", "Fernhill")
    assert [one.lived for one in post.accounts] == [True, False]


def test_a_round_is_filed_under_what_its_sentence_names() -> None:
    post = Report.of("My Fernhill interview\nThe second interview was 40 minutes about my projects.", "Fernhill")
    said = Insights(
        rounds=(Round(kind="coding", detail="The second interview was 40 minutes about my projects.", sources=("a",)),)
    )
    assert [one.kind for one in with_holding_sources(said, {"a": post}).rounds] == ["other"]


def test_a_scene_without_a_task_is_no_question() -> None:
    assert not is_whole_question("You are a baker with three ovens and one helper.", 160)
    assert is_whole_question("You are a baker with three ovens: plan the morning.", 160)


def test_long_posts_are_read_in_linear_time() -> None:
    def nearest(size: int) -> None:
        Report.of("Fernhill\n" + '- a list entry, "quoted" and so on\n' * size, "Fernhill").nearest("an entry of a list")  # fmt: skip

    nearest(400)
    assert takes_at_most(5.0, lambda: nearest(2_000))


ASKED_OF_NOBODY = (
    ("What are the odds of me hearing back after that?", "The design interviewer was senior. What are the odds of me hearing back after that?"),
    ("How did you solve it?", "They asked: How did you solve it?"),
    ("Is this a surprise?", "Interview questions: Is this a surprise?"),
    ("Which of the two is faster?2.", "Interview questions: Which of the two is faster?2."),
    ("Tell us about graphs.", "The second question was on graphs."),
    ("Tell us about your projects.", "They barely asked me about my projects."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ASKED_OF_NOBODY)
def test_a_question_is_an_interviewers_and_can_be_read_alone(text: str, sentence: str) -> None:
    post = Report.of(f"My Fernhill interview\nI interviewed there in May. {sentence}", "Fernhill")
    assert not with_holding_sources(Insights(questions=(Question(text=text, sources=("a",)),)), {"a": post}).questions


def test_what_a_candidate_asked_back_is_no_question_of_theirs() -> None:
    led = "I asked a few things to be sure:"
    assert not reports_of("questions", Told("Should it work offline?", lead=led, before=led, asked="Should it work offline"))


@pytest.mark.parametrize(
    ("subject", "sentence", "counts"),
    [
        ("Graphs", "The second round was two questions on graphs.", True),
        ("Graphs", "I had studied graphs for weeks before the interview.", False),
        ("Graphs", "My task was different from a normal graphs question.", False),
        ("Testing", "The case round was about A/B testing for a shop.", False),
        ("Machine learning", "I had two rounds for the machine learning engineer role.", False),
    ],
)
def test_a_subject_counts_where_it_was_asked(subject: str, sentence: str, counts: bool) -> None:
    post = Report.of(f"My Fernhill interview\nI interviewed at Fernhill in May. {sentence}", "Fernhill")
    found = with_holding_sources(Insights(topics=(Claim(text=subject, sources=("a",)),)), {"a": post})
    assert bool(found.topics) is counts


def held_rounds(body: str, *details: str, kind: RoundKind = "other") -> list[tuple[str, str]]:
    post = Report.of(f"My Fernhill interview\n{body}", "Fernhill")
    said = Insights(rounds=tuple(Round(kind=kind, detail=detail, sources=("a",)) for detail in details))
    return [(one.kind, one.detail) for one in with_holding_sources(said, {"a": post}).rounds]


FIRST, SECOND = (
    "In my second round two designers asked me about a booking form.",
    "After that he asked me to sketch it in ten minutes.",
)


def test_a_round_is_quoted_with_the_sentences_that_go_on_from_it() -> None:
    told = f"{FIRST} {SECOND} I was tired."
    assert [detail for _, detail in held_rounds(told, FIRST)] == [f"{FIRST} {SECOND}"]
    assert [detail for _, detail in held_rounds(told, f"{FIRST} {SECOND}")] == [f"{FIRST} {SECOND}"], "and holds as it was quoted"


def test_a_sentence_that_points_back_is_quoted_behind_its_own_alone() -> None:
    apart = f"{FIRST} They paid for lunch in the canteen.\n\n{SECOND}"
    assert [detail for _, detail in held_rounds(apart, FIRST)] == [FIRST], "another paragraph goes on from something else"
    assert held_rounds(apart, f"{FIRST} {SECOND}") == [("other", FIRST)], "what a model joined stays apart"
    assert not held_rounds(apart, SECOND)


def test_a_round_is_filed_by_the_one_kind_that_its_label_names() -> None:
    told = "Round 1 - Behavioral:\nThe interview lasted half an hour and I was asked about two of their principles."
    sentence = "The interview lasted half an hour and I was asked about two of their principles."
    assert [kind for kind, _ in held_rounds(told, sentence, kind="technical_screen")] == ["behavioural"]


GUIDE = "Round 1: Online test\n- 2-3 problems, typically medium\nExample questions:\n- Reverse a list\nRound 2: Coding\n- 1-2 questions on a shared editor\nTips: explain your approach"


def test_a_guide_for_all_candidates_is_no_account() -> None:
    sentence = "1-2 questions on a shared editor"
    assert not held_rounds(GUIDE, sentence, kind="coding")
    told = "Round 1: Online test\n- 2 medium problems\nRound 2: Coding\n- 2 questions on a shared editor\nVerdict: selected"
    assert held_rounds(told, "2 questions on a shared editor", kind="coding")
