"""Articles about a kind of work are no postings, however many of a posting's headings they have."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.page.profession_articles import is_about_a_profession
from functions.interview_prep.posting.page.single_posting_check import check_one_job
from shared.errors import Permanent

SURVEYOR = """Land Surveyor
Career Compass

Land surveyors (LSs) measure plots of ground and draw the maps that builders rely on. A land surveyor spends half of the week outdoors.

Responsibilities
- Measure distances and angles with a total station
- Prepare plats and legal descriptions

Requirements
Surveyors need a degree in geomatics in most regions. Licensed surveyors may sign plats on their own account.

Salary
The average salary is $68,000 per year, full-time, with benefits.

How to become a land surveyor
You will need four years of experience before the state's examination."""
BAKER = """Bäcker/in: Aufgaben, Ausbildung, Verdienst
Berufe von A bis Z

Was macht ein Bäcker? Ein Bäcker stellt Brot und feine Backwaren her und beginnt seinen Tag meist nachts.

Anforderungen
Eine Bäckerin braucht Ausdauer und ein gutes Gefühl für Mengen.

Gehalt eines Bäckers
Vollzeit liegt das Durchschnittsgehalt bei 2.400 Euro im Monat."""
NURSERY = """What is it like to teach the youngest? Our guide for those who choose.

Nursery teachers plan the day, most nursery teachers also speak with parents each evening. Teachers often stay with one group for years.

Job outlook
Employment of nursery teachers is projected to grow by four percent. According to the Bureau of Labor, demand is highest in towns.
Benefits: long holidays. Qualifications: a diploma. Duties: play, meals, naps."""


PORTRAIT = """Wayfind
Home
Careers
Compare

Careers / Glazier
Glazier
Cut and fit glass in homes, shops and offices.
$48k-$81k
Salary
3 yrs
Study time
A day in the life
7:00 AM
Load the van
Lift the day's panes and check each against the plan.
How to get there
Step 1 - School
No special subjects are asked for
Skills that matter most
A steady hand
Job stability
72/100
Outlook
Steady"""
QUESTIONS = """Ledgerly
Products
Prices
Blog

Why Should a Shop Hire a Bookkeeper?
by Nora Tamm, 4 minutes

A bookkeeper keeps the daily records of a business. Bookkeepers also chase unpaid invoices, and most bookkeepers prepare the returns for tax.

What Does a Bookkeeper Cost?
Between $35 and $60 per hour, part-time. Our plans begin at $19."""


@pytest.mark.parametrize("text", [SURVEYOR, BAKER, NURSERY, PORTRAIT, QUESTIONS])
def test_an_article_about_a_kind_of_work_is_no_posting(text: str) -> None:
    assert is_about_a_profession(text)
    with pytest.raises(Permanent) as refused:
        check_one_job(text)
    assert refused.value.code == "posting_unreadable"


OURS = """Senior Baker
Silverbeck Mill, Leeds

Silverbeck bakers start at two and end at ten; our bakers decide what goes on the shelves. A baker at Silverbeck is trusted with the keys.
We are looking for a baker who trains others. You will report to the owner, and we pay the average salary of the trade plus a bonus.
What does a baker do here? He or she kneads, shapes and bakes. Join us: apply now with your CV."""
FIRM = """Consultant
SEI Consultants solve problems that clients could not. SEI Consultants work in teams of three. An SEI Consultant travels little.
Frequently asked questions: our office answers them. We need five years of experience. Apply here by May. Send us your CV."""


@pytest.mark.parametrize("text", [OURS, FIRM, SURVEYOR.split("How to become", maxsplit=1)[0].replace("average ", "")])
def test_a_posting_that_speaks_of_its_trade_is_one(text: str) -> None:
    assert not is_about_a_profession(text)
