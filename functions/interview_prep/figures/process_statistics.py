"""Statistics of the whole interview process: figures per round, length, outcomes and pay, each with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from functions.interview_prep.figures.process_outcomes import outcomes, pay_by_level, process_length
from functions.interview_prep.figures.round_statistics import round_figures
from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.process_figure_messages import Figure, Outcomes, PayFigure, ProcessFigures, StatedStep
from functions.interview_prep.stage_messages import Insights, Round


def process_figures(
    found: Insights,
    raw: Sequence[Round],
    reports: Mapping[str, Report],
    authors: Mapping[str, Report],
    stated: tuple[StatedStep, ...] = (),
) -> ProcessFigures:
    """The figures, sources named as in `reports`.

    `authors`: the posts without their comments: how it ended is told by who was there. `stated`: the employer's own steps.
    """
    return ProcessFigures(
        rounds=round_figures(found, raw, reports),
        stated=stated,
        length=process_length(authors),
        outcomes=outcomes(authors),
        pay=pay_by_level(found.compensation, reports),
    )


def sources_of(figures: ProcessFigures) -> Iterator[str]:
    """Every source that a figure names."""
    for one in figures.rounds:
        for figure in (one.minutes, one.interviewer, one.subjects, one.difficulty):
            yield from figure.sources
    yield from figures.length.sources
    yield from (*figures.outcomes.offers, *figures.outcomes.rejections)
    for pay in figures.pay:
        yield from pay.pay.sources


def renamed(figures: ProcessFigures, names: Mapping[str, str]) -> ProcessFigures:
    """The figures with their sources renamed; one without a name is left out."""

    def refs(sources: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[source] for source in sources if source in names)

    def named(figure: Figure) -> Figure:
        return figure.model_copy(update={"sources": refs(figure.sources)})

    parts = ("minutes", "interviewer", "subjects", "difficulty")
    return ProcessFigures(
        rounds=tuple(one.model_copy(update={part: named(getattr(one, part)) for part in parts}) for one in figures.rounds),
        stated=tuple(
            step.model_copy(update={"source": names.get(step.source, step.source if step.source.startswith("C") else "")})
            for step in figures.stated
        ),
        length=named(figures.length),
        outcomes=Outcomes(offers=refs(figures.outcomes.offers), rejections=refs(figures.outcomes.rejections)),
        pay=tuple(PayFigure(level=one.level, pay=named(one.pay)) for one in figures.pay),
    )


def renamed_insights(insights: Insights, names: Mapping[str, str]) -> Insights:
    """The statements with their sources renamed; a source without a name is left out."""

    def rename(statement: Any) -> Any:
        return statement.model_copy(update={"sources": tuple(names[ref] for ref in statement.sources if ref in names)})

    return Insights(**{name: tuple(map(rename, getattr(insights, name))) for name in Insights.model_fields})
