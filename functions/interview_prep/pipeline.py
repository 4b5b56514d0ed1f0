"""interview_prep, registered."""

from __future__ import annotations

from functions.pipeline_registration import LineAlert, Pipeline, ScheduledWork

PIPELINE = Pipeline(
    "interview_prep",
    about="A job posting and forum reports become a cited interview guide, a PDF.",
    flow="functions.interview_prep.flow:FLOW",
    stages=(
        "read_posting",
        "fetch_logo",
        "plan_searches",
        "read_employer_pages",
        "search_forum",
        "pick_posts",
        "read_comments",
        "batch_reports",
        "extract_insights",
        "outline_guide",
        "write_section",
        "render_guide",
    ),
    example="--set job_posting_url=https://jobs.example/42",
    schedules=(ScheduledWork("warm", "5 * * * *", starts="functions.interview_prep.popular_postings:popular"),),
    alerts=(LineAlert("slow_guides", "job_slow", "A guide took longer than a minute."),),
    error_codes="functions.interview_prep.error_codes:CODES",
    input_readers={
        "exports": "functions.interview_prep.forum.exports.export_texts:read_export_file",
        "previous_guide": "functions.interview_prep.previous_guide.read_previous:encode_file",
        "cv_file": "functions.interview_prep.candidate.cv_text:encode_file",
    },
    late_imports=(
        "lxml.html",
        "functions.interview_prep.posting.read_url",
        "trafilatura",
        "functions.interview_prep.employer_site.site_links",
        "functions.interview_prep.employer_site.recent_news",
        "PIL.Image:preinit",
        "functions.interview_prep.candidate.contact_details",
        "functions.interview_prep.candidate.cv_text",
        "functions.interview_prep.previous_guide.guide_changes",
        "functions.interview_prep.pdf.sections.as_shown",
        "functions.interview_prep.pdf.guide_document",
        "reportlab.graphics.renderPDF",
        "functions.interview_prep.pdf.second_look_document",
        "functions.interview_prep.text_exports.guide_json",
        "functions.interview_prep.text_exports.guide_markdown",
        "functions.interview_prep.pdf.typography.fonts:register",
    ),
)
