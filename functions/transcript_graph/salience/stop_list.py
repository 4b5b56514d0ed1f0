"""Names that crowd a map and say nothing on it: days, pronouns, everyday things, what speakers say of their talk."""

from __future__ import annotations

from functions.transcript_graph.resolution.names import key

_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "today tomorrow yesterday tonight morning afternoon evening week weekend month year years day days hour hours minute minutes second seconds time times "
    "i me my mine you your yours he him his she her hers it its we us our ours they them their theirs one ones someone somebody anyone anybody everyone everybody "
    "nobody people person persons man men woman women guy guys folks friend friends everything something anything nothing thing things stuff lot lots way ways "
    "kind kinds sort sorts part parts place places point points question questions answer answers example examples idea ideas word words number numbers case cases "
    "glasses glass chair table door window phone car house home room food water coffee lunch dinner breakfast bit side end start beginning middle problem problems "
    "fact facts reason reasons story stories show shows episode episodes podcast interview conversation talk guest guests host hosts listener listeners audience "
    "speaker speakers sir madam okay yeah hello thanks god gosh".split()
)
_ELSEWHERE = frozenset({"今天", "明天", "昨天", "我們", "我们", "大家", "時間", "时间", "問題", "问题", "東西", "东西", "人", "事情", "節目", "节目"})


def is_stopped(name: str) -> bool:
    """Whether a name is on the list; one character is never a name, unless it is a sign of its own (Chinese)."""
    plain = key(name)
    return plain in _WORDS or name.strip() in _ELSEWHERE or (len(plain) < 2 and plain.isascii())  # noqa: PLR2004 - a letter
