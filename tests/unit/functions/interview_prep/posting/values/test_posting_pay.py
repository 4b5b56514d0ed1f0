"""Pay as postings state it, by locale; and money that is no pay."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.values.pay_parser import pay_in

STATED: list[tuple[str, tuple[str, ...] | None]] = [
    ("Base: $145,000 — $172,500 USD", ("145,000", "172,500")),
    ("The pay range is between $62.5k and $75k a year", ("62.5k", "75k")),
    ("Salary from 52 000 to 61 000 EUR gross/year", ("52 000", "61 000")),
    ("£28,000pa pro rata", ("28,000",)),
    ("Gehalt: 3.200 - 3.900 € brutto im Monat", ("3.200", "3.900")),
    ("Jahresgehalt 55.000 € bis 65.000 €", ("55.000", "65.000")),
    ("45 à 52 K€ brut annuel", ("45", "52")),
    ("Mzda 35 000 – 42 000 Kč/měsíc", ("35 000", "42 000")),
    ("od 38.000 Kč hrubého měsíčně", ("38.000",)),
    ("薪资：25-40K·14薪", ("25", "40K")),
    ("月薪1.5万-2.5万", ("1.5万", "2.5万")),
    ("الراتب: 9000 - 12000 ريال شهريا", ("9000", "12000")),
    ("CTC: 12-18 LPA", ("12", "18 LPA")),
    ("₹ 6,50,000 - 9,00,000 per annum", ("6,50,000", "9,00,000")),
    ("10-14 Lacs P.A.", ("10", "14 Lacs")),
    ("$21-24/hr plus tips", ("21", "24")),
    ("pays $17.25 USD per hour", ("17.25",)),
    ("CHF 110'000 - 130'000 p.a.", ("110'000", "130'000")),
    ("SGD 5,500 – 7,500 monthly", ("5,500", "7,500")),
    ("RM 3,000 – RM 4,200 per month", ("3,000", "4,200")),
    ("R$ 8.000,00 a R$ 10.000,00 mensais", ("8.000,00", "10.000,00")),
    ("от 180 000 ₽ за месяц на руки", ("180 000",)),
    ("180 000–220 000 руб. в месяц", ("180 000", "220 000")),
    ("2 150 € brut / mois", ("2 150",)),
    ("32.000 kr. pr. måned", ("32.000",)),
    ("Lön: 38 000–45 000 kr/mån", ("38 000", "45 000")),
    ("Entgelt nach TVöD, mindestens 2.850,00 EUR monatlich", ("2.850,00",)),
    ("Compensation: $180,000 to $210,000 plus equity", ("180,000", "210,000")),
    ("OTE $85,000", ("85,000",)),
    ("$82K - $95K (Employer est.)", ("82K", "95K")),
    ("$4,200 - $5,600 bi-weekly", ("4,200", "5,600")),
    ("£600 per day outside IR35", ("600",)),
    ("£34,314 to £37,938 per annum", ("34,314", "37,938")),
    ("hourly rate of 15,50 €", ("15,50",)),
    ("USD 90-110k DOE", ("90", "110k")),
    ("We raised $40M and pay well", None),
    ("401(k) match up to $3,000", None),
    ("a portfolio of 30 grants with a total value of $14m", None),
    ("Our 5,000 customers save 20 hours per week", None),
    ("referral bonus of €1,500", None),
    ("turnover of £80m", None),
    ("We process $2 billion a year", None),
    ("Salary: competitive", None),
    ("relocation up to $10,000", None),
    ("tuition $7,900, pay in instalments", None),
]


@pytest.mark.parametrize(("text", "figures"), STATED)
def test_pay_is_found_whole_as_it_is_written(text: str, figures: tuple[str, ...] | None) -> None:
    found = pay_in(text)
    assert (not found) if figures is None else all(figure in found for figure in figures)
