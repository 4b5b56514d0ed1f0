"""The offline model's English for forum posts: what may be said to a fact, by its kind, by angle, and of any company."""

from __future__ import annotations

GAP, STOP = " ", "."
HEADLINES = (
    "The headline reads “{topic}”.", "“{topic}”: that is all it says.", "I read “{topic}” and kept the page open.", "It says “{topic}”, and little else so far.",
    "“{topic}” is how it was put.",
)  # fmt: skip
"""How a headline is told where no fact is."""
REACTIONS = {
    "more": (
        "Whether that lasts is another matter.", "The comparison base decides how much it means.", "That says something about demand, less about price.",
        "I would want to see it twice.", "Growth is easier to like than to keep.", "Ask who pays for it before cheering.",
    ),
    "less": (
        "A fall can be a relief or a warning; the reason decides.", "I would ask whether it was wanted.", "Less is not always worse.",
        "It can turn quickly in either direction.", "The next line will show whether it was a pause.",
    ),
    "orders": (
        "Orders can be put off, but they are a better sign than hopes.", "It tells us how busy they will be, not how well it pays.",
        "I would ask what happens when a customer waits.", "A full book buys time.", "That is visibility, not profit.",
    ),
    "margin": (
        "Margins decide what sales are worth.", "What holds it up matters more than where it stands.", "A good mix can do that, and a bad one undoes it.",
        "I would look at the costs behind it.",
    ),
    "money": (
        "Money that is spent has to come back one day.", "It says what they believe in.", "Plans are cheap until they are paid for.",
        "What they give up for it is the other half of the story.",
    ),
    "any": (
        "It narrows the range of outcomes, nothing more.", "I would not build a story on it alone.", "That is the kind of detail that I trust more than a slogan.",
        "I give it weight, not worship.", "The market may have heard it already.",
    ),
}  # fmt: skip
"""What may be said to a fact, by its kind."""
KINDS = (
    ("orders", r"backlog|\border|book-to-bill|pipeline|contract"),
    ("margin", r"margin"),
    ("money", r"capex|capital|invest|spend|dividend|buyback|debt|cash|expansion|capacity"),
    ("less", r"\bfell\b|\bdown\b|declin|decreas|dropp|\bcut\b|lower|loss|slid|shrank"),
    ("more", r"\brose\b|\bup\b|grew|increas|gain|higher|climb|doubl|jump|record"),
)  # fmt: skip
"""Words by which a fact's kind is known: the first that fits."""
VIEWS = (
    "My habit is to look at customers first, because what they do shows up before the headlines.", "I care less about speed than about what the growth costs.",
    "Inventories tell the truth slowly, and I have learned to wait for them.", "I like businesses that can say no to a customer.",
    "A strong balance sheet buys time, and time is what most plans lack.", "Management's tone is worth a second reading: what did they not say?",
    "Competition rarely sleeps in this corner, so a good year is also an invitation.", "The supply chain is where surprises hide.",
    "Sentiment is weather; what the company earns is climate.", "The boring parts of a report are usually the honest ones.",
    "If the case does not fit on a napkin, it is not ready.", "When everybody agrees, I read the opposite view first.",
    "Cash is harder to dress up than earnings.", "I compare the wording with last time's before I compare the figures.",
    "Suppliers often say the same thing earlier and with less polish.", "Currency is a quiet partner in every quarter.",
    "What a company stops doing tells me as much as what it starts.", "One good line does not make a trend, and one bad line does not break it.",
    "A customer who comes back is worth more than a press release.", "The people on the factory floor usually know before the analysts do.",
)  # fmt: skip
RISKS = (
    "The risk I see is a customer that delays; it would show in receivables first.", "Rising input costs could spoil it, and nobody rings a bell for that.",
    "New capacity elsewhere could press on prices.", "Regulators can change the arithmetic overnight.", "A strong currency would eat into it.",
    "The obvious danger is that hopes run ahead of deliveries.", "If too much hangs on one product, a small fault becomes a large one.",
    "Export rules remain a loose thread.", "If financing gets dear, plans get smaller.", "Demand may turn out to be borrowed from next year.",
    "Key people can leave, and know-how leaves with them.", "A weaker consumer would hurt, though with a delay.",
    "A rival with patience and money is the risk that no footnote lists.", "Delivery times cut both ways once customers have a choice.",
    "What worries me is less the news than how used to good news we are.", "A change in the mix can undo it without a headline.",
)  # fmt: skip
ANGLES = {
    "own_choice": ("I could wait for the next report or make up my mind on this one, and I lean towards waiting.", "Put yourself in the chair: act on this, or let it pass? I hesitate because both would cost something.", "If I had to choose today, I would choose to know more first; the cost of that is looking slow."),
    "surprise": ("I had expected something duller, so this is the part that I did not see coming.", "It surprised me, and a surprise usually means that I had looked in the wrong place.", "I had my sentence ready before I read this, and had to throw it away."),
    "devils_advocate": ("The popular view is that this settles the matter. I doubt it: good news that everybody knows is half a reason at best.", "Let me argue the other side for once: the case is sound, and yet it may be too comfortable.", "Everybody nods at this. Somebody should ask what it would take to be wrong."),
    "memory": ("Years ago I fell for a line like this one and never asked what it was compared with. I still remember the lesson.", "It brings back an old mistake of mine: I read the headline, skipped the notes, and paid for it in pride.", "An old teacher used to cover the headline with his hand and ask what was left. I still do that."),
    "newcomer": ("Somebody new to this would ask whether that is good or bad. Honestly: it depends on what was expected.", "In plain words it means that there is work to do; whether the work pays is the next question.", "A beginner's question is the right one here: compared with what? Even people who have done this for long answer it differently."),
    "two_camps": ("One camp sees the beginning of something, the other a late stage. A second report like this would embarrass one of them.", "There are those who trust the order book and those who trust only cash. I can see why each finds the other careless.", "The patient and the nervous read the same line and leave by different doors. Each will have to show it in the next report."),
    "single_number": ("Turn that one figure over: it hides the mix, it says nothing of cash, and it needs a second one beside it.", "One figure alone is a photograph. I would like the film.", "I keep looking at that one line. Without its neighbour it is half a sentence."),
    "everyday": ("You can see some of it in daily life: busy yards, later deliveries, fewer discounts. It may mislead all the same.", "What I notice around me fits, though a street is not a market.", "Ask a driver, a clerk, a fitter: they will tell you whether it is busy. They will not tell you whether it pays."),
    "checklist": ("My checklist is short: who pays, what it costs, and what the notes leave out. The last one is what most people skip.", "Before I make up my mind I look at customers, cash and commitments, in that order.", "What I tick off: is it real, does it repeat, who bears the cost. Most people stop after the first."),
    "what_next": ("What is open is whether it repeats. The sign to wait for is the tone of the next order commentary.", "The next thing to tell us who is right is the cash line, whichever way it turns.", "The next sign will be small: a word less or more about demand. I listen for that."),
    "patience": ("Doing nothing is a decision too, and at the moment it is mine. A changed fact would end it, not a changed price.", "The urge to do something is strong, which is my best reason to sit still.", "I can think of many reasons to move and of one to wait: I do not know enough yet."),
    "wording": ("Everybody calls it a turning point. The facts call it a line in a report, and I would stay with the facts.", "The word that people use is momentum. A better one might be workload.", "People say boom. I would say busy, which is less exciting and easier to check."),
    "drivers": ("The question is which part of the business moved it. If it was volume, it can go on; if it was price, customers will notice.", "I look for the part that did the work, because that part has to do it again.", "Take the result apart: volume, price, mix. The one that did most of it is the one to follow."),
    "margins": ("Before size I look at quality: what is left after costs, and does it arrive as cash?", "Sales are vanity until the costs are known; what is left over is the answer.", "The top line gets the applause, but the lines below decide who goes home happy."),
    "expectations": ("Some of it was surely expected. What matters is where facts and expectation part, and that gap looks small to me.", "The price knew something of it already. The surprise, if there is one, lies in how long it lasts.", "The mood was good before the news, so the news had to be better than good."),
    "bear_case": ("Start with what could go wrong: it would show in the order book first and in the result much later.", "The bear's case deserves a fair hearing: good times tempt companies to build too much.", "What would the doubters say? That a customer who orders early also stops early."),
    "bull_case": ("The honest case for it is that customers came back by themselves. The price for that is the cost of serving them.", "At its best this is a business that its customers need. The sign that it is over would be discounts.", "The friendly reading has something: people pay on time for what they cannot do without."),
    "comparison": ("Against the period before, the direction matters more than the step; part of any step is noise.", "What changed is visible, what stayed the same is more reassuring, and the next period has to confirm both.", "Put the two periods side by side and cover the totals: what is left is the change in habits."),
    "scenarios": ("There is a fork here. Either demand holds, which the order book would show, or it was pulled forward, which inventories would.", "In one scenario this is the middle of the road, in the other its end. I watch the delivery times to tell them apart.", "Either this goes on quietly, or it ends loudly. Cancelled orders would be the first sound of the second."),
    "cycle": ("Where in the cycle are we? Early on, orders lead and prices follow; later, prices lead and orders thin out.", "Every cycle looks different until it is over. This resembles the middle more than the end.", "Cycles do not ring. What I look for is who begins to give discounts, and nobody does so far as I can read."),
    "capital": ("What a company does with its money says what it believes. Here it could not do something else with the same money.", "Follow the money: what is built now has to be filled later.", "A company's spending is its most honest forecast, and also the most expensive one to get wrong."),
    "customers": ("See it from the customers' side: they pay for not having to worry. A cheaper way not to worry would take them away.", "Who pays, and what would they do without it? As long as the second answer is unpleasant, the first is safe.", "The customer's view is simple: does it work, and what else is there? I would want to hear it from them."),
    "open_questions": ("Two questions stay open: how much of it repeats, and who carries the costs. Until then there is little that is safe to say.", "The line that everybody quotes leaves out the price that was paid for it, and the time that it will take.", "Nobody says what was given up for it. That is the question that I would put first."),
    "timeline": ("In the order of events it is a small step, but it comes after others in the same direction.", "First came the orders, then the work, and last comes the cash; we are somewhere in the middle.", "Each step in this looks late by itself and early beside the next one; that is how such things go."),
}  # fmt: skip
"""What an angle makes of it."""
STRAY = (
    "My gut says another 37% from here by spring.",
    "A friend swears it trades at 14 times next year.",
    "I would not be shocked by 812 before long.",
)
"""What a careless writer adds: a number that nobody supplied."""
