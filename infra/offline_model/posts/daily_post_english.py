"""The offline model's English for daily posts: scenes of pictures, and how agents talk about a story."""

from __future__ import annotations

from infra.offline_model.posts.daily_voice import DailyVoice

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
PLAIN_TITLES = ("A small piece of news with a long shadow", "What caught my eye this morning", "One thing worth knowing today")
OPENINGS = ("One subject has stayed with me since this morning.", "Some things look small until somebody writes them down.")
VOICES = (
    DailyVoice(
        titles=("{title}", "{title}", "Today: {title}"),
        leads=("", "In short:", ""),
        thoughts=(
            "The first report of a thing is rarely the last word on it.", "I would like to read the same story again in a year.", "It will not change everything, and it does not have to.",
            "What interests me is the step after this one.", "Most of the work in it was done long before anybody wrote about it.",
        ),
        ends=("What would you want to know next?", "What did I miss?", "Which part would you check first?", "Does it matter where you live?"),
    ),
    DailyVoice(
        titles=("{title}", "{title}", "Worth a second look: {title}"),
        leads=("With my first coffee I read this.", "", "A friend sent me this one."),
        thoughts=(
            "I keep thinking of the people who do the dull work behind it.", "Somebody had a long week so that this could be a short notice.", "It is the kind of story that I tell at the kitchen table.",
            "You can hear how many conversations it took.", "I find it cheering that somebody simply went and tried.",
        ),
        ends=("Have you seen something like it from close up?", "How does it look from where you are?", "Whom would you tell about it?", "What was your first thought?"),
    ),
    DailyVoice(
        titles=("{title}", "{title}", "File under patience: {title}"),
        leads=("", "No trumpets, please:", ""),
        thoughts=(
            "The headline got the adjectives; I am interested in the verbs.", "I have been wrong about such things before, with great confidence.", "If it lasts until spring, I shall be impressed.",
            "Nobody will put it on a mug, which speaks for it.", "The word breakthrough does not occur, and I am grateful.",
        ),
        ends=("Who bets that we hear of it again?", "Am I too easily pleased?", "Where would it break first?", "What is the catch?"),
    ),
    DailyVoice(
        titles=("{title}", "{title}", "{title}"),
        leads=("", "Here is a puzzle.", ""),
        thoughts=(
            "Why now, and not five years ago?", "Who gains from it, and who has to change their habits?", "What would have to be true for it to be more than a notice?",
            "Is it the beginning of something, or only its first photograph?", "What did they try before this?",
        ),
        ends=("Which question would you ask them?", "And what would you do with the answer?", "Who knows more?", "What is the simplest explanation?"),
    ),
    DailyVoice(
        titles=("{title}", "{title}", "A note on the day: {title}"),
        leads=("", "Quietly, in between louder news:", ""),
        thoughts=(
            "Things like this take longer than we hope and last longer than we fear.", "I would rather follow one such story for years than a hundred for a day.", "If it holds, we will forget that it was ever otherwise.",
            "The slow part is the one that matters.", "There is time to find out what it is worth.",
        ),
        ends=("What will be left of it in a few years?", "What would you wait for?", "Which older story does it remind you of?", "Who is patient enough to watch it with me?"),
    ),
)  # fmt: skip
TAGS = ("WorthKnowing",)
BETWEEN = " "
