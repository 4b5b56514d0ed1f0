"""The offline model's English for daily posts."""

PLACES = (
    "a desk by a window with a folded map and a cup of tea", "a lighthouse on a quiet coast", "a long wooden bridge over still water",
    "a greenhouse at the edge of a town", "rows of lamps in an empty street", "a field with a single tree and a low wall",
)  # fmt: skip
LIGHTS = ("early light from the left", "a clear blue hour", "low winter sun", "a soft overcast sky")
STYLES = (
    "Clean editorial illustration with one warm accent",
    "Matte gouache with visible brush strokes",
    "Quiet film photograph",
)
SCENES = (
    "A desk by a window with a folded map and a steaming cup of tea", "A lighthouse on a quiet coast under a wide sky",
    "A long wooden bridge over still water", "A greenhouse glowing at the edge of a small town",
    "A row of street lamps along an empty street", "A single tree beside a low stone wall in an open field",
)  # fmt: skip
ALT = "{scene}, in muted colours with one warm accent."
TITLES = ("{title}", "{title}", "Worth a second look: {title}", "Today: {title}")
PLAIN_TITLES = ("A small piece of news with a long shadow", "What caught my eye this morning", "One thing worth knowing today")
OPENINGS = ("One subject has stayed with me since this morning.", "Some things look small until somebody writes them down.")
THOUGHTS = (
    "What I like about it is that somebody measured before they spoke.",
    "The part that matters is the one that nobody puts in a headline.",
    "It will not change everything, and it does not have to.",
    "I keep coming back to who does the dull work behind it.",
    "If it holds for a year, we will forget that it was ever otherwise.",
)  # fmt: skip
QUESTIONS = ("What would you want to know next?", "Have you seen this from close up?", "Where would it break first?")
TAGS = ("DailyNote", "Today", "WorthKnowing")
BETWEEN = " "
