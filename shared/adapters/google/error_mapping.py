"""What an error of Google's clients means for us. Their exceptions end here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from google.api_core import exceptions as api
from google.auth import exceptions as auth

from shared.errors import HeadraceError, Permanent, Transient

NO_ACCESS = "Give this deployment's service account access, or set the project: `headrace doctor` says what it sees."


@contextmanager
def translated_errors(what: str) -> Iterator[None]:
    """Raise `verdict(error)` for errors of the client libraries; `what` was tried, for the message."""
    try:
        yield
    except (api.GoogleAPIError, auth.GoogleAuthError) as error:
        raise verdict(error, what) from error


def verdict(error: Exception, what: str) -> HeadraceError:
    """Ours for theirs. What is not known to be final is `Transient`, its outcome unknown."""
    reason = f"{what}: {str(error) or type(error).__name__}"
    match error:
        case auth.DefaultCredentialsError() | api.Forbidden() | api.Unauthorized():
            return Permanent(reason, code="store_forbidden", advice=NO_ACCESS)
        case api.NotFound():
            return Permanent(reason, code="store_missing", advice="Create it (Terraform does), or set its right name.")
        case api.FailedPrecondition():
            return Permanent(
                reason, code="store_not_ready", advice="An index is missing or a queue is paused: the message says which."
            )
        case api.BadRequest():
            return Permanent(reason, code="store_refused", advice="This is a fault in Headrace: the request itself is wrong.")
        case _:
            return Transient(reason, code="store_unavailable")
