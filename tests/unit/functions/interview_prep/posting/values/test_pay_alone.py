from __future__ import annotations

from datetime import date

import pytest

from functions.interview_prep.posting.posting_facts import Facts, to_posting


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("$19.00 - $31.00 per hour. Full-time.", "$19.00 - $31.00 per hour"),
        ("EUR 55.000 brutto im Jahr. Unbefristet", "EUR 55.000 brutto im Jahr"),
        ("£40,000 a year. Bonus up to £4,000.", "£40,000 a year. Bonus up to £4,000."),
        ("approx. 52,000 USD", "approx. 52,000 USD"),
        ("Competitive. Ask us.", "Competitive. Ask us."),
        ("EUR 92,000-118,000 per year", "EUR 92,000-118,000 per year"),
    ],
)
def test_pay_stands_alone(stated: str, shown: str) -> None:
    facts = Facts(title="Baker", company="Brae Bakery", description="Bake bread.", salary=stated)
    assert to_posting(facts, date(2026, 1, 5)).salary == shown
