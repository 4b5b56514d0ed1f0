"""What is large stays quick: a waterfall of ten thousand tasks, a graph of five thousand nodes."""

from __future__ import annotations

from itertools import combinations

import pytest

from infra.local.local_cloud import LocalCloud
from tests.browser import large_pages
from tests.browser.conftest import Visit
from tests.browser.large_pages import FIRST_PAINT, GRAPH_PAINT, NODES, TASKS
from tests.browser.planted_job import plant_job

pytestmark = pytest.mark.asyncio(loop_scope="session")
# Tests run beside others, and what waits for a processor is no fault of the page: its own thread's time is held to the bars here,
# the time on the wall by `make bench ONLY="waterfall graph-page"`.


async def test_a_waterfall_of_ten_thousand_tasks_takes_less_than_a_second(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", TASKS)
    painted = await large_pages.waterfall(visit.page, f"{visit.url}/#/job/planted")
    assert painted.of[-1] == TASKS + 1
    assert painted.thread <= FIRST_PAINT


HEIGHT = 10
"""Pixels that a name is high at least."""
WRITTEN = """
window.names = {};
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  if (this.canvas.classList.contains("sigma-labels")) window.names[text] = [x, x + this.measureText(text).width, y];
  return write.call(this, text, x, y);
};
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  if (this.canvas.classList.contains("sigma-labels")) window.names = {};
  return clear.call(this, ...box);
};
"""
"""Where the names of the last picture stand: left, right, foot."""


async def test_a_graph_of_five_thousand_nodes_takes_less_than_a_second_and_a_half(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 3, **large_pages.graph_result(NODES))
    painted = await large_pages.graph(visit.page, f"{visit.url}/#/job/planted")
    assert painted.of == (NODES, 2 * NODES)
    assert painted.thread <= GRAPH_PAINT
    assert await visit.page.locator(".graph canvas").count() > 0


async def test_no_name_on_a_graph_stands_on_another_or_beside_the_picture(visit: Visit, cloud: LocalCloud) -> None:
    await visit.page.add_init_script(WRITTEN)
    await plant_job(cloud.ports, "planted", 3, **large_pages.graph_result(300))
    await large_pages.graph(visit.page, f"{visit.url}/#/job/planted", 300)
    names, width = await visit.page.evaluate("[Object.values(window.names), document.querySelector('.graph').clientWidth]")
    assert len(names) > 5
    assert all(left >= 0 and right <= width for left, right, _ in names)
    assert not [
        (one, other)
        for one, other in combinations(names, 2)
        if one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < HEIGHT
    ]
