"""Regexes and word lists that tell a name's entity type, and the verb patterns between two names that tell their relation."""

from __future__ import annotations

import re
from pathlib import Path

ORGANISATION = re.compile(
    r"\b(?:Inc|Corp|Corporation|Company|Co|Ltd|LLC|GmbH|University|Universities|Institute|College|School|Labs?|Laboratory|Laboratories|Foundation|Bank|Group|"
    r"Systems|Technologies|Analytics|Research|Agency|Department|Ministry|Committee|Commission|Council|Association|Society|Union|Press|Times|Post|News|"
    r"Airlines|Motors|Pictures|Studios|Partners|Ventures|Capital|Senate|Congress|Court|Army|Navy|Hospital|Museum|Church|Party|Team|Consortium|International|"
    r"Corps|Guard|Bureau|Administration|Entertainment|Aviation|Broadcasting|Police|Industries|Enterprises|Holdings|Nations|Airways|Organi[sz]ation|Authority|Alliance|Government|Parliament|Embassy|Assembly|Federation|Movement|Front|Forces?|Fleet|Services?|Network|Opera|Orchestra|Robotics|Software|Therapeutics)\b\.?"
)
PRODUCT = re.compile(
    r"[a-z][A-Z]|[A-Za-z]-?\d|\d[A-Za-z]|\b[A-Z]{2,8}s?$|\b(?:Python|Linux|Java|Rust|Git|Docker|Spark|Excel|Windows|Android)\b"
)
EVENT = re.compile(r"\b(?:Conference|Summit|Olympics|Games|Cup|War|Days?|Week|Festival|Award|Awards|Prize|Workshop|Hackathon)$")
PLACE_END = re.compile(
    r"\b(?:City|Island|Islands|River|Lake|Mountains?|Valley|County|State|Street|Avenue|Bay|Beach|Park|Coast|Province|Desert|Sea|Ocean|Airport|Hills|Heights|Lakes|Creek|Peninsula|Plateau|Harbou?r|Falls|Springs|Village|Bridge|District|Prefecture|Square|Canyon|Forest|Penitentiary|Shipyard|Station)$"
)
COUNTRIES = frozenset(Path(__file__).with_name("countries.txt").read_text(encoding="utf-8").split()) | {
    "United States", "United Kingdom", "South Africa", "South Korea", "North Korea", "New Zealand", "Saudi Arabia", "US", "USA", "UK", "U.S",
}  # fmt: skip
AMERICAN_STATES = frozenset(Path(__file__).with_name("american_states.txt").read_text(encoding="utf-8").split())
"""Whole and as they are shortened behind a town, without the last point."""
PLACES = COUNTRIES | AMERICAN_STATES | frozenset(Path(__file__).with_name("cities.txt").read_text(encoding="utf-8").split())
DEMONYMS = frozenset(Path(__file__).with_name("demonyms.txt").read_text(encoding="utf-8").split())
"""`French`, `Kenyan`: a language or a kind of people, and no place."""
TWO_WORD_PLACES = re.compile(
    r"(?:New York|Los Angeles|San \w+|Santa \w+|United (?:States|Kingdom)|North \w+|South \w+|West \w+|East \w+|Silicon Valley|Hong Kong|New \w+|U\.S\.?|US|USA|UK)(?: City)?"
)
COMPANIES = frozenset(Path(__file__).with_name("companies.txt").read_text(encoding="utf-8").split())
MORE_GIVEN = frozenset(Path(__file__).with_name("more_given_names.txt").read_text(encoding="utf-8").split())
"""First names beside those by which graphs are resolved: with a word behind them, a person's."""
NO_NAMES = frozenset(Path(__file__).with_name("no_names.txt").read_text(encoding="utf-8").split())
"""Words that only begin a sentence."""
NO_NAMES_ALONE = frozenset(Path(__file__).with_name("no_names_alone.txt").read_text(encoding="utf-8").split())
"""Words that are no name by themselves, but may begin one: `New York`."""

_GAP = r"(?:\w+ ){0,3}?"
RELATIONS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), turned)
    for name, pattern, turned in (
        (
            "works_for",
            rf"^,? (?:who |also |currently |now |has |have |had )?{_GAP}(?:works?|worked|working|employed) (?:\w+ )?(?:at|for|with|by) (?:the )?$",
            False,
        ),
        (
            "works_for",
            r"^(?:, [DR]-[A-Z][\w.]{1,8},|,| is| was| who is|, who is|, who was) (?:an? |the |our |my |also )?(?:[\w-]+ ){1,6}(?:at|with|for|of|from) (?:the )?$",
            False,
        ),
        ("works_for", r"^ (?:from|at|with|of) (?:the )?$", False),
        (
            "works_for",
            r"^(?:'s|’s) (?:\w+ ){0,3}(?:chairman|director|president|ceo|spokesman|spokeswoman|leader|head|chief|secretary|founder|engineer|editor|reporter),? $",
            True,
        ),
        (
            "works_for",
            r"^ (?:\w+ )?(?:chairman|director|president|ceo|cto|co-?founder|founder|scientist|researcher|spokesman|spokeswoman|leader|chief|secretary|sen\.|rep\.|official|analyst|correspondent|reporter|engineer|manager),? $",
            True,
        ),
        (
            "founded",
            rf"^,? (?:who )?{_GAP}(?:co-?)?(?:founded|started|established|launched) (?:the |a |an )?(?:[\w-]+ ){{0,3}}(?:called |named )?$",
            False,
        ),
        ("founded", r"^,? (?:was |were |is )?(?:co-?)?(?:founded|started|established|launched) (?:in \d+ )?by (?:the )?$", True),
        (
            "created",
            rf"^,? (?:who |that |which )?{_GAP}(?:created|built|developed|wrote|released|made|published|invented|introduced|designed|announced|open-sourced) (?:the |a |an |their |its )?(?:[\w-]+ ){{0,3}}(?:called |named )?$",
            False,
        ),
        (
            "created",
            r"^,? (?:which |that )?(?:was |were |is |has been )?(?:created|built|developed|written|released|made|published|invented|introduced|designed|maintained) by (?:the )?(?:\w+ (?:at|from) )?$",
            True,
        ),
        ("acquired", r"^,? (?:has |had |just )?(?:acquired|bought|purchased|took over) (?:the )?$", False),
        ("joined", r"^,? (?:who |has |had |then |just |recently )?joined (?:the )?(?:\w+ ){0,2}(?:at )?$", False),
        (
            "uses",
            rf"^,? {_GAP}(?:uses?|used|using|runs? on|relies on|built on|based on|powered by|trained on|written in|implemented in) (?:the )?$",
            False,
        ),
        (
            "part_of",
            r"^,? (?:is |was |which is |are )?(?:an? |the )?(?:\w+ )?(?:part|division|subsidiary|unit|branch|member|capital|suburb) of (?:the )?$",
            False,
        ),
        (
            "based_in",
            r"^,? (?:which is |is |was |are |who is |which are )?(?:a \w+ )?(?:based|located|headquartered|situated) (?:here |out of )?(?:in|near|at|outside) (?:the )?$",
            False,
        ),
        (
            "lives_in",
            r"^,? (?:who |which |now |also |has )?(?:lives?|lived|living|was born|born|grew up|moved|resides|native|is|was|came) (?:here |back )?(?:in|to|of|from) (?:the )?$",
            False,
        ),
        ("lives_in", r"^,? (?:\d{1,3}, )?(?:of|from) (?:the )?$", False),
        (
            "lives_in",
            r"^ (?:businessman|businesswoman|resident|native|mayor|lawyer|attorney|farmer|teacher|activist|entrepreneur|artist|student),? $",
            True,
        ),
        ("based_in", r"^\.?,? (?:of|in) $", False),
        ("located_in", r"^,? (?:in |near |, )?$", False),
        (
            "killed",
            r"^,? (?:who |had |has |allegedly |then |was convicted of )?(?:killed|shot|assassinated|murdered|murdering|killing|shooting|assassinating|assassin) (?:of )?(?:president |sen\. |the )?$",
            False,
        ),
        (
            "killed",
            r"^,? (?:was |were |is |had been )?(?:fatally |mortally )?(?:killed|shot|assassinated|murdered|wounded)(?: to death| dead)? (?:\w+ ){0,4}by (?:the )?(?:\w+ )?$",
            True,
        ),
        ("killed", r"^(?:'s|’s) (?:\w+ )?(?:assassin|killer|murderer|assassination by),? $", True),
        ("created", r"^[\"”,]* (?:is )?(?:a \w+ )?by (?:our |my )?(?:friend )?$", True),
        (
            "created",
            r"^,? (?:\w+ ){0,4}(?:technology|model|paper|tool|library|framework|product|project|system|dataset|book) (?:from|by|of) (?:the )?$",
            True,
        ),
        ("released", r"^,? (?:\w+ ){0,2}(?:came|coming|comes) out with (?:\w+ ){0,3}$", False),
        ("co_hosts_with", r"^[^.;]{0,30}\b(?:joined|with me)\b[^.;]{0,20} (?:by )?my (?:co-?host|colleague|friend),? $", False),
        (
            "works_for",
            r"^,? (?:\w+ ){0,6}(?:fellow|engineer|scientist|researcher|director|manager|student|professor|strategist|advocate|lead|founder|CEO|CTO|consultant|analyst) (?:with|at|for|of|from|in) (?:the )?$",
            False,
        ),
        (
            "features",
            r"^ (?:is |was )?(?:\w+ ){0,5}(?:movie|film|show|episode|series|talk|interview) (?:with|about|on|featuring) (?:the )?$",
            False,
        ),
        (
            "part_of",
            r"^ (?:episode|chapter|issue|edition|department|team|campus|office|side|section|branch|arm) (?:of|at|in) (?:the )?$",
            False,
        ),
        (
            "is_a",
            r"^,? (?:is|are|was|which is|which are) (?:basically |essentially |just |also |really )?(?:an?|the) (?:(?!of )[\w-]+ ){0,2}$",
            False,
        ),
        ("includes", r"^(?:,? (?:[a-z-]+ ){0,2}[a-z]{3,20}s)?,? (?:such as|including) (?:the )?$", False),
        ("includes", r"^(?:,? (?:[a-z-]+ ){0,2}[a-z]{3,20}s)? like (?:the )?$", False),
        (
            "works_with",
            r"^,? (?:who )?(?:works?|worked|working|collaborated|partnered|co-hosts?|cofounded it) (?:together |closely )?with (?:the )?(?:\w+ )?$",
            False,
        ),
        ("competes_with", r"^,? (?:is |are )?(?:competes?|competing|competitor|rival) (?:with|of|to) (?:the )?$", False),
        ("compared_with", r"^,? (?:versus|vs\.?|rather than|instead of|compared (?:to|with)|as opposed to) (?:the )?$", False),
        ("talked_about", r"^,? (?:who )?(?:talks?|talked|spoke|speaks|wrote|writes) (?:\w+ )?(?:about|on) (?:the )?$", False),
    )
)
"""Relation, what stands between the names, and whether the second is its source."""

STRONG_VERB = re.compile(
    r"^,? (?:(?:who|which|that|he|she|has|have|had|is|was|will|also|just|now|then|first|later|already|still|even|\w{2,12}ly) ){0,3}(uses|used|using|built|builds|released|created|developed|trained|joined|leads|led|runs|ran|hosts|hosted|founded|acquired|supports|"
    r"supported|announced|replaced|invested|funded|taught|teaches|studied|wrote|published|presented|beat|integrates|powers|managed|implemented|implements|"
    r"launched|moved|lives|provides|offers|owns|bought|sells|makes|made|visited|attended|manages|extends|needs|requires|beats|outperforms|generates|handles|"
    r"wraps|optimizes|deploys|deployed|ported|contributed|recommends|recommended|mentioned|interviewed|met|helps|helped|teaming|partnered|hired)\b"
    r"(?: (?:to|in|with|at|from|on|for))?(?: (?!by )[\w'-]+){0,4} $"
)
"""A verb whose meaning is plain, with a few words after it. A noun before it (`Twitter bot released`) would be what acts."""
STATES = frozenset({"based_in", "lives_in", "located_in", "works_for", "works_with", "uses", "part_of", "compared_with"})
"""Relations that are told in the passive: `is based in`, `is powered by`."""
NEED_A_WHOLE_TARGET = frozenset(
    {
        "is_a",
        "uses",
        "used",
        "using",
        "created",
        "acquired",
        "released",
        "leads",
        "led",
        "runs",
        "ran",
        "managed",
        "manages",
        "built",
        "builds",
        "owns",
    }
)
"""Relations that a target's own noun turns into something else: who ran `the AI practice` did not run AI."""
ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "works_for": (frozenset({"Person"}), frozenset({"Organization"})),
    "founded": (frozenset({"Person", "Organization"}), frozenset({"Organization", "Technology", "Other", "Event"})),
    "created": (
        frozenset({"Person", "Organization", "Place"}),
        frozenset({"Technology", "Work", "Other", "Organization"}),
    ),
    "acquired": (frozenset({"Organization", "Person"}), frozenset({"Organization", "Other", "Technology"})),
    "co_hosts_with": (frozenset({"Person"}), frozenset({"Person"})),
    "joined": (frozenset({"Person", "Organization", "Place"}), frozenset({"Organization", "Event", "Other"})),
    "based_in": (frozenset({"Organization", "Person"}), frozenset({"Place"})),
    "lives_in": (frozenset({"Person"}), frozenset({"Place"})),
    "located_in": (frozenset({"Place"}), frozenset({"Place"})),
    "killed": (frozenset({"Person"}), frozenset({"Person"})),
    "works_with": (frozenset({"Person", "Organization"}), frozenset({"Person", "Organization", "Other", "Technology"})),
}
"""The types of a relation's ends, where not any will do."""

SPELLINGS: dict[str, tuple[str, ...]] = {
    "works_for": ("works_for", "work_for", "works_at", "employed_by", "member_of"), "lives_in": ("lives_in", "live_in", "born_in", "resides_in"),
    "located_in": ("located_in", "part_of", "in"), "based_in": ("based_in", "orgbased_in", "headquartered_in", "located_in"),
    "killed": ("killed", "kill", "murdered"), "created": ("created", "developed", "built", "made", "wrote"), "founded": ("founded", "created"),
}  # fmt: skip
TYPE_SPELLINGS: dict[str, tuple[str, ...]] = {
    "Person": ("person", "people", "peop", "per"), "Organization": ("organization", "organisation", "org", "company"), "Place": ("place", "location", "loc", "gpe"),
    "Technology": ("technology", "product", "concept", "other"), "Work": ("work", "other"), "Event": ("event", "other"),
    "Other": ("other", "concept", "topic", "product", "technology", "tool", "software"),
}  # fmt: skip

NO_CHINESE_NAMES = (
    "我", "你", "您", "他", "她", "它", "們", "们", "這", "这", "那", "大家", "目前", "之前", "以前", "後來", "后来", "現在", "现在", "當時", "当时",
    "曾經", "曾经", "所以", "因為", "因为", "如果", "什麼", "什么", "誰", "谁", "來賓", "来宾", "嘉賓", "嘉宾", "主持人", "節目", "节目",
)  # fmt: skip
"""Words of which none is in a name."""
CHINESE: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "任職於",
        re.compile(
            r"([\u4e00-\u9fff]{2,3})(?:目前|現在|现在)?(?:在|於|于)([\u4e00-\u9fffA-Za-z]{2,8}?)(?:工作|任職|任职|上班|擔任|担任)"
        ),
        "Person",
        "Organization",
    ),
    (
        "創辦",
        re.compile(
            r"([\u4e00-\u9fff]{2,3})(?:創辦了?|创办了?|創立了?|创立了?|成立了?)([\u4e00-\u9fffA-Za-z]{2,8}?)(?=[，。,、；]|$)"
        ),
        "Person",
        "Organization",
    ),
    (
        "位於",
        re.compile(r"([\u4e00-\u9fffA-Za-z]{2,8}?)(?:總部)?(?:位於|位于|坐落於|坐落于|總部在|总部在)([\u4e00-\u9fff]{2,3})"),
        "Organization",
        "Place",
    ),
    (
        "推出",
        re.compile(
            r"([\u4e00-\u9fffA-Za-z]{2,8}?)(?:推出了?|開發了?|开发了?|發表了?|发布了?)([\u4e00-\u9fffA-Za-z0-9-]{2,10}?)(?=[，。,、；]|$)"
        ),
        "Organization",
        "Product",
    ),
)
"""Relation, pattern of two names, their types."""
