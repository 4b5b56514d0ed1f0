"""The HTTP API as one deployed function: `FUNCTION_TARGET=jobs_api`."""

from __future__ import annotations

import functions_framework.aio

from functions import pipelines
from functions.jobs_api.http.router import build
from shared.bootstrap import ports

jobs_api = build(pipelines, ports)
functions_framework.aio.http(jobs_api)
