"""What the dashboard reads: waterfall, tasks, failures, files, limits, caches, schedules, throughput."""

from __future__ import annotations

import pytest

from tests.unit.functions.jobs_api.toy import Api


def test_a_waterfall_tells_every_task_page_by_page(api: Api) -> None:
    job = api.start("one", "bad", "three")
    api.run()
    whole = api.job(job, "/waterfall")
    columns = whole["tasks"]
    assert {len(values) for values in columns.values()} == {5}
    names = [whole["stages"][stage]["name"] for stage in columns["stage"]]
    assert sorted(names) == ["bind", "shout", "shout", "shout", "split"]
    assert [whole["states"][state] for state, name in zip(columns["state"], names, strict=True) if name == "shout"].count(
        "failed"
    ) == 1
    assert next(stage for stage in whole["stages"] if stage["name"] == "shout")["size"] == 3
    assert all(0 <= began <= ended for began, ended in zip(columns["started"], columns["finished"], strict=True))
    first = api.job(job, "/waterfall?limit=2")
    second = api.job(job, f"/waterfall?limit=4&cursor={first['next_cursor']}")
    assert first["tasks"]["id"] + second["tasks"]["id"] == columns["id"]
    assert (second["next_cursor"], whole["over"]) == (None, True)


def test_a_running_jobs_waterfall_tells_what_has_not_ended(api: Api) -> None:
    job = api.start("one", "two")
    api.run(1)
    told = api.job(job, "/waterfall")
    assert not told["over"]
    assert -1 in told["tasks"]["finished"] or len(told["tasks"]["id"]) == 1


def test_the_same_failures_are_one_group(api: Api) -> None:
    job = api.start("bad", "one", "bad", "two", "three")
    api.run()
    (group,) = api.job(job, "/failures")["groups"]
    assert (group["stage"], group["code"], group["tasks"], len(group["examples"])) == ("shout", "bad_word", 2, 2)
    assert group["advice"] == "Use another."


def test_a_job_is_known_by_its_input_and_its_cost(api: Api) -> None:
    job = api.start("one", "two", "three", "four")
    api.run()
    (line,) = api.get("/api/v1/jobs").json()["items"]
    assert (line["id"], line["about"], line["cost_usd"]) == (job, "one · two · three", 0)


def test_pipelines_are_told_with_the_schema_of_their_input(api: Api) -> None:
    (toy,) = api.get("/api/v1/pipelines").json()["items"]
    assert toy["name"] == "toy-flow"
    assert toy["input_schema"]["properties"]["words"]["description"] == "The words."
    assert toy["result_page"]["kind"] == "file"
    assert [(stage["name"], stage["many"]) for stage in toy["stages"]] == [("split", False), ("shout", True), ("bind", False)]


def test_throughput_adds_up(api: Api) -> None:
    api.start("one")
    api.start("FATAL")
    api.run()
    told = api.get("/api/v1/throughput?back=hour").json()
    ended = [one["jobs"] for one in told["slices"] if one["jobs"]]
    assert sum(sum(jobs.values()) for jobs in ended) == told["jobs"] == 2
    assert told["seconds"].keys() == {"toy-flow"}
    assert next(row for row in told["reuse"] if row["stage"] == "shout")["done"] == 2
    assert api.get("/api/v1/throughput?back=century").status_code == 422


def test_limits_caches_and_schedules_are_told_where_nothing_has_run(api: Api) -> None:
    limits = {one["resource"]: one for one in api.get("/api/v1/limits").json()["items"]}
    assert limits["openai"]["requests_per_minute"] == 500
    assert (limits["openai"]["leased"], limits["reddit"]["left"], limits["reddit"]["waiting"]) == (0, 100, 0)
    assert api.get("/api/v1/caches").json()["items"] == []
    lines = {one["function"]: one for one in api.get("/api/v1/schedules").json()["items"]}
    assert (lines["upkeep_sweep"]["state"], lines["upkeep_sweep"]["pipeline"]) == ("never", "")


def test_files_of_a_result_are_only_those_of_content_that_it_knows(api: Api) -> None:
    job = api.start("one")
    api.run()
    assert api.job(job, "/files") == {"items": []}  # `pages/one.txt` is no file by its content


@pytest.mark.parametrize("part", ["/waterfall", "/failures", "/files"])
def test_parts_of_a_job_that_is_not_there_are_not_found(api: Api, part: str) -> None:
    assert api.get(f"/api/v1/jobs/none{part}").json()["code"] == "job_not_found"
