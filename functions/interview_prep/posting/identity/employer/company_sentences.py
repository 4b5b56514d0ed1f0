"""Where a posting's sentences name the employer: `At Acme, we …`, `Acme is hiring`, `© 2026 Acme`, `Acme GmbH`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.vocabulary import (
    LEGAL,
    PRONOUNS,
    has_legal_form,
    is_company_name,
    tokens,
)

MOST_TEXT = 15_000
"""Characters looked through."""
_WORD = r"(?![a-zà-öø-ÿ](?![a-z]?[A-Z][a-z]))[^\W_][\w&+'’.-]{0,30}"
_LINK = r"(?:&|of|and|the|de|du|des|la|le|les|del|della|di|van|von|der|und|für|for|y|et|\+)"
_ON = r"(?:(?<![^\W_]{2}\.)|(?<=\bSt\.)|(?<=\bDr\.)|(?<=\bMt\.)) "
"""A blank within a name: behind a full stop a sentence begins, but in `St. Brendan`."""
NAME = rf"(?P<name>{_WORD}(?:{_ON}(?:{_LINK} )?{_WORD}){{0,4}})"
_YEAR = re.compile(r"(?:(?<=\w) |(?<=[a-z]{3}))(?:19|20)\d\d$")
"""The year behind a name that signs: `Copyright by Acme 2026`."""
_SIGNS = re.compile(r"^(?:Copyright |[cC])?(?:19|20)\d\d (?=\S)")
"""What stands before a name that signs with its legal form: `Copyright 2026 Acme GmbH`."""
_END = re.compile(r"(?<!['’]s)(?<![.,:;!?'’-])(?:['’]s|[.,:;!?'’-])+$")

SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.MULTILINE))
    for kind, pattern in (
        ("about", rf"^[ \t#*-]{{0,5}}(?:About|Tell me more about|Join|Why|Why join|Life at|Working at|Who is|Über|Über die|À propos de|Sobre|Om|O společnosti|O firmie|Chi è|Over|Σχετικά με την?) (?:working at )?{NAME}[ \t:*?!]{{0,5}}$"),
        ("hires", rf"(?:^|[.!?:*,]\s{{1,3}}){NAME}(?: \([^)\n]{{1,40}}\))?(?: in [A-Z][\w-]{{2,20}})?,? (?:(?i:is|are) (?:currently |now |actively |also )?(?:hiring|looking for|after an?|on the lookout for|in need of|seeking|searching for|recruiting)|seeks|wants an?|needs an?|sucht|recrute|recherche|busca|zoekt|szuka|hledá|søger|söker|cerca|αναζητά|ζητά)\b"),
        ("at_we", rf"\b(?:At|Bei|Chez|Hos|In|Ve společnosti|Bij|Presso|Στην|Στη) {NAME}(?: \([^)\n]{{1,20}}\))?,? (?:we|our|you|your|every|it|the|wir|nous|vi|věříme|wij|crediamo)\b"),
        ("at_we", rf"\b(?:Bei|Bij|Hos|På|Chez|En|Na|No|In) {NAME},? [a-zà-öø-ž]{{2,20}} (?:du|Du|Sie|wir|ihr|je|wij|vi)\b"),
        ("at_we", rf"\b(?:En|Na|No) {NAME},? (?:buscamos|estamos|creemos|somos|trabajamos|queremos|ofrecemos|tenemos|acreditamos|trabalhamos|oferecemos|temos|você|nós)\b"),
        ("about", rf"(?:^|[.!?:]\s{{1,3}})(?:A |O |La |El |L['’]|Die )?{NAME} (?:é|es|est|è|je|ist) (?:uma?|una?|une?|eine?) [^.!?\n]{{0,60}}?\b(?:empresa|startup|entreprise|société|azienda|Unternehmen|společnost|compañía|companhia|banco|agência)\b"),
        ("about", rf"(?:^|[.!?:]\s{{1,3}}){NAME} (?:is|are) (?:an?|the) [^.!?\n]{{0,80}}?\b(?:company|consultancy|firm|start-?up|provider|agency|bank|non-?profit|charity|organi[sz]ation|manufacturer|retailer|studio|school|hospital)\b"),
        ("join", rf"\b(?:[Jj]oin|[Rr]ejoignez|[Rr]ejoins|[Ww]erde Teil (?:von|der)|[Úú]nete a|[Dd]ołącz do|[Uu]nisciti a) (?:us at |the team at |our team at |the )?{NAME}(?= as\b| and\b| in\b| to\b|[.!,\n]|['’]s|$)"),
        ("work_at", rf"\b[a-z]{{3,20}}s at {NAME} (?:work|are|use|have|help|will|build|drive|get|can|enjoy)\b"),
        ("work_at", rf"\b(?:[Ww]ork|[Ww]orking|[Cc]areers?|[Rr]ole|[Pp]osition|[Oo]pportunity|[Oo]pening|[Jj]obs?|[Ll]ife|[Ii]nternship|[Ee]mployees|[Ee]mployment|[Tt]eam|[Ii]nterview(?:ing)?|[Pp]eople|[Ee]ngineers?) (?:at|with|for) {NAME}"),
        ("is_a", rf"(?:^|[.!?:]\s{{1,3}}|\b[Dd]ie |\b[Tt]he ){NAME}(?: \([^)\n]{{1,40}}\))?(?: in [A-Z][\w-]{{2,20}})? (?:is|ist|est|es|je|jsme|è|är|er|είναι) (?:an?|the|one|ein|eine|une?|una?|der|die|das|přední|moderní|nejv\w+|en|ett|μια?|now|on|proud|committed|building|growing|expanding|rated|located|based|seeking|looking)\b"),
        ("we_are", rf"\b[Ww]e(?:['’]re| are) {NAME}(?=,| -| –| —|\.\s| and we\b)"),
        ("job_at", rf"\b(?:[Rr]ole|[Pp]osition|[Oo]pportunity|[Jj]ob|[Oo]pening) (?:for|as|of) (?:an? |our |the )?[^.!?\n]{{2,70}}? (?:at|with) {NAME}(?=[ \t]?[.!,;(\n]|$| based\b| located\b| in\b| to\b)"),
        ("about", r"(?:^|[。：:])[ \t]?(?P<name>(?!我们|公司|本公司|这|它)[\u4e00-\u9fffA-Za-z0-9]{2,10}?)是(?:一家|一个|中国|全球|国内|世界|专注|领先|业内|行业)"),
        ("we_are", rf"我们是[ \t]?{NAME}(?=[，,、。（(的一]|$)"),
        ("hires", rf"(?:^|[.!?]\s{{1,3}}|\bat )(?:the )?{NAME} (?:invites|welcomes) (?:applications|applicants)\b"),
        ("hires", rf"\bat (?:the )?{NAME} (?:is (?:currently |now )?(?:seeking|hiring|looking for|recruiting)|seeks)\b"),
        ("job_at", rf"\b(?:needed|required|wanted|hiring) (?:at|for|by) {NAME}(?=[ \t]?[.!,;(\n]|$| in\b)"),
        ("eeo", rf"{NAME} (?:is|are) (?:proud to be )?(?:an? )?(?:equal|Equal|EEO|affirmative|inclusive employer|committed to (?:equal|divers))"),
        ("copyright", r"(?:©|\([cC]\)|Copyright)[ \t]{0,3}(?:©[ \t]{0,3})?(?:\d{4}(?:[ \t]?[-–][ \t]?\d{4})?,?[ \t]{1,3})?(?:[Bb]y |[Tt]he )?(?!Crown|All |Copyright)" + NAME),
        ("since", rf"(?:^|[.!?]\s{{1,3}})(?:Since|Established in|Founded in|Created in|Depuis|Créée? en|Fondée? en|Seit|Gegründet|Desde|Fundada en|Fundada em|Od roku) [^,.\n]{{2,25}}, {NAME}(?= [a-zà-ž])"),
        ("owns", rf"{NAME}['’]s? (?:mission|values|team|teams|culture|vision|story|customers|products?|platform|growth|headquarters|office|offices|engineering|interview|hiring)\b"),
        ("does", rf"(?:^|[.!?]\s{{1,3}})(?:The )?{NAME}(?: \([^)\n]{{1,20}}\))? (?:was founded|has been|has designed|has built|has served|pays|is rated|develops|builds|makes|designs|provides|operates|helps|creates|delivers|offers|runs|owns|powers|serves|employs|entwickelt|baut|bietet|ist|vyrábí|vyvíjí|développe|fabrique|desarrolla|produce)\b"),
        ("client", rf"\b(?:our|Our|my|My) client,? {NAME},"),
        ("legal", rf"(?:^|[\s,(:]){NAME},? {LEGAL}(?=[\s.,;:)]|$)"),
        ("legal", r"(?P<name>(?:شركة|مجموعة|مؤسسة) [^\W\d_]{2,20}(?: [^\W\d_]{3,20})?)(?=\s|[،.,]|$)"),
        ("legal", r"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()]{2,24}(?:有限公司|股份公司|集团|株式会社)|株式会社[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{2,16})"),
        ("part_of", rf"\b(?:[Pp]art of|[Ww]elcome to|[Tt]eil (?:von|der|des)|[Hh]ere at|[Ww]ith us at|[Ww]e at|[Ww]ir bei|[Bb]ienvenue chez|parte de|[Aa]pply to|[Tt]hank you for your interest in(?: joining us at)?) {NAME}"),
        ("at", rf"(?<!release )(?<!study )(?<!studied )(?<!degree )(?<!courses )(?<!classes )\b(?:at|bei|chez|hos|bij|presso|at the) {NAME}"),
        ("at", rf"\b(?:[Кк]омпан(?:ия|ии|ію|ія|ії|ией|ією)|[Ff]irm[aęyěo]|[Ss]polečnosti?|[Ss]półk[aię]|[Ss]ociété|[Ee]mpresa|[Aa]zienda|[Uu]nternehmen) {NAME}"),
    )
)  # fmt: skip
AS_A = re.compile(rf"\bAs (?:an?|our|the) (?P<title>[A-Z][^.;:!?\n]{{2,80}}?) (?:at|with|for) {NAME}(?:, {LEGAL}\.?)?,? (?:you|your)\b|\bAs (?:an?|our|the) (?P<alone>[A-Z][^.,;:!?\n]{{2,60}}?), (?:you|your)\b")  # fmt: skip
AGENCY = re.compile(
    r"\b(?:on behalf of|for|with|represent(?:ing)?) (?:(?:our|a|an|my) (?:[\w-]+ ){0,3}client\b(?![-'’]| (?:teams?|base|services?|engagements?|organi[sz]ations?|stakeholders?|relationships?|management|needs|experience|success|solutions|data|facing|environments?|sites?|problems?|deliver\w+|apps?|applications?|sdks?|code|software|librar\w+|platforms?|devices?|satisfaction|retention|net|portfolio|roster|list|network)\b)|one of our (?:\w+ ){0,2}clients\b)|\b(?:our|my) client (?:is|are|has|was|needs|seeks|wants|offers|requires|operates|provides|based|located)\b|\b(?:our|my) client,"
    r"|\bon behalf of one of ?(?:our|its|their) (?:\w+ )?(?:customers|clients|partners|employers)\b"
    r"|\bon behalf of an? (?:[\w-]{1,20} ){0,4}(?:business|company|firm|organi[sz]ation|employer|manufacturer|group|charity|practice)\b|\bpartner(?:ing|ed) with an? [\w, -]{2,80} (?:to (?:find|hire|recruit)|in need of|(?:who|that) (?:is|are)|looking for|seeking)\b"
    r"|(?:^|[.!?:]\s)\W{0,3}(?:our|my) client\b(?![-'’]| (?:teams?|base|services?|engagements?|relationships?|success|solutions|facing|sites?|deliver\w+|satisfaction|retention|net|portfolio|roster|list|network)\b)"
    r"|\bacting as an? (?:employment|recruitment) (?:agency|business|consultancy)\b|\bacting as an agency\b|\bthe client (?:will|is|has|needs|offers|pays)\b|^[^\w\n]{0,40}your new (?:company|firm|employer)\b"
    r"|\bfür (?:unseren|unsere|einen|eine) (?:\w+ ){0,2}(?:Mandant\w*|Kunden|Kundin|Auftraggeber)\b|\bunser (?:Mandant|Kunde|Auftraggeber)\b|\bnotre client\b|\bpro (?:našeho|svého) klienta\b|\bnuestro cliente\b|\bper (?:un )?nostro cliente\b|\bil nostro cliente\b|\bonze opdrachtgever\b|\bλογαριασμό πελάτη\b",
    re.IGNORECASE | re.MULTILINE,
)
"""An agency speaks for an employer that it may not name."""


def companies_in(text: str) -> Iterator[tuple[str, str]]:
    """Names that the sentences give as the employer's, with the kind of sentence; a name comes as often as it is found."""
    text = text[:MOST_TEXT]
    for kind, pattern in SENTENCES:
        for found in pattern.finditer(text):
            name = trim_name(_YEAR.sub("", _SIGNS.sub("", found["name"])))
            if is_company_name(name):
                yield name, kind


_VERB = r"(?:is|are|builds?|makes?|helps?|runs?|designs?|operates?|sells?|provides?|develops?|creates?|serves?|offers?|supports?|has|have|was|ist|bietet|baut|est|je|jsme)"
_SUBJECT = re.compile(
    rf"(?:\A\W{{0,5}}|^\W{{0,5}}(?:[Aa]bout (?:us|the (?:company|employer|organi[sz]ation|school|firm|trust))|[Ww]ho we are|[Aa]bout (?:the|this) (?:job|role|position)|(?:[Ff]ull )?[Jj]ob (?:[Dd]escription|[Ss]ummary)|[Oo]verview|[Cc]ompany (?:[Dd]escription|[Oo]verview|[Ii]nformation|[Pp]rofile)|[Tt]he [Cc]ompany|Über uns|O nás|Om oss|Om os|Qui sommes-nous ?)\W{{0,3}}\n\s{{0,3}})"
    rf"(?:The )?{NAME}(?: \([A-Z]{{2,8}}\))?(?: in [A-Z]\w+)? {_VERB}\b",
    re.MULTILINE,
)  # fmt: skip

FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]{0,3}\r?\n(?:[^\n]{0,400}\n){1,40}?\1[ \t]{0,3}\r?\n\s{0,5}")
"""What a page's source says of it above its text: `title: …` between two lines of dashes, or of TOML's pluses."""


def opening_subjects(text: str) -> Iterator[str]:
    """The names that a text's first sentence, or the first under `About us`, speaks of: `Lumora is building …`."""
    for found in _SUBJECT.finditer(FRONT_MATTER.sub("", text[:MOST_TEXT].lstrip())):
        name = trim_name(found["name"])
        if is_company_name(name):
            yield name


def companies_as_a(text: str) -> Iterator[str]:
    """The employer of `As a Data Engineer at Acme, you …`."""
    for found in AS_A.finditer(text[:MOST_TEXT]):
        name = trim_name(found["name"] or "")
        if is_company_name(name):
            yield name


def trim_name(name: str) -> str:
    """A name without what a sentence puts around it: articles, possessives, words that begin sentences."""
    words = name.strip().split()
    while words and (words[0].casefold() in PRONOUNS or words[0] in {"At", "As", "In", "If", "And", "Since", "Here", "With", "When", "Why", "Our", "Join", "About", "Copyright", "Die", "Der", "Das", "Für", "For", "Firma", "Společnost", "Firmy", "Company", "Société", "Empresa", "Entreprise", "Unternehmen"}) and len(words) > 1:  # fmt: skip
        words = words[1:]
    while words and words[-1].casefold().strip(".,") in {
        "the",
        "a",
        "of",
        "and",
        "de",
        "und",
        "for",
        "we",
        "you",
        "our",
        "as",
        "in",
        "y",
        "et",
        "für",
        "all",
    }:
        words = words[:-1]
    text = " ".join(words)
    return text if text.endswith(".") and has_legal_form(text) else _END.sub("", text)


def mentions_of(name: str, text: str) -> int:
    """How often a text names it, as whole words whatever the case."""
    wanted = list(tokens(name))
    if not wanted:
        return 0
    if not name.isascii() and len(wanted) == 1:
        return squash(text[:MOST_TEXT]).count(squash(name))
    pattern = r"(?<!\w)" + r"\W{1,3}".join(map(re.escape, wanted)) + r"(?!\w)"
    return len(re.findall(pattern, text[:MOST_TEXT].casefold()))
