"""A figure of a text or a fact, with all that binds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.fact_check.reading.standing import Standing
from shared.numbers.quantity_parser import Quantity


@dataclass(frozen=True)
class Figure:
    """One figure with what binds it. `tokens`: metrics (`=revenue`) and words near it with their weight, 0..1, the nearest ones 1."""

    quantity: Quantity
    tokens: dict[str, float]
    strong: frozenset[str]
    """Metrics that stand in its own clause, the nearest ones."""
    signs: dict[str, int]
    basis: str = ""
    periods: frozenset[tuple[str, int]] = frozenset()
    against: frozenset[tuple[str, int]] = frozenset()
    """What it is measured against, as `periods`."""
    role: str = ""
    change: bool = False
    level: bool = False
    """Whether a word before it says where something stands: at 14.8%, is 14.8%."""
    brought: bool = False
    """Whether a word right before it leads to it: fell to 5."""
    step: bool = False
    """Whether it is told as how far apart two amounts are: by $5, 8 cents short of the consensus."""
    line: int = 0
    all_tokens: frozenset[str] = field(default=frozenset())
    """All words of its sentence and of the one before."""
    noun: str = ""
    """What is counted, where no table knows it: 160 airplanes."""
    standing: Standing = Standing()
    subject: frozenset[str] = frozenset()
    """The words that may say whom it is about: those beside it, else those before."""

    before: tuple[str, ...] = ()
    """The words before it, the nearest first: English ones whole, Chinese ones as characters."""
    after: tuple[str, ...] = ()
    """The words after it."""

    sentence: int = 0
    """Where its sentence begins."""

    account: str = ""
    """`adjusted` or `reported`, where it is said which of a company's two accounts it is from."""

    @property
    def unit(self) -> tuple[str, str]:
        """The kind of its unit, and which one of it."""
        return self.quantity.kind, self.quantity.unit

    @property
    def measure(self) -> tuple[str, str, bool]:
        """Its unit, and whether it is a change."""
        return *self.unit, self.change

    @property
    def sign_said(self) -> bool:
        """Whether it stands with a plus or minus: -3% is below 2%, whatever its digits."""
        return bool(self.quantity.sign)
