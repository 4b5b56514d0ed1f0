"""interview_prep, as data.

request -> read_posting -> plan_searches -> search_forum (fan-out) -> pick_posts -> read_comments (fan-out)
        -> batch_reports -> extract_insights (fan-out) -> outline_guide -> write_section (fan-out) -> render_guide -> PDF
           fetch_logo and read_employer_pages run beside it all and are never waited for beyond their time
"""

from __future__ import annotations

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_estimates import EXPECTS
from functions.interview_prep.stage_messages import Guide
from functions.interview_prep.stages.batch_reports import batch_reports
from functions.interview_prep.stages.extract_insights import extract_insights, insights_key
from functions.interview_prep.stages.fetch_logo import fetch_logo, logo_key
from functions.interview_prep.stages.outline_guide import outline_guide
from functions.interview_prep.stages.pick_posts import pick_posts
from functions.interview_prep.stages.plan_searches import plan_searches
from functions.interview_prep.stages.read_comments import comments_key, read_comments
from functions.interview_prep.stages.read_employer_pages import employer_pages_key, read_employer_pages
from functions.interview_prep.stages.read_posting import posting_key, read_posting
from functions.interview_prep.stages.render_guide import render_guide
from functions.interview_prep.stages.search_forum import search_forum
from functions.interview_prep.stages.write_section import write_section
from shared.engine.flow import Cache, Flow, Join, Stage

FLOW = Flow(
    "interview_prep",
    request=PrepRequest,
    result=Guide,
    slow_after=60.0,
    expects=EXPECTS,
    stages=(
        Stage(read_posting, lane="web", cache=Cache(days=7, version=6, key=posting_key), then=plan_searches, beside=fetch_logo),
        Stage(fetch_logo, lane="web", cache=Cache(days=7, key=logo_key), within=3),
        Stage(plan_searches, needs=(PrepRequest,), then=search_forum, beside=read_employer_pages),
        Stage(
            read_employer_pages,
            lane="web",
            needs=(read_posting,),
            cache=Cache(days=7, key=employer_pages_key, worth=lambda found: not found.passing),
            within=10,
        ),
        Stage(
            search_forum,
            lane="forum",
            cache=Cache(days=1, version=4, worth=lambda found: found.source is not None),
            sums=("good_posts",),
            says="{good_posts:.0f} posts found",
            join=Join(pick_posts, within=12, tolerate=1),
        ),
        Stage(pick_posts, needs=(read_posting, plan_searches), each="reads", then=read_comments),
        Stage(
            read_comments,
            lane="forum",
            cache=Cache(days=1, version=2, key=comments_key, worth=lambda post: post.comments_read),
            join=Join(batch_reports, within=12, tolerate=1),
        ),
        Stage(batch_reports, needs=(read_posting, pick_posts), then=extract_insights),
        Stage(
            extract_insights,
            lane="models",
            cache=Cache(days=7, version=5, key=insights_key),
            join=Join(outline_guide, tolerate=0.5),
        ),
        Stage(
            outline_guide,
            lane="web",
            needs=(read_posting, batch_reports, PrepRequest, read_employer_pages),
            each="sections",
            then=write_section,
        ),
        Stage(
            write_section,
            lane="models",
            cache=Cache(days=7, version=6, worth=lambda section: not section.private),
            timeout=200,
            needs=(read_posting, outline_guide),
            join=Join(render_guide, tolerate=0.3),
        ),
        Stage(
            render_guide,
            lane="render",
            needs=(read_posting, pick_posts, outline_guide, fetch_logo, PrepRequest),
        ),
    ),
)
