"""A posting's own text: without a mail's header and a chat's senders, and without the other jobs that a page shows at its end."""

from __future__ import annotations

import re

from functions.interview_prep.posting.page.main_text import without_others

_SENDER = re.compile(r"(?m)^\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?[^\]\n]{0,24}(?:\]| -) [^:\n]{1,40}: ")
"""Who wrote a line of a chat that was copied, and when."""

_FIELD = r"(?:From|To|Cc|Bcc|Date|Sent|Reply-To|Sender|Newsgroups|Message-ID|Path|Lines|References|Followup-To|Organization|NNTP-Posting-Host|X-[\w-]{1,30}|Von|An|Gesendet|De|À|Envoyé|Date d'envoi)"
_HEADER = re.compile(rf"(?:\A|(?<=[\n-]\n))(?:{_FIELD}: ?[^\n]{{0,300}}\n){{1,20}}(?=Subject|Betreff|Objet|Asunto)")
_SUBJECT = re.compile(
    rf"(?m)^(?:Subject|Betreff|Objet|Asunto): ?(?:(?:Re|Fwd?|AW|WG|TR): ?)*([^\n]{{0,300}}\n)(?:{_FIELD}: ?[^\n]{{0,300}}\n)*",
    re.IGNORECASE,
)
"""A mail's or a newsgroup post's header: its subject may name the job, the rest says how it was sent."""

_GREETING = re.compile(
    r"(?m)^(?:Hi|Hello|Hey|Dear|Hallo|Liebe[rs]?|Sehr geehrte[rs]?|Bonjour|Hola|Estimad[oa]s?|Ciao|Gentile|Olá|Hej|Dobrý den)(?: [^\W\d_][\w.'’-]{0,20}){0,3},[ \t]{0,9}$"
)
"""The line that a letter begins with: whom it is to is no employer."""
_FORWARDED = re.compile(r"\A\s{0,9}(?:(?:Re|Fwd?|AW|WG|TR): ?){1,4}", re.IGNORECASE)
"""What stands before a letter's subject where its header is not copied."""
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?![\s*])([^*\n]{1,120})(?<!\s)\1(?![\w*])")
"""Marks of bold within a line, as chats write them: `*Acme* is hiring: *Data Engineer*`."""


def own_text(text: str) -> str:
    """A text without how it was sent and whom it greets, without marks of bold, and without the other jobs that a page shows at its end."""
    sent = _SENDER.sub("", _FORWARDED.sub("", _SUBJECT.sub(r"\1", _HEADER.sub("", text))))
    return without_others(_EMPHASIS.sub(r"\2", _GREETING.sub("", sent)))
