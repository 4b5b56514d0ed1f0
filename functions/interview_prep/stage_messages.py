"""What travels through interview_prep, top to bottom as it flows: request -> ... -> guide."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from functions.interview_prep.employer_messages import EmployerPage
from functions.interview_prep.forum.exports.export_schema import SavedPost
from functions.interview_prep.prep_request import ForumSource
from functions.interview_prep.process_figure_messages import ProcessFigures
from shared.base_message import Message

# ---- what the user asks


# ---- read_posting -> plan_searches, fetch_logo


class Posting(Message):
    """A job posting as read: facts only, empty where the posting says nothing."""

    url: str = ""
    title: str
    company: str
    company_domain: str = Field("", description="The employer's own domain; never a job board's.")
    location: str = ""
    employment_type: str = ""
    salary: str = ""
    date_posted: str = Field("", description="ISO date.")
    valid_through: str = Field("", description="ISO date.")
    level: str = Field(
        "", description="intern, junior, mid, senior, staff, principal, lead, manager, director; empty if unknown."
    )
    description: str = Field(description="Plain text, paragraphs and `- ` bullets, at most 15,000 characters.")
    language: str = Field("en", description="The tag of the language that it is written in, and that its guide is asked for in.")
    read_by: Literal["text", "ats", "json_ld", "microdata", "model"] = "text"
    warnings: tuple[str, ...] = ()


class Logo(Message):
    """A logo decoded and stored again as a small PNG; no blob means: draw the monogram."""

    blob: str = Field("", description="Blob name of a PNG, at most 512 x 512.")
    why: str = Field("", description="Why there is none.")


# ---- plan_searches -> search_forum (fan-out) -> pick_posts


class Search(Message):
    """One search request. Free of the posting, so that the same company and role share its cache entry."""

    sources: tuple[ForumSource, ...] = Field(description="Tried in this order until one answers.")
    company: str
    names: tuple[str, ...] = Field((), description="The names that people use for the company; empty: by rule from `company`.")
    role: str
    phrases: tuple[str, ...] = Field(description="Any of these; each source writes them in its own query language.")
    places: tuple[str, ...] = Field((), description="Subreddits searched in this one request.")
    rank: int = Field(0, ge=0, description="0 company+role, 1 company+level, 2 company in the title, 3 company anywhere.")
    broad: bool = Field(False, description="Any post that names the company and interviews, by whatever name people use for it.")
    limit: int = Field(50, ge=1, le=100)
    skipped: int = Field(0, description="For the source `export`: its entries that are no posts.")
    saved: tuple[SavedPost, ...] = Field((), description="For the source `export`: the posts themselves.")


class Post(Message):
    """A forum post. `id` is unique within its source."""

    source: ForumSource
    id: str
    title: str
    body: str = Field("", description="Plain text, at most 2,000 characters.")
    url: str = Field("", description="Permalink, https.")
    place: str = Field("", description="Subreddit or site.")
    score: int = 0
    created: float = Field(0, description="POSIX seconds; 0 if unknown.")
    comment_count: int = 0
    comments: tuple[str, ...] = Field(
        (), description="Top comments, best first, at most 5; post and comments at most 2,000 characters together."
    )
    comments_read: bool = Field(False, description="Whether its comments were looked at, found or not.")
    relevance: float = Field(0, description="0..1: how surely it reports on interviewing at the company.")


class Found(Message):
    """What one search found: on-topic posts only, each with its relevance."""

    source: ForumSource | None = Field(None, description="Who answered; None when no source did.")
    posts: tuple[Post, ...] = ()
    good_posts: int = Field(0, description="Posts with relevance >= 0.5: what the join adds up.")
    dropped: int = Field(0, description="Posts that never name the company, or were deleted.")
    warnings: tuple[str, ...] = Field((), description="Why a source did not answer.")


# ---- pick_posts -> read_comments (fan-out) -> batch_reports


class CommentsRequest(Message):
    """One chosen post, whose comments are to be read."""

    company: str
    post: Post


class Picked(Message):
    """The posts worth using, best first, and those of them whose comments are worth a request. Fans out over `reads`."""

    posts: tuple[Post, ...] = ()
    reads: tuple[CommentsRequest, ...] = ()
    searches: int = 0
    unanswered: int = 0
    """Of the searches, those that no forum answered."""
    posts_found: int = 0
    dropped: int = 0
    warnings: tuple[str, ...] = ()


# ---- batch_reports -> extract_insights (fan-out) -> outline_guide


class Batch(Message):
    """Posts for one model call, within a token budget. Company, role and content only: the insight cache's key."""

    company: str
    role: str
    posts: tuple[Post, ...]


RoundKind = Literal[
    "recruiter_screen",
    "online_assessment",
    "technical_screen",
    "coding",
    "system_design",
    "behavioural",
    "onsite",
    "hiring_manager",
    "take_home",
    "case_study",
    "presentation",
    "other",
]
QuestionKind = Literal["coding", "system_design", "technical", "behavioural", "role", "company", "case", "other"]
Difficulty = Literal["easy", "medium", "hard", "unknown"]


class Claim(Message):
    """A statement and where it comes from. No sources means: inferred from the posting."""

    text: str
    sources: tuple[str, ...] = ()


class Round(Message):
    """A step of the interview process that a post reports."""

    kind: RoundKind
    detail: str = Field(description="What happened, in at most 300 characters.")
    difficulty: Difficulty = "unknown"
    sources: tuple[str, ...] = Field(description="Refs of the posts that say so.")


class Question(Message):
    """A question that a post reports."""

    text: str
    kind: QuestionKind = "other"
    round: RoundKind = "other"
    difficulty: Difficulty = "unknown"
    sources: tuple[str, ...] = Field(description="Refs of the posts that say so.")


class Insights(Message):
    """What a batch of posts reports. Nothing that no post says."""

    rounds: tuple[Round, ...] = ()
    questions: tuple[Question, ...] = ()
    tips: tuple[Claim, ...] = ()
    culture: tuple[Claim, ...] = ()
    red_flags: tuple[Claim, ...] = ()
    topics: tuple[Claim, ...] = Field((), description="Technologies and subjects that came up.")
    timeline: tuple[Claim, ...] = ()
    compensation: tuple[Claim, ...] = ()


# ---- outline_guide -> write_section (fan-out) -> render_guide


class Source(Message):
    """A source of the guide, cited by `ref` (`R1`, `R2` ...)."""

    ref: str
    title: str
    url: str = ""
    place: str = ""
    score: int = 0
    date: str = Field("", description="ISO date; empty if unknown.")


SectionName = Literal["role", "process", "questions", "stories", "checklist", "company", "plan"]


class SectionRequest(Message):
    """Which section to write."""

    section: SectionName


class Outline(Message):
    """What the guide will rest on: the batches' insights merged, refs renamed to the guide's own. Fans out over `sections`."""

    sections: tuple[SectionRequest, ...]
    insights: Insights = Field(default_factory=Insights)
    figures: ProcessFigures = Field(default_factory=ProcessFigures)
    pages: tuple[EmployerPage, ...] = Field((), description="The employer's own pages, named C1, C2 ...")
    sources: tuple[Source, ...] = ()
    reports: dict[str, str] = Field(
        default_factory=dict, description="By ref: the post's own words, which claims are held against."
    )
    posts_used: int = 0
    oldest_report: str = Field("", description="ISO date.")
    newest_report: str = Field("", description="ISO date.")
    candidate: str = Field("", description="The candidate's CV as text; empty if none was given.")


class Item(Message):
    """One entry of a section: a claim, a question, a day, a story. What it shows depends on its section."""

    title: str = ""
    text: str
    why: str = Field("", description="Why it matters, or why it is likely to be asked.")
    label: str = Field("", description="Group within the section: a round, a difficulty, must-have, day 3.")
    points: tuple[str, ...] = ()
    said: str = Field("", description="In a guide of another language: the post's own words that say it, copied.")
    weak: str = Field("", description="Of a question: what a weak answer does; `text` is what a strong one has.")
    sources: tuple[str, ...] = Field((), description="Source refs; none means inferred from the posting.")


class Section(Message):
    """A written section."""

    section: SectionName
    title: str
    intro: str = ""
    items: tuple[Item, ...] = ()
    written_by: str = Field("", description="Model name, or `offline`.")
    private: bool = Field(False, description="Whether it was written with the candidate's CV: never kept in a cache.")
    claims_checked: int = Field(0, description="Statements that cite a post and were held against it.")
    claims_held: int = Field(0, description="Those of them that the post says; the others were left out or marked as inferred.")


# ---- render_guide -> result


class Guide(Message):
    """The result: a PDF and what it rests on."""

    file_field: ClassVar[str] = "pdf"
    files_field: ClassVar[str] = "files"

    title: str
    company: str
    role: str
    pdf: str = Field(description="Blob name.")
    files: dict[str, str] = Field(
        default_factory=dict, description="What lies beside the PDF, by the ending of its name: Markdown, JSON, the second look."
    )
    pages: int
    posts_found: int = 0
    posts_used: int = 0
    questions: int = 0
    claims_checked: int = Field(0, description="Statements that cite a post and were held against it.")
    claims_held: int = Field(0, description="Those that the post says; the others are not in the guide as reports.")
    sources: tuple[Source, ...] = ()
    written_by: str = ""
    changes: tuple[str, ...] = Field((), description="What changed since the earlier guide, if one was given.")
    private: bool = Field(False, description="Whether it holds words of the candidate's CV: never kept in a cache.")
    plain_layout: bool = Field(False, description="Whether its design failed and it is printed plainly: worth another try.")
    warnings: tuple[str, ...] = ()
