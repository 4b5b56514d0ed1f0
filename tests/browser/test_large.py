"""What is large stays quick: a waterfall of ten thousand tasks, a graph of five thousand nodes."""

from __future__ import annotations

from infra.local.local_cloud import LocalCloud
from tests.browser import large_pages
from tests.browser.conftest import Visit
from tests.browser.large_pages import FIRST_PAINT, FRAME, GRAPH_PAINT, LONGEST_TASK, NODES, TASKS
from tests.browser.planted_job import plant_job

SLACK = 2.0
"""A machine that runs other tests beside this one: `make bench` holds the bars themselves."""


async def test_a_waterfall_of_ten_thousand_tasks_is_there_within_a_second(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", TASKS)
    painted = await large_pages.waterfall(visit.page, f"{visit.url}/#/job/planted")
    assert painted.first <= FIRST_PAINT * SLACK
    assert painted.longest_task <= LONGEST_TASK * SLACK
    assert painted.of[-1] == TASKS + 1


async def test_a_graph_of_five_thousand_nodes_is_there_within_a_second_and_a_half(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 3, **large_pages.graph_result(NODES))
    painted = await large_pages.graph(visit.page, f"{visit.url}/#/job/planted")
    assert painted.of[-1] == NODES
    assert painted.first <= GRAPH_PAINT * SLACK
    assert await visit.page.locator(".graph canvas").count() > 0
    assert await large_pages.frame_while_moved(visit.page) <= FRAME * SLACK
