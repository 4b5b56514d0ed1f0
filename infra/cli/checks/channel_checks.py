"""What `headrace doctor` says of the channels that posts go to: each by name, where it leads, whether its secret is set."""

from __future__ import annotations

from collections.abc import Iterator

from infra.cli.checks.settings_checks import Check
from shared.errors import Permanent
from shared.publish.channels.configured_channels import PROTOCOLS, pairs
from shared.settings import Settings
from shared.text.redaction import origin_of


def channels(settings: Settings) -> Iterator[Check]:
    """A row for each; nobody is asked anything."""
    default = settings.publish_url
    yield (
        _row("HEADRACE_PUBLISH_URL", default, bool(settings.publish_secret))
        if default
        else Check("channels", "HEADRACE_PUBLISH_URL", "ok", "not set: posts of personas without channels are kept in the outbox")
    )
    try:
        addresses = pairs(settings.channels, "HEADRACE_CHANNELS")
        secrets = pairs(settings.channel_secrets, "HEADRACE_CHANNEL_SECRETS")
    except Permanent as error:
        yield Check("channels", "HEADRACE_CHANNELS", "broken", error.message, error.advice)
        return
    for name, address in addresses.items():
        yield _row(name, address, name in secrets)
    for name in secrets.keys() - addresses.keys():
        yield Check("channels", name, "warning", "a secret of no channel", f"Add {name}=… to HEADRACE_CHANNELS.")


def _row(name: str, address: str, secret: bool) -> Check:
    kind, _, rest = address.partition("+")
    native = kind in PROTOCOLS and bool(rest)
    where = f"{kind} at {origin_of(rest)}" if native else f"webhook at {origin_of(address)}"
    if native and not secret:
        return Check(
            "channels",
            name,
            "missing",
            f"{where}, without a secret",
            "Set its token or app password: docs/how-to/publish-to-channels.md.",
        )
    return Check("channels", name, "ok", where if secret else f"{where}, unsigned")
