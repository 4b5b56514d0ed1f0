"""What there is to read of a posting, from a page or a paste."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PostingParts:
    """What there is to read.

    `head`: the page's title and social title; `marked`: names in elements that the page calls its employer's;
    `pictured`: what its first pictures are said to show;
    `known_title`: the title where structured data gives it;
    `above` and `below`: what stands around the posting on a page that was copied whole.
    """

    text: str
    head: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    site_name: str = ""
    url: str = ""
    model_title: str = ""
    model_company: str = ""
    known_title: str = ""
    marked: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
    above: str = ""
    below: str = ""

    @property
    def told(self) -> str:
        """The text without what stands below the posting, which is at its end."""
        return self.text.removesuffix(self.below) if self.below else self.text
