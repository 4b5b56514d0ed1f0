// The flow's stages in order: how far each is, how much of it was kept from before, how long it took.
import { count, h, seconds, usd, words } from "../dom.js";
import { swap } from "../redraw.js";

const COLUMNS = ["Tasks", "Failed", "Cached", "Took", "Waited", "Cost"];

export function stages(into, job) {
  const critical = new Map(job.critical_path.map((part) => [part.stage, part.share]));
  swap(into, h("table", { class: "stages" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Stage"), h("th", { scope: "col" }, "Progress"), COLUMNS.map((title) => h("th", { scope: "col", class: "n" }, title)))),
    h("tbody", {}, job.stages.map((stage) => row(stage, critical.get(stage.name))))));
}

function row(stage, share) {
  const total = Math.max(1, stage.total), ended = stage.done + stage.failed + stage.skipped, part = (kind, number) => h("i", { class: kind, "width%": (100 * number) / total });
  const told = stage.state === "waiting" ? "not begun" : stage.total ? `${count(ended)} of ${count(stage.total)}` : "nothing to do";
  const cells = [ended === stage.total ? count(stage.total) : `${count(ended)} / ${count(stage.total)}`, stage.failed ? h("span", { class: "failed" }, count(stage.failed)) : "–", stage.cached ? count(stage.cached) : "–", stage.seconds ? seconds(stage.seconds) : "–", stage.wait_s ? seconds(stage.wait_s) : "–", stage.cost_usd ? usd(stage.cost_usd) : "–"];
  return h("tr", { class: `${stage.state} ${stage.branch ? "inside" : ""}` },
    h("td", {}, words(stage.name), share >= 0.01 ? h("span", { class: "critical", title: "Share of the time that the job waited for" }, ` ◆ ${Math.round(100 * share)} %`) : null),
    h("td", { class: "share" }, h("div", { class: "track", role: "img", "aria-label": `${words(stage.name)}: ${told}` }, part("done", stage.done - stage.cached), part("cached", stage.cached), part("failed", stage.failed), part("skipped", stage.skipped))),
    stage.state === "waiting" || !stage.total ? [h("td", { class: "n dim", colspan: COLUMNS.length }, told)] : cells.map((cell, at) => h("td", { class: `n ${at && at !== 3 ? "more" : ""}` }, cell)));
}
