"""Every package of the runtime is under a licence that lets anybody use Headrace, and its page says which."""

import pytest

from tests.support.packages.licences import PAGE, is_allowed, licence, locked, page
from tests.support.packages.sbom import bill


@pytest.mark.parametrize("package", locked())
def test_a_package_of_the_runtime_is_under_a_permissive_licence(package: str) -> None:
    assert is_allowed(licence(package)), licence(package)


def test_the_page_lists_them_as_they_are() -> None:
    assert PAGE.read_text() == page(), "python -m tests.support.packages.licences"


@pytest.mark.parametrize(
    "text",
    ["GPL-3.0-only", "MIT AND GPL-2.0-only", "GNU Affero General Public License v3", "", "Proprietary", "LGPL-3.0", "BSD, GPL"],
)
def test_what_may_not_be_in_the_runtime(text: str) -> None:
    assert not is_allowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "MIT",
        "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
        "BSD-3-Clause AND Zlib AND CC0-1.0",
        "Apache Software License, MIT License",
    ],
)
def test_what_may(text: str) -> None:
    assert is_allowed(text)


def test_the_bill_of_materials_holds_every_locked_package_with_its_hashes() -> None:
    made = bill()["components"]
    assert sorted({one["name"] for one in made}) == locked()
    assert all(one["version"] and one["hashes"] and one["licenses"][0]["license"]["name"] for one in made)
