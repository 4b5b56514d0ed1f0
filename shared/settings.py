"""Every setting, read once from the environment. The only reader of `os.environ`.

Each field is declared once: its environment name, its default and what it means. A test holds
`docs/settings.md` against this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from shared.text import redaction
from shared.user_input.nearest_word import nearest
from shared.user_input.setting_values import WEB, Fits, read_value

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
OURS, BENCHMARKS = "HEADRACE_", "HEADRACE_BENCH_"
"""How our variables begin, and those of them that only benchmarks read."""


def setting(env: str, default: Any, meaning: str, *, secret: bool = False, **fits: Any) -> Any:
    """Declare one setting: a dataclass field that knows its environment name, its meaning, and what it takes (see `Fits`)."""
    if env.endswith("_URL"):
        fits = {"schemes": WEB, **fits}
    return field(default=default, metadata={"env": env, "meaning": meaning, "secret": secret, "fits": Fits(**fits)})


@dataclass(frozen=True)
class Settings:
    """All of Headrace's settings, frozen: what was read is never changed afterwards."""

    profile: str = setting("HEADRACE_PROFILE", "local", "Where things are kept: `local`, `emulator` or `cloud`.")
    data: Path = setting("HEADRACE_DATA", Path(".headrace"), "Folder of the local profile's database and files.")
    sync: str = setting(
        "HEADRACE_SYNC",
        "full",
        "When a commit of the local profile is answered: `full`, when the disk has it; `normal`, when the system has it: faster, and a "
        "power cut may take the last ones.",
        one_of=("full", "normal", "off"),
    )
    url: str = setting("HEADRACE_URL", "", "A deployment for the command line to talk to.")
    api_key: str = setting(
        "HEADRACE_API_KEY", "", "The HTTP API asks for it as a bearer token; profile `cloud` needs one.", secret=True
    )
    hosts: tuple[str, ...] = setting(
        "HEADRACE_HOSTS",
        (),
        "Further names that an API without a key is called by, besides 127.0.0.1 and localhost, comma-separated.",
    )
    workers: int = setting("HEADRACE_WORKERS", 1, "Worker processes of the local cloud.", least=1)
    pipelines: tuple[str, ...] = setting(
        "HEADRACE_PIPELINES", (), "Further pipelines: importable packages with a `pipeline.py`, a `flow.py` and a `main.py`."
    )
    log_level: str = setting(
        "HEADRACE_LOG_LEVEL", "warning", "Least level of log lines: debug, info, warning, error.", one_of=LOG_LEVELS
    )

    telemetry: str = setting(
        "HEADRACE_TELEMETRY",
        "",
        "Where traces and metrics go: `otlp`, `google` (Cloud Trace and Monitoring), `console`, `file` (`traces.jsonl` in the data "
        "folder); none: nowhere, and nothing is imported for it.",
        one_of=("otlp", "google", "console", "file"),
    )
    trace_share: float = setting(
        "HEADRACE_TRACE_SHARE", 1.0, "Share of jobs that are traced, each whole or not at all (0 to 1).", most=1
    )
    otlp_endpoint: str = setting(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "Collector that `HEADRACE_TELEMETRY=otlp` sends to."
    )
    revision: str = setting("K_REVISION", "", "Its revision; Cloud Run sets it.")

    openai_api_key: str = setting("OPENAI_API_KEY", "", "Key for the model provider; none starts the offline model.", secret=True)
    openai_base_url: str = setting("OPENAI_BASE_URL", "", "Model provider's base URL (any OpenAI-compatible server).")
    model_fast: tuple[str, ...] = setting(
        "HEADRACE_MODEL_FAST", ("gpt-6-luna", "gpt-5.4-mini"), "Model for extraction, then fallbacks, comma-separated."
    )
    model_good: tuple[str, ...] = setting(
        "HEADRACE_MODEL_GOOD", ("gpt-6.1-terra", "gpt-6-luna"), "Model for writing, then fallbacks, comma-separated."
    )
    model_image: tuple[str, ...] = setting(
        "HEADRACE_MODEL_IMAGE",
        ("gpt-image-2.6-sunburst", "gpt-image-2.6-flare"),
        "Model for images, then fallbacks, the fastest last, comma-separated.",
    )
    model_embedding: tuple[str, ...] = setting(
        "HEADRACE_MODEL_EMBEDDING",
        ("text-embedding-3-large",),
        "Model for embeddings; stored vectors fit only the one that made them.",
    )
    openai_rpm: int = setting("HEADRACE_OPENAI_RPM", 500, "Model requests per minute, over everything but images.")
    openai_tpm: int = setting("HEADRACE_OPENAI_TPM", 1_000_000, "Model tokens per minute, over everything.")
    openai_ipm: int = setting("HEADRACE_OPENAI_IPM", 50, "Images per minute, over everything.")
    openai_usd_day: float = setting(
        "HEADRACE_OPENAI_USD_DAY", 0.0, "Dollars per day (UTC) for models, over everything; 0: no limit."
    )
    openai_timeout: float = setting(
        "HEADRACE_OPENAI_TIMEOUT", 0.0, "Seconds for which a model call is waited for at most; 0: as long as each stage says."
    )
    openai_burst: int = setting("HEADRACE_OPENAI_BURST", 50, "Model requests that may go at once; tokens in proportion.")

    forum_sources: tuple[str, ...] = setting(
        "HEADRACE_FORUM_SOURCES",
        ("reddit", "reddit_rss", "hackernews", "export"),
        "Forum sources in the order they are tried: reddit, reddit_rss, hackernews, export.",
        one_of=("reddit", "reddit_rss", "hackernews", "export"),
    )
    reddit_rpm: int = setting("HEADRACE_REDDIT_RPM", 100, "Reddit requests per minute, averaged over its window.")
    reddit_url: str = setting("HEADRACE_REDDIT_URL", "https://oauth.reddit.com", "Reddit's API.")
    reddit_auth_url: str = setting(
        "HEADRACE_REDDIT_AUTH_URL", "https://www.reddit.com", "Where Reddit's access tokens come from."
    )
    reddit_rss_url: str = setting("HEADRACE_REDDIT_RSS_URL", "https://www.reddit.com", "Where Reddit's RSS feeds come from.")
    reddit_client_id: str = setting("REDDIT_CLIENT_ID", "", "Approved Reddit application's id; none skips Reddit's API.")
    reddit_client_secret: str = setting("REDDIT_CLIENT_SECRET", "", "That application's secret.", secret=True)
    hackernews_url: str = setting("HEADRACE_HACKERNEWS_URL", "https://hn.algolia.com", "Hacker News search (Algolia's shape).")

    greenhouse_url: str = setting("HEADRACE_GREENHOUSE_URL", "https://boards-api.greenhouse.io", "Greenhouse's public job API.")
    lever_url: str = setting("HEADRACE_LEVER_URL", "https://api.lever.co", "Lever's public job API.")
    ashby_url: str = setting("HEADRACE_ASHBY_URL", "https://api.ashbyhq.com", "Ashby's public job API.")
    company_url: str = setting(
        "HEADRACE_COMPANY_URL",
        "https://{domain}/",
        "Where an employer's own site begins, with `{domain}` in it; `off`: no such site is read.",
    )
    logo_url: str = setting("HEADRACE_LOGO_URL", "", "Logo provider's address with `{domain}` in it; none draws a monogram.")
    news_feeds: tuple[str, ...] = setting(
        "HEADRACE_NEWS_FEEDS", (), "Addresses of news feeds (RSS, Atom) for topics, comma-separated.", schemes=WEB
    )
    publish_url: str = setting("HEADRACE_PUBLISH_URL", "", "Address that approved posts are sent to; none keeps them as records.")
    publish_secret: str = setting(
        "HEADRACE_PUBLISH_SECRET",
        "",
        "Key that posts sent there are signed with (Standard Webhooks); of a channel its token or app password.",
        secret=True,
    )
    channels: tuple[str, ...] = setting(
        "HEADRACE_CHANNELS",
        (),
        "Further places that posts go to, by the names that personas say: `mei=mastodon+https://social.example`, comma-separated.",
    )
    channel_secrets: tuple[str, ...] = setting(
        "HEADRACE_CHANNEL_SECRETS", (), "Their tokens, app passwords and signing keys: `mei=…`, comma-separated.", secret=True
    )
    notify_url: str = setting("HEADRACE_NOTIFY_URL", "", "Address that is told of finished jobs; none tells nobody.")
    notify_secret: str = setting(
        "HEADRACE_NOTIFY_SECRET", "", "Key that notifications are signed with (Standard Webhooks).", secret=True
    )
    notify_email: tuple[str, ...] = setting(
        "HEADRACE_NOTIFY_EMAIL", (), "Mail addresses that are told of finished jobs, comma-separated; needs HEADRACE_SMTP_URL."
    )
    smtp_url: str = setting(
        "HEADRACE_SMTP_URL",
        "",
        "Mail server: `smtps://user:password@host:465`, or `smtp://…:587` (TLS where offered).",
        schemes=("smtp", "smtps"),
        secret=True,
    )
    mail_from: str = setting("HEADRACE_MAIL_FROM", "headrace@localhost", "Address that mail comes from.")
    allow_hosts: tuple[str, ...] = setting(
        "HEADRACE_ALLOW_HOSTS", (), "`host:port,…` exempt from the private-address guard (sample sites, nothing else)."
    )
    keep_jobs_days: float = setting("HEADRACE_KEEP_JOBS_DAYS", 90.0, "Days for which jobs that have ended are kept; 0: for ever.")
    key_jobs: int = setting(
        "HEADRACE_KEY_JOBS", 5, "Jobs of one `key` that run at once; the rest wait, first come, first served. 0: no limit."
    )
    owner_jobs: int = setting("HEADRACE_OWNER_JOBS", 0, "Jobs of one API key's owner that run at once; 0: no limit.")
    owner_usd_day: float = setting(
        "HEADRACE_OWNER_USD_DAY", 0.0, "Dollars per day (UTC) that the jobs of one API key's owner may spend; 0: no limit."
    )
    kept_since: float = setting(
        "HEADRACE_KEPT_SINCE",
        0.0,
        "Results kept before this time (POSIX seconds) are made anew; the local cloud sets it to the last edit of code or prompts.",
    )
    warm_popular: int = setting(
        "HEADRACE_WARM_POPULAR",
        0,
        "What was asked for most last week: of how much of it the caches are kept warm; 0: of nothing.",
    )
    project: str = setting("GOOGLE_CLOUD_PROJECT", "", "Google Cloud project of the profiles `cloud` and `emulator`.")
    location: str = setting("HEADRACE_LOCATION", "us-central1", "Google Cloud region of the Cloud Tasks queues.")
    database: str = setting("HEADRACE_DATABASE", "(default)", "Firestore database.")
    bucket: str = setting("HEADRACE_BUCKET", "", "Cloud Storage bucket for files.")
    function_url: str = setting(
        "HEADRACE_FUNCTION_URL", "", "Functions' address with `{function}`, or `{service}` (dashes for underscores), in it."
    )
    function_services: tuple[str, ...] = setting(
        "HEADRACE_FUNCTION_SERVICES",
        (),
        "Functions that share a service, `function=service,…`: what `{service}` stands for; others have one of their own name.",
    )
    service: str = setting("K_SERVICE", "", "This process's service, in logs and traces too; Cloud Run sets it.")
    tasks_account: str = setting(
        "HEADRACE_TASKS_ACCOUNT", "", "Service account whose identity token tasks carry; `cloud` and `emulator` need one."
    )
    callers: tuple[str, ...] = setting(
        "HEADRACE_CALLERS",
        (),
        "Further service accounts that may call functions (schedules', triggers'), comma-separated; tasks' may in any case.",
    )
    audiences: tuple[str, ...] = setting(
        "HEADRACE_AUDIENCES",
        (),
        "Whom callers' tokens may be for, comma-separated, with `{function}` or `{service}`; none: the function's own address.",
    )
    certs_url: str = setting(
        "HEADRACE_CERTS_URL", "https://www.googleapis.com/oauth2/v1/certs", "Certificates that callers' tokens are checked by."
    )
    firebase_project: str = setting(
        "HEADRACE_FIREBASE_PROJECT",
        "",
        "Firebase project whose users may start jobs and see their own, by its ID tokens; none: keys alone.",
    )
    firebase_certs_url: str = setting(
        "HEADRACE_FIREBASE_CERTS_URL",
        "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com",
        "Certificates that Firebase's ID tokens are checked by.",
    )
    iam_checked: int = setting(
        "HEADRACE_IAM_CHECKED",
        0,
        "1: every function is private on Cloud Run, so a token whose signature Cloud Run took away was checked by it.",
    )
    fetch_function: str = setting(
        "HEADRACE_FETCH_FUNCTION",
        "",
        "Function that fetches strangers' pages for all others, under an account that may do nothing; none: each fetches them itself.",
    )
    metadata_url: str = setting(
        "HEADRACE_METADATA_URL",
        "http://metadata.google.internal",
        "Metadata server that a function's own identity tokens come from.",
    )
    google_api_url: str = setting(
        "HEADRACE_GOOGLE_API_URL",
        "https://{api}.googleapis.com",
        "Google's APIs as `headrace deploy check` and `teardown` ask them; over `https` alone with this machine's credentials.",
    )
    pinecone_api_key: str = setting("PINECONE_API_KEY", "", "Key for Pinecone, where vectors are kept.", secret=True)
    pinecone_host: str = setting("PINECONE_HOST", "", "The Pinecone index's own host.")
    firestore_emulator: str = setting("FIRESTORE_EMULATOR_HOST", "", "`host:port` of the Firestore emulator.")
    storage_emulator: str = setting("STORAGE_EMULATOR_HOST", "", "Base URL of a Cloud Storage emulator.")
    tasks_emulator: str = setting("HEADRACE_TASKS_HOST", "", "`host:port` of a Cloud Tasks emulator.")

    @classmethod
    def load(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment.

        Raises:
            BadInput: a value does not fit its setting (`bad_setting`).
        """
        env = os.environ if env is None else env
        read = cls(
            **{
                f.name: read_value(f.metadata["env"], env[f.metadata["env"]], f.default, f.metadata["fits"])
                for f in fields(cls)
                if env.get(f.metadata["env"], "") != ""
            }
        )
        read.hide_secrets()
        return read

    def hide_secrets(self) -> None:
        """Keep the secret values, and what may be secret in addresses, out of this process's errors and logs."""
        values = [(f.metadata["secret"], getattr(self, f.name)) for f in fields(self)]
        texts = [
            (secret, redaction.unnamed(text))
            for secret, value in values
            for text in (value if isinstance(value, tuple) else (value,))
        ]
        redaction.register(
            (str(text) for secret, text in texts if secret),
            (text for secret, text in texts if not secret and isinstance(text, str) and "://" in text),
        )

    def by_variable(self) -> dict[str, Any]:
        """The values by their environment names."""
        return {f.metadata["env"]: getattr(self, f.name) for f in fields(self)}


def misspelt(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables that begin as ours do and are none of them, each with the one that was probably meant; empty: nobody knows."""
    known = {f.metadata["env"] for f in fields(Settings)}
    strange = {name for name in env or os.environ if name.startswith(OURS) and not name.startswith(BENCHMARKS)} - known
    return {name: nearest(name, known, like=0.85) for name in sorted(strange)}
