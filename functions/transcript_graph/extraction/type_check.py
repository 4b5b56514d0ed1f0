"""Checks extracted entity and relation types against the schema, whatever their spelling; tells relations that say nothing."""

from __future__ import annotations

import re

from functions.transcript_graph.stage_messages import Schema

ENTITY_TYPES = ("Person", "Organization", "Place", "Product", "Technology", "Work", "Event", "Concept", "Time")
"""When no schema is given."""
_NOTHING = re.compile(
    r"(?:no|not|none|null|nil|n/?a|unknown|undefined|unclear|unspecified|unrelated|without)(?:[ _-](?:clear|direct|explicit|specific|known|obvious|apparent))?"
    r"(?:[ _-](?:relation(?:ship)?s?|related|connection|link|association|specified|stated|applicable|found|available|mentioned))?(?:[ _-](?:found|stated|exists?))?",
    re.IGNORECASE,
)
_NOTHING_ELSEWHERE = frozenset(
    {
        "無關",
        "无关",
        "沒有關係",
        "没有关系",
        "無",
        "无",
        "無明確關係",
        "无明确关系",
        "不明",
        "未知",
        "関係なし",
        "なし",
        "keine",
        "keine beziehung",
        "aucune",
        "aucune relation",
        "ninguna",
        "sin relación",
        "nothing",
        "nichts",
        "rien",
        "nada",
    }
)
_DENIES = re.compile(
    r"\b(?:no|not|none|without|kein(?:e|er|en|es)?|nicht|ohne|sin|ning[uú]na?|pas|aucune?|sans|nessuna?|senza|non|sem|nenhuma?|нет|без|"
    r"geen|ingen|inget|inconnue?s?|unbekannte?|unklare?|desconocid[oa]|desconhecid[oa]|sconosciut[oa]|onbekende?|okänd|неизвестн\w{1,3}|неясн\w{1,3})\b|^un(?=related|linked|connected)|[无無没沒未不]|なし|ない|없"
)
_RELATION = re.compile(
    r"relat|relac|relaz|relaç|connect|conex|linked|link\b|lien\b|associat|bezieh|verbind|zusammenh|v[ií]ncul|rapport|связ|отнош|关系|關係|関係|关联|關聯|"
    r"関連|联系|聯繫|관계"
)
"""A word that denies and one that means a relation: together they say that there is none, in whatever words and order."""
_UNSAID = re.compile(
    r"(?:not|never) (?:mentioned|stated|specified|described|discussed|given|determined|defined|provided|clear|known)(?: \w{1,20}){0,4}|"
    r"inconnue?|unbekannt|unklar|desconocid[oa]|desconhecid[oa]|sconosciut[oa]|onbekend|okänd|неизвестно|неясно"
)
"""What is said where nothing is known."""
_SPLIT = re.compile(r"[\s_-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def label(text: str) -> str:
    """One spelling for a relation's type: `works for`, `WORKS_FOR` and `worksFor` are `works_for`."""
    return "_".join(part for part in _SPLIT.split(_CAMEL.sub(" ", text.strip()).casefold()) if part)[:60]


def says_nothing(relation: str) -> bool:
    """Whether a relation's type says that there is none."""
    plain = label(relation).replace("_", " ")
    denied = _DENIES.search(plain) is not None and _RELATION.search(plain) is not None
    return not plain or denied or bool(_NOTHING.fullmatch(plain) or _UNSAID.fullmatch(plain)) or plain in _NOTHING_ELSEWHERE


class Types:
    """A schema's types, found whatever their spelling."""

    def __init__(self, schema: Schema) -> None:
        self._given = bool(schema.entity_types)
        self._entities = {label(name): name for name in schema.entity_types or ENTITY_TYPES}
        self._relations = {label(one.name): one for one in schema.relation_types}

    @property
    def has_relations(self) -> bool:
        """Whether the schema names the relations."""
        return bool(self._relations)

    def entity(self, name: str) -> str | None:
        """The entity's type; None: not one of a given schema. Without a schema any type stands, as it is spelt there."""
        found = self._entities.get(label(name)) or self._entities.get(label(name).removesuffix("s"))
        return found or (None if self._given else (name.strip()[:40].capitalize() or "Concept"))

    def relation(self, name: str, source: str, target: str) -> str | None:
        """The relation's type; None: not one of a given schema between such entities."""
        if not self._relations:
            return label(name)
        found = self._relations.get(label(name))
        if found is None or not (_fits(found.source, source) and _fits(found.target, target)):
            return None
        return found.name


def _fits(asked: str, given: str) -> bool:
    return not asked or label(asked) == label(given)
