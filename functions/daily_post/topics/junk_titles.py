"""Titles of feeds that are no story: dates and times alone, adverts, round-ups, tests, notices about the feed itself."""

from __future__ import annotations

import re

from functions.daily_post.topics.entity_names import folded

_DATE_WORDS = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b|\b(?:jan|febr?|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\b"
    r"|\b(?:week|day|edition|issue|vol(?:ume)?|no|number|part|the|of|for|daily|weekly|monthly|morning|evening|utc|gmt|am|pm|today|news|update|digest)\b"
    r"|[年月日週周星期禮拜礼拜第期號号早晚報报上下午今一二三四五六七八九十○〇零]|\d+(?:st|nd|rd|th)?|[^\w]|_",
    re.IGNORECASE,
)
"""What a title that is a date is made of."""
_ADVERT = re.compile(
    r"^\W{0,3}(?:sponsored(?: (?:post|content))?|advertisement|advertorial|promoted|paid (?:post|content|partnership)|partner content)\s?[\]):|–—-]|^\W{0,3}(?:sponsored|advertorial)\b|^[\[(]ad[\])]|^ad\s?[:|]"
    r"|\b(?:promo(?:tional)? codes?|coupons?|discount codes?|gift cards?|best deals?|deals? of the (?:day|week)|black friday|cyber monday|prime day|flash sale|limited[- ]time offer|giveaway"
    r"|\d{1,2}% off|save (?:up to )?[$€£]\d{1,6}|buy (?:one|1),? get (?:one|1)|subscribe (?:now|today)|sign up (?:now|today)|click here|lowest price|free shipping)\b"
    r"|^[\[【（(]\s?(?:廣告|广告|業配|赞助|贊助|推廣|推广|合作內容|活動報名)\s?[\]】）)]|^(?:廣告|广告|業配|贊助|赞助)\s?[:：|｜]|優惠碼|优惠码|折扣碼|限時(?:優惠|特賣|搶購)|限时(?:优惠|特卖)|買一送一|买一送一|團購|团购|滿額|抽獎|抽奖|\d折(?:起|優惠)|免運",
    re.IGNORECASE,
)
_NO_STORY = re.compile(
    r"^\W{0,3}(?:test(?:ing)?(?: post)?|hello world|untitled|no title|placeholder|lorem ipsum.{0,80}|deleted|removed|\[removed\]|\[deleted\]|comments?|home|index|404.{0,30}|error.{0,30}|page not found|sitemap|privacy policy|cookie policy"
    r"|(?:daily|weekly|open|discussion|morning|weekend) (?:thread|discussion|links|roundup|round-up|briefing|crossword|horoscope|quiz|open thread).{0,40}|crossword.{0,40}|horoscopes?.{0,40}|lottery (?:results|numbers).{0,40}|photos? of the day.{0,40}|wordle.{0,40}"
    r"|(?:測試|测试)(?:文章|貼文)?|無標題|无标题|今日運勢.{0,20}|星座運勢.{0,20}|每日星座.{0,20}|樂透開獎.{0,20}|一圖看懂今日行情|盤前重點|今日頭條)\W{0,3}$",
    re.IGNORECASE,
)
FEWEST = 3
"""Letters that a title has besides its date."""


def junk(title: str) -> str:
    """Why a title is no story's; empty: it may be."""
    if _ADVERT.search(title):
        return "it is an advert"
    if _NO_STORY.match(title):
        return "it is no story"
    rest = _DATE_WORDS.sub("", folded(title))
    if sum(map(str.isalpha, rest)) < FEWEST:
        return "its title is a date, or next to nothing"
    return ""
