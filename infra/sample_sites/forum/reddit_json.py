"""Posts and comments in the shape of Reddit's API: listings of `t3`, `t1` and `more`."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from typing import Any

from infra.sample_sites.forum.posts import Comment, Post

Json = dict[str, Any]
_COMMON: Json = {
    "approved_at_utc": None,
    "approved_by": None,
    "archived": False,
    "author_flair_css_class": None,
    "author_flair_text": None,
    "banned_at_utc": None,
    "banned_by": None,
    "can_gild": False,
    "can_mod_post": False,
    "distinguished": None,
    "downs": 0,
    "edited": False,
    "gilded": 0,
    "likes": None,
    "locked": False,
    "mod_reports": [],
    "num_reports": None,
    "removal_reason": None,
    "report_reasons": None,
    "saved": False,
    "stickied": False,
    "user_reports": [],
}
_LINK: Json = _COMMON | {
    "clicked": False,
    "contest_mode": False,
    "hidden": False,
    "hide_score": False,
    "is_self": True,
    "is_video": False,
    "link_flair_css_class": None,
    "media": None,
    "media_embed": {},
    "over_18": False,
    "pinned": False,
    "quarantine": False,
    "secure_media": None,
    "secure_media_embed": {},
    "spoiler": False,
    "suggested_sort": None,
    "thumbnail": "self",
    "visited": False,
}
_COMMENT: Json = _COMMON | {"collapsed": False, "collapsed_reason": None, "controversiality": 0, "score_hidden": False}


def listing(children: Sequence[Json], *, after: str | None = None, dist: int | None = None) -> Json:
    """A listing. `dist` is there in answers to a search and null elsewhere."""
    return {
        "kind": "Listing",
        "data": {
            "after": after,
            "dist": dist,
            "facets": {},
            "modhash": "",
            "geo_filter": "",
            "children": list(children),
            "before": None,
        },
    }


def permalink(post: Post) -> str:
    """The post's path on the site."""
    slug = re.sub(r"\W+", "_", post.title.casefold()).strip("_")[:50].rstrip("_")
    return f"/r/{post.place}/comments/{post.id}/{slug}/"


def link(post: Post) -> Json:
    """A post as `t3`."""
    by_moderator = post.body == "[removed]"
    return {
        "kind": "t3",
        "data": _LINK
        | _subreddit(post.place)
        | _author(post.author, post.created)
        | {
            "id": post.id,
            "name": f"t3_{post.id}",
            "domain": f"self.{post.place}",
            "title": post.title,
            "selftext": post.body,
            "selftext_html": f"<!-- SC_OFF -->{markdown(post.body)}<!-- SC_ON -->" if post.body else None,
            "score": post.score,
            "ups": post.score,
            "upvote_ratio": round(0.7 + min(post.score, 300) / 1100, 2),
            "num_comments": post.comment_count,
            "num_crossposts": 0,
            "crosspost_parent": f"t3_{post.parent}" if post.parent else None,
            "permalink": permalink(post),
            "url": f"https://www.reddit.com{permalink(post)}",
            "link_flair_text": post.flair or None,
            "removed_by_category": "moderator" if by_moderator else "deleted" if post.body == "[deleted]" else None,
        },
    }


def comments(post: Post, *, limit: int = 200, depth: int = 10) -> list[Json]:
    """A post's comments as `t1`, at most `limit` in all and `depth` deep, and a `more` for those that are not shown."""
    return _forest(post, post.comments, f"t3_{post.id}", 0, left=[limit], deepest=depth)


def _forest(post: Post, branch: Sequence[Comment], parent: str, depth: int, *, left: list[int], deepest: int) -> list[Json]:
    """One level. `left` is one number that all levels share: comments that may still be shown."""
    shown: list[Json] = []
    for comment in branch if depth < deepest else ():
        if left[0] <= 0:
            break
        left[0] -= 1
        replies = _forest(post, comment.replies, f"t1_{comment.id}", depth + 1, left=left, deepest=deepest)
        shown.append(_comment(post, comment, parent, depth, replies))
    unseen = [comment.id for comment in branch[len(shown) :]]
    if depth == 0:
        unseen += [f"{post.id[:5]}{number:03d}" for number in range(post.hidden)]
    if unseen:
        more = {
            "count": len(unseen),
            "name": f"t1_{unseen[0]}",
            "id": unseen[0],
            "parent_id": parent,
            "depth": depth,
            "children": unseen,
        }
        shown.append({"kind": "more", "data": more})
    return shown


def _comment(post: Post, comment: Comment, parent: str, depth: int, replies: list[Json]) -> Json:
    moderator = comment.author == "AutoModerator"
    return {
        "kind": "t1",
        "data": _COMMENT
        | _subreddit(post.place)
        | _author(comment.author if comment.body not in {"[deleted]", "[removed]"} else "[deleted]", comment.created)
        | {
            "id": comment.id,
            "name": f"t1_{comment.id}",
            "link_id": f"t3_{post.id}",
            "parent_id": parent,
            "depth": depth,
            "body": comment.body,
            "body_html": markdown(comment.body),
            "score": comment.score,
            "ups": comment.score,
            "is_submitter": comment.author == post.author,
            "permalink": f"{permalink(post)}{comment.id}/",
            "stickied": moderator,
            "distinguished": "moderator" if moderator else None,
            "replies": listing(replies) if replies else "",  # an empty string, as Reddit has it
        },
    }


def _subreddit(place: str) -> Json:
    key = hashlib.sha256(place.encode()).hexdigest()[:5]
    return {"subreddit": place, "subreddit_id": f"t5_{key}", "subreddit_name_prefixed": f"r/{place}", "subreddit_type": "public"}


def _author(name: str, created: float) -> Json:
    known = {} if name == "[deleted]" else {"author_fullname": f"t2_{hashlib.sha256(name.encode()).hexdigest()[:8]}"}
    return {"author": name, "created": created, "created_utc": created, **known}


def markdown(text: str) -> str:
    """Reddit's HTML of a text: paragraphs, lists, bold."""
    blocks = []
    for block in text.split("\n\n"):
        lines = html.escape(block, quote=False).splitlines()
        if lines and all(re.match(r"- |\d+\. ", line) for line in lines):
            items = "\n".join(f"<li>{re.sub(r'^(?:- |[0-9]+[.] )', '', line)}</li>" for line in lines)
            blocks.append(f"<ul>\n{items}\n</ul>")
        else:
            blocks.append(f"<p>{chr(10).join(lines)}</p>")
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", "\n\n".join(blocks))
    return f'<div class="md">{bold}\n</div>'


def escaped(value: Any) -> Any:
    """What Reddit sends unless asked with `raw_json=1`: `&`, `<` and `>` as entities in every string."""
    if isinstance(value, str):
        return html.escape(value, quote=False)
    if isinstance(value, dict):
        return {key: escaped(item) for key, item in value.items()}
    return [escaped(item) for item in value] if isinstance(value, list) else value
