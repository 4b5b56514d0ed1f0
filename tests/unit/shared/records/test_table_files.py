"""Tables as programs write them: what separates cells, what stands before the heading, blank rows, signs in strings."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.errors import BadInput
from shared.records.table_files import rows

ADA = {"serial": "1", "name": "Ada, B."}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("semicolons.csv", "serial;name\n1;Ada, B.\n", [(2, ADA)]),
        ("excel.csv", "\ufeffsep=;\r\nserial;name\r\n1;Ada, B.\r\n", [(3, ADA)]),
        ("bars.csv", "serial|name\n1|Ada, B.\n", [(2, ADA)]),
        ("tabs.tsv", "serial\tname\n1\tAda, B.\n", [(2, ADA)]),
        ("old.csv", 'serial,name\r1,"Ada, B."\r', [(2, ADA)]),
        ("blank.csv", "\n\nserial;name\n;;;\n1;Ada, B.\n\n", [(5, ADA)]),
        ("lines.csv", 'serial,name\n1,"Ada\nB"\n', [(3, {"serial": "1", "name": "Ada\nB"})]),
        ("empty.csv", "", []),
        ("strings.jsonl", '{"name": "a\u2028b\tc"}\r\n\n{"name": "d"}', [(1, {"name": "a\u2028b\tc"}), (3, {"name": "d"})]),
    ],
)
def test_a_table_is_read_as_it_was_written(tmp_path: Path, name: str, text: str, found: object) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert rows(tmp_path / name) == found


def test_a_row_with_more_cells_than_the_heading_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("sep=,\nserial,name\n1,A,left over\n2,B\n", encoding="utf-8")
    (wrong_at, wrong), good = rows(tmp_path / "x.csv")
    assert (wrong_at, type(wrong), good) == (3, BadInput, (4, {"serial": "2", "name": "B"}))
