"""The official Firestore emulator, a Java program of the Google Cloud SDK, for as long as it is needed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.emulators import Absent, free_port

JAR = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar"
MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore"
ROOTS = (
    "/usr/lib/google-cloud-sdk", "/usr/share/google-cloud-sdk", "/opt/google-cloud-sdk", "/snap/google-cloud-sdk/current",
    "/opt/homebrew/share/google-cloud-sdk", "/usr/local/share/google-cloud-sdk", "/usr/local/Caskroom/google-cloud-sdk",
)  # fmt: skip
JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=en")
"""Its memory has a cap; one collector thread and the quick compiler halve what a start costs a small machine."""
READY = 180.0
# Ends the emulator when our end of its input closes, which it does however this process ends.
KEEPER = 'exec 3<&0; "$@" & emulator=$!; (read -r _ <&3; kill "$emulator" 2>/dev/null) & wait "$emulator"'


@contextmanager
def firestore() -> Iterator[str]:
    """Start it and answer `host:port`, the value of `FIRESTORE_EMULATOR_HOST`. Any project id is an empty database.

    Raises:
        Absent: no Java, no emulator, or it did not start.
    """
    command, host = _command(), f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryFile() as log:
        arguments = [*command, "start", "--host", "127.0.0.1", "--port", host.rpartition(":")[2]]
        keeper = subprocess.Popen(  # noqa: S603 - our own command
            ["/bin/sh", "-c", KEEPER, "firestore", *arguments], stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            if not _ready(host, keeper):
                log.seek(0)
                raise Absent(f"the Firestore emulator did not start: {log.read()[-2000:].decode(errors='replace')}")
            yield host
        finally:
            _end(keeper)


def found() -> Path:
    """The emulator's jar.

    Raises:
        Absent: it is not installed.
    """
    gcloud = shutil.which("gcloud")
    roots = [*ROOTS, str(Path.home() / "google-cloud-sdk")]
    if gcloud:
        roots.insert(0, str(Path(gcloud).resolve().parent.parent))
    for root in roots:
        if (jar := Path(root) / JAR).exists():
            return jar
    if gcloud:
        asked = [gcloud, "info", "--format=value(installation.sdk_root)"]
        root = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False).stdout.strip()  # noqa: S603 - gcloud
        if root and (jar := Path(root) / JAR).exists():
            return jar
    raise Absent("the Firestore emulator is not installed: gcloud components install cloud-firestore-emulator")


def _command() -> list[str]:
    java = shutil.which("java")
    if java is None:
        raise Absent("there is no Java, which the Firestore emulator runs on")
    # The jar names no main class, so `java -jar` does not start it.
    return [java, *JVM, "-cp", str(found()), MAIN]


def _ready(host: str, keeper: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + READY
    while time.monotonic() < until and keeper.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{host}/", timeout=5) as answer:
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _end(keeper: subprocess.Popen[bytes]) -> None:
    assert keeper.stdin is not None  # noqa: S101 - it is a pipe
    keeper.stdin.close()
    try:
        keeper.wait(10)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()
