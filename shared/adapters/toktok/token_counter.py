"""Counts tokens exactly, in OpenAI's o200k vocabulary, with the toktok library: the tokens port's adapter."""

from __future__ import annotations

from collections.abc import Sequence


class ToktokTokens:
    """The tokens port. The vocabulary is built at the first count."""

    def count(self, texts: Sequence[str]) -> list[int]:
        import toktok  # noqa: PLC0415 - only stages that cut texts want it

        from shared.adapters.toktok import vocabulary  # noqa: PLC0415 - as above; imported once, whoever comes together

        return list(toktok.batch_count([_sound(text) for text in texts], vocabulary.NAME, threads=1))


def _sound(text: str) -> str:
    """Half a surrogate pair has no UTF-8: it is counted as a question mark."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
