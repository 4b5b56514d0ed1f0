"""Every command of the README and of the pages that show a way from one to the next, run in its order as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.harness import POSTING, Client, Outside, cloud_process
from tests.support.shell_commands import ran

ROOT = Path(__file__).parents[3]
PAGES = ("README.md", "docs/how-to/publish-to-channels.md", "docs/pipelines/transcript-graph.md", "docs/pipelines/for-you.md")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.MULTILINE)
ELSEWHERE = {
    "make demo": "tests/system and the demo's own run in CI",
    "make dev": "what this test starts",
    "dev --workers": "tests/chaos",
    "headrace mcp": "tests/cli/test_mcp_server.py speaks to it",
    "eval for-you": "minutes of a processor: tests/unit/functions/for_you, make bench",
    "export HEADRACE_": "other accounts than the sample sites'",
    **dict.fromkeys(("export GOOGLE_", "gcloud", "terraform", "openssl", "infra export", "example infra", "deploy "), "tests/infra, tests/system/test_runbook.py"),
}  # fmt: skip
"""What is not run here, with where it is."""
FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Tide Notes</title>
<item><guid>t1</guid><title>Why harbours silt up</title><pubDate>Mon, 02 Nov 2026 07:00:00 GMT</pubDate></item>
<item><guid>t2</guid><title>A clock that runs on tides</title><pubDate>Mon, 09 Nov 2026 07:00:00 GMT</pubDate></item></channel></rss>"""
TALK = "**Ada Byron:** Ada Lovelace worked with Charles Babbage in London.\n\n**Ben:** And Charles Babbage founded the Analytical Society.\n"


def commands(page: str) -> Iterator[str]:
    """A page's commands, one by one, without those that are tried elsewhere."""
    text = (ROOT / page).read_text()
    for block in BLOCK.findall(text):
        yield from (line for line in COMMAND.findall(block) if not any(part in line for part in ELSEWHERE))


async def with_stand_ins(line: str, world: Outside, client: Client) -> str:
    """The command for this world: its posting, its address, ids that it has given."""
    base = str(client.http.base_url).rstrip("/")
    line = line.replace(".venv/bin/headrace", "headrace").replace("https://example.com/jobs/42", f"{world.base}{POSTING}")
    line = line.replace("curl ", "curl --fail-with-body ").replace("localhost:8080", base.partition("//")[2])
    if "4c54d659f40871cfa325" in line:
        found = (await client.http.get("/api/v1/jobs", params={"pipeline": "interview-prep", "limit": 1})).json()["items"]
        line = line.replace("4c54d659f40871cfa325", found[0]["id"])
        await client.wait(found[0]["id"])
    if "nora-2026" in line:
        posts = (await client.http.get("/api/v1/posts", params={"limit": 100})).json()["items"]
        line = re.sub(r"nora-\d{4}-\d\d-\d\d", next(post["id"] for post in posts if post.get("agent") == "nora"), line)
    if "649cfea9e5274bfc" in line or "ID ID" in line:
        one, other, *_ = (await client.http.get("/api/v1/graphs/transcripts/entities", params={"q": ""})).json()["items"]
        line = line.replace("649cfea9e5274bfc", one["id"]).replace("ID ID", f"{one['id']} {other['id']}")
    return line


def lay_out(folder: Path) -> None:
    """The folder in which a reader stands: the project's, with files of their own."""
    folder.mkdir()
    (folder / "docs").symlink_to(ROOT / "docs")
    (folder / "talks").mkdir()
    (folder / "talks" / "one.md").write_text(TALK)
    (folder / "feed.rss").write_text(FEED)


@pytest.mark.timeout(3600)  # thirty processes, one after another: a minute on a machine of its own
async def test_every_command_does_what_its_page_says_in_its_order(world: Outside, tmp_path: Path) -> None:
    folder, data = tmp_path / "reader", tmp_path / "data"
    data.mkdir()
    lay_out(folder)
    failed: list[str] = []
    async with cloud_process(world, data) as client:
        for page in PAGES:
            for line in commands(page):
                status, told = await ran(await with_stand_ins(line, world, client), folder, world.environment(data))
                if status:
                    failed.append(f"{page}: {line}\n  exit {status}: {told[-600:]}")
    assert failed == []
    assert (folder / "guide.pdf").read_bytes()[:5] == b"%PDF-"
    assert any((folder / "overviews").iterdir())


def test_what_is_left_out_is_named_in_the_pages() -> None:
    text = "".join((ROOT / page).read_text() for page in PAGES)
    assert [part for part in ELSEWHERE if part not in text] == []
