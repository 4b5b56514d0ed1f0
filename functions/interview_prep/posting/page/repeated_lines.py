"""Whether a text says the same short lines again and again, as several postings or cards of one layout do, in any language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.lone_lines import tells_where_or_when
from functions.interview_prep.posting.identity.vocabulary import is_heading

_LONGEST_LINE, _LEAST_BETWEEN, _FEWEST_LINES, _ROWS = 60, 150, 2, 1500
"""Characters of a line that a layout repeats; of what each posting says in its own words; such lines that make a layout; lines looked at."""
_MOST_POSTINGS, _MOST_ABOVE, _LEAST_OF_TWO, _LEAST_OF_MANY = 60, 0.25, 0.4, 0.15
"""Postings of one layout; share of a text above the first; the lines of the shortest against the longest where they are two, and more."""
_MOST_SHARED = 0.5
"""Share of its own lines that a posting has from the one before, where it is not the same one again."""
_FEWEST_CARDS, _MOST_LINES_OF_CARD, _LEAST_SHARE = 3, 8, 0.6
"""Cards that make a list, the lines of one, and the share of a text that is cards."""
_BULLETS = ("- ", "• ", "* ", "· ", "– ")
_BOARDS = re.compile(r"about the (?:job|role)|posted\b|easy apply|(?:apply|bewerben|postuler|job description)\b", re.IGNORECASE)
"""What boards write above each of their postings."""
_FIRST_ROWS = 12
_COUNT = re.compile(
    r"^\W{0,9}(?:[1-9]\d{1,5}|[2-9]|(?:חיפוש|求人|채용\s?공고)\W{0,3}\d{1,6})\s?(?:\w{2,12} ){0,2}?"
    r"(?:jobs?|role\(s\)|vacanc(?:y|ies)|job openings|stellenangebote|offene stellen|offres? d['’]emploi|ofertas de (?:empleo|trabajo)|vagas|offerte di lavoro|ofert pracy|vacatures|lediga jobb|ledige stillinger|nabídek práce|avoin\w* työpaik\w+|iş ilanı|việc làm|lowongan|вакансий|вакансии|вакансій|θέσεις εργασίας|משרות|وظيفة|وظائف|नौकरियां|个职位|個職缺|件の求人|件|건)(?!\w)",
    re.IGNORECASE,
)
"""How a list counts its jobs: `14 вакансий`, `3件の求人`."""
_HEADED = re.compile(
    r"^\W{0,9}(?:açık pozisyonlar(?:ımız)?|iş ilanları|nyitott pozíció(?:k|ink)|állásajánlatok|locuri de muncă(?: disponibile)?|posturi vacante|(?:otwarte|aktualne) (?:pozycje|oferty(?: pracy)?)|volné pozice|voľné pracovné miesta|odprta delovna mesta|slobodna radna mjesta|avoimet (?:työpaikat|tehtävät)|ledige stillinger|lediga (?:jobb|tjänster)|laisvos darbo vietos|vakances|tööpakkumised|открытые вакансии|відкриті вакансії|отворени позиции|θέσεις εργασίας|vị trí (?:đang )?tuyển dụng|lowongan kerja|משרות פתוחות|وظائف شاغرة|الوظائف المتاحة|求人一覧|募集職種|채용공고|招聘职位|vagas abertas|vacantes disponibles|posizioni aperte|postes à pourvoir|offene stellen|open vacatures)\W*$",
    re.IGNORECASE,
)
"""What stands above a list of jobs and no one job."""


def postings_of_one_layout(rows: Sequence[str], is_title: Callable[[str], bool]) -> int:
    """How many texts the rows hold that share their headings in one order, each with words of its own; 0 where it is one.

    A layout that has a job's title among what it repeats is one job said several times.
    """
    rows = rows[:_ROWS]
    lines_of: dict[int, list[str]] = defaultdict(list)
    at = _repeated(rows)
    for line, found in at.items():
        lines_of[len(found)].append(line)
    for count, lines in sorted(lines_of.items(), reverse=True):
        order = sorted((here, line) for line in lines for here in at[line])
        size = len(lines)
        chains = [[line for _, line in order[part : part + size]] for part in range(0, len(order), size)]
        first = [rows[here] for here, _ in order[:size]]
        if (
            size >= _FEWEST_LINES
            and count <= _MOST_POSTINGS
            and all(chain == chains[0] for chain in chains)
            and any(is_heading(row) or _BOARDS.match(row) for row in first)
            and not any(map(is_title, first))
            and _are_alike(rows, [here for here, _ in order[::size]])
        ):
            return count
    return 0


def cards_of_one_layout(rows: Sequence[str]) -> int:
    """How many cards end in the same short line (`Apply`, `Save job`) and say where or since when, where the text is little else."""
    rows = rows[:_ROWS]
    for found in _repeated(rows, bulleted=True).values():
        blocks = [rows[here + 1 : there] for here, there in pairwise(found)]
        if len(found) < _FEWEST_CARDS or not all(_FEWEST_LINES <= len(block) <= _MOST_LINES_OF_CARD for block in blocks):
            continue
        firsts = {squash(block[0]) for block in blocks}
        placed = sum(any(map(tells_where_or_when, block)) for block in blocks)
        held = sum(len(block) + 1 for block in blocks) + min(found[0], _MOST_LINES_OF_CARD)
        if len(firsts) >= _FEWEST_LINES and min(placed / len(blocks), held / len(rows)) >= _LEAST_SHARE:
            return len(found)
    return 0


def counts_jobs(rows: Sequence[str]) -> str:
    """The line above a list that counts its jobs, or says that they follow; empty where none does."""
    return next(
        (row for row in rows[:_FIRST_ROWS] if len(row) <= _LONGEST_LINE and (_COUNT.match(row) or _HEADED.match(row))), ""
    )


def _repeated(rows: Sequence[str], *, bulleted: bool = False) -> dict[str, list[int]]:
    """Where each short line stands that a text has more than once."""
    at: dict[str, list[int]] = defaultdict(list)
    for here, row in enumerate(rows):
        if len(row) <= _LONGEST_LINE and (bulleted or not row.startswith(_BULLETS)) and (line := squash(row)):
            at[line].append(here)
    return {line: found for line, found in at.items() if len(found) > 1}


def _are_alike(rows: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether the texts that begin at these lines are long, different and most of all, none much longer than the others."""
    parts = [rows[here:there] for here, there in pairwise([*starts, len(rows)])]
    sizes = list(map(len, parts))
    least = _LEAST_OF_MANY if len(parts) > _FEWEST_LINES else _LEAST_OF_TWO
    layout = set(map(squash, parts[0])).intersection(*(map(squash, part) for part in parts[1:]))
    said = [set(map(squash, part)) - layout for part in parts]
    return (
        starts[0] <= max(_FEWEST_CARDS, _MOST_ABOVE * len(rows))
        and min(sum(map(len, part)) for part in parts) >= _LEAST_BETWEEN
        and min(sizes) >= least * max(sizes)
        and all(len(one & other) < _MOST_SHARED * min(len(one), len(other)) for one, other in pairwise(said))
        and all(said)
    )
