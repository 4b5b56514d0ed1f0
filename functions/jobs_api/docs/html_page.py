"""The API as a page to read: the route table in a small template. No script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from functions.jobs_api.docs.code_meanings import ANCHOR, meanings
from functions.jobs_api.http.problems import by_code
from functions.jobs_api.http.route_definition import Route
from shared.engine.flow import Flow

POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def page(routes: tuple[Route, ...], flows: Mapping[str, Flow]) -> tuple[str, str]:
    """The page, and the content security policy that lets in its own style and nothing else."""
    template = _template()
    style = template.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    filled = Template(template).safe_substitute(
        routes="\n".join(_route(route) for route in routes),
        pipelines="\n".join(_pipeline(flow) for flow in flows.values()),
        codes="".join(_code(code, meaning) for code, meaning in sorted((dict.fromkeys(by_code(), "") | meanings()).items())),
    )
    return filled, POLICY.format(digest=digest)


@cache
def _template() -> str:
    return Path(__file__).with_name("html_page.html").read_text(encoding="utf-8")


def _route(route: Route) -> str:
    query = route.query.model_json_schema()["properties"] if route.query else {}
    named = [f"<code>?{escape(name)}</code>" for name in query]
    named += [f"<code>{escape(name)}</code>: {_text(meaning)}" for name, meaning in (route.headers or {}).items()]
    more = f"<p>{' '.join(named)}</p>" if named else ""
    return f"<section><b>{route.method}</b> <code>{escape(route.path)}</code><p>{_text(route.summary)}</p>{more}</section>"


def _pipeline(flow: Flow) -> str:
    schema = flow.request.model_json_schema()
    rows = [
        _row(f"<code>{escape(name)}</code>", _text(field.get("description", ""))) for name, field in schema["properties"].items()
    ]
    about = _text(schema.get("description", ""))
    return f"<section><b>{escape(flow.pipeline)}</b><p>{about}</p><table>{''.join(rows)}</table></section>"


def _code(code: str, meaning: str) -> str:
    status = by_code().get(code, "")
    return f'<tr id="{ANCHOR}{escape(code)}"><td><code>{escape(code)}</code></td><td>{status}</td><td>{_text(meaning)}</td></tr>'


def _text(words: str) -> str:
    """Plain words as HTML; backticks mark code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(words))


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
