"""The dashboard as one deployed function: `FUNCTION_TARGET=dashboard`. The page at `/`, and at every other path the HTTP API.

One origin for both: no CORS, and a policy that lets the page ask its own address alone. The page itself holds nothing, and is
served to everybody; what it shows comes from the API, which asks for the key where there is one.
"""

from __future__ import annotations

import functions_framework.aio

from functions import pipelines
from functions.dashboard.page_files import serving
from functions.jobs_api.http.router import build
from shared import bootstrap
from shared.bootstrap import ports

bootstrap.check_api(bootstrap.settings())
dashboard = serving(build(pipelines, ports), ports)
functions_framework.aio.http(dashboard)
