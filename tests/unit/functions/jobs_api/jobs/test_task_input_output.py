"""GET /api/v1/jobs/{id}/tasks/{task}: what a task got, gave and logged."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.stdlib import get_logger

from functions.jobs_api.api_models import TaskDetail
from shared.engine.store import paths
from shared.ports.documents import Merge
from tests.unit.functions.jobs_api import toy
from tests.unit.functions.jobs_api.toy import Api


def tasks(api: Api, job_id: str, stage: str) -> list[dict[str, Any]]:
    answer = api.client.get(f"/api/v1/jobs/{job_id}/tasks", params={"stage": stage})
    return sorted(answer.json()["items"], key=lambda task: task["index"] or 0)


def detail(api: Api, job_id: str, task: dict[str, Any]) -> dict[str, Any]:
    answer = api.client.get(f"/api/v1/jobs/{job_id}/tasks/{task['id']}")
    assert answer.status_code == 200, answer.text
    TaskDetail.model_validate(answer.json())
    return dict(answer.json())


def test_each_stage_tells_its_arguments_by_name_and_its_result(api: Api) -> None:
    job_id = api.start("one", "two")
    api.run()
    (split,), shouts, (bind,) = (tasks(api, job_id, stage) for stage in ("split", "shout", "bind"))
    assert detail(api, job_id, split)["input"] == {"words": {"words": ["one", "two"], "url": None}}
    assert detail(api, job_id, split)["output"] == ["one", "two"]
    second = detail(api, job_id, shouts[1])
    assert (second["input"], second["output"]) == ({"word": "two"}, {"text": "TWO", "letters": 3})
    assert detail(api, job_id, bind)["input"] == {
        "shouts": [{"text": "ONE", "letters": 3}, {"text": "TWO", "letters": 3}]
    }  # fmt: skip
    assert second["attempts"] == second["omitted"] == []


def test_a_task_tells_how_often_its_process_was_lost(api: Api) -> None:
    job_id = api.start("one", "two")
    assert api.client.portal is not None
    silent = Merge(paths.task(job_id, "1.split"), {"state": "running", "owner": "gone", "lease_until": 0.0})
    api.client.portal.call(api.world.ports.documents.commit, silent)
    api.run()
    (split,) = tasks(api, job_id, "split")
    assert (split["process_losses"], split["attempt"], split["state"]) == (1, 1, "done")


def test_a_failed_tasks_attempt_is_there_with_what_its_stage_logged(api: Api) -> None:
    job_id = api.start("fine", "bad")
    api.run()
    failed = next(task for task in tasks(api, job_id, "shout") if task["state"] == "failed")
    (attempt,) = detail(api, job_id, failed)["attempts"]
    assert (attempt["outcome"], attempt["error"]["code"], attempt["traceback"]) == ("failed", "bad_word", None)


def test_a_crash_comes_with_its_lines_and_traceback(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crash(*_: object, **__: object) -> None:
        get_logger().info("about to bind", pages=2)
        raise RuntimeError("the glue is dry")

    monkeypatch.setattr(type(api.world.ports.blobs), "put", crash)
    job_id = api.start("one")
    api.run()
    (bind,) = tasks(api, job_id, "bind")
    last = detail(api, job_id, bind)["attempts"][-1]
    assert [line["message"] for line in last["lines"]] == ["about to bind pages=2", "stage_crashed"]
    assert "RuntimeError: the glue is dry" in last["traceback"]


def test_what_is_too_large_is_named_and_left_out(api: Api) -> None:
    job_id = api.start("a" * 300_000)
    api.run()
    (shout,) = tasks(api, job_id, "shout")
    found = detail(api, job_id, shout)
    assert (found["input"], found["output"], found["omitted"]) == ({"word": None}, None, ["word", "output"])


@pytest.mark.parametrize("task", ["nobody", "1.nothing", "a%2Fb", "x" * 400, "%00"])
def test_no_such_task_is_a_problem_that_says_where_they_are(api: Api, task: str) -> None:
    job_id = api.start("one")
    answer = api.client.get(f"/api/v1/jobs/{job_id}/tasks/{task}")
    assert answer.status_code == 404
    assert answer.json()["code"] in ("task_not_found", "not_found")


def test_another_jobs_task_is_not_this_ones(api: Api) -> None:
    first, second = api.start("one"), api.start("two")
    api.run()
    (mine,) = tasks(api, first, "split")
    assert detail(api, first, mine)["output"] == ["one"]
    assert detail(api, second, mine)["output"] == ["two"]  # the same name in another job
    assert toy.TOY.pipeline == api.job(second)["pipeline"]
