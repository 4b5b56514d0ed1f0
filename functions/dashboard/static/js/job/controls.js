// What one can do with a job: each button is there only where it can do something.
import { ask } from "../api.js";
import { button, dialog, failed, h, many, notice, seconds, sure, usd } from "../dom.js";

const RUNNING = new Set(["queued", "running"]), ENDED = new Set(["succeeded", "partial", "failed", "cancelled"]);

// `now`: answers the job as it is when a button is pressed.
export function controls(now, act) {
  const job = now();
  const does = (path, body) => () => act(path, body).catch(failed);
  const made = [];
  if (RUNNING.has(job.status)) made.push(button("Pause", does("pause", {})));
  if (job.status === "paused") made.push(button("Resume", () => resume(now(), act), "primary"));
  if (RUNNING.has(job.status) || job.status === "paused") made.push(button("Cancel", () => sure("Cancel this job?", "What runs ends, and what has not begun never will. A retry goes on from here.", "Cancel the job", does("cancel", {})), "bad"));
  if (job.status === "failed" || job.status === "partial") made.push(button("Retry failed", () => retry(job, act, true), "primary"));
  if (ENDED.has(job.status)) made.push(button("Run again", () => retry(job, act, false)));
  if (ENDED.has(job.status)) made.push(button("Delete", () => sure("Delete this job?", "Its documents, its files and what was kept for it alone go. There is no way back.", "Delete the job", () => ask(`/api/v1/jobs/${job.id}`, { method: "DELETE" }).then(() => { notice("Deleted."); location.hash = "#/jobs"; }).catch(failed)), "bad"));
  return h("div", { class: "row" }, made);
}

function resume(job, act) {
  const spent = job.cost.usd, before = job.cost.budget_usd;
  const field = h("input", { id: "budget", type: "number", min: "0", step: "any", value: before ? Math.max(before * 2, spent * 1.5).toFixed(2) : "" });
  const go = () => { made.close(); act("resume", before && field.value ? { budget_usd: Number(field.value) } : {}).then(() => notice("It goes on.")).catch(failed); };
  const on = button("Resume", go, "primary"), made = dialog("Resume the job", h("p", {}, job.paused?.message ?? ""), before ? h("div", { class: "field" }, h("label", { for: "budget" }, "Budget in dollars"), field, h("p", { class: "small dim" }, `${usd(spent)} of ${usd(before)} is spent. The new budget is for the whole job.`)) : null, h("p", {}, on));
  (before ? field : on).focus();
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); go(); } }); // else the button that has the focus next is pressed by it, too
}

async function retry(job, act, failedOnly) {
  try {
    const plan = await ask(`/api/v1/jobs/${job.id}/retry`, { body: { failed: failedOnly, plan: true } });
    const made = dialog(failedOnly ? "Retry what failed" : "Run the job again", h("p", {}, "What was recorded is reused. This would take about:"), h("p", {}, h("strong", {}, `${many(plan.tasks, "task")} · ${many(plan.calls, "call")} · ${usd(plan.dollars)} · at least ${seconds(plan.floor_seconds)}`)), h("p", {}, button("Go", () => { made.close(); act("retry", { failed: failedOnly }).catch(failed); }, "primary")));
  } catch (error) { failed(error); }
}
