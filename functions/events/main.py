"""What documents' changes call, one function per trigger, and the tasks that follow: a job to start, a notification to send.

A trigger that a pipeline registers is `events_{name}`, made when it is asked for: it loads its own pipeline alone.
"""

from __future__ import annotations

from functions.entry import task_function
from functions.events import job_notifications, start_job
from functions.events.document_triggers import trigger_function
from functions.events.notification_delivery import send
from functions.events.start_job import start
from shared.engine.delivery_handler import Handler
from shared.ports import Ports
from shared.ports.documents import Data


async def _start_job(body: bytes, ports: Ports) -> Data:
    """Start the job that a trigger asked for."""
    return {"job": await start(body, ports)}


async def _notify(body: bytes, ports: Ports) -> Data:
    """Send a notification. What fails now is for the schedule to try again."""
    return {"notification": await send(body, ports)}


events_job_ended = trigger_function("events_job_ended")
events_question_asked = trigger_function("events_question_asked")
events_start_job = task_function(start_job.FUNCTION, _start_job)
events_notify = task_function(job_notifications.FUNCTION, _notify)


def __getattr__(name: str) -> Handler:
    """The function of a registered trigger.

    Raises:
        AttributeError: there is none.
    """
    try:
        return trigger_function(name)
    except KeyError as error:
        raise AttributeError(f"there is no function {name!r}") from error
