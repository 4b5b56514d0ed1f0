"""Every error Headrace raises. One shallow tree; the class says what happens next.

HeadraceError
├── Transient        try again later: the task is put back with a delay
│   ├── PutBack      wait for a limit until a known time; burns no attempt
│   └── Unavailable  the other side is away: tried again for minutes, then the job waits for somebody
├── Permanent        trying again cannot help: recorded, and the caller is told what to do
│   └── BadInput     the user's input cannot be used as it is (HTTP 422)
└── Conflict         somebody else holds it, or it changed meanwhile
"""

from __future__ import annotations

from shared.text.redaction import redacted


class HeadraceError(Exception):
    """Something went wrong.

    `code` is a short constant for machines; `advice` tells the reader what to do about it. Neither text holds a secret
    setting's value, whoever echoed it: errors end up in logs, records and answers.
    """

    code = "error"
    advice = ""

    def __init__(self, message: str = "", *, code: str | None = None, advice: str | None = None) -> None:
        super().__init__(redacted(message or (type(self).__doc__ or "").split("\n")[0]))
        self.code = code or self.code
        self.advice = redacted(advice) if advice is not None else self.advice

    @property
    def message(self) -> str:
        """What happened, in one sentence."""
        return str(self.args[0])


class Transient(HeadraceError):
    """A passing fault; the same call may work later."""

    code = "transient"

    def __init__(
        self, message: str = "", *, code: str | None = None, advice: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, code=code, advice=advice)
        self.retry_after = retry_after
        """Seconds the other side asked us to wait, if it said so."""


class PutBack(Transient):
    """A limit has nothing left; come back when it has. Waiting is not an error and burns no attempt."""

    code = "waiting_for_limit"

    def __init__(self, resource: str, seconds: float) -> None:
        super().__init__(f"waiting {seconds:.1f} s for {resource}", retry_after=seconds)
        self.resource = resource


class Unavailable(Transient):
    """The other side is away: it does not answer, fails, or answers with what makes no sense."""

    code = "unavailable"

    def __init__(
        self, message: str = "", *, code: str | None = None, advice: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, code=code, advice=advice, retry_after=retry_after)
        self.service = ""
        """Whom it is about, as an address without anything secret: whoever knows it writes it down."""


class Permanent(HeadraceError):
    """Trying again cannot help."""

    code = "permanent"


class BadInput(Permanent):
    """The input cannot be used as it is."""

    code = "bad_input"

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        advice: str | None = None,
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__(message, code=code, advice=advice)
        self.errors = errors or []
        """`[{"pointer": "/input/job_posting_url", "detail": "…"}]`, RFC 9457's `errors`."""


class Conflict(HeadraceError):
    """Somebody else holds it, or it changed since it was read."""

    code = "conflict"


class Cancelled(HeadraceError):
    """The job was cancelled; the work stops here."""

    code = "cancelled"
