// A new job: a form out of its pipeline's schema, and what it would take before it is started.
import { ask, pipelines } from "../api.js";
import { button, card, count, h, notice, seconds, tile, tiles, usd, words } from "../dom.js";
import { fields } from "./fields.js";

export default async function draw(into, [name], signal) {
  const all = await pipelines(), pipeline = all.find((one) => one.name === name);
  if (!pipeline) {
    into.append(h("div", { class: "head" }, h("h1", {}, "New job")), h("div", { class: "choices" }, all.map((one) => h("a", { class: "card choice", href: `#/new/${one.name}` }, h("b", {}, words(one.name)), h("span", { class: "dim" }, one.about), h("div", { class: "small dim" }, `${one.stages.length} stages`)))));
    return;
  }
  const form = fields(pipeline.input_schema), budget = h("input", { id: "budget", type: "number", min: "0.01", step: "0.01", placeholder: "none" }), deadline = h("input", { id: "deadline", type: "number", min: "1", placeholder: "none" }), lane = h("select", { id: "lane" }, h("option", { value: "interactive" }, "Interactive"), h("option", { value: "bulk" }, "Bulk: gives way to interactive work"));
  const labels = h("input", { id: "labels", placeholder: "team=growth, campaign=spring" }), start_at = h("input", { id: "start_at", type: "datetime-local" }), key = h("input", { id: "key", placeholder: "none" }), fresh = h("input", { id: "fresh", type: "checkbox" });
  const cron = h("input", { id: "cron", class: "mono", placeholder: "0 7 * * 1-5" }), zone = h("input", { id: "zone", value: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC" });
  const told = h("div", { "aria-live": "polite" }, h("p", { class: "dim" }, "Ask for the plan: nothing is started and nothing is spent.")), general = h("div", { class: "fault-text", role: "alert" });
  const body = () => ({ pipeline: pipeline.name, input: form.value(), options: { lane: lane.value, ...(budget.value ? { budget_usd: Number(budget.value) } : {}), ...(deadline.value ? { deadline_s: Number(deadline.value) } : {}), ...(labels.value.trim() ? { labels: named(labels.value) } : {}), ...(start_at.value ? { start_at: new Date(start_at.value).toISOString() } : {}), ...(key.value.trim() ? { key: key.value.trim() } : {}), ...(fresh.checked ? { fresh: true } : {}) } });
  async function tried(work) {
    general.textContent = "";
    form.faults([]);
    try { await work(); } catch (error) {
      const left = form.faults(error.faults ?? []);
      general.textContent = left.length || !(error.faults ?? []).length ? error.message : "Some fields need another look.";
      form.element.querySelector(".fault input, .fault select, .fault textarea")?.focus();
    }
  }
  const plan = () => tried(async () => { told.replaceChildren(...planned(await ask("/api/v1/plans", { body: body(), signal }))); });
  let once = crypto.randomUUID?.() ?? String(Math.random());
  const start = () => tried(async () => { const made = await ask("/api/v1/jobs", { body: body(), headers: { "idempotency-key": once }, signal }); once = crypto.randomUUID?.() ?? String(Math.random()); notice("Started."); location.hash = `#/job/${made.id}`; });
  const repeat = () => tried(async () => { await ask("/api/v1/recurring-jobs", { body: { ...body(), cron: cron.value.trim(), zone: zone.value.trim() || "UTC" }, signal }); notice("It starts at those times from now on."); location.hash = "#/schedules"; });
  const field = (label, control, more) => h("div", { class: "field" }, h("label", { for: control.id }, label), control, more ? h("p", { class: "small dim" }, more) : null);
  const go = h("button", { type: "submit", class: "button primary" }, "Start");
  const made = h("form", { class: "made", onsubmit: (event) => { event.preventDefault(); cron.value.trim() ? repeat() : start(); } }, form.element, h("details", {}, h("summary", {}, "How it runs"), h("div", { class: "made" }, field("Budget in dollars", budget, "A hard cap: at the last of it the job pauses."), field("Deadline in seconds", deadline), field("Lane", lane), field("Labels", labels, "Words of your own, by which jobs are found, cancelled and run again."), field("Not before", start_at), field("Key", key, "Jobs of one key, a tenant's say, share a few places."), field("Without kept results", fresh, "Everything is made anew, and paid for again."),
    h("fieldset", { class: "field" }, h("legend", {}, "Again and again"), field("Cron expression", cron, "Minute, hour, day of the month, month, day of the week. Empty: once, now."), field("Time zone", zone)))), general, h("div", { class: "row" }, button("Show the plan", plan), go));
  cron.addEventListener("input", () => { go.textContent = cron.value.trim() ? "Start at these times" : "Start"; });
  into.append(h("div", { class: "head" }, h("div", { class: "grow" }, h("h1", {}, words(pipeline.name)), h("div", { class: "dim" }, pipeline.about)), h("a", { class: "button", href: "#/new" }, "Another pipeline")), h("div", { class: "two" }, card("Input", made), h("aside", {}, card("Plan", told))));
}

const named = (text) => Object.fromEntries(text.split(",").map((part) => part.split("=")).filter(([name]) => name.trim()).map(([name, ...value]) => [name.trim(), value.join("=").trim()]));

function planned(plan) {
  const between = (low, high, show) => (low === high ? "" : `${show(low)} – ${show(high)}`);
  return [tiles(tile("Least time", seconds(plan.floor_seconds), `bound by ${/^[aeiou]/.test(plan.bound_by) ? "" : "the "}${plan.bound_by}`), tile("Cost", usd(plan.dollars), between(plan.low.dollars, plan.high.dollars, usd)), tile("Calls", count(plan.calls), between(plan.low.calls, plan.high.calls, count)), tile("Tokens", count(plan.tokens), between(plan.low.tokens, plan.high.tokens, count))),
    ...(plan.warnings ?? []).map((said) => h("p", { class: "dim" }, said)),
    h("table", {}, h("thead", {}, h("tr", {}, ["Stage", "Tasks", "Calls", "At least"].map((title, at) => h("th", { scope: "col", class: at ? "n" : "" }, title)))), h("tbody", {}, plan.stages.map((stage) => h("tr", {}, h("td", {}, words(stage.name)), h("td", { class: "n" }, count(stage.tasks)), h("td", { class: "n" }, count(stage.calls)), h("td", { class: "n" }, seconds(stage.floor_seconds))))))];
}
