"""Chunks' entities and relations by rules, and whether two namesakes are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from infra.offline_model.graph.names import Name, names_in, titles_in
from infra.offline_model.graph.type_and_relation_cues import (
    CHINESE,
    COUNTRIES,
    ENDS,
    NEED_A_WHOLE_TARGET,
    NO_CHINESE_NAMES,
    ORGANISATION,
    RELATIONS,
    SPELLINGS,
    STATES,
    STRONG_VERB,
    TYPE_SPELLINGS,
)

Data = dict[str, Any]
LONGEST_GAP, LONGEST_QUOTE = 90, 300
_SENTENCE = re.compile(
    r"[^.!?\n]{1,600}(?:(?:[.!?](?=\w)|\.(?=,)|(?<=\b[A-HJ-Z])\.(?=,? )|(?<=\bMr|\bMs|\bDr|\bSt|\bJr)\.(?= )|(?<=\bMrs|\bRev|\bSen|\bGov|\bRep|\bGen)\.(?= ))"
    r"[^.!?\n]{0,200}){0,8}[.!?…\"”]{0,3}|\n"
)
"""A point behind an initial or a title ends no sentence."""
_LABEL = re.compile(r"^[^\n:]{1,60}: ")
_IS = re.compile(r"^,? (?:is|was|who is|who was|who's|which is),? (?:an?|the|our|my) ([^,.;!?()\n]{3,80})")
_COMMA = re.compile(r"^, (?:an?|the|our|my) ([^,.;!?()\n]{3,60})[,.]")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are) \w{3,20}(?: \w{1,20}){0,3} by\b")
_ACTS = re.compile(
    r"^,? (?:who )?(?:ha[ds] )?(?:co-?founded|founded|joined|invented|(?:was )?born|lives|lived|died|grew up|works? (?:at|for)|worked (?:at|for))\b"
)
_TWO_WORDS = re.compile(r"[A-Z][^\W\dA-Z_]+(?: [A-Z][^\W\dA-Z_]+){1,2}")
_DENIED = re.compile(r"\b(?:not|never|no longer|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_DONE_BY = re.compile(r"\b(?:is|was|are|were|been|being) \w{3,20}ed\b|\bby (?:the |an? )?$")
"""What is done to the first name, or by the second."""
_OTHERS = re.compile(r"\b(?:some(?:one|body)|any(?:one|body)|every(?:one|body)|people|person|folks|guys|they|we|you|I|others?)\b")
"""Somebody else between two names: the verb is theirs."""
_LIST_GOES_ON = re.compile(r",? (?:and|or) [A-Z]")
_END_OF_A_NAME = re.compile(
    r"[\"”)]*(?:$|[,.;:!?…)\"”]| [-–—]|(?: (?:and|or|but|that|which|who|where|when|while|because|so|if|as|than|then|for|in|from|of|with|to|at|on|by|"
    r"into|over|under|about|after|before|during|since|until|through|between|is|was|are|were|has|have|had|will|would|can|could|should|also|just|now|"
    r"today|yesterday|last|this|really|actually|together|back|out|up|here|there|again|instead|too|you|we|I|they|he|she|it)\b))"
)
"""What follows a name that is a whole noun: behind `AI` in `the AI practice` another word goes on."""
_CJK = re.compile(r"[\u4e00-\u9fff]")


def extract(data: Data) -> Data:
    """`transcript_graph`: one entry per chunk."""
    schema = data.get("schema") or {}
    return {"chunks": [{"chunk": chunk["chunk"], **_chunk(str(chunk["text"]), schema)} for chunk in data.get("chunks", ())]}


def nothing_more(data: Data) -> Data:
    """`transcript_graph_more`: rules see the same at a second look."""
    return {"chunks": [{"chunk": chunk["chunk"], "entities": [], "relations": []} for chunk in data.get("chunks", ())]}


def same(data: Data) -> Data:
    """`transcript_graph_same`: one if what is known of both has a telling word in common."""
    return {
        "verdicts": [
            {"id": pair["id"], "same": bool(_known(pair["one"]) & _known(pair["other"]))} for pair in data.get("pairs", ())
        ]
    }


def _known(side: Data) -> set[str]:
    return {word for text in side.get("known", ()) for word in re.findall(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}", str(text).lower())}


def _chunk(text: str, schema: Data) -> Data:
    spoken = "\n".join(_LABEL.sub("", line) for line in text.split("\n"))
    if len(_CJK.findall(spoken)) * 4 > len(spoken):
        return _fitted(*_chinese(spoken), schema)
    sentences = [found[0].strip() for found in _SENTENCE.finditer(spoken) if found[0].strip()]
    found = [(sentence, _names(sentence)) for sentence in sentences]
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sure: Counter[str] = Counter()
    for sentence, names in found:
        for name in names:
            acts = name.type == "Other" and _TWO_WORDS.fullmatch(name.text) and _ACTS.match(sentence[name.upto :])
            types[name.text]["Person" if acts else name.type] += 3 if acts or name.type != "Other" else 1
            sure[name.text] += name.sure
    known = {text: counts.most_common(1)[0][0] for text, counts in types.items() if sure[text]}
    known |= dict.fromkeys(_people(text, known), "Person")
    about: dict[str, str] = {}
    relations: list[Data] = []
    for sentence, names in found:
        kept = [name for name in names if name.text in known]
        for name in kept:
            if said := _IS.match(sentence[name.upto :]) or _COMMA.match(sentence[name.upto :]):
                about.setdefault(name.text, " ".join(said[1].split()[:10]))
        relations += _relations(sentence, kept, known)
    entities = [{"name": name, "type": kind, "description": about.get(name, "")} for name, kind in known.items()]
    return _fitted(entities, relations, schema)


def _people(text: str, known: dict[str, str]) -> Iterator[str]:
    """Names of no type yet that are a speaker's, or the last name of somebody whose whole name stands there."""
    speakers = {
        label for line in text.split("\n") if (found := _LABEL.match(line)) and _TWO_WORDS.fullmatch(label := found[0][:-2])
    }
    last = {name.rsplit(" ", 1)[-1] for name, kind in known.items() if kind == "Person" and " " in name} | {
        speaker.rsplit(" ", 1)[-1] for speaker in speakers
    }
    yield from (name for name, kind in known.items() if kind == "Other" and (name in speakers or name in last))


def _names(sentence: str) -> list[Name]:
    titles = list(titles_in(sentence))
    names = [name for name in names_in(sentence) if not any(title.at <= name.at < title.upto for title in titles)]
    return sorted([*titles, *names], key=lambda name: name.at)


def _relations(sentence: str, names: list[Name], known: dict[str, str]) -> Iterator[Data]:
    """Between neighbours, and from a name to the one after the next."""
    for first, name in enumerate(names):
        for other in names[first + 1 : first + 3]:
            gap = sentence[name.upto : other.at]
            if len(gap) > LONGEST_GAP or _one_in_the_other(name.text, other.text) or other.upto - name.at > LONGEST_QUOTE:
                continue
            apart = other is not names[first + 1]
            if _DENIED.search(gap) or _OTHERS.search(gap):
                continue
            after = sentence[other.upto : other.upto + 20]
            found = _kinds(gap, known[name.text], known[other.text], apart=apart)
            kind = next((each for each in found if _is_said(each, gap, name.text, after)), None)
            if kind is not None:
                ends = (other.text, name.text) if kind[1] else (name.text, other.text)
                yield {"source": ends[0], "type": kind[0], "target": ends[1], "quote": sentence[name.at : other.upto]}


def _one_in_the_other(one: str, other: str) -> bool:
    """Whether two names may be one thing's: `Vask` and `Joren Vask`, not he and `Vask & Daughters`."""
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words


def _is_said(kind: tuple[str, bool], gap: str, name: str, after: str) -> bool:
    """Whether a relation holds for what stands before and after the names: no list of places, no target that is a part of a longer noun."""
    if not kind[1] and kind[0] not in STATES and _DONE_BY.search(gap):
        return False
    if kind[0] == "based_in" and gap.strip(" .,") in ("of", "in"):
        return ORGANISATION.search(name) is not None  # `Acme Institute in Ohio`; what Google does in Zurich is another thing
    if kind[0] == "located_in":
        return name not in COUNTRIES and not (gap == ", " and _LIST_GOES_ON.match(after))
    return kind[1] or kind[0] not in NEED_A_WHOLE_TARGET or _END_OF_A_NAME.match(after) is not None


def _kinds(gap: str, one: str, other: str, *, apart: bool) -> Iterator[tuple[str, bool]]:
    """`apart`: a third name stands between the two, and a verb there may be its."""
    for kind, pattern, turned in RELATIONS:
        if not pattern.match(gap):
            continue
        source, target = ENDS.get(kind, (frozenset(), frozenset()))
        first, second = (other, one) if turned else (one, other)
        if (not source or first in source) and (not target or second in target):
            yield kind, turned
    if not apart and (verb := STRONG_VERB.match(gap)) and not _PASSIVE.search(gap):
        yield verb[1], False


def _chinese(text: str) -> tuple[list[Data], list[Data]]:
    entities: dict[str, Data] = {}
    relations = []
    for kind, pattern, source, target in CHINESE:
        for found in pattern.finditer(text):
            if any(word in each for each in (found[1], found[2]) for word in NO_CHINESE_NAMES):
                continue
            for name, of in ((found[1], source), (found[2], target)):
                entities.setdefault(name, {"name": name, "type": of, "description": ""})
            relations.append({"source": found[1], "type": kind, "target": found[2], "quote": found[0]})
    return list(entities.values()), relations


def _fitted(entities: list[Data], relations: list[Data], schema: Data) -> Data:
    """In the schema's own words; what has none there is left out."""
    wanted = {str(name).lower(): str(name) for name in schema.get("entity_types") or ()}
    asked = schema.get("relation_types")
    labels = {str(one["name"]).lower(): str(one["name"]) for one in asked} if isinstance(asked, list) else None
    kept = []
    for entity in entities:
        kind = next((wanted[each] for each in TYPE_SPELLINGS.get(entity["type"], ("",)) if each in wanted), None)
        if not wanted or kind:
            kept.append({**entity, "type": kind or entity["type"]})
    names = {entity["name"] for entity in kept}
    told = []
    for relation in relations:
        kind = (
            relation["type"]
            if labels is None
            else next((labels[each] for each in SPELLINGS.get(relation["type"], (relation["type"],)) if each in labels), None)
        )
        if kind and {relation["source"], relation["target"]} <= names:
            told.append({**relation, "type": kind})
    return {"entities": kept, "relations": told}


RULES = {"transcript_graph": extract, "transcript_graph_more": nothing_more, "transcript_graph_same": same}
"""By the task that the data names."""
