"""What a guide is asked for with: a posting, and what the candidate adds."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from functions.interview_prep.forum.exports.export_schema import Export
from shared.base_message import Message
from shared.errors import BadInput

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
ForumSource = Literal["reddit", "reddit_rss", "hackernews", "export"]
FORUMS: dict[ForumSource, str] = {
    "reddit": "Reddit",
    "reddit_rss": "Reddit's feed",
    "hackernews": "Hacker News",
    "export": "The export",
}
"""What messages call each of them."""


class PrepRequest(Message):
    """One interview-prep request: a posting's address or its pasted text."""

    url_fields: ClassVar[tuple[str, ...]] = ("job_posting_url",)

    job_posting_url: str | None = Field(
        None, max_length=2000, description="The posting's address: a job board or a company page."
    )
    posting_text: str | None = Field(None, max_length=200_000, description="Or the posting's text, pasted.")
    company: Short | None = Field(None, description="Overrides the company found in the posting.")
    role: Short | None = Field(None, description="Overrides the role found in the posting.")
    cv_text: str | None = Field(
        None, max_length=60_000, description="The candidate's CV and stories as text; kept with this job alone."
    )
    cv_file: str | None = Field(
        None, max_length=8_000_000, description="Or the CV as a file (text, PDF, docx), base64; kept with this job alone."
    )
    previous_guide: str | None = Field(
        None,
        max_length=400_000,
        description="An earlier guide's JSON: the new one then says what changed. Kept with this job alone.",
    )
    sources: tuple[ForumSource, ...] | None = Field(
        None, description="Forum sources in order; default: the setting. Empty: none."
    )
    exports: tuple[Export, ...] = Field(
        (),
        max_length=20,
        description="Files of posts that the user saved, as JSON: any tool's. `headrace run` reads feeds, pages and tables, too.",
    )

    @field_validator("exports", mode="before")
    @classmethod
    def _any_export(cls, value: Any) -> Any:
        """Files of posts in whatever shape their tool wrote: what is not this pipeline's own shape is read as such."""
        if not isinstance(value, list | tuple):
            return value
        return tuple(_as_export(item) for item in value)

    @model_validator(mode="after")
    def _one_posting(self) -> PrepRequest:
        if bool(self.job_posting_url) == bool((self.posting_text or "").strip()):
            raise ValueError("give either job_posting_url or posting_text")
        return self


SEEN = 50
"""Posts by which a file is known to be of this project's own shape."""


def _is_own_shape(item: Any) -> bool:
    """Whether a file's posts have their texts where this project's have them: another tool's may have them under other names."""
    posts = item.get("posts") if isinstance(item, dict) else None
    return isinstance(posts, list) and all(not isinstance(post, dict) or "body" in post for post in posts[:SEEN])


def _as_export(item: Any) -> Any:
    if isinstance(item, Export) or _is_own_shape(item):
        return item
    from functions.interview_prep.forum.exports.read_exports import read_export  # noqa: PLC0415 - only odd shapes need it

    try:
        return read_export(item)
    except BadInput as error:
        raise ValueError(f"{error.message}. {error.advice}") from error
