"""The channels that the settings name, and the one of who names none.

    HEADRACE_PUBLISH_URL     where posts of personas without channels of their own go; none: the outbox
    HEADRACE_CHANNELS        further ones by name: `mei=mastodon+https://social.example, mei-b=bluesky+https://mei.example@bsky.social`
    HEADRACE_CHANNEL_SECRETS their tokens, app passwords and signing keys by name: `mei=…, mei-b=…`

An address is a webhook's, or its scheme names a protocol: `mastodon+https://…`, `bluesky+https://{handle}@…`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import StringConstraints

from shared import error_codes
from shared.errors import Permanent
from shared.ports import Ports
from shared.publish.channels.outbox import OutboxPublisher
from shared.publish.channels.publisher import Publisher
from shared.publish.channels.webhook import WebhookPublisher

NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
ChannelName: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^{NAME}$")]
PROTOCOLS: Mapping[str, str] = {
    "mastodon": "shared.publish.channels.mastodon:Mastodon",
    "bluesky": "shared.publish.channels.bluesky:Bluesky",
}
"""By scheme. By name, imported when first wanted: who publishes elsewhere, or nothing, loads none of them."""


def channels_of(names: Sequence[str], ports: Ports) -> tuple[Publisher, ...]:
    """The channels of these names; of none: the one of HEADRACE_PUBLISH_URL, else the outbox.

    Raises:
        Permanent: the settings have none of such a name (`no_channel`), or one that cannot be used (`bad_setting`).
    """
    if not names:
        url, secret = ports.settings.publish_url, ports.settings.publish_secret
        return (_channel(url, secret, None, ports) if url else OutboxPublisher(ports),)
    addresses = pairs(ports.settings.channels, "HEADRACE_CHANNELS")
    secrets = pairs(ports.settings.channel_secrets, "HEADRACE_CHANNEL_SECRETS")
    if missing := [name for name in names if name not in addresses]:
        raise Permanent(
            f"there is no channel {missing[0]}",
            code=error_codes.NO_CHANNEL,
            advice=f"Add {missing[0]}=… to HEADRACE_CHANNELS, or take it from the persona's channels.",
        )
    return tuple(_channel(addresses[name], secrets.get(name, ""), name, ports) for name in dict.fromkeys(names))


def channel_of(name: str, ports: Ports) -> Publisher:
    """The channel that deliveries call so: a named one, or the one of who names none.

    Raises:
        Permanent: as `channels_of`.
    """
    named = name in pairs(ports.settings.channels, "HEADRACE_CHANNELS")
    return channels_of((name,) if named or name != default_name(ports) else (), ports)[0]


def default_name(ports: Ports) -> str:
    """What the channel of who names none is called."""
    url = ports.settings.publish_url
    kind = url.partition("+")[0]
    return kind if kind in PROTOCOLS else "webhook" if url else "outbox"


def pairs(entries: Sequence[str], setting: str) -> Mapping[str, str]:
    """`name=value` entries by name.

    Raises:
        Permanent: one is not like that, or a name stands twice (`bad_setting`).
    """
    found: dict[str, str] = {}
    for entry in entries:
        name, _, value = (part.strip() for part in entry.partition("="))
        if not re.fullmatch(NAME, name) or not value or name in found:
            raise _bad(f"{setting} has an entry that is not name=value, or a name twice")
        found[name] = value
    return found


def _channel(address: str, secret: str, name: str | None, ports: Ports) -> Publisher:
    """One channel, loaded with its protocol alone."""
    kind, _, rest = address.partition("+")
    if kind not in PROTOCOLS or not rest:
        return WebhookPublisher(ports, address, secret, name or "webhook")
    try:
        parts = urlsplit(rest)
    except ValueError as error:
        raise _bad(f"the address of channel {name or kind} cannot be read") from error
    module, _, attribute = PROTOCOLS[kind].partition(":")
    make: Callable[..., Publisher] = getattr(import_module(module), attribute)
    if kind == "bluesky":
        if not parts.username:
            raise _bad("a Bluesky address names no handle", advice="Write it like bluesky+https://name.example@bsky.social.")
        make = partial(make, handle=parts.username)
    base = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
    return make(ports=ports, base=base, secret=secret, name=name or kind)


def _bad(
    why: str, advice: str = "Write it like mei=mastodon+https://social.example, mei-b=https://hooks.example/mei."
) -> Permanent:
    return Permanent(why, code=error_codes.BAD_SETTING, advice=advice)
