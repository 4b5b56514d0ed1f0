import re

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"} | {0x3000: 0x20}
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def folded(text: str) -> str:
    return _WIDE_COMMA.sub(",", text.translate(_ASCII))
