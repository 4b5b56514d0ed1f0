"""prepare -> render"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from pydantic import BaseModel

from shared.engine.flow import Flow, Stage
from shared.ports import Ports


class Request(BaseModel):
    """`marks`: a file that gets a line per try. `deaths`: tries that end the process."""

    marks: Path
    deaths: int


class Rendered(BaseModel):
    """At which try it came out."""

    tries: int


async def prepare(request: Request, ports: Ports) -> Request:
    return request


async def render(request: Request, ports: Ports) -> Rendered:
    with request.marks.open("a") as file:
        file.write(f"{os.getpid()}\n")
    tries = len(request.marks.read_text().split())
    if tries <= request.deaths:
        os.kill(os.getpid(), signal.SIGKILL)
    return Rendered(tries=tries)


FLOW = Flow("deadly", request=Request, result=Rendered, stages=(Stage(prepare, then=render), Stage(render)))
