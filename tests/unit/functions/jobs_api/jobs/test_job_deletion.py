"""A job deleted by its route."""

from __future__ import annotations

from tests.unit.functions.jobs_api.toy import Api


def test_an_ended_job_is_deleted_whole_and_an_open_one_is_refused(api: Api) -> None:
    job_id = api.start("a")
    refused = api.client.delete(f"/api/v1/jobs/{job_id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ended")
    api.run()
    assert api.client.delete(f"/api/v1/jobs/{job_id}").status_code == 204
    assert api.get(f"/api/v1/jobs/{job_id}").status_code == 404
    assert api.get("/api/v1/jobs").json()["items"] == []
    assert api.client.delete(f"/api/v1/jobs/{job_id}").status_code == 204  # it is gone on with
    assert api.client.delete("/api/v1/jobs/unknown").status_code == 404
