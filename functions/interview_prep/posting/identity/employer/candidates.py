"""The names that may be the employer's, each with where it was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.organisation_names import is_city
from functions.interview_prep.posting.identity.vocabulary import has_legal_form

_WHOLE = 1.0
"""Trust that a spelling with its legal form has more."""
SHORTEST = 2
"""Letters and digits of a name; a shorter one is merged with no longer one."""


@dataclass
class Candidate:
    """One name: the strongest find and the number of finds of each kind, and how far each spelling is trusted, by kind of find."""

    strongest: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The spelling that the most finds agree on; of equals the one found first."""
        return max(self.spellings, key=lambda one: sum(self.spellings[one].values()) + _WHOLE * self._whole(one))

    def _whole(self, spelling: str) -> int:
        """One for a legal form; less than nothing where a branch's town stands behind what is a spelling too."""
        rest, _, town = spelling.rpartition(" ")
        branch = is_city(town) and any(one.casefold() == rest.casefold() for one in self.spellings)
        return has_legal_form(spelling) - 2 * branch

    def take(self, other: Candidate, *, spellings: bool = True) -> None:
        """Add what was found for another spelling of the same name."""
        for kind, strength in other.strongest.items():
            self.strongest[kind] = max(strength, self.strongest.get(kind, 0.0))
        self.counts += other.counts
        for spelling, trusts in other.spellings.items() if spellings else ():
            own = self.spellings.setdefault(spelling, {})
            own.update({kind: max(trust, own.get(kind, 0.0)) for kind, trust in trusts.items()})


_OF_ADDRESSES = frozenset({"tenant", "address", "host", "mailbox"})
"""Kinds of finds that an address alone makes."""
_AND = re.compile(r"(?<=.)(?:and|und)(?=.)")
_ADDED, _LEAST_BEGINNING = re.compile(r"(?<=.)(?:hq|inc|jobs|careers|group|global|online|official|app|labs?|team|co)$"), 6
"""What an address adds to a name; letters by which one begins that is cut short there."""


class Candidates(dict[str, Candidate]):
    """Candidates by their name's letters and digits: two spellings of one name are one candidate."""

    def add(self, name: str, kind: str, strength: float = 1.0, *, trust: float = 1.0) -> None:
        """A find. `trust`: how far its spelling is to be trusted; a sentence cuts names short."""
        key = key_of(name)
        if not key or strength <= 0:
            return
        one = self.setdefault(key, Candidate())
        one.strongest[kind] = max(strength, one.strongest.get(kind, 0.0))
        one.counts[kind] += 1
        trusts = one.spellings.setdefault(name, {})
        trusts[kind] = max(trust, trusts.get(kind, 0.0))

    def merge(self) -> None:
        """`Acme` and `Acme Robotics` are one, `ICS` and `Institute for Coastal Studies` too."""
        for key in [key for key, one in self.items() if set(one.strongest) <= _OF_ADDRESSES]:
            if owner := self._owner_of(key):
                self[owner].take(self.pop(key), spellings=False)
        for key in sorted(self, key=len):
            if key not in self:
                continue
            longer = [other for other in self if other != key and key in other and self._goes_on(key, other)]
            if longer and len(key) > SHORTEST:
                best = max(longer, key=lambda other: _standing(self[other]))
                if _standing(self[best]) >= _standing(self[key]):
                    self[best].take(self.pop(key))
                else:
                    for other in longer:
                        self[key].take(self.pop(other))
        long = {short: key for key, one in self.items() for short in initials(one.name) if len(short) > 1}
        for key in list(self):
            longer_key = long.get(re.sub(r"^[Tt]he ", "", self[key].name))
            if longer_key is not None and longer_key != key and longer_key in self:
                self[longer_key].take(self.pop(key), spellings=False)

    def _owner_of(self, label: str) -> str:
        """The name that an address's label writes otherwise: `calderandsons` is `Calder & Sons`, `tarnskyhq` is `Tarn Sky Maps`; empty for none."""
        others, forms, bare = [key for key in self if key != label], forms_of(label), _ADDED.sub("", label)
        if whole := next((key for key in others if key in forms), ""):
            return whole
        begun = [key for key in others if key.startswith(bare)] if bare != label and len(bare) >= _LEAST_BEGINNING else []
        return begun[0] if len(begun) == 1 else ""

    def _goes_on(self, key: str, other: str) -> bool:
        """Whether a longer name begins or ends with the words of a shorter one: `Eli` is no beginning of `Elite`, `Leeds` no name in `Visit Leeds`."""
        words = [key_of(word) for word in company_name(self[other].name).split()]
        owned = [key_of(re.sub(r"['’]s?$", "", word)) for word in self[other].name.split()]
        if key in {
            "".join(owned[:count]) for count in range(1, len(owned) + 1)
        }:  # `Texas Children` is `Texas Children's Hospital`
            return True
        if key in {"".join(words[:count]) for count in range(1, len(words))} or (not other.isascii() and other.startswith(key)):
            return True
        return key in {"".join(words[count:]) for count in range(1, len(words))} and not is_city(self[key].name)


def key_of(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, with no `and` and no legal form."""
    return squash(re.sub(r"(?<=\S )(?:and|und|et|y|e|&|\+) (?=\S)", "", company_name(name)))


def forms_of(label: str) -> frozenset[str]:
    """An address's label as the keys of names that it may stand for: as it is, and without an `and` in it."""
    return frozenset([label, *(label[: found.start()] + label[found.end() :] for found in _AND.finditer(label))])


def initials(name: str) -> set[str]:
    """The capitals that begin a name's words, and the first letters of all: `ICS` and `IFCS` for `Institute for Coastal Studies`.

    A word in capitals is short already: `UKCSA` for `UK Coastal Studies Agency`.
    """
    words = [word for word in re.sub(r"^[Tt]he ", "", name).split() if word[:1].isalpha()]
    first = "".join(word[0] for word in words)
    whole = "".join(word if word.isupper() else word[0] for word in words if word[0].isupper())
    return {"".join(letter for letter in first if letter.isupper()), first.upper(), *([whole] if len(words) > 1 else [])}


def _standing(one: Candidate) -> float:
    return max(sum(trusts.values()) for trusts in one.spellings.values())
