"""The language of a text: by its script, or by the small words of languages that share one."""

from __future__ import annotations

import re
from collections import Counter

from shared.sources.news.language import language_of

NAMES = {
    "en": "English", "cs": "Czech", "de": "German", "el": "Greek", "zh": "Chinese", "ar": "Arabic", "fr": "French", "es": "Spanish",
    "it": "Italian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "sv": "Swedish", "ja": "Japanese", "ko": "Korean", "ru": "Russian",
    "bg": "Bulgarian", "he": "Hebrew", "hi": "Hindi", "th": "Thai", "fa": "Persian", "ur": "Urdu", "uk": "Ukrainian",
}  # fmt: skip
"""The languages that guides are asked for in, as a model is told them."""
_SMALL_WORDS = {
    "en": "the and of to in for with you we our your is are will be on as or an",
    "de": "und der die das mit für wir sie ihr ihre eine einen im zu von auf bei sind ist oder den ich mich nicht ein hat haben wurde dem es wie nach",
    "cs": "a se na v pro je že do s které nebo jsme naše vaše při od po náš jako našeho jsem mě mi byl byla ale jak aby",
    "fr": "et le la les des de du pour vous nous avec une dans est sur votre nos en au je un ne pas que qui elle était été mon ce plus par",
    "es": "y el la los las de del para con una en es nuestro tu por que su como un lo fue mi se al más yo le muy",
    "it": "e il la le di del per con una in è nostro che dei delle sono nel alla ho mi non un stato al più",
    "nl": "en de het een van voor met je wij ons bij zijn op te naar als jouw ik niet mijn er ook",
    "pl": "i w na z do dla oraz jest się nasz naszego przy po od lub jako mnie nie był była mi jak",
    "pt": "e o a os as de do da para com uma em é nosso que por como dos não eu um foi na ao mais",
    "sv": "och att en ett för med vi du på av är som till din vår inom",
}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 6_000
FEWEST = 5
"""Small words below which a text's language is not known by them."""


_QUOTATION = re.compile(r"[“„«][^“”„«»\n]{1,400}[”“»]")


def without_quotations(text: str) -> str:
    """The text without what it quotes: that may be in another language."""
    return _QUOTATION.sub(" ", text)


def text_language(text: str) -> str:
    """The tag of the text's language; `en` where nothing tells."""
    text = text[:_LOOKED_AT]
    if by_script := language_of(text):
        return by_script
    counts = _small_words_in(text)
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= FEWEST and counts[best] > counts["en"] else "en"


def _small_words_in(text: str, shortest: int = 1) -> dict[str, int]:
    words = Counter(word.casefold() for word in _WORD.findall(text) if len(word) >= shortest)
    return {language: sum(words[word] for word in small.split()) for language, small in _SMALL_WORDS.items()}


def is_rather_in(text: str, language: str) -> bool:
    """Whether a text that should be in a language is, rather than in English; so where it is too short to tell."""
    if language_of(text):
        return language_of(text) == language
    counts = _small_words_in(text[:_LOOKED_AT])
    return counts.get(language, 0) >= counts["en"]


def is_surely_in_another(text: str, language: str) -> bool:
    """Whether a text's script, or its small words, are another language's: twice as many as those of `language`."""
    if by_script := language_of(text):
        return by_script != language
    counts = _small_words_in(text, shortest=2)  # `a` is a word of five of them
    best = max(counts, key=lambda tag: counts[tag])
    return best != language and counts[best] >= FEWEST and counts[best] > 2 * counts.get(language, 0)
