"""Which words are names to the offline model, where each begins and ends, and what they name."""

from __future__ import annotations

import pytest

from tests.unit.infra.offline_model.test_graph_extraction import found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We need this AND that, and it IS so.", set()),
        ("You click Share, then Refresh, and look at the Office next to the Coast.", set()),
        ("Then we had plan B. Rather than wait, we went.", set()),
        ("We did some A/B Testing on Netflix.", {"Netflix"}),
        ("They gave us 16 GB of RAM from Samsung.", {"RAM", "Samsung"}),
        ("Considering Elasticsearch was there, we took it.", {"Elasticsearch"}),
        ("That ran on Intel's OpenVINO at night.", {"Intel", "OpenVINO"}),
        ("He went to Switzerland for the Applied Vision Days last year.", {"Switzerland", "Applied Vision Days"}),
        ('And she said, "Okay, I have a Trello board, so what."', {"Trello"}),
    ],
)
def test_what_is_a_name_and_where_it_ends(text: str, names: set[str]) -> None:
    assert found(text)[0].keys() == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("We read J.R.R. Tolkien as children.", "J.R.R. Tolkien", "Person"),
        ("I talked with Wolfram van Hoorn about it.", "Wolfram van Hoorn", "Person"),
        ("They asked McKinsey about it.", "McKinsey", "Organization"),
        ("It was told by Zeltor spokesman Neil Estes.", "Zeltor", "Organization"),
        ("We asked Forest Service spokeswoman Xenia Clack.", "Xenia Clack", "Person"),
        ("We heard that Quillon Ross was born in Boston.", "Quillon Ross", "Person"),
        ("They heard Morihi Hosokawa, Japan's prime minister.", "Morihi Hosokawa", "Other"),
        ("It was said by Mary Thayer of the Forest Bureau.", "Forest Bureau", "Organization"),
        ("They met near Trapper Creek, Alaska.", "Trapper Creek", "Place"),
        ("They live at Willow Bend, Vt., by the river.", "Willow Bend", "Place"),
        ("We were in Burning Man that year.", "Burning Man", "Other"),
        ("It is spoken in French and in Kenyan schools by Ada Smith.", "French", "Other"),
    ],
)
def test_what_a_name_names(text: str, name: str, kind: str) -> None:
    assert found(text)[0].get(name) == kind


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("We called Norman Vaughan, 83, of Alaska about it.", ("Norman Vaughan", "lives_in", "Alaska")),
        ("That is what Atlanta businessman Neil Estes said.", ("Neil Estes", "lives_in", "Atlanta")),
        ("It was told by Chevron spokesman Neil Estes.", ("Neil Estes", "works_for", "Chevron")),
        (
            "Then Sen. Mary Roybal, D-Calif., chairman of the Budget Committee, spoke.",
            ("Mary Roybal", "works_for", "Budget Committee"),
        ),
    ],
)
def test_what_apposition_says(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in found(text)[1]
