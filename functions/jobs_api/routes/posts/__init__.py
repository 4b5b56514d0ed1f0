"""Posts: listed, read, edited, approved, rejected, published."""

from __future__ import annotations

from functions.jobs_api.http.route_definition import Route
from functions.jobs_api.post_models import (
    ApproveRequest,
    CalendarQuery,
    ChooseRequest,
    EditRequest,
    PostCalendar,
    PostPage,
    PostQueue,
    PostRecord,
    PostVariants,
    PublishRequest,
    RejectRequest,
    RewriteRequest,
    VariantRequest,
    WithdrawRequest,
)
from functions.jobs_api.routes.posts.draft_edits import choose_version, edit_post, list_variants, rewrite_post, word_variant
from functions.jobs_api.routes.posts.post_lists import (
    delete_post,
    list_posts,
    list_queued_posts,
    posts_query,
    read_post,
    show_calendar,
)
from functions.jobs_api.routes.posts.post_steps import approve_post, publish_post, reject_post, withdraw_post


def routes() -> tuple[Route, ...]:
    """The routes, with what pipelines' posts can be narrowed by."""
    return (
        Route("GET", "/api/v1/posts", list_posts, "Posts, the newest first.", {200: PostPage}, query=posts_query()),
        *ROUTES,
    )


ROUTES = (
    Route("GET", "/api/v1/posts/queue", list_queued_posts, "What goes out next, the first one first.", {200: PostQueue}),
    Route(
        "GET", "/api/v1/posts/calendar", show_calendar, "What goes out and went out in a stretch of time, of one persona or of all.",
        {200: PostCalendar}, query=CalendarQuery,
    ),
    Route("POST", "/api/v1/posts/{id}/edit", edit_post, "Word a draft differently.", {200: PostRecord}, body=EditRequest),
    Route(
        "POST", "/api/v1/posts/{id}/rewrite", rewrite_post, "Make a draft's text, or its picture, anew; the other part stays.",
        {200: PostRecord}, body=RewriteRequest,
    ),
    Route("GET", "/api/v1/posts/{id}/variants", list_variants, "A post's text as each place gets it.", {200: PostVariants}),
    Route(
        "POST", "/api/v1/posts/{id}/variants/{platform}", word_variant, "Word a draft for one place; null: as it follows from its text.",
        {200: PostVariants}, body=VariantRequest,
    ),
    Route("GET", "/api/v1/posts/{id}", read_post, "A post with its versions and its audit trail.", {200: PostRecord}),
    Route("DELETE", "/api/v1/posts/{id}", delete_post, "Delete a post. Of a daily one it stays known that there was one.", {204: ""}),
    Route(
        "POST", "/api/v1/posts/{id}/approve", approve_post, "Let a draft be published; with `publish`, publish it as well.",
        {200: PostRecord}, body=ApproveRequest,
    ),
    Route("POST", "/api/v1/posts/{id}/reject", reject_post, "Keep a post from being published.", {200: PostRecord}, body=RejectRequest),
    Route(
        "POST", "/api/v1/posts/{id}/withdraw", withdraw_post, "Take an approved post back: a draft again, without its time.",
        {200: PostRecord}, body=WithdrawRequest,
    ),
    Route(
        "POST", "/api/v1/posts/{id}/publish", publish_post,
        "Publish an approved post, once. One that may not go out yet, in quiet hours say, goes out later.",
        {200: PostRecord, 202: PostRecord}, body=PublishRequest,
    ),
    Route(
        "POST", "/api/v1/posts/{id}/choose", choose_version, "Let another version of a draft stand.", {200: PostRecord}, body=ChooseRequest
    ),
)  # fmt: skip
