"""Every function that strangers' or a model's text reaches, called as it is called, with the most characters it may get."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.texts import text_faults
from functions.daily_post.topics import entity_names, story_similarity
from functions.for_you.catalogue import podcast_feed_files
from functions.forum_posts.near_duplicates import masked_similarity, similarity
from functions.interview_prep.forum import (
    company_aliases,
    company_names,
    job_families,
    mention_frames,
    normalize_posts,
    post_excerpt,
    post_ranking,
    usual_meanings,
)
from functions.interview_prep.forum.exports import export_texts, read_exports
from functions.interview_prep.forum.post_ranking import Subject
from functions.interview_prep.guide import claim_check, merge_statements, passages, question_validation, untrusted_text
from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.posting import clean_text, employer_domain, job_board_apis
from functions.interview_prep.posting.copied_page import line_signs
from functions.interview_prep.posting.identity import headlines
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.page import html_text, parsed_page, refusals, single_posting_check
from functions.interview_prep.posting.page.parsed_page import OpenPage
from functions.interview_prep.posting.posting_facts import to_posting
from functions.interview_prep.posting.read_by_rules import read_by_rules
from functions.interview_prep.posting.read_pasted_text import with_labels
from functions.interview_prep.posting.several import several_postings
from functions.interview_prep.posting.structured_data import json_ld, own_posting
from functions.interview_prep.posting.values import pay_parser, posting_dates, seniority_level
from functions.interview_prep.posting.values.facts_in_description import with_stated_facts
from functions.interview_prep.reports import counted_units, listed_statements
from functions.interview_prep.stage_messages import Post, Question
from functions.jobs_api.http import cursors, request_body
from functions.transcript_graph.chunking import chunk_scoring
from functions.transcript_graph.chunking.chunk_splitting import split_into_chunks
from functions.transcript_graph.extraction import name_spans
from functions.transcript_graph.reading import read_file, transcript_types
from functions.transcript_graph.resolution import name_forms
from shared import eventarc, retry_after, standard_webhooks
from shared.adapters.openai import structured_output
from shared.adapters.web import address_guard
from shared.engine.limits import rate_limit_headers
from shared.engine.task import envelope
from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import supplied_by
from shared.numbers import date_expressions, numeral_parser, quantity_parser
from shared.ports.web import Page
from shared.post_rules import banned_claims
from shared.post_rules.check_text import Rules, check
from shared.post_rules.text_review import ReviewedClaims
from shared.publish import platform_variants
from shared.publish.channels import bluesky
from shared.sources import reddit_rss, untrusted_values
from shared.sources.forum_types import ForumPost
from shared.sources.news import feed_date_parser, feed_parser, language, story
from shared.text import links_and_markup, prompt_echo, redaction, word_count
from tests.support.hostile.hostile_text_calls import TEXT_CALLS
from tests.support.hostile.hostile_written_calls import WRITTEN_CALLS

Call = Callable[[str], object]
POSTING, PASTE, LINE, POST, TITLE, HEADER, ANSWER = 15_000, 200_000, 200, 4_000, 300, 8_000, 40_000
PAGE_BYTES, FEED_BYTES, TRANSCRIPT = 3_000_000, 2_000_000, read_file.IN_PLACE
FACTS = supplied_by(
    ("revenue rose 12.5% on the year to $3.1bn", "gross margin was 41%", "the meeting is on 12 May 2026"), "ACME", "Acme"
)
RULES = Rules(
    "en", 400, ("revenue rose 12.5% on the year",), stock_code="ACME", instructions="Write a post about the stock. " * 20
)
AGENT = Agent(id="mei", name="Mei", persona="Calm.")
SUBJECT = Subject.of("Acme", "Engineer")


def _page(markup: str, kind: str = "text/html") -> OpenPage | None:
    return parsed_page.open_page(Page("https://a.test/x", 200, {"content-type": kind}, markup.encode()), "https://a.test/x")


def _posting_page(markup: str) -> None:
    page = _page(markup)
    if page is not None:
        refusals.check_open(page)
        own_posting.own_posting(page)
        refusals.check_unstructured(page)


def _paste(text: str) -> None:
    plain = html_text.plain(with_labels(text))
    single_posting_check.check_rows(text)
    single_posting_check.check_one_job(plain)
    facts, _ = read_by_rules(PostingParts(plain))
    with_stated_facts(to_posting(facts, date(2026, 1, 1)))


def _two_postings(text: str) -> None:
    both = f"Nurse\nTollgate Surgery\n{text}\n\n---\n\nBaker\nSilverbeck Mill\n{text}"
    several_postings.postings_in(both, single_posting_check.is_title, 0.0)


def _item(text: str) -> bytes:
    return f"<rss version='2.0'><channel><title>x</title><item><title><![CDATA[{text}]]></title><description>y</description></item></channel></rss>".encode()


def _feed(text: str) -> None:
    feed_parser.parse(_item(text), {}, "https://a.test/f")
    feed_parser.parse(text.encode(), {"content-type": "application/xml"}, "https://a.test/f")


def _export(text: str) -> None:
    found = read_exports.read_export([{"title": text[:300], "body": text, "url": "https://a.test", "comments": [{"body": text}]}])
    read_exports.saved_posts(found.posts)


def _passages(text: str) -> None:
    post = Report.of(f"A title\n{text}", "Acme")
    for _, sentence in post.sentences[:3]:
        passages.with_what_follows(sentence, post)
        passages.goes_on(sentence, text[:LINE], post)


def _listed(text: str) -> None:
    accounts = Report.of(text, "Acme").accounts
    listed_statements.listed_questions(accounts, "R1", ())
    listed_statements.asked_apart(Question(text=text, sources=("R1",)))
    listed_statements.without_repeated(listed_statements.listed_rounds(accounts, "R1"), ())


def _forum(text: str) -> ForumPost:
    return ForumPost(id="1", title=text[:300], body=text, url="", place="jobs", score=1, created=0.0)


def _json(text: str) -> str:
    return json.dumps({"segments": [{"text": text, "speaker": text[:100], "start": text[:20]}]})


def _chunks(text: str) -> None:
    split_into_chunks(read_file.read_here(text.encode(), ".txt"), lambda pieces: [len(piece) // 4 for piece in pieces])


def _answered(text: str) -> None:
    structured_output.parse(f"```json\n{text}", ReviewedClaims)


def _header_of_page(text: str) -> None:
    _page("<p>hello there", f"text/html; charset={text}")


CALLS: dict[str, tuple[Call, int]] = {
    "a page": (_posting_page, PAGE_BYTES),
    "a page's content type": (_header_of_page, HEADER),
    "a page's markup as text": (html_text.plain, PAGE_BYTES),
    "a page's JSON-LD": (json_ld.values, PAGE_BYTES),
    "a paste": (_paste, PASTE),
    "a posting's text": (lambda text: read_by_rules(PostingParts(text, (text[:200],), (text[:200],), text[:200], "https://a.test", marked=(text[:200],))), POSTING),
    "a text that may be several postings": (_two_postings, POSTING),
    "a headline": (headlines.read_headline, LINE),
    "a title": (headlines.clean_title, LINE),
    "a pay": (pay_parser.pay_in, POSTING),
    "a posting's date": (posting_dates.iso_date, POSTING),
    "a level": (lambda text: seniority_level.level_of(text[:LINE], text), POSTING),
    "domains in a text": (employer_domain.domains_in, POSTING),
    "an employer": (lambda text: employer_domain.employer_domain(text[:LINE], [text[:2000]], "https://a.test", text), POSTING),
    "a board's page": (lambda text: job_board_apis.embedded_job("https://a.test/x", text), PAGE_BYTES),
    "a board's address": (job_board_apis.job_at, 2_000),
    "cleaned text": (clean_text.clean, PAGE_BYTES),
    "a line": (clean_text.line, PAGE_BYTES),
    "a company's name": (company_names.company_name, LINE),
    "a company's other names": (company_aliases.aliases_of, LINE),
    "mentions of a company": (lambda text: list(company_names.framed_mentions("A - - - - - - B", text)), ANSWER),
    "mentions of a hostile company": (lambda text: list(company_names.framed_mentions(text[:LINE], text)), 8_000),
    "a usual meaning": (
        lambda text: [usual_meanings.usual_meaning(name, text[:200], text[:200]) for name in ("sap", "reddit", "monday", "principal")],
        LINE,
    ),
    "a frame": (lambda text: mention_frames.frame_of("Acme", "Acme", text[:200], text[:200]), LINE),
    "a role": (job_families.role_of, LINE),
    "an export": (_export, ANSWER),
    "an export's file": (export_texts.read_export_file, ANSWER),
    "passages of a report": (_passages, POST),
    "a post's relevance": (lambda text: post_ranking.relevance(_forum(text), SUBJECT), ANSWER),
    "a post as kept": (lambda text: normalize_posts.to_post("export", _forum(text), "Acme", 0.5), ANSWER),
    "hearsay": (post_ranking.is_hearsay, ANSWER),
    "posts that are alike": (lambda text: post_ranking.distinct_posts([Post(source="reddit", id=str(n), title="t", body=text) for n in range(3)]), 6_000),
    "a report": (lambda text: claim_check.holds("They asked about SQL for an hour.", Report.of(text, "Acme")), ANSWER),
    "what a report lists": (lambda text: _listed(f"Acme interview experience\n{text}"), ANSWER),
    "what a report lists under rounds": (lambda text: _listed(f"Acme interview experience\nRound 1\n{text}\nRound 2\n- Sort a list\n{text}"), ANSWER),
    "what is counted": (lambda text: counted_units.counts_otherwise(f"Five rounds, {text}", f"After the third of five rounds {text}"), POST),
    "what is kept of a long post": (lambda text: post_excerpt.excerpt(f"Round 1: {text}\n- {text}\n\nRound 2\n{text}\nAcme asked {text}", "Acme", 20), ANSWER),
    "lines of a copied page": (lambda text: line_signs.signs_of(["Nurse", *text.split("\n"), text[:LINE], text]), POSTING),
    "a claim": (lambda text: claim_check.holds(text, Report.of("They asked about SQL.", "Acme")), 1_000),
    "a sentence": (claim_check.sentences_of, POST),
    "statements that are alike": (lambda text: merge_statements.alike(text, text + "x"), TITLE),
    "a question": (lambda text: question_validation.is_whole_question(text, 160), POST),
    "text for a model": (untrusted_text.clean, PASTE),
    "text of a model": (lambda text: untrusted_text.as_written(text, "see https://a.test", RULES.instructions), POST),
    "addresses and tags": (links_and_markup.unsupplied, 20_000),
    "addresses and tags that were supplied": (links_and_markup.forms, PASTE),
    "the prompt in a text": (lambda text: prompt_echo.echoes(text, RULES.instructions), POST),
    "a feed": (_feed, FEED_BYTES),
    "before a feed's first element": (lambda text: feed_parser.parse(f"<?xml {text}{_item('x').decode()}".encode(), {}, "https://a.test"), ANSWER),
    "a feed's styles": (lambda text: feed_parser.parse(_item(f'<p style="{text}">'), {}, "https://a.test"), ANSWER),
    "a feed's author": (lambda text: feed_parser.parse(_item("x").replace(b"<item>", f"<item><author>{text}</author>".encode()), {}, "https://a.test"), ANSWER),
    "a feed's title": (lambda text: feed_parser.parse(_item(text), {}, "https://a.test"), ANSWER),
    "a feed's date": (feed_date_parser.local_date, ANSWER),
    "a story's address": (story.plain_link, ANSWER),
    "a story's key": (story.title_key, TITLE),
    "a language": (language.language_of, POST),
    "a forum's feed": (lambda text: reddit_rss.posts(_item(text)), FEED_BYTES),
    "a podcast's feed": (lambda text: list(podcast_feed_files.episodes(_item(text))), 1_000_000),
    "names in a story": (lambda text: entity_names.names(text[:TITLE], text), POST),
    "a story told before": (lambda text: story_similarity.telling(text, ("Acme",)), POST),
    "markdown": (untrusted_values.from_markdown, ANSWER),
    "HTML of a forum": (untrusted_values.from_html, ANSWER),
    "a transcript": (lambda text: read_file.read_here(text.encode(), ".txt"), TRANSCRIPT),
    "a transcript in Markdown": (lambda text: read_file.read_here(text.encode(), ".md"), TRANSCRIPT),
    "captions": (lambda text: read_file.read_here(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}".encode(), ".vtt"), TRANSCRIPT),
    "subtitles": (lambda text: read_file.read_here(text.encode(), ".srt"), TRANSCRIPT),
    "segments": (lambda text: read_file.read_here(_json(text).encode(), ".json"), TRANSCRIPT),
    "a transcript's bytes": (lambda text: read_file.decoded(text.encode("utf-16-le", "surrogatepass")[1:]), 1_000_000),
    "a long transcript": (lambda text: read_file.read(text.encode(), ".txt"), 1_000_000),
    "a stamp": (transcript_types.seconds_of, HEADER),
    "a transcript's chunks": (_chunks, 100_000),
    "a chunk's worth": (chunk_scoring.value, 8_000),
    "a chunk that is refused": (chunk_scoring.refusal_reason, 8_000),
    "where a name stands": (lambda text: name_spans.spans("Ada Lovelace", name_spans.folded(text)), 8_000),
    "a name": (lambda text: [name_forms.key(text, kind) for kind in ("person", "organization", "other")], TITLE),
    "numerals": (lambda text: list(numeral_parser.numerals(text)), POST),
    "quantities": (quantity_parser.quantities, POST),
    "dates": (date_expressions.dates, POST),
    "figures": (lambda text: list(unsupplied(text, FACTS)), POST),
    "facts": (lambda text: supplied_by((text,)), 500),
    "a post's rules": (lambda text: check(text, RULES), POST),
    "claims": (lambda text: list(banned_claims.banned(text)), POST),
    "a daily post's faults": (lambda text: text_faults.faults(text, 500, AGENT, text[:600]), POST),
    "a title on one line": (text_faults.one_line, POST),
    "near duplicates": (lambda text: similarity.similarity(text, text + "x"), POST),
    "a masked text": (masked_similarity.masked, POST),
    "runs in common": (lambda text: masked_similarity.longest_run(text, text[::-1]), 2_000),
    "words": (word_count.length, ANSWER),
    "links of a post": (lambda text: platform_variants.with_tags(text, {"utm_source": "a"}), POST),
    "links of a place": (bluesky.facets, POST),
    "a post's variant": (lambda text: platform_variants.fitted(text, "bluesky"), POST),
    "secrets": (redaction.redacted, ANSWER),
    "a request's body": (lambda text: request_body.parse(text.encode()), request_body.MAX_BYTES),
    "a cursor": (cursors.decode_time, 8_000),
    "a hidden cursor": (lambda text: cursors.decode_id(base64.b64encode(text.encode()).decode()), 8_000),
    "a task": (lambda text: envelope.parse(text.encode(), "x"), 1_000_000),
    "an event": (lambda text: eventarc.parse({"ce-id": text[:HEADER], "ce-source": "a", "ce-type": "b", "ce-specversion": "1.0"}, text.encode()), 1_000_000),
    "an address": (address_guard.check_url, HEADER),
    "Retry-After": (lambda text: retry_after.retry_after({"retry-after": text}, 0.0), HEADER),
    "limits in headers": (rate_limit_headers.duration, HEADER),
    "a signature": (lambda text: standard_webhooks.verify("whsec_YWJj", {"webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": text}, b"x", now=1.0), HEADER),
    "a model's answer": (_answered, ANSWER),
    **TEXT_CALLS,
    **WRITTEN_CALLS,
}  # fmt: skip
