"""Pay as postings of many countries write it, word for word, with what limits it; empty where what stands there is no pay."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.clean_text import line
from functions.interview_prep.posting.values.pay_parser import pay_in

WRITTEN = [
    ("Salary: £82,000 - £108,000 + RSUs", "£82,000 - £108,000"),
    ("From $19 an hour - Part-time", "From $19 an hour"),
    ("$31 - $42 an hour", "$31 - $42 an hour"),
    ("€95k plus equity, up to €95k per year", "€95k"),
    ("Salary Range: $80,107 - $97,960", "$80,107 - $97,960"),
    ("$150-190k + 0.8-1.5%", "$150-190k"),
    ("£12.71 per hour, Nights £14.90", "£12.71 per hour"),
    ("up to ₹38,000 per month + incentives", "up to ₹38,000 per month"),
    ("NZ$92,300 – NZ$110,500", "NZ$92,300 – NZ$110,500"),
    ("$52 - $60 an hour", "$52 - $60 an hour"),
    ("36 000 – 44 000 Kč / měsíc", "36 000 – 44 000 Kč / měsíc"),
    ("€ 14,10 per uur", "€ 14,10 per uur"),
    ("€ 3.622 - € 5.190 (schaal 10)", "€ 3.622 - € 5.190"),
    ("2 150 € brut par mois + primes", "2 150 € brut par mois"),
    ("OTE: $210,000 - $240,000", "OTE: $210,000 - $240,000"),
    ("$130k - $150k + shift allowance", "$130k - $150k"),
    ("$2,100 - $2,400 a la semana", "$2,100 - $2,400 a la semana"),
    ("€85-110k", "€85-110k"),
    ("$27.50 - $33.00 / hour", "$27.50 - $33.00 / hour"),
    ("月給 28万円〜42万円", "月給 28万円〜42万円"),
    ("30-60K·16薪", "30-60K·16薪"),
    ("od 31,50 zł/h", "od 31,50 zł/h"),
    ("$0.72 CPM, average $1,750 weekly", "$1,750 weekly"),
    ("The base salary range is 148,000 USD - 276,000 USD.", "148,000 USD - 276,000 USD"),
    ("Nástupní mzda 38 500 Kč měsíčně", "38 500 Kč měsíčně"),
    ("₹12 - 18 LPA", "₹12 - 18 LPA"),
    ("CHF 95'000 – 110'000 pro Jahr", "CHF 95'000 – 110'000 pro Jahr"),
    ("AED 9,000 - 12,000 per month", "AED 9,000 - 12,000 per month"),
    ("ab € 2.250,- brutto pro Monat", "ab € 2.250,- brutto pro Monat"),
    ("3.020 Euro brutto monatlich", "3.020 Euro brutto monatlich"),
    ("15,20 €/Std.", "15,20 €/Std"),
    ("R$ 4.500,00 por mês", "R$ 4.500,00 por mês"),
    ("SEK 45 000 - 52 000 per month", "SEK 45 000 - 52 000 per month"),
    ("18.50 USD per hour", "18.50 USD per hour"),
    ("PLN 18-23k B2B", "PLN 18-23k"),
    ("13,90 €/h + Zuschläge", "13,90 €/h"),
    ("between $60,000 and $75,000 a year", "$60,000 and $75,000 a year"),
    ("Pay: $24.18 plus shift premium", "$24.18"),
    ("We raised $40M in Series B.", ""),
    ("a $5,000 sign-on bonus", ""),
    ("1 050 € par mois", "1 050 € par mois"),
    ("$41.92 - $49.36 hourly (2026 rates)", "$41.92 - $49.36 hourly"),
    ("£38 per hour umbrella", "£38 per hour"),
    ("£26,250, 34 days' holiday", ""),
    ("Lön 32 000 kr/månad", "32 000 kr/månad"),
    ("$17.25 USD per hour", "$17.25 USD per hour"),
    ("Rs. 25,000 per month", "Rs. 25,000 per month"),
    ("€55.000 - €65.000", "€55.000 - €65.000"),
    ("USD 4,000-5,500/month", "USD 4,000-5,500/month"),
]


@pytest.mark.parametrize(("text", "pay"), WRITTEN)
def test_pay_is_read_whole(text: str, pay: str) -> None:
    assert pay_in(text) == pay


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Trinidad \& Tobago", "Trinidad & Tobago"),
        ("Bath \\&amp; Wells", "Bath & Wells"),
        (r"St\. Louis, MO", "St. Louis, MO"),
        (r"Berlin \(hybrid\)", "Berlin (hybrid)"),
        (r"C:\Users", r"C:\Users"),
    ],
)
def test_a_mark_that_was_escaped_is_the_mark(written: str, meant: str) -> None:
    assert line(written) == meant
