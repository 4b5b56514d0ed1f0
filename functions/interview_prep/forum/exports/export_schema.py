"""Posts that a user saved: what an export file holds."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from shared.base_message import FewFaults


class SavedComment(FewFaults):
    """A comment in a user's export of saved posts. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)
    body: str = ""
    score: int = 0


class SavedPost(FewFaults):
    """A post in a user's export. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)
    title: str = ""
    body: str = ""
    url: str = ""
    subreddit: str = ""
    score: int = 0
    created_at: float | str | None = None
    comments: tuple[SavedComment, ...] = ()


class Export(FewFaults):
    """One file of saved posts, as exported. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)
    company: str = ""
    posts: tuple[SavedPost, ...] = Field((), max_length=1000)
    skipped: int = Field(0, ge=0, description="Entries of the file that are no posts.")
