"""The HTTP API as one deployed function: `FUNCTION_TARGET=jobs_api`. In the cloud it does not start without a key for people."""

from __future__ import annotations

import functions_framework.aio

from functions import pipelines
from functions.jobs_api.http.router import build
from shared import bootstrap
from shared.bootstrap import ports

bootstrap.check_api(bootstrap.settings())
jobs_api = build(pipelines, ports)
functions_framework.aio.http(jobs_api)
