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
  const told = h("div", { "aria-live": "polite" }, h("p", { class: "dim" }, "Ask for the plan: nothing is started and nothing is spent.")), general = h("div", { class: "fault-text", role: "alert" });
  const body = () => ({ pipeline: pipeline.name, input: form.value(), options: { lane: lane.value, ...(budget.value ? { budget_usd: Number(budget.value) } : {}), ...(deadline.value ? { deadline_s: Number(deadline.value) } : {}) } });
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
  let key = crypto.randomUUID?.() ?? String(Math.random());
  const start = () => tried(async () => { const made = await ask("/api/v1/jobs", { body: body(), headers: { "idempotency-key": key }, signal }); key = crypto.randomUUID?.() ?? String(Math.random()); notice("Started."); location.hash = `#/job/${made.id}`; });
  const field = (label, control, more) => h("div", { class: "field" }, h("label", { for: control.id }, label), control, more ? h("p", { class: "small dim" }, more) : null);
  const made = h("form", { class: "made", onsubmit: (event) => { event.preventDefault(); start(); } }, form.element, h("details", {}, h("summary", {}, "How it runs"), h("div", { class: "made" }, field("Budget in dollars", budget, "A hard cap: at the last of it the job pauses."), field("Deadline in seconds", deadline), field("Lane", lane))), general, h("div", { class: "row" }, button("Show the plan", plan), h("button", { type: "submit", class: "button primary" }, "Start")));
  into.append(h("div", { class: "head" }, h("div", { class: "grow" }, h("h1", {}, words(pipeline.name)), h("div", { class: "dim" }, pipeline.about)), h("a", { class: "button", href: "#/new" }, "Another pipeline")), h("div", { class: "two" }, card("Input", made), h("aside", {}, card("Plan", told))));
}

function planned(plan) {
  const between = (low, high, show) => (low === high ? show(low) : `${show(low)} – ${show(high)}`);
  return [tiles(tile("Least time", seconds(plan.floor_seconds), `bound by ${plan.bound_by}`), tile("Cost", usd(plan.dollars), between(plan.low.dollars, plan.high.dollars, usd)), tile("Calls", count(plan.calls), between(plan.low.calls, plan.high.calls, count)), tile("Tokens", count(plan.tokens), between(plan.low.tokens, plan.high.tokens, count))),
    h("table", {}, h("thead", {}, h("tr", {}, ["Stage", "Tasks", "Calls", "At least"].map((title, at) => h("th", { scope: "col", class: at ? "n" : "" }, title)))), h("tbody", {}, plan.stages.map((stage) => h("tr", {}, h("td", {}, words(stage.name)), h("td", { class: "n" }, count(stage.tasks)), h("td", { class: "n" }, count(stage.calls)), h("td", { class: "n" }, seconds(stage.floor_seconds))))))];
}
