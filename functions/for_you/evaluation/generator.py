"""Made-up listeners with planted tastes: what a ranking ought to find is known. The same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from functions.for_you.records import Engagement, Episode, User

TASTES = {
    "Astronomy": "star planet telescope orbit galaxy comet eclipse nebula moon observatory lens spectrum",
    "Cooking": "recipe oven dough spice broth knife market harvest kitchen butter roast salt",
    "Running": "marathon stride trail pace injury coach interval shoe breath altitude finish training",
    "Money": "budget pension index fund mortgage debt saving tax market bond risk insurance",
    "Crime": "detective trial witness verdict motive evidence alibi police case mystery night confession",
    "Gardens": "soil seed prune compost rose frost greenhouse bee orchard shade root spring",
    "Jazz": "trumpet swing chord solo bass club record tempo standard drummer quartet blues",
    "Parents": "toddler school sleep homework teenager birth grandparent play lunchbox tantrum holiday reading",
}
COMMON = "today story people talk question year week guest listener idea time place world simple honest long"
DAY = 86400.0
END = 1_790_000_000.0


@dataclass(frozen=True)
class World:
    """A catalogue, its listeners, and what they did."""

    episodes: list[Episode]
    users: list[User]
    events: list[Engagement]


def world(*, episodes: int = 1200, users: int = 300, per_user: int = 30, seed: int = 11) -> World:
    """Each listener has one taste, or two, and strays now and then; what is popular is played beyond its taste."""
    rng = np.random.default_rng(seed)
    made = [_episode(number, rng, episodes) for number in range(episodes)]
    names = list(TASTES)
    by_taste = {name: [place for place, each in enumerate(made) if each.categories[0] == name] for name in names}
    appeal = rng.pareto(1.3, episodes) + 0.2
    people, events = [], []
    for number in range(users):
        first, second = rng.choice(len(names), 2, replace=False)
        shares = (0.75, 0.0, 0.25) if number % 2 else (0.45, 0.4, 0.15)
        user = f"listener-{number:04d}"
        people.append(User(id=user, interests=(names[first],) if number % 3 else ()))
        taken: set[int] = set()
        for step in range(int(rng.integers(per_user // 2, per_user * 3 // 2 + 1))):
            pool = (by_taste[names[first]], by_taste[names[second]], list(range(episodes)))[int(rng.choice(3, p=shares))]
            weights = appeal[pool] / appeal[pool].sum()
            place = int(rng.choice(pool, p=weights))
            if place not in taken:
                taken.add(place)
                events.append(_event(user, made[place], names[first] == made[place].categories[0], rng, step=step, number=number))
    return World(made, people, events)


def _episode(number: int, rng: np.random.Generator, count: int) -> Episode:
    names = list(TASTES)
    taste = names[int(rng.integers(len(names)))]
    show = int(rng.integers(6))
    own, common = TASTES[taste].split(), COMMON.split()
    words = [*rng.choice(own, 7), *rng.choice(common, 9)]
    return Episode(
        id=f"episode-{number:05d}", title=" ".join(str(word) for word in rng.choice(own, 3)).capitalize(),
        description=" ".join(str(word) for word in rng.permutation(words)), series_id=f"{taste.lower()}-{show}",
        series_title=f"{taste} {('Hour', 'Daily', 'Tales', 'Lab', 'Notes', 'Club')[show]}", categories=(taste,), language="en",
        series_type="serial" if show == 0 else "episodic", duration_s=float(rng.integers(5, 100) * 60), number=number,
        published_at=END - (count - number) * DAY / 4,
    )  # fmt: skip


def _event(user: str, episode: Episode, at_home: bool, rng: np.random.Generator, *, step: int, number: int) -> Engagement:
    action = ("finish", "play", "like")[int(rng.integers(3))] if at_home or rng.random() < 0.7 else "skip"  # noqa: PLR2004 - a stray listen
    at = END + (step + rng.random()) * DAY / 2 + (number % 7) * DAY
    completion = float(rng.uniform(0.5, 1)) if action == "play" else None
    return Engagement.model_validate(
        {"user_id": user, "episode_id": episode.id, "action": action, "at": round(float(at), 3), "completion": completion}
    )
