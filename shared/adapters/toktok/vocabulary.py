"""OpenAI's o200k vocabulary, built when this module is first imported: a third of a second of processor time, once a process."""

from __future__ import annotations

import toktok

NAME = "o200k_base"

toktok.batch_count([""], NAME, threads=1)
