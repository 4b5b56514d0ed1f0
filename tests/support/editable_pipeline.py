"""A pipeline of one's own, written to a folder, that tests edit while `headrace dev` runs it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

FLOW = """
    from __future__ import annotations

    from pydantic import BaseModel

    from shared.engine.flow import Cache, Flow, Stage
    from shared.ports import Ports


    class Word(BaseModel):
        word: str
        seconds: float = 0.0


    class Said(BaseModel):
        text: str


    async def say(word: Word, ports: Ports) -> Said:
        await ports.clock.sleep(word.seconds)
        return Said(text=word.word + "!")


    FLOW = Flow("editable", request=Word, result=Said, stages=(Stage(say, cache=Cache(days=1)),))
"""
PIPELINE = """
    from functions.pipeline_registration import Pipeline

    PIPELINE = Pipeline("editable", about="Says a word.", flow="editable.flow:FLOW", stages=("say",), example="--set word=x")
"""
MAIN = """
    from editable.flow import FLOW
    from functions.entry import stage_function

    editable_say = stage_function(FLOW, "say")
"""


def write_package(folder: Path) -> Path:
    """The package `editable` in a folder."""
    made = folder / "editable"
    made.mkdir(parents=True)
    for name, text in {"__init__": "", "flow": FLOW, "pipeline": PIPELINE, "main": MAIN}.items():
        (made / f"{name}.py").write_text(dedent(text).lstrip())
    return made


def edit(package: Path, old: str, new: str) -> None:
    """Change its flow as an editor does."""
    file = package / "flow.py"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
