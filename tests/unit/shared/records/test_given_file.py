"""Files that somebody names: read to their end, if they have one."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from shared.errors import BadInput
from shared.records import given_file
from shared.records.given_file import bytes_of, standard_input, text_of


def test_a_file_is_its_bytes_and_its_text(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("\ufeffa\r\nb\rc".encode())
    assert bytes_of(file) == "\ufeffa\r\nb\rc".encode()
    assert text_of(file) == "a\nb\nc"


def test_what_a_pipe_gives_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"{}" * 5_000,))
    writer.start()
    assert bytes_of(pipe) == b"{}" * 5_000
    writer.join()


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_a_device_is_no_file(device: str) -> None:
    with pytest.raises(BadInput, match=f"cannot read {device}: it is no file") as refused:
        bytes_of(Path(device))
    assert refused.value.code == "no_such_file"


@pytest.mark.parametrize(("name", "why"), [("gone", "No such file"), (".", "Is a directory"), ("a\0b", "null")])
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        bytes_of(tmp_path / name)


def test_what_has_no_end_is_not_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_file, "MOST_BYTES", 1_000)
    monkeypatch.setattr(given_file, "_PIECE", 300)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def endless() -> None:
        try:
            with pipe.open("wb", buffering=0) as out:
                while True:
                    out.write(b"y\n" * 100)
        except BrokenPipeError:
            pass

    writer = threading.Thread(target=endless)
    writer.start()
    with pytest.raises(BadInput, match="more than 1,000 bytes"):
        bytes_of(pipe)
    writer.join()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n" * 600))
    with pytest.raises(BadInput, match="standard input: it holds more than"):
        standard_input()


def test_what_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(BadInput, match="not UTF-8"):
        text_of(tmp_path / "a.json")
