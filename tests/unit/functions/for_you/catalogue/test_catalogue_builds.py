from __future__ import annotations

from functions.for_you.catalogue.nightly_build import builds
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.flow import FLOW
from functions.for_you.stage_messages import ForYouRequest
from functions.upkeep.schedules import schedules
from shared.engine.trigger.schedule_slots import Slot
from shared.ports import Ports
from shared.ports.documents import Merge


async def test_each_night_one_job_builds_the_catalogue_anew_and_none_where_there_is_nothing_to_build(ports: Ports) -> None:
    assert schedules()["upkeep_nightly_catalogue"].cron == "30 3 * * *"
    night = Slot(at=1e9, since=None)
    assert await builds(night, FLOW, ports_in_memory()) == []
    await ports.documents.commit(Merge("episodes/e", {"id": "e", "title": "one"}))
    once, again = await builds(night, FLOW, ports), await builds(night, FLOW, ports)
    assert once == again
    assert [(item.key, item.due, FLOW.request.model_validate(item.input)) for item in once] == [
        ("catalogue", 1e9, ForYouRequest())
    ]
