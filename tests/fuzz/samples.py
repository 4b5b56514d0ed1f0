"""What mutations begin with: a few samples of each parser's own, and real ones where they lie beside the project."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from shared import eventarc
from shared.engine.trigger.document_events import Change
from tests.support.real_data import REAL_DATA

MOST = 200
"""Real samples of one kind."""
_REAL = {
    "posting": ("jobs", (".html", ".htm")), "feed": ("feeds", (".xml", ".rss", ".atom", ".json")), "forum-feed": ("feeds", (".xml", ".atom")),
    "transcript": ("transcripts", (".md", ".txt", ".srt", ".vtt")),
}  # fmt: skip
_POSTING = (
    b"<html><head><title>Senior Engineer - Acme</title><meta property='og:site_name' content='Acme'><script type='application/ld+json'>"
    b'{"@type":"JobPosting","title":"Engineer","hiringOrganization":{"name":"Acme"},"baseSalary":{"value":{"minValue":1,"unitText":"YEAR"}},'
    b'"description":"&lt;p&gt;Build &amp; run."}</script></head><body><h1>Engineer</h1><div itemscope itemtype="http://schema.org/JobPosting">'
    b"<span itemprop='title'>Engineer</span></div><ul><li>Python<li>SQL</ul><p>Salary: $120k-150k, Berlin. Apply by 12 May 2026.</body></html>"
)
_FEED = (
    b"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>News</title><item>"
    b"<title>One &amp; two</title><link>https://a.test/1</link><pubDate>Tue, 12 May 2026 08:00:00 GMT</pubDate><guid>1</guid><description>"
    b"<![CDATA[<p>Words <b>in</b> markup</p>]]></description><dc:creator>A</dc:creator></item></channel></rss>"
)
_CUES = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ada>Hello there.\n\n00:01:02,000 --> 00:01:03,000\nBEN: And hello.\n"
_TALK = b"---\ntitle: A talk\ndate: 2026-05-12\n---\n# A talk\n\n**Ada:** [00:12] We built it.\n\nBen Vale (01:02): Why?\nADA: Because 5% of it broke.\n"
_TASK = {
    "v": 3,
    "kind": "run",
    "job": "a",
    "run": 1,
    "stage": "x",
    "index": 3,
    "size": 10,
    "lane": "bulk",
    "epoch": 2,
    "input": {"a": [1, "b"]},
}
_NUMBERS = (
    "Revenue rose 12.5% to $3.1bn in Q3 FY26, from 2,9 Mrd. €; two-thirds of 1,234 units on 12 May 2026 (5/12/26), "
    "三千萬元, 一億二千萬, 0.5 bps, half a million, ٣ and １２, minus 4–5 percent."
)


def samples(name: str) -> list[bytes]:
    """The samples of one parser, the small ones first."""
    return [*_own(name), *_real(name)]


def _real(name: str) -> Iterator[bytes]:
    folder, endings = _REAL.get(name, ("", ()))
    if not folder or not (REAL_DATA / folder).is_dir():
        return
    found = sorted(path for path in (REAL_DATA / folder).rglob("*") if path.suffix in endings)
    yield from (path.read_bytes() for path in found[:: max(1, len(found) // MOST)])


def _own(name: str) -> list[bytes]:
    own: dict[str, list[bytes]] = {
        "posting": [_POSTING], "paste": [b"Senior Engineer at Acme\nBerlin, full-time\nWe pay 80.000 EUR.\n- Python\n- SQL\nApply by 12.5.2026.\n", _POSTING],
        "feed": [_FEED, b'{"version":"https://jsonfeed.org/version/1.1","title":"N","items":[{"id":"1","title":"A","content_html":"<p>b","date_published":"2026-05-12T08:00:00Z"}]}'],
        "forum-feed": [_FEED], "transcript": [_CUES, _TALK, json.dumps({"segments": [{"text": "Hi.", "speaker": 1, "start": "1.5s", "end_ms": 2000}]}).encode()],
        "export": ["Ada Lovelace\nperson\nAda\n=1+1\n</script>\n`x`\n]]>\n'; DROP\n\u202ename\n\t-2\n".encode()], "task": [json.dumps(_TASK).encode()],
        "event": [eventarc.write(Change("e", "jobs/a", {"a": 1, "n": None}, {"a": [1.5, {"b": "c"}], "t": True, "s": "x"}, 1_700_000_000_000_000_000), project="p")[1]],
        "numbers": [_NUMBERS.encode()], "body": [json.dumps({"pipeline": "a", "input": {"words": ["a", 1, None, 1.5e3]}, "options": {"labels": {"a": "b"}}}).encode()],
        "address": [b"https://user:x@www.b\xc3\xbccher.example:8443/a/../b?c=d#e", b"http://[::ffff:127.0.0.1]/", b"http://0x7f.1/", b"http://127.0.0.1.nip.io/"],
    }  # fmt: skip
    return own.get(name) or {"cv": _cvs, "logo": _logos}[name]()


def _cvs() -> list[bytes]:
    pdf, docx = io.BytesIO(), io.BytesIO()
    canvas = Canvas(pdf)
    canvas.drawString(50, 700, "Ada Vale, engineer")
    canvas.save()
    with zipfile.ZipFile(docx, "w", zipfile.ZIP_DEFLATED) as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body><w:p><w:t>Ada</w:t></w:p></w:body></w:document>'
        )
    return [pdf.getvalue(), docx.getvalue()]


def _logos() -> list[bytes]:
    made = []
    for kind, mode in (("PNG", "P"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGBA")):
        out = io.BytesIO()
        Image.radial_gradient("L").resize((60, 40)).convert(mode).save(out, kind)
        made.append(out.getvalue())
    return made


def kept_findings(folder: Path, name: str) -> list[bytes]:
    """What earlier runs found: tried first."""
    return [path.read_bytes() for path in sorted(folder.glob(f"{name}-*"))]
