"""The offline model's English for forum posts: halves of sentences, any first with any second."""

from __future__ import annotations

OPENERS = (
    "Quick note on {stock} today", "Been rereading my notes on {stock}", "Somebody asked me about {stock} again",
    "{stock} keeps coming up in my inbox", "I spent the commute thinking about {stock}", "My watchlist has {stock} near the top this week",
    "Putting {stock} under the lamp for a minute", "Let me be plain about {stock}", "Coffee, headlines, and {stock} on the second screen",
    "There is more noise than signal around {stock}", "{stock} deserves a slower look than it gets", "Not a call, just my reading of {stock}",
    "A reader wrote to me about {stock}", "Before the bell I went through {stock} once more", "Two things about {stock} stay with me",
    "The thread on {stock} got heated, so here is a calmer take", "I keep a short file on {stock}", "Old habit: I write down what I think of {stock} before I read others",
)  # fmt: skip
ABOUT = (
    ", mostly because of {topic}.", " and the question of {topic}.", "; the part that matters is {topic}.", ", and {topic} is where I would begin.",
    ". What interests me is {topic}.", ", with {topic} as the thread through it.", ". Everyone talks about {topic}, few look at it closely.",
    ". On {topic} I am of two minds.", ", and no, {topic} is not the whole story.", "; I would start at {topic} and work outwards.",
    ". Let us talk about {topic} without shouting.", ", since {topic} will not leave the headlines.",
)  # fmt: skip
FRAMES = (
    "What we know: {fact}.", "On paper, {fact}.", "The line I underlined: {fact}.", "Start from the record, where {fact}.", "A line from the record: {fact}.",
    "Here is the fact on the table: {fact}.", "Take this as given: {fact}.", "The filing says it without drama: {fact}.", "One data point, then: {fact}.",
    "This line stays with me: {fact}.", "Remember that {fact}.", "Nobody disputes that {fact}.", "For the record, {fact}.", "Set the mood aside and {fact}.",
)  # fmt: skip
TAILS = (
    "That says something about demand, less about price.", "Whether it lasts is another matter.", "I would not build a story on it alone.",
    "Margins decide what it is worth.", "The market may have heard it already.", "It narrows the range of outcomes, nothing more.",
    "I read it as steady rather than spectacular.", "The comparison base flatters it a little.", "Ask who pays for it before cheering.",
    "It fits what suppliers have been hinting at.", "Good, but cash flow is the grown-up in the room.", "That is the kind of detail I trust more than a slogan.",
    "It cuts both ways if costs follow.", "I give it weight, not worship.",
)  # fmt: skip
VIEWS = (
    "My habit is to look at customers first", "I care about the order book", "Patience has paid me better than excitement", "The quality of earnings matters more to me than their speed",
    "Management's tone has been measured", "Inventories tell the truth slowly", "The balance sheet buys time", "I like businesses that can say no to a customer",
    "Competition rarely sleeps in this corner", "Policy can move faster than a factory", "The supply chain is where surprises hide", "Currency is the quiet partner in every quarter",
    "Sentiment is a weather report, not a climate", "Expectations have a weight of their own", "Valuation is an opinion with decimals", "The boring parts of the report are the honest ones",
    "A thesis should fit on a napkin", "Crowded trades make me sit down",
)  # fmt: skip
BECAUSE = (
    " because it shows up before the headlines do.", ", and here I see no reason to hurry.", ", which is why I wait for the next report.", ", so I would rather be late than loud.",
    ", even when the chart argues otherwise.", ", and that has not changed this season.", "; everything else is decoration.", ", though I hold that view loosely.",
    ", and I have been wrong on exactly this before.", ", which the bulls tend to skip.", ", which the bears tend to skip.", ", so I keep my own size small.",
    "; ask me again after the next call.", ", and it is easy to forget when prices move.", ", whatever the loudest account says.", ", so I list reasons before I list feelings.",
)  # fmt: skip
RISKS = (
    "The risk I see is a customer that delays", "What could spoil it: rising input costs", "A weaker consumer would hurt", "New capacity elsewhere could press on prices",
    "Regulators can change the arithmetic", "A strong currency would eat into it", "The obvious danger is that hopes run ahead", "One product carries a lot of the load",
    "Export rules remain a loose thread", "If financing gets dear, plans get smaller", "Key people can leave", "Demand could turn out to be borrowed from next year",
)  # fmt: skip
TURNS = (
    ", and I would notice it first in receivables.", ", so I read the footnotes.", "; nobody rings a bell for that.", ", which is why I never write in absolutes.",
    ", and the price does not always say so.", "; a smaller position forgives that.", ", so judge for yourself.", ", and I have no crystal ball for it.",
    "; I would rather name it than hide it.", ", and it deserves a line in everyone's notes.", ", hence my caution.", ", though it may never come.",
)  # fmt: skip
ASKS = (
    "How do you read it?", "What am I missing?", "Which number would change your mind?", "Who here has followed it longer than I have?", "Do you weigh it the same way?",
    "Tell me where my reasoning is thin.", "What would you check next?", "Is it on your list, and why?", "Where do you stand on {topic}?", "What does your own research say?",
    "Would you wait for the next report?", "Which risk worries you most?", "Curious how the patient ones among you see it.", "What is your honest bear case?",
)  # fmt: skip
WATCHES = (
    "Next I watch the order commentary.", "The coming report will say more than I can.", "I will update this when the facts change.", "Cash conversion is the figure I wait for.",
    "Guidance, not applause, is what I listen for.", "I will compare the wording with last time's.", "Until then my notes stay in pencil.", "The suppliers report first, so I begin there.",
    "If {topic} shifts, so will my view.", "I keep the checklist short and the horizon long.", "More when there is something to add.", "My view is a draft, as always.",
)  # fmt: skip
STRAY = (
    "My gut says another 37% from here by spring.",
    "A friend swears it trades at 14 times next year.",
    "I would not be shocked by 812 before long.",
)
"""What a careless writer adds: a number that nobody supplied."""
