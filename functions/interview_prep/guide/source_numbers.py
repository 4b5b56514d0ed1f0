"""Numbers a guide's sources in the order in which it cites them, and leaves out those that it does not cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from functions.interview_prep.figures.process_statistics import renamed, renamed_insights, sources_of
from functions.interview_prep.stage_messages import Outline, Section, Source


def numbered_in_order(sections: Sequence[Section], outline: Outline) -> tuple[list[Section], Outline]:
    """The sections (in the guide's order) and their outline, posts named R1, R2 ... and own pages C1, C2 ... as they come up.

    The process's figures stand before its rounds, hence come up first there. `posts_used` becomes the number of posts cited.
    """
    cited = list(dict.fromkeys(_cited(sections, outline)))
    posts, pages = ({one.ref for one in known} for known in (outline.sources, outline.pages))
    names = {ref: f"R{at}" for at, ref in enumerate((ref for ref in cited if ref in posts), 1)}
    names |= {ref: f"C{at}" for at, ref in enumerate((ref for ref in cited if ref in pages), 1)}
    kept = sorted((one for one in outline.sources if one.ref in names), key=lambda one: int(names[one.ref][1:]))
    own = sorted((one for one in outline.pages if one.ref in names), key=lambda one: int(names[one.ref][1:]))
    dates = sorted(one.date for one in kept if one.date)
    return [_section(section, names) for section in sections], outline.model_copy(
        update={
            "sources": tuple(_source(one, names) for one in kept),
            "pages": tuple(one.model_copy(update={"ref": names[one.ref]}) for one in own),
            "insights": renamed_insights(outline.insights, names),
            "figures": renamed(outline.figures, names),
            "reports": {names[ref]: text for ref, text in outline.reports.items() if ref in names},
            "posts_used": len(kept),
            "oldest_report": dates[0] if dates else "",
            "newest_report": dates[-1] if dates else "",
        }
    )


def _cited(sections: Sequence[Section], outline: Outline) -> Iterator[str]:
    told = False
    for section in sections:
        if section.section == "process":
            told = True
            yield from _of_figures(outline)
        for item in section.items:
            yield from sorted(item.sources, key=lambda ref: (len(ref), ref))
    if not told:
        yield from _of_figures(outline)


def _of_figures(outline: Outline) -> Iterator[str]:
    yield from sources_of(outline.figures)
    yield from (step.source for step in outline.figures.stated if step.source)


def _refs(sources: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[ref] for ref in sources if ref in names)


def _section(section: Section, names: Mapping[str, str]) -> Section:
    items = (item.model_copy(update={"sources": _refs(item.sources, names)}) for item in section.items)
    return section.model_copy(update={"items": tuple(items)})


def _source(source: Source, names: Mapping[str, str]) -> Source:
    return source.model_copy(update={"ref": names[source.ref]})
