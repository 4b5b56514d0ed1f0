// What went wrong, the same things together.
import { ask } from "../api.js";
import { button, card, count, h, words } from "../dom.js";
import { swap } from "../redraw.js";

export async function failures(into, job, open) {
  if (!job.stages.some((stage) => stage.failed)) { into.replaceChildren(); return; }
  const found = await ask(`/api/v1/jobs/${job.id}/failures`);
  swap(into, card("Failures", found.groups.map((group) => h("details", {},
    h("summary", {}, h("strong", {}, `${count(group.tasks)} × `), words(group.stage), ": ", h("span", { class: "clamp" }, group.message)),
    h("p", { class: "dim" }, h("code", {}, group.code), " ", group.advice),
    h("div", { class: "row" }, group.examples.map((task) => button(task, () => open(task), "mono quiet"))))),
  found.more ? h("p", { class: "dim" }, `The first ${count(found.looked_at)} failed tasks were looked at.`) : null));
}
