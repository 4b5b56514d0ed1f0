"""The disclaimer and the AI label that end a post: added within its length, recognised, and taken off again."""

from __future__ import annotations

import re

from shared.text.supported_languages import Language
from shared.text.word_count import length

DISCLAIMERS: dict[Language, tuple[str, str]] = {
    "en": ("For discussion only, not investment advice. Investments can lose value.", "Not investment advice."),
    "zh-Hant": ("以上內容僅供討論，不構成投資建議，投資涉及風險。", "非投資建議。"),
    "zh-Hans": ("以上内容仅供讨论，不构成投资建议，投资涉及风险。", "非投资建议。"),
    "ja": ("本投稿は情報提供のみを目的とし、投資助言ではありません。投資にはリスクがあります。", "投資助言ではありません。"),
}
"""Long and short form."""
AI_LABELS: dict[Language, tuple[str, str]] = {
    "en": ("Written with AI.", "AI-written."),
    "zh-Hant": ("本文由 AI 撰寫。", "AI 撰寫。"),
    "zh-Hans": ("本文由 AI 撰写。", "AI 撰写。"),
    "ja": ("AIが作成しました。", "AI作成。"),
}
MOST = 0.2
"""Share of a post's length that the long forms may take; above it the short ones are used."""
_SAYS_DISCLAIMER = re.compile(
    r"\bnot (?:\w+ ){0,2}(?:financial|investment|trading) advice\b|\bnfa\b|(?:不構成|不构成|非|並非|并非|不是)(?:任何)?(?:投資|投资|財務|理财|財經)(?:建議|建议|意見|意见)|投資助言では",
    re.IGNORECASE,
)
_SAYS_AI = re.compile(
    r"\b(?:written|made|created|drafted) (?:with|by|using) ai\b|\bai[- ](?:written|generated|assisted|made)\b|由\s?AI\s?(?:協助|协助|輔助|辅助)?(?:撰寫|撰写|生成|創作|創作|创作)|AI\s?(?:撰寫|撰写|生成|作成)|AIが作成",
    re.IGNORECASE,
)


def closing(language: Language, max_words: int, disclaimer: str = "", *, ai_label: bool = True) -> str:
    """The words that close a post: the persona's own disclaimer or the language's, and the AI label.

    The long forms if they take at most a fifth of `max_words`, else the short ones; a persona's own is never shortened.
    """
    for form in (0, 1):
        parts = [disclaimer.strip() or DISCLAIMERS[language][form], *([AI_LABELS[language][form]] if ai_label else [])]
        closed = ("" if language != "en" else " ").join(parts)
        if length(closed) <= max_words * MOST:
            break
    return closed


def body_words(language: Language, max_words: int, disclaimer: str = "", *, ai_label: bool = True) -> int:
    """What is left of `max_words` for the text itself: what a prompt should ask for. At least 1."""
    return max(1, max_words - length(closing(language, max_words, disclaimer, ai_label=ai_label)))


def closed(text: str, language: Language, max_words: int, disclaimer: str = "", *, ai_label: bool = True) -> str:
    """The text with its disclaimer and AI label as the last line. Doing it twice changes nothing.

    The text itself is never cut: if it leaves no room, the result is too long and `rules.check` says so.
    """
    body = opened(text, disclaimer)
    end = closing(language, max_words, disclaimer, ai_label=ai_label)
    return f"{body}\n\n{end}" if body else end


def opened(text: str, disclaimer: str = "") -> str:
    """The text without the disclaimers and labels at its end, ours in any language and the persona's own; places stay."""
    ends = [*_ENDS, *([disclaimer.strip()] if disclaimer.strip() else [])]
    body = text.rstrip()
    while end := next((end for end in ends if body.endswith(end)), ""):
        body = body.removesuffix(end).rstrip()
    return body


def has_disclaimer(text: str, disclaimer: str = "") -> bool:
    """Whether the persona's own disclaimer stands in the text, or, without one, any usual wording."""
    own = "".join(disclaimer.split())
    return own in "".join(text.split()) if own else bool(_SAYS_DISCLAIMER.search(text))


def has_ai_label(text: str) -> bool:
    """Whether the text says that an AI wrote it."""
    return bool(_SAYS_AI.search(text))


_ENDS = tuple(end for table in (DISCLAIMERS, AI_LABELS) for forms in table.values() for end in forms)
