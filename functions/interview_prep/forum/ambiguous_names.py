"""Names of employers that mean something else in most posts about interviews, by what else: an interview may be over Zoom, or for an EA position."""

from __future__ import annotations

EVERYDAY = frozenset(
    "affirm alphabet amplitude apple asana block bolt box brave chase chime circle citadel clear coach compass delta "  # noqa: SIM905
    "discover fidelity figure flex ford gap general google grab handshake harness hinge home impact indeed intercom lattice "
    "lemonade lime linear loom match mercury meta monday mural nest notion oracle oscar planet plaid principal progressive pulse ramp "
    "remote relativity root sage scale segment shell shield signal slack snap sprint square stripe subway target thumbtack "
    "toast tide travelers uber unity vanguard visa wave wish workday x zip zoom".split()
)
"""Names that are also everyday words (or verbs: to google): alone they prove nothing."""
TOOLS = frozenset(
    "zoom teams slack skype webex discord whatsapp telegram hirevue hackerrank codesignal codility coderpad karat "  # noqa: SIM905
    "testgorilla workday greenhouse lever ashby icims taleo calendly docusign linkedin indeed glassdoor monster dice "
    "handshake github gitlab bitbucket notion figma miro leetcode loom gmail outlook dropbox trello jira asana paypal venmo "
    "reddit youtube".split()
)
"""Names that posts about interviews use for the tool more often than for the employer: one mention proves little."""
SPOKEN_OVER = frozenset("zoom teams skype webex discord hirevue meet whatsapp facetime".split())  # noqa: SIM905
"""Tools that interviews take place over."""
TESTED_BY = frozenset(
    "hackerrank codesignal codility coderpad karat testgorilla leetcode hirevue miro calendly dice monster indeed".split()  # noqa: SIM905
)
"""Tools that interviews are made with or found on."""
SYSTEMS = frozenset("workday greenhouse lever ashby icims taleo linkedin".split())  # noqa: SIM905
"""Systems that candidates apply through."""
FORUMS = frozenset("reddit youtube linkedin glassdoor indeed quora discord handshake leetcode github".split())  # noqa: SIM905
"""Forums that one reads and writes on."""
BOARDS = frozenset("linkedin indeed glassdoor monster dice handshake".split())  # noqa: SIM905
"""Boards that one looks for jobs on."""
SKILLS = frozenset(
    "epic salesforce sap workday oracle servicenow netsuite tableau snowflake databricks splunk mongodb vmware redis "  # noqa: SIM905
    "dynamics peoplesoft cerner hubspot zendesk shopify jira autodesk guidewire".split()
)
"""Names that are also a craft by itself: an "Epic analyst" works at a hospital."""
GIGS = frozenset("doordash uber lyft instacart grubhub postmates shipt".split())  # noqa: SIM905
"""Whom one drives and delivers for: no job that one interviews for."""
OCCUPATIONS = frozenset("ea pa pm tpm ba qa ae am sa se hr ra ta ma cs it csm bdr sdr".split())  # noqa: SIM905
"""Initials that are an occupation's: an EA position."""
ADJECTIVES = frozenset("epic elastic progressive remote general clear prime square snap quick".split())  # noqa: SIM905
"""Names that tell of any interview how it was."""
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january march april may june july august".split())  # noqa: SIM905
"""Names that are a day's or a month's: an interview on Monday."""
LEVELS = frozenset("principal staff lead senior associate partner director fellow".split())  # noqa: SIM905
"""Names that are a level's: a principal engineer works anywhere."""
VENUES = SPOKEN_OVER | TESTED_BY
"""Where an interview takes place, whoever the employer is."""
