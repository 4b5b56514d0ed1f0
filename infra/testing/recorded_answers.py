"""Model answers from a file: asked once with `--headrace-record`, kept beside the tests, and given again without asking anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from infra.testing.port_fakes import FakeModels
from shared.engine.store.paths import digest
from shared.engine.store.payloads import canonical
from shared.ports.models import Models

NAMED = ("instructions", "data", "role", "model")
"""Parts of a question that its answer rests on."""


@dataclass
class RecordedModels(FakeModels):
    """Answers `ask` from `file`; with `real`, asks that for what is not there, and keeps it. All else as `FakeModels`."""

    file: Path = field(default=Path("answers.json"))
    real: Models | None = None

    async def ask(self, **question: Any) -> Any:
        self.calls.append(question)
        model: type[BaseModel] = question["answer"]
        named = [canonical([question.get(name) for name in NAMED]), canonical(model.model_json_schema())]
        key = digest(*named)[:16]
        known = json.loads(self.file.read_text()) if self.file.exists() else {}
        if key not in known:
            assert self.real is not None, f"{self.file} has no answer to this question: run the test with --headrace-record"
            given: BaseModel = await self.real.ask(**question)
            known[key] = {"question": str(question.get("data", ""))[:200], "answer": given.model_dump(mode="json")}
            self.file.write_text(json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False) + "\n")
        return model.model_validate(known[key]["answer"])
