"""for_you, registered."""

from __future__ import annotations

from functions.pipeline_registration import Collection, DocumentTrigger, ImportKind, Pipeline, ResultPage, ScheduledWork

TRIGGERS = "functions.for_you.document_triggers"

PIPELINE = Pipeline(
    "for_you",
    about="Engagements become a feed of episodes: ranked, varied, explained, and ready before it is asked for.",
    flow="functions.for_you.flow:FLOW",
    stages=("read_catalogue", "embed_episodes", "build_snapshot", "make_session"),
    functions=("for_you_refresh_queue",),
    example="--set user_id=listener-7",
    imports=(
        ImportKind("episodes", "episode", "functions.for_you.imported_records:Episode", key="id", files="functions.for_you.catalogue.podcast_feed_files:read_file"),
        ImportKind("users", "user", "functions.for_you.imported_records:User", key="id"),
        ImportKind("engagements", "engagement", "functions.for_you.imported_records:Engagement", key="id"),
    ),
    collections=(
        Collection("episodes", kept="the catalogue, until somebody deletes them"),
        Collection("users", kept="who listens, until they are forgotten"),
        Collection("engagements", kept="what users did, until they reset it"),
        Collection("catalogues", kept="which file is the catalogue's current version"),
        Collection("queues"),
        Collection("cursors"),
        Collection("served"),
        Collection("sessions", of_job=True),
    ),
    schedules=(ScheduledWork("nightly_catalogue", "30 3 * * *", starts="functions.for_you.catalogue.nightly_build:builds"),),
    triggers=(
        DocumentTrigger(
            "engagement_written", "engagements/{engagement}", calls=f"{TRIGGERS}:refresh_queue", when=f"{TRIGGERS}:about_somebody",
            latest=False,
        ),
        DocumentTrigger("user_written", "users/{user}", calls=f"{TRIGGERS}:refresh_queue", when=f"{TRIGGERS}:about_somebody"),
        DocumentTrigger("cursor_moved", "cursors/{cursor}", calls=f"{TRIGGERS}:refresh_queue", when=f"{TRIGGERS}:used_up"),
        DocumentTrigger("episode_written", "episodes/{episode}", calls="functions.for_you.catalogue.start_build:START", latest=False),
    ),
    error_codes="functions.for_you.error_codes:CODES",
    statuses={"session_not_found": 404, "no_catalogue": 503, "bad_after": 422},
    routes="functions.for_you.routes:ROUTES",
    page=ResultPage("feed", items="items", by="series_title", about=("categories",)),
    late_imports=("numpy", "functions.for_you.sessions.create_session"),
)  # fmt: skip
