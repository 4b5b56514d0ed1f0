"""Client of Google's REST APIs for one project, with this machine's credentials: get, list, delete, wait for operations."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx2

from shared.errors import BadInput, HeadraceError, Permanent, Transient

Found: TypeAlias = dict[str, Any]
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
LONGEST, BETWEEN = 900.0, 2.0
"""Seconds that an operation may take, and between looks at it."""
LOGIN = "Log in: gcloud auth application-default login"
NOT_THERE = 404


@dataclass(frozen=True)
class Project:
    """Which project, in which region, in which of the two sizes, and who pays: `billingAccounts/…`."""

    name: str
    region: str
    size: str
    billing: str = ""

    def path(self, template: str) -> str:
        """`template` with `{project}`, `{region}` and `{billing}` filled in."""
        return template.format(project=self.name, region=self.region, billing=self.billing)


class GoogleApis:
    """One client for all of them. `template` has `{api}` in it: an API's name, `run` say, makes its address."""

    def __init__(self, http: httpx2.AsyncClient, template: str) -> None:
        self._http, self._template = http, template

    async def get(self, api: str, path: str, **params: str) -> Found:
        """One answer.

        Raises:
            Permanent: Google refuses, or there is no such thing (`google_refused`, `google_not_there`).
            Transient: it does not answer (`unavailable`).
        """
        return await self.send("GET", api, path, params)

    async def listed(self, api: str, path: str, key: str, **params: str) -> list[Found]:
        """All of a list, page by page. Raises as `get`."""
        found: list[Found] = []
        token = ""
        while True:
            answer = await self.get(api, path, **params, **({"pageToken": token} if token else {}))
            found += answer.get(key, [])
            if not (token := str(answer.get("nextPageToken", ""))):
                return found

    async def delete(self, api: str, path: str, **params: str) -> None:
        """Delete, and wait until it is done; what is not there is. Raises as `get`."""
        try:
            answer = await self.send("DELETE", api, path, params)
            await self.done(api, path.split("/", 1)[0], answer)
        except Permanent as error:
            if error.code != "google_not_there":
                raise

    async def done(self, api: str, version: str, operation: Found) -> None:
        """Wait for a long-running operation; any other answer is done. Raises as `get`, and Permanent for its own error."""
        async with asyncio.timeout(LONGEST):
            while "/operations/" in str(operation.get("name", "")) and not operation.get("done"):
                await asyncio.sleep(BETWEEN)
                operation = await self.get(api, f"{version}/{operation['name']}")
        if error := operation.get("error"):
            raise Permanent(str(error.get("message", error)), code="google_refused")

    async def send(
        self, method: str, api: str, path: str, params: Mapping[str, str] | None = None, *, body: Found | None = None
    ) -> Found:
        """One call; `body` is sent as JSON. Raises as `get`."""
        try:
            answer = await self._http.request(
                method, f"{self._template.format(api=api)}/{path}", params=params or None, json=body
            )
        except httpx2.HTTPError as error:
            raise Transient(f"{api} does not answer: {str(error) or type(error).__name__}", code="unavailable") from error
        if answer.is_success:
            return dict(answer.json()) if answer.content else {}
        code = "google_not_there" if answer.status_code == NOT_THERE else "google_refused"
        raise Permanent(
            f"{api}: {_why(answer)}", code=code, advice=LOGIN if answer.status_code == httpx2.codes.UNAUTHORIZED else ""
        )


def _why(answer: httpx2.Response) -> str:
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        return str(answer.json()["error"]["message"])[:300]
    return f"status {answer.status_code}"


@contextlib.asynccontextmanager
async def google_apis(template: str, project: Project) -> AsyncIterator[GoogleApis]:
    """The APIs, with this machine's credentials wherever they go encrypted, and with the project as whose quota it is.

    Raises:
        BadInput: this machine has no credentials (`no_credentials`).
    """
    headers = {"x-goog-user-project": project.name}
    if template.startswith("https://"):
        headers["authorization"] = f"Bearer {await asyncio.to_thread(_token)}"
    async with httpx2.AsyncClient(headers=headers, timeout=60, limits=httpx2.Limits(max_connections=20)) as http:
        yield GoogleApis(http, template)


def _token() -> str:
    import google.auth  # noqa: PLC0415 - half a second that other commands save
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415
    from google.auth.transport.requests import Request  # noqa: PLC0415

    try:
        credentials, _ = google.auth.default(scopes=[SCOPE])
        credentials.refresh(Request())  # type: ignore[no-untyped-call]
    except GoogleAuthError as error:
        raise BadInput(f"no credentials for Google Cloud: {error}", code="no_credentials", advice=LOGIN) from error
    return str(credentials.token)


async def failure_of(work: Any) -> HeadraceError | None:
    """What went wrong with an awaitable, if anything did: one bad answer keeps nobody from the others."""
    try:
        await work
    except HeadraceError as error:
        return error
    except TimeoutError:
        return Transient("it took too long", code="google_slow")
    return None


async def billing_account(apis: GoogleApis, project: Project) -> str:
    """Who pays for the project: `billingAccounts/…`; empty where nobody does, or Google does not say."""
    with contextlib.suppress(HeadraceError):
        return str((await apis.get("cloudbilling", f"v1/projects/{project.name}/billingInfo")).get("billingAccountName", ""))
    return ""
