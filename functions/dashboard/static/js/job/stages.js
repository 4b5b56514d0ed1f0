// The flow's stages as bars: done, kept from before, failed, skipped, of how many.
import { count, h, seconds, usd, words } from "../dom.js";

export function stages(into, job) {
  const critical = new Map(job.critical_path.map((part) => [part.stage, part.share]));
  into.replaceChildren(...job.stages.map((stage) => row(stage, critical.get(stage.name))));
}

function row(stage, share) {
  const total = Math.max(1, stage.total), part = (kind, number) => h("i", { class: kind, "width%": (100 * number) / total });
  const told = stage.state === "waiting" ? "not begun" : !stage.total ? "nothing to do" : [`${count(stage.done + stage.failed + stage.skipped)}/${count(stage.total)}`, stage.cached ? `${count(stage.cached)} cached` : "", stage.failed ? `${count(stage.failed)} failed` : "", seconds(stage.seconds), stage.cost_usd ? usd(stage.cost_usd) : ""].filter(Boolean).join(" · ");
  return h("div", { class: `stage ${stage.state} ${stage.branch ? "inside" : ""}` },
    h("div", { class: "name" }, words(stage.name), share >= 0.01 ? h("span", { class: "critical", title: "Share of the time that the job waited for" }, ` ◆ ${Math.round(100 * share)} %`) : null),
    h("div", { class: "track", role: "img", "aria-label": `${words(stage.name)}: ${told}` }, part("done", stage.done - stage.cached), part("cached", stage.cached), part("failed", stage.failed), part("skipped", stage.skipped)),
    h("div", { class: "numbers" }, told));
}
