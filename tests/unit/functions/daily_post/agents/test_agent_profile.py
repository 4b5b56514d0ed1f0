"""What an agent's profile says of itself to whoever reads its schema."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from functions.daily_post.agents.agent_profile import Agent


@pytest.mark.parametrize("written", ["7:05", "07:30", "23:59:58", None])
def test_an_agent_is_what_its_schema_says_before_and_after_it_is_kept(written: str | None) -> None:
    schema = Agent.model_json_schema()
    given = {"id": "iris", "name": "Iris", "persona": "Dry.", "post_time": written}
    kept = Agent.model_validate(given).model_dump(mode="json")
    for each in (given, kept):
        Draft202012Validator(schema).validate(each)
    assert "format" not in str(schema["properties"]["post_time"]), "JSON Schema's `time` has a zone, and ours has none"
