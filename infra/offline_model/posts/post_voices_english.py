"""The offline model's voices in English."""

from __future__ import annotations

from infra.offline_model.posts.post_voices import PostVoice

VOICES = {
    "dry": PostVoice(
        openers=(
            "{stock} and {topic}: a subject on which everybody has an opinion and few have opened the report.",
            "I promised myself a quiet evening, and then somebody said {topic} and {stock} in one breath.",
            "Another day, another heated thread about {topic} at {stock}.",
            "My views on {stock} are like my umbrella: mostly in the wrong place. Here is the one on {topic}.",
            "Nothing ruins a good story about {stock} like reading what it says on {topic}.",
        ),
        frames=(
            "The report, which nobody reads for pleasure, says that {fact}.", "It turns out that {fact}.",
            "In the least exciting line of the lot, {fact}.", "Officially, {fact}.", "Without a single adjective, we learn that {fact}.",
        ),
        turns=("I admit that this will not fill a stadium.", "So far, so undramatic.", "My own record here is modest, so take the rest lightly.", "That is the whole firework."),
        asks=(
            "Who talks me out of it?", "Am I the only one who finds that interesting?", "What is the flattering reading that I missed?",
            "Which of you will say that it is different this time?", "Would you have noticed, had nobody shouted?",
        ),
        watches=(
            "I shall watch the next report with the usual restraint.", "My view stays in pencil; I own a good eraser.",
            "If I turn out to be wrong, it will not be for lack of practice.", "More when there is more, which may take a while.",
            "Until then I keep my enthusiasm where I keep my umbrella.",
        ),
    ),
    "terse": PostVoice(
        openers=("{stock}, on {topic}.", "Short one on {stock} and {topic}.", "{topic} at {stock}, in plain words.", "A note on {stock}. Subject: {topic}.", "{stock}. The point is {topic}."),
        frames=("{fact}.", "Given: {fact}.", "On record: {fact}.", "Known so far: {fact}.", "Also this: {fact}."),
        turns=("My reading is short.", "What follows from it?", "That is all we have.", "No story needed."),
        asks=("Your view?", "What would you check next?", "Agree or not?", "What is missing?", "Which line would you underline?"),
        watches=("Next report, next note.", "I wait for the cash line.", "View unchanged until the facts change.", "Enough for today.", "I check again next quarter."),
        fact_first=True, reacts=False,
    ),
    "careful": PostVoice(
        openers=(
            "I want to separate what is known about {stock} from what is guessed, beginning with {topic}.",
            "On {topic} at {stock} I hold two thoughts at once, and neither has won.",
            "Before anyone draws a line from {topic} to the price of {stock}, a few cautions.",
            "I wrote a firm sentence about {stock} and {topic}, then struck it out. This is what was left.",
            "How much can one say about {topic} at {stock} without guessing? Less than the thread suggests.",
        ),
        frames=(
            "What can be held on to is that {fact}.", "As far as the record goes, {fact}.", "It is stated, and I have no reason to doubt it, that {fact}.",
            "The safe part is this: {fact}.", "Taken literally, and no further, {fact}.",
        ),
        turns=(
            "What that does not tell us is how long it holds.", "From here on I am interpreting, and say so.", "Two readings fit this equally well.",
            "I should correct myself: it is a sign, not a proof.",
        ),
        asks=(
            "Which of the two readings do you find less wrong?", "What would make you more certain than I am?", "Where do you see a step that does not follow?",
            "What do you treat as known here, and what as likely?", "Is there a fact that would settle it for you?",
        ),
        watches=(
            "Until more is known, that is as far as I would go.", "I would change my mind for a better fact, not for a louder voice.",
            "The next report may narrow it down; I would not go further today.", "I note the open points and leave them open.",
            "Both readings stay on my list until one of them breaks.",
        ),
    ),
    "warm": PostVoice(
        openers=(
            "My neighbour asked over the fence what I make of {stock}, and we ended up at {topic}.",
            "The kettle was on, the rain was loud, and I finally read what {stock} says about {topic}.",
            "A reader wrote to me last night about {stock}: should {topic} worry us? Dear reader, here is how I see it.",
            "On the train this morning two people argued about {stock}, and I missed my stop thinking about {topic}.",
            "You know how I am: give me a slow Sunday and a page on {topic}, and I read all that {stock} has written.",
        ),
        frames=(
            "What caught my eye is that {fact}.", "I read it twice: {fact}.", "If you take away one line, let it be that {fact}.",
            "My pencil stopped where it says that {fact}.", "And then, a little further down, {fact}.",
        ),
        turns=("It made me think of all the times I hurried.", "That is where I put the page down and looked out of the window.", "You can feel two ways about that, and I do.", "I like to sit with such a line for a day."),
        asks=(
            "How do you feel about it?", "Tell me, what would you have told my neighbour?", "Have you followed it longer than I have? I would love to hear.",
            "What did you read into it?", "What would you want me to look at next?",
        ),
        watches=(
            "I will write again when the next report is on my table.", "Take your time with it; I certainly will.", "That is all from my kitchen table today.",
            "If you see it differently, you are in good company, and so am I.", "Next time I will look at the cash, as I should have today.",
        ),
        paragraphs=True,
    ),
    "blunt": PostVoice(
        openers=(
            "The only thing about {stock} worth arguing over: {topic}.", "Most of what is said about {stock} and {topic} is noise.",
            "I will say it first: people overrate their own certainty about {topic} at {stock}.", "Forget the chart of {stock} for a minute and look at {topic}.",
            "{stock} does not need cheerleaders, it needs readers. Start with {topic}.",
        ),
        frames=("Fact: {fact}.", "Here is what counts: {fact}.", "Argue with me, not with this: {fact}.", "No spin: {fact}.", "And read this again: {fact}."),
        turns=("I have a clear view and thin patience for slogans.", "Whoever ignores that is telling stories.", "Spare me the adjectives.", "That is the argument; the rest is mood."),
        asks=("Prove me wrong.", "Who disagrees, and on which fact?", "What is your counterargument?", "Name one thing that I left out.", "Where exactly is that too harsh?"),
        watches=(
            "I stay with that until a better fact turns up.", "Anything else is decoration.", "The next report decides, not the comments.", "That is my view; the footnotes are where to attack it.",
            "Call it dull. Dull has served me well.",
        ),
    ),
    "curious": PostVoice(
        openers=(
            "What do we really learn about {stock} from {topic}?", "Why does nobody ask the plain question about {stock}: what stands behind {topic}?",
            "If you had to explain {topic} at {stock} to a stranger, where would you start?", "Cause or symptom at {stock}: what do we make of {topic}?",
            "What would I want to know about {stock} if I had never heard of it? Probably {topic}.",
        ),
        frames=("One answer is on paper: {fact}.", "Did you notice that {fact}?", "What do we make of it that {fact}?", "Is it enough to know that {fact}?", "And how does it fit that {fact}?"),
        turns=("Which leads to the next question: compared with what?", "But who is on the other side of that?", "And what would it look like if the opposite were true?", "Is that a beginning or an end?"),
        asks=("What would you ask first?", "Which question have I not asked?", "Who has an answer that is not a slogan?", "And what do you see that I do not?", "Which of these would you want answered by the company itself?"),
        watches=(
            "The question that I take into the next report: does it repeat?", "I leave with more questions than I came with, which is fair.",
            "What would change my view? A plain answer to the one above.", "So the next thing to find out is who pays, and for how long.", "I collect the answers as they come.",
        ),
        reacts=False,
    ),
    "teacher": PostVoice(
        openers=(
            "Think of {stock} as a bakery: with {topic} we look at the flour, not at the bread.", "A simple way to look at {topic} at {stock}: imagine a household that writes down everything it spends.",
            "If {stock} were a ship, {topic} would be the depth under the keel: nobody looks at it until they must.", "People new to {stock} often ask about {topic}. A comparison helps.",
            "Picture a garden. With {topic} at {stock} we see what was sown; the harvest comes later.",
        ),
        frames=("The entry in the book reads: {fact}.", "Write this on the board first: {fact}.", "The lesson starts from here: {fact}.", "What we can look up is that {fact}.", "On the next page: {fact}."),
        turns=(
            "Put simply, it shows how busy they are, not how rich.", "A full larder is good news, but somebody has paid for it.", "The step that beginners skip is to ask what it is compared with.",
            "One line in a book is a line; a habit shows after several pages.",
        ),
        asks=(
            "How would you explain it to somebody who just started?", "Which comparison would you use?", "What did you find hardest to understand when you began?",
            "Which word in it would you explain first?", "What would a beginner get wrong here?",
        ),
        watches=(
            "Homework: look up the same line in the next report and compare.", "Next time the lesson continues with where the cash goes.", "Keep the comparison, drop it when it stops fitting.",
            "The rule to take away: first the line, then what it is compared with.", "That is enough theory for one post.",
        ),
        paragraphs=True,
    ),
    "calm": PostVoice(
        openers=(
            "Over the years {stock} has taught me to look at {topic} slowly.", "There is no hurry with {stock}, and {topic} will still be there tomorrow.",
            "Seen from far enough away, this is one season in the life of {stock}, {topic} included.", "I have kept a file on {stock} for a long time; the page on {topic} grows by a line each year.",
            "The loud days pass. What stays about {stock} is {topic}.",
        ),
        frames=(
            "This season's line in the file: {fact}.", "For the long record, {fact}.", "I note without excitement that {fact}.", "The present state is that {fact}.", "It is written, and will be read again in a year, that {fact}.",
        ),
        turns=("In ten years few will remember the week, but the habit behind it will show.", "A tide is judged over many days.", "I let such a thing rest before I judge it.", "Patience costs little here."),
        asks=("How does it look to those of you who have held an opinion for years?", "What will matter of it in a few years?", "Who sits still with me?", "Which old mistake does it remind you of?", "What would make you act at last?"),
        watches=(
            "I close the file until the next season.", "Time will do the sorting.", "There is a next report, and one after that.", "I would rather be late than loud.", "The long view has not changed.",
        ),
    ),
}  # fmt: skip
