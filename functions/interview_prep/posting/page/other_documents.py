"""Texts about jobs that are no postings: applications, answers to applicants, CVs, accounts of interviews, courses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.labelled_lines import is_labelled
from functions.interview_prep.posting.identity.vocabulary import is_heading
from functions.interview_prep.posting.posting_marks import MOST_TEXT, marks_of

FEW_MARKS = 2
"""Marks of a posting below which a text is no posting if it looks like something else."""

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for what, pattern in (
        ("an invoice", r"^[^\w\n]{0,9}invoice(?: (?:no|number|date|#)\b|\W*$)|\b(?:total|amount|balance) due\b|^[^\w\n]{0,9}bill to\b|\b(?:rechnungsnummer|rechnungsdatum|rechnungsbetrag|facture n°|montant ttc|fecha de factura)\b"),
        ("an application", r"\bi (?:would like|wish|want) to apply\b|\bi(?: am|['’]m) (?:writing|excited) to (?:apply|express)\b|\bmy (?:application|cover letter) (?:for|is)\b|\bplease accept (?:this|my) (?:letter|application|cv|resume)\b|\bexpression of interest in the\b|\bthank you for (?:your time|meeting|speaking)\b|\bI (?:remain|am) very interested\b|\byours (?:sincerely|faithfully)\b|\bi would (?:welcome|love) the (?:chance|opportunity) to\b|\bhiermit bewerbe ich\b|\bbewerbe (?:ich )?mich (?:als|um|auf)\b|\bihre (?:stellen)?anzeige gelesen\b|\bje (?:me permets de )?vous (?:adresse|soumets?|présente) ma candidature"),
        ("a letter to an applicant", r"\b(?:we (?:have )?received your (?:job )?application|thanks? (?:you )?(?:so much )?for (?:taking the time to apply|applying|your (?:recent )?application|your interest in (?:the|our) (?:position|role|post|vacancy)|interviewing)|application (?:was|has been) (?:submitted|received|sent)|decided not to (?:progress|proceed|take)|wish you (?:every|all the best|success|the best of luck)|on this occasion|move(?:d)? forward with other candidates|(?:not|unable) to (?:move|proceed|progress) (?:forward )?with your (?:application|candidacy)|other candidates whose|we regret to inform|(?:pleased|delighted|happy|excited) to (?:offer you|extend|invite you)|invite you to (?:an?|the|your) (?:[\w-]+ ){0,4}interview|your (?:first|next|upcoming|final|phone|video|onsite) interview (?:is|has been|will)|this offer is contingent|wir haben ihre (?:bewerbung|unterlagen) erhalten|(?:vielen )?dank für (?:ihre|deine) bewerbung|děkujeme za vaš[ei] (?:přihlášku|odpověď)|merci pour votre candidature|leider müssen wir|nous avons bien reçu votre candidature)\b"),
        ("an account of an interview", r"\bi (?:was )?(?:interviewed|got rejected|got the offer|applied (?:online|through|via|and)|had (?:a|an|my) (?:\w+ ){0,2}interview)\b|^[^\w\n]{0,40}interviewed (?:at|with|for)\b|\b(?:got|was) (?:rejected|ghosted)\b|\bi would (?:not )?recommend\b|\bhow did the interview go\b"),
        ("a course", r"\b(?:bootcamp|tuition|enrol(?:l)? (?:now|today)|next cohort|instal?ments|our graduates|become an? [\w ]{2,40} in \d+ (?:weeks|months)|curriculum|certificate of completion|kursgebühr|fernlehrgang|lehrgangsgebühr|(?:jetzt )?kurs buchen|(?:nächster|prochaine?) (?:starttermin|session)|frais de formation|next intake|entry requirements|open (?:evening|day)|course length|modules:|ucas(?: points)?|fees? (?:from|:)|no experience needed|you (?:will|['’]ll) learn (?:how|to|double|the basics|from|about)|this course|(?:online|evening) (?:programme|classes)|weiterbildung zu[mr]|umschulung zu[mr]|bildungsgutschein|sie lernen|matrícula abierta|inscr[íi]bete al curso|cena kurzu|cena kursu)\b"),
        ("a sign-up for later jobs", r"\b(?:join|part of|stay connected|welcome to) (?:our|the) talent (?:community|network|pool)\b|\btalent (?:community|network)\b.{0,40}$|\bspeculative applications?\b|\binitiativbewerbung|\bcandidature spontanée|\b(?:no|keine|any) (?:current |open |offenen )?(?:vacancies|openings|positions|stellen) (?:at the moment|right now|at present|currently)\b|\bderzeit haben wir keine\b|\bkeep (?:it|your \w+|them) on file\b|\bbe the first to (?:hear|know)\b|\bnot ready to apply\b|\bfuture (?:openings|opportunities|roles)\b"),
        ("a guide to a kind of work", r"\b(?:key )?responsibilities and required skills\b|\brole definition\b|^[^\w\n]{0,9}career progression\W*$|\bentry point from\b|\badvancement to\b|\bwhat does an? [\w -]{3,40} do\b|\bduties,? skills\b|\bjob outlook\b|\bhow to become an?\b|\btypical (?:duties|employers|salar(?:y|ies))\b"),
        ("a template", r"\[(?:company|company name|employer|your company|city|job title|insert[^\]]{0,30})\]|\bsample job (?:description|ad|posting)\b|\bhow to use this (?:sample|template)\b"),
        ("an event", r"\b(?:careers?|jobs?|recruitment|graduate) fair\b|\bjobmesse\b|\bsalon de l['’]emploi\b|\bexhibitors include\b|\b(?:entry|admission) is free\b"),
        ("a form", r"^[^\w\n]{0,9}(?:submit|send) (?:your |my )?application\W*$|\bconfirm password\b"),
        ("a paper of a company's own", r"\bperformance (?:review|appraisal)\b.{0,12}$|^[^\w\n]{0,9}minutes of\b|^[^\w\n]{0,9}present: |\baction items?\b|\bemployee handbook\b"),
        ("a page of reviews", r"^[^\n]{2,60}: [\d.,]+ reviews?\W*$|\bpros\b[\s\S]{3,400}^[^\w\n]{0,9}cons\b|\b[\w.&' -]{2,40} reviews?\b.{0,60}\bpros\b|\bpros:.{0,200}\bcons:|\b\d{1,3}% would recommend\b|\binterview questions (?:from|&|and)\b"),
        ("a page of salaries", r"\baverage (?:base )?(?:salary|pay) (?:for|in|of)\b|\bbased on [\d,.]+ (?:salaries|reports|profiles)\b|\b[\d.,]{1,15}k? salaries submitted\b|\bhow much (?:does|do|is) an? [^\n?]{3,60}(?:earn|make|paid)\b"),
        ("a news story", r"^[^\w\n]{0,40}By [A-Z][\w'’-]{1,20} [A-Z][\w'’-]{1,20}(?:,| ·|$)|\b(?:a|the) spokes(?:person|man|woman) (?:said|told)|\banalysts (?:said|say|expect)\b|\b(?:said|announced|told \w+) (?:on |in a statement )?(?:Mon|Tues|Wednes|Thurs|Fri)day\b|\bshares (?:of|in) \w+ (?:rose|fell)\b"),
        ("a company's profile", r"\btotal funding\b|\bnumber of investors\b|\bfounded \d{4} ·|\bstock symbol\b|\bcompany profile\b|\bturnover of (?:[A-Z]{3}|[$€£]) ?\d[\d.,]* billion\b"),
        ("a product", r"\badd to (?:cart|basket|bag)\b|\b\d+-day returns\b|\bin den warenkorb\b|\bajouter au panier\b"),
        ("a programme", r"^[^\S\n]{0,40}(?:import [\w.]+|from [\w.]+ import|def \w+\(|class \w+[:(]|#include|public (?:class|static)|function \w+\(|const \w+ =|SELECT .+ FROM)"),
    )
)  # fmt: skip
_LETTERS = frozenset({"an application", "a letter to an applicant"})
_DEAR = re.compile(
    r"\A[\s\S]{0,400}?^(?:Dear|Sehr geehrte[rs]?|Madame|Monsieur|Estimad[oa]|Gentile) [^\n]{2,60},?$", re.MULTILINE
)
"""How a letter begins, however much it says of the job."""
_CV_PARTS = re.compile(
    r"^[^\w\n]{0,40}(?:(?:professional |career |executive )?(?:summary|profile|objective)|personal (?:statement|information)|(?:career|work) history|hobbies|interests|nationality|persönliche daten|(?:berufliche[rn]?|akademische[rn]?) (?:laufbahn|werdegang)|studium|sprachen|(?:work |professional )?experience|employment(?: history)?|education|(?:key |technical |it |computer |software |core |professional )?skills?(?: set| details)?|technical (?:expertise|proficienc(?:y|ies))|(?:education|academic|company|project|personal) (?:details|qualifications?|profile)|career objective|declaration|certifications?|languages|projects|references|"
    r"berufserfahrung|ausbildung|lebenslauf|kenntnisse|curriculum vitae|formation|expérience(?:s)?(?: professionnelle(?:s)?)?|compétences|pracovní zkušenosti|vzdělání|教育背景|工作经历|个人简历|experiencia (?:laboral|profesional)|formación(?: académica)?|idiomas|habilidades|doświadczenie(?: zawodowe)?|wykształcenie|umiejętności|języki|esperienza(?: lavorativa| professionale)?|istruzione|competenze|werkervaring|opleiding(?:en)?|experiência profissional|formação|arbetslivserfarenhet|erhvervserfaring|uddannelse|utbildning)(?:\W*$|: )",
    re.IGNORECASE | re.MULTILINE,
)
_SPAN = re.compile(
    r"\b(?:19|20)\d\d\s?(?:[-–—]|\bto\b)\s?(?:(?:[a-z]{3,9}\.?\s)?(?:19|20)\d\d|present|now|current|heute|dnes|actualidad|hoy|atual|obecnie|presente|oggi|heden|nu|idag|aujourd['’]hui|至今)|\bseit (?:19|20)\d\d\b|\b(?:19|20)\d\d to date\b",
    re.IGNORECASE,
)
_FEWEST_PARTS, _MANY_PARTS, _FEWEST_SPANS, _A_CUE = 2, 3, 2, 1
"""Headings of a CV that make one, with years and without; spans of years that do; marks of a posting that a further cue of something else outweighs."""
_OFFERS = re.compile(
    r"\b(?:you(?:['’]ll| will| are| have| must)|your|we (?:are|offer|need|seek|want|provide)|we['’]re|apply|applicants?|candidates?|join (?:us|our)|the (?:successful|ideal) \w+|equal opportunity|(?:is|are) (?:hiring|looking for|seeking))\b",
    re.IGNORECASE,
)
"""How an employer speaks to those who read: a CV never does."""
_OF_ONESELF = re.compile(
    r"\b(?:i hereby declare|date of birth|marital status|exprience - \d|skill details|company details)\b", re.IGNORECASE
)
"""What only a CV says."""
_I = re.compile(r"\bI(?:['’](?:m|ve|d|ll))?\b|\b(?:my|me|myself)\b")
_LOOKS = re.compile(
    r"\b(?:(?:I['’]?m|I am|we['’]?re|we are|is|are) (?:currently |now |still )?(?:hiring|recruiting|looking for (?!(?:an? )?(?:new )?(?:job|work|role|advice|help|feedback|position|internship|insight)))|now hiring|dm me|reach out to me|on my team|join my team)\b",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r"\b(?:we(?:['’]re| are)|\w+ is) (?:\w+ )?(?:hiring|recruiting|seeking|looking for)\b|\b(?:wir|firma) suchen\b|\breports? to\b",
    re.IGNORECASE,
)
"""How an employer says that it looks for somebody."""
_MANY_I, _LEAST_SHARE, _FEW_LETTERS = 6, 0.02, 5
"""Words for oneself from which a text tells of its writer, their share of its words; marks of a posting that outweigh them."""


def other_document(text: str) -> str:
    """What a text is instead of a posting ("a CV", "a letter to an applicant"), or empty where nothing says so."""
    text = text[:MOST_TEXT]
    marks = marks_of(text)
    parts = {found[0].casefold().strip() for found in _CV_PARTS.finditer(text)}
    if len(parts) >= _FEWEST_PARTS and _SPAN.search(text) and marks < FEW_MARKS:
        return "a CV"
    if len({found[0] for found in _SPAN.finditer(text)}) >= _FEWEST_SPANS and marks < FEW_MARKS and not _OFFERS.search(text):
        return "a CV"
    if (
        marks < _FEW_LETTERS
        and not _OFFERS.search(text)
        and (len(parts) >= _MANY_PARTS or (parts and _SPAN.search(text)) or _OF_ONESELF.search(text))
    ):
        return "a CV"
    if _tells_of_its_writer(text) and marks < _FEW_LETTERS:
        return "somebody's own account or question"
    cues = {what: len({found[0].casefold() for found in pattern.finditer(text)}) for what, pattern in _KINDS}
    further = 0 if _SEEKS.search(text) else _A_CUE
    found = [
        what
        for what, many in cues.items()
        if many
        and (marks < FEW_MARKS + further * (many - 1) or what == "a template" or (what in _LETTERS and _DEAR.search(text)))
    ]
    return next(iter(found), "")


def names_several(text: str) -> bool:
    """Whether a text says itself that it is about several jobs."""
    return bool(_SEVERAL.search(text))


def _tells_of_its_writer(text: str) -> bool:
    """Whether a text speaks of whoever wrote it, and of no job that they offer."""
    own = len(_I.findall(text))
    return own >= _MANY_I and own >= _LEAST_SHARE * len(text.split()) and not _LOOKS.search(text)


# ---- lists

_LIST_SIGNS = re.compile(
    r"(?<![\d,.])\d[\d,.]{0,20} (?:[\w-]{2,20} ){0,3}(?:jobs?|vacancies|positions|openings|roles|results) (?:match|found|in|for|near|available|that)\b|\b(?:your )?job alerts?\b|\bshowing \d+|\bsort(?:ed)? by\b|\bsee all jobs\b|^[^\w\n]{0,40}(?:jobs|careers|vacancies) at [^\n]{2,60}$|\b(?:open|current|available|latest) (?:job )?(?:roles|positions|jobs|vacancies|openings)\b|\bmultiple (?:roles|positions|openings)\b|^[^\w\n]{0,40}(?:vacancies|jobs|openings|stellenangebote|offene stellen|volná místa|vacantes|ofertas|招聘职位|热招职位)\W*$|\bwho is hiring\b|\b(?:this|last) (?:week|month)['’]s (?:roles|jobs|vacancies)\b|\bhiring (?:two|three|four|five|several|multiple|\d) (?:people|roles|positions|new)\b|\b\d[\d ,.]* (?:treffer|offres|ofertas|nabídek|ofert|vacatures)\b|^[^\w\n]{0,40}(?:stellenangebote|offres d['’]emploi|ofertas de (?:empleo|trabajo)|nabídka práce|oferty pracy) (?:in|à|en|w|v)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SEVERAL = re.compile(
    r"\bone (?:role |job )?(?:is|would be) (?:for )?an?\b[\s\S]{10,300}?\b(?:the|an)other (?:one |role |job )?(?:is|would be) (?:for )?an?\b|\bwould either (?:of (?:them|these)|be of interest|suit|interest)\b|\ba couple of (?:roles|jobs|positions|vacancies)\b|\b(?:saying|say|state|stating|tell us|telling us) which (?:of the roles|one|role|job|position) you\b|\bhiring (?:two|three|four|five|several|multiple|\d) (?:people|roles|positions)\b|\b(?:two|three|four|five|several) (?:new |open )?(?:positions|roles|openings|vacancies|jobs) (?:have |has )?(?:just )?(?:opened|come|came)\b|\bconsidered for (?:either|both|any)\b|\bthe (?:first|second|other) (?:one |role |job )?(?:is|would be) (?:for )?an?\b[\s\S]{10,400}?\bwhich (?:one|of)\b|\bwhich (?:one|of (?:them|the two)) (?:appeals|interests|suits|(?:shall|should|would|do) (?:i|we|you))\b|\bboth (?:roles|jobs|positions|openings)\b|\bwhich of (?:these|the (?:two|three|jobs))\b|\bappl(?:ying|ied) (?:to|for) (?:these|both|two|three|several) |\b(?:tell|let) (?:us|me) (?:know )?which (?:one|role)\b|\b(?:two|three|four|five|six|several|a few|some|these|following) (?:[a-z]{2,12} ){0,2}(?:roles|positions|openings|vacancies|jobs) (?:i|we|that|you|which|below|available|open|at|for|in)\b|^[^\w\n]{0,40}ask hn: who is hiring",
    re.IGNORECASE | re.MULTILINE,
)
"""What says itself that it is several jobs, however much like a posting the rest is."""
_ITEM = re.compile(r"^[^\S\n]{0,40}(?:[-–—•*·✅✔☑🔹🔸👉➡▪◾📌⭐🔥]|\(?\d{1,2}[.)]|[a-z]\))\s*")
_CUT = re.compile(r"\s[-–—|·:]\s|[|(·]|\s{2,}|,\s")
FEWEST_LISTED, FEWEST_WITH_SIGN, FEWEST_ALONE = 4, 2, 3
"""Different titles on lines of their own that make a list; fewer are enough where the text says that it lists, or holds little else."""
_LINES_OF_ONE = 6
"""Lines that a job takes in a list, at most."""
_AT = re.compile(r" (?:at|@|bei|chez) ")
"""`Save Welder at Acme` is the same job as `Welder`."""
_SPEAKS_TO = re.compile(
    r"\b(?:you|your|we|our|wir|du|dich|ihre?|unser\w{0,2}|nous|vous|notre|votre|nos|vos|tú|tus?|nuestr[oa]s?|buscamos|noi|nostr[oai]|nossa|nosso|você|wij|ons|jij|vi|du|vår|vores|my|naše|našeho|hledáme|jsme|szukamy|nasz\w{0,3})\b",
    re.IGNORECASE,
)
_PROSE, _LITTLE = 120, 300
"""Characters of a line that is no title, name or place; characters of such lines without which a text describes no job."""


def listed_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The different jobs that begin lines, where the text is a list of them."""
    text = "\n".join(rows)
    several = _SEVERAL.search(text)
    signs = several or _LIST_SIGNS.search(text)
    found = []
    for row in rows:
        parts = [part.strip() for part in _CUT.split(_ITEM.sub("", row), maxsplit=4)[: 4 if signs else 2]]
        found += [part for part in parts if (part[:1].isupper() or not part.isascii()) and is_title(part)][:1]
    named = {(said := _AT.split(clean_title(title))[0]).casefold().removesuffix("s"): said for title in reversed(found)}
    bare_titles = list(reversed(named))
    titles = [
        named[title]
        for title in bare_titles
        if not any(is_heading(title.removesuffix(one)) for one in bare_titles if one != title)
    ]
    has_parts = any(is_heading(row) or is_labelled(row) for row in rows)
    bare = not has_parts and not _SPEAKS_TO.search(text) and sum(len(row) for row in rows if len(row) > _PROSE) < _LITTLE
    least = FEWEST_WITH_SIGN if signs else FEWEST_ALONE if bare else FEWEST_LISTED
    share = len(found) * (_LINES_OF_ONE + 2 * bare) >= sum(len(row) <= 80 for row in rows)  # noqa: PLR2004 - a list's lines are titles, names, places, pay, dates
    many = bare and len(titles) >= FEWEST_LISTED
    return titles if len(titles) >= least and share and (several or many or marks_of(text) < FEW_MARKS + 1) else []
