"""The names that people use for a company."""

from __future__ import annotations

import pytest

from functions.interview_prep.forum.company_aliases import MOST_ALIASES, aliases_of


@pytest.mark.parametrize(
    ("company", "alias"),
    [
        ("Bright Horizons Family Solutions LLC", "Bright Horizons"),
        ("Cognizant Technology Solutions India Pvt. Ltd.", "Cognizant"),
        ("PricewaterhouseCoopers LLP (PwC)", "PwC"),
        ("Ernst & Young LLP", "EY"),
        ("DXC Technology Company", "DXC"),
        ("JPMorgan Chase & Co.", "JPMC"),
        ("Deutsche Telekom IT Solutions s.r.o.", "Deutsche Telekom"),
        ("L'Oréal S.A.", "L'Oreal"),
        ("The Walt Disney Company", "Disney"),
        ("HCL Technologies Limited", "HCL"),
        ("Booz Allen Hamilton Inc.", "Booz Allen"),
        ("General Dynamics Information Technology", "GDIT"),
        ("Hewlett Packard Enterprise", "HPE"),
        ("AlphaSense, Inc.", "Alpha Sense"),
        ("T-Mobile US, Inc.", "T-Mobile"),
        ("Procter & Gamble", "P&G"),
        ("Johnson & Johnson", "J&J"),
        ("Lowe's Companies, Inc.", "Lowe's"),
        ("McDonald's Corporation", "McDonalds"),
        ("Robert Bosch GmbH", "Bosch"),
        ("Goldman Sachs Bank USA", "Goldman Sachs"),
        ("Amazon.com Services LLC", "Amazon"),
        ("Grab Holdings Pte. Ltd.", "Grab"),
        ("Siemens Energy Global GmbH & Co. KG", "Siemens Energy"),
        ("Tata Consultancy Services Limited", "TCS"),
        ("Larsen & Toubro Infotech", "Larsen & Toubro"),
        ("CVS Health Corporation", "CVS"),
        ("Northrop Grumman Systems Corp.", "Northrop Grumman"),
        ("Mercedes-Benz Group AG", "Mercedes"),
        ("Snap Inc.", "Snap"),
        ("Yum! Brands, Inc.", "Yum"),
        ("Home Depot U.S.A., Inc.", "Home Depot"),
        ("Intuitive Surgical Operations, Inc.", "Intuitive Surgical"),
        ("BNY Mellon (The Bank of New York Mellon)", "BNY"),
        ("S&P Global Inc.", "S&P"),
        ("Kaiser Foundation Health Plan (Kaiser Permanente)", "Kaiser"),
        ("Česká spořitelna, a.s.", "Ceska sporitelna"),
    ],
)
def test_a_company_goes_by_the_name_people_use(company: str, alias: str) -> None:
    found = aliases_of(company)
    assert alias.casefold() in {name.casefold() for name in found}
    assert len(found) <= MOST_ALIASES


@pytest.mark.parametrize(
    ("company", "never"),
    [
        ("Robert Bosch GmbH", "Robert"),
        ("Johnson & Johnson", "Johnson"),
        ("Deutsche Telekom AG", "Deutsche"),
        ("General Dynamics", "General"),
    ],
)
def test_a_word_that_means_others_too_is_no_alias(company: str, never: str) -> None:
    assert never not in aliases_of(company)
