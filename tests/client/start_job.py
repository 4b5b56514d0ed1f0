"""Starts a job with a client that was made from /openapi.json, and follows it to its end. Run by the client's own environment.

Usage: python start_job.py FOLDER_OF_CLIENT URL POSTING_URL
"""

import sys
import time

sys.path.insert(0, sys.argv[1])
from client import Client
from client.api.jobs import create_job, list_jobs, read_job
from client.models import JobRequestInterviewPrep, PrepRequest, Problem

URL, POSTING = sys.argv[2:4]
ENDED = ("succeeded", "partial", "failed", "cancelled")

with Client(base_url=URL) as client:
    wanted = PrepRequest(job_posting_url=POSTING)
    body = JobRequestInterviewPrep(pipeline="interview-prep", input_=wanted)
    accepted, again = (create_job.sync(client=client, body=body, idempotency_key="one") for _ in range(2))
    assert accepted.id == again.id
    while (job := read_job.sync(accepted.id, client=client)).status not in ENDED:
        time.sleep(0.1)
    listed = list_jobs.sync(client=client, limit=5)
    refused = create_job.sync(
        client=client,
        body=JobRequestInterviewPrep(pipeline="interview-prep", input_=PrepRequest()),
    )
    assert isinstance(refused, Problem)
    print(job.status, job.cost.calls, [one.id for one in listed.items] == [accepted.id], refused.code)  # noqa: T201 - what its caller reads
