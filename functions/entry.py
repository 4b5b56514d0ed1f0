"""How a stage becomes a deployed function."""

from __future__ import annotations

import functions_framework.aio

from shared.bootstrap import ports
from shared.engine.flow import Flow
from shared.engine.serve import Handler, stage_handler


def stage_function(flow: Flow, name: str) -> Handler:
    """The function that serves one stage, known to functions-framework under `{flow}_{stage}`: what `FUNCTION_TARGET` names."""
    handler = stage_handler(flow, name, ports)
    functions_framework.aio.http(handler)
    return handler
