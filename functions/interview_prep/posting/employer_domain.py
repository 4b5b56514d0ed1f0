"""The employer's own domain. A job board's or a social network's host is never one: its logo would be the wrong logo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash, words

# Boards with one name under many endings (indeed.com, de.indeed.com, indeed.co.uk).
_BOARD_NAMES = words(
    "indeed linkedin glassdoor monster stepstone jooble adzuna jobrapido careerjet neuvoo infojobs jobsite totaljobs reed "
    "simplyhired ziprecruiter careerbuilder dice naukri seek jobstreet jobsdb xing kununu workopolis jobs jobtome trovit randstad "
    "adecco manpower michaelpage hays startupjobs jobteaser hellowork apec cadremploi profesia pracuj karriere jobcloud talent "
    "finn wanted boss直聘 bosszhipin 원티드 eures usajobs arbeitsagentur jobcentre francetravail poleemploi workindenmark arbetsformedlingen otta welcometothejungle "
    "facebook twitter instagram youtube tiktok pinterest medium wikipedia wikidata crunchbase github gitlab bitbucket"
)
# Boards, applicant systems, networks and hosts of other people's sites, by their registrable domain.
_NOT_EMPLOYERS = words(
    "greenhouse.io lever.co ashbyhq.com workable.com recruitee.com myworkdayjobs.com myworkdaysite.com workday.com smartrecruiters.com "
    "icims.com jobvite.com bamboohr.com breezy.hr teamtailor.com personio.de personio.com taleo.net successfactors.com successfactors.eu "
    "oraclecloud.com ultipro.com ukg.com paylocity.com paycomonline.net adp.com applytojob.com rippling.com pinpointhq.com comeet.com comeet.co "
    "freshteam.com zohorecruit.com zohorecruit.eu join.com softgarden.io dover.com gem.com eightfold.ai avature.net brassring.com csod.com "
    "silkroad.com jazz.co trakstar.com recruiterbox.com rexx-systems.com onlyfy.jobs concludis.de welcometothejungle.com "
    "wellfound.com angel.co remoteok.io remoteok.com weworkremotely.com remote.co remotive.com remotive.io himalayas.app flexjobs.com "
    "stackoverflow.com stackoverflow.jobs ycombinator.com workatastartup.com builtin.com builtinnyc.com hired.com otta.com arc.dev "
    "relocate.me landing.jobs eurojobs.com europa.eu usajobs.gov jobserve.com cv-library.co.uk cwjobs.co.uk efinancialcareers.com "
    "nofluffjobs.com justjoin.it djinni.co cocoons.io bulldogjob.com germantechjobs.de swissdevjobs.ch jobs.cz prace.cz startupjobs.cz "
    "themuse.com idealist.org handshake.com joinhandshake.com simplify.jobs levels.fyi lensa.com jobgether.com upwork.com toptal.com fiverr.com "
    "freelancer.com authenticjobs.com dribbble.com behance.net producthunt.com news.ycombinator.com jobspresso.co workingnomads.com "
    "x.com t.co fb.com threads.net bsky.app reddit.com discord.gg discord.com t.me telegram.org whatsapp.com vimeo.com slideshare.net about.me "
    "linktr.ee bit.ly goo.gl tinyurl.com lnkd.in forms.gle typeform.com airtable.com notion.site notion.so github.io gitlab.io netlify.app "
    "vercel.app herokuapp.com pages.dev web.app webflow.io wixsite.com wordpress.com blogspot.com squarespace.com myshopify.com weebly.com "
    "azurewebsites.net amazonaws.com cloudfront.net googleusercontent.com imgix.net licdn.com gravatar.com schema.org w3.org archive.org "
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com proton.me protonmail.com gmx.de gmx.net "
    "gmx.com web.de mail.com mail.ru yandex.ru qq.com 163.com seznam.cz"
)
_NOT_EMPLOYERS_HOSTS = (
    "docs.google.com",
    "sites.google.com",
    "play.google.com",
    "maps.google.com",
    "apps.apple.com",
    "itunes.apple.com",
)

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_SECOND_LEVEL = words("co com org net gov gob gouv govt gv edu ac sch nhs police or ne go mil nom gen ltd plc")
_COUNTRY = 2  # letters of a country's ending
_MAX_HOST = 253
_SHORTEST_NAME = 4  # letters: a shorter one is found in too many domains by chance
_IN_TEXT = re.compile(
    r"(?:(?<![\w.-])www\.|https?://(?:www\.)?|(?<=\w)@)([a-zA-Z0-9.-]{4,100})"
    r"|(?<![\w.@/-])([a-zA-Z0-9-]{2,60}\.(?:com|org|net|io|co|ai|dev|app|tech|eu|de|fr|nl|cz|ch|se|co\.uk|com\.au))(?![\w.-]\w)"
)


def domain_of(address: str) -> str:
    """The registrable domain of a URL or a host (`jobs.acme.co.uk` -> `acme.co.uk`), in ASCII; empty if it is none."""
    address = address.strip()
    try:
        host = (urlsplit(address if "//" in address[:12] else f"//{address}").hostname or "").rstrip(".")
        host = host if host.isascii() or len(host) > _MAX_HOST else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    labels = host.lower().split(".")
    *names, ending = labels
    if len(host) > _MAX_HOST or not names or ending.isdigit() or not all(map(_LABEL.fullmatch, labels)):
        return ""
    # Enough of the public suffix list for companies: `co.uk`, `com.au`, `or.jp`.
    long = len(names) > 1 and len(ending) == _COUNTRY and names[-1] in _SECOND_LEVEL
    return ".".join(labels[-3:] if long else labels[-2:])


_BOARD_LABELS = (
    _BOARD_NAMES
    | {domain.split(".")[0].replace("-", "") for domain in _NOT_EMPLOYERS}
    | words(
        "stackoverflow stackoverflowjobs remoteok weworkremotely remotive himalayas builtin wellfound angellist hackernews glassdoor indeedcom startupjobs jobscz pracecz "
        "civilservice nhsjobs publicjobs edjoin greenhouse lever ashby workday workable personio smartrecruiters icims taleo successfactors bamboohr teamtailor recruitee jobvite"
    )
)


def is_board_name(name: str) -> bool:
    """Whether a name is a job board's, an applicant system's or a network's: in a headline it is where the posting stands, not whose it is."""
    bare = squash(re.sub(r"\.[a-z]{2,3}$", "", company_name(name)))
    return bare in _BOARD_LABELS or bare.removesuffix("jobs").removesuffix("careers") in _BOARD_LABELS


def is_employers(address: str) -> bool:
    """Whether an address could be an employer's own site: a real domain that is no board, network or shared host."""
    domain = domain_of(address)
    hosts = address.lower()
    return bool(
        domain
        and domain not in _NOT_EMPLOYERS
        and domain.split(".")[0] not in _BOARD_NAMES
        and not any(host in hosts for host in _NOT_EMPLOYERS_HOSTS)
    )


def employer_domain(company: str, stated: Iterable[str], page: str, text: str) -> str:
    """The employer's domain, or empty.

    `stated` are addresses that the posting gives as the employer's. The page's own address, and addresses in the
    text, count only where they carry the company's name: they may be a board's or an agency's.
    """
    own = domain_of(page)
    for address in stated:
        domain = domain_of(address)
        if is_employers(address) and (domain != own or carries_name(domain, company)):
            return domain
    for address in (page, *domains_in(text)):
        if is_employers(address) and carries_name(domain_of(address), company):
            return domain_of(address)
    return ""


_FOUND_AT = re.compile(r"\A\s*(https?://\S{4,400})\s")


def domains_in(text: str) -> list[str]:
    """The hosts that a text names: of addresses, of e-mail addresses, bare ones.

    An address above the text is where it was found: a board's, unless the text speaks of its owner.
    """
    if (found := _FOUND_AT.match(text)) and domain_of(found[1]).partition(".")[0] not in squash(text[found.end() :]):
        text = text[found.end() :]
    return [(match[1] or match[2]).rstrip(".") for match in _IN_TEXT.finditer(text)]


_TENANT = re.compile(
    r"\b(?:jobs\.(?:eu\.)?lever\.co|(?:job-)?boards\.(?:eu\.)?greenhouse\.io|jobs\.ashbyhq\.com|apply\.workable\.com|(?:jobs|careers)\.smartrecruiters\.com|jobs\.jobvite\.com|jobs\.gem\.com"
    r"|linkedin\.com/company|wellfound\.com/company)/([\w-]{2,60})"
    r"|https?://(?:careers-|jobs-)?([\w-]{2,60})\.(?:wd\d{1,3}\.myworkdayjobs\.com|bamboohr\.com|breezy\.hr|recruitee\.com|teamtailor\.com|jobs\.personio\.(?:de|com)|applytojob\.com|icims\.com|pinpointhq\.com|jobs\.cz|softgarden\.io|onlyfy\.jobs)\b",
    re.IGNORECASE,
)


def tenants_in(text: str) -> list[str]:
    """Whose boards the addresses in a text lead to: `acme` in `jobs.lever.co/acme/…`, in `acme.bamboohr.com`."""
    return [(match[1] or match[2]).casefold() for match in _TENANT.finditer(text)]


def carries_name(domain: str, company: str) -> bool:
    """Whether a domain is named after a company: `acme.com`, `joinacme.io`, `db.de` for Deutsche Bahn."""
    label = domain.split(".", maxsplit=1)[0].replace("-", "")
    parts = [squash(word) for word in company_name(company).split()]
    name = "".join(parts)
    if not label or not name:
        return False
    initials = "".join(word[:1] for word in parts)
    return (
        label in {name, *parts}
        or (len(parts) > 1 and label == initials)
        or (len(label) >= _SHORTEST_NAME and name.startswith(label))
        or (len(name) >= _SHORTEST_NAME and name in label)
    )
