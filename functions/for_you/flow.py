"""for_you, as data.

request -> read_catalogue -> embed_episodes (fan-out over batches of new texts) -> build_snapshot -> make_session -> session
"""

from __future__ import annotations

from functions.for_you.stage_estimates import EXPECTS
from functions.for_you.stage_messages import ForYouRequest, Session
from functions.for_you.stages.build_snapshot import build_snapshot
from functions.for_you.stages.embed_episodes import embed_episodes
from functions.for_you.stages.make_session import make_session
from functions.for_you.stages.read_catalogue import read_catalogue
from shared.engine.flow import Flow, Join, Stage

FLOW = Flow(
    "for_you",
    request=ForYouRequest,
    result=Session,
    expects=EXPECTS,
    stages=(
        Stage(read_catalogue, each="batches", then=embed_episodes, timeout=600),
        Stage(embed_episodes, lane="models", join=Join(build_snapshot, tolerate=1.0)),
        Stage(
            build_snapshot,
            lane="compute",
            needs=(read_catalogue,),
            then=make_session,
            timeout=900,
        ),
        Stage(make_session, needs=(ForYouRequest,)),
    ),
)
