// What the clock starts: jobs that recur, as people have asked for them, and the functions that keep all going.
import { ask } from "./api.js";
import { button, card, chip, failed, h, notice, table, when, words } from "./dom.js";
import { swap } from "./redraw.js";

const RECURRING = [["Pipeline"], ["What for", false, "about"], ["When"], ["Next", true], ["Last job"], ["", false, "end"]];

// The commonest expressions in words; any other as it is.
const WORDS = [[/^\* \* \* \* \*$/, () => "every minute"], [/^\*\/(\d+) \* \* \* \*$/, (all) => `every ${all[1]} minutes`], [/^(\d+) \* \* \* \*$/, (all) => `each hour at :${all[1].padStart(2, "0")}`], [/^(\d+) (\d+) \* \* \*$/, (all) => `daily at ${all[2].padStart(2, "0")}:${all[1].padStart(2, "0")}`]];
const said = (cron) => WORDS.map(([form, tell]) => { const found = form.exec(cron); return found && tell(found); }).find(Boolean);
const times = (one) => [said(one.cron) ? h("span", { title: one.cron }, said(one.cron)) : h("span", { class: "mono" }, one.cron), h("span", { class: "dim small" }, ` ${one.zone}`)];
// What may run twice or not at all has no record of its slots.
const state = (item) => (item.state !== "never" ? chip(item.state) : item.missed === "skip" && !item.pipeline ? h("span", { class: "dim small" }, "not recorded") : chip("not yet"));

export default async function draw(into, _, signal) {
  const recurring = card("Recurring jobs"), functions = h("div", {});
  into.append(h("div", { class: "head" }, h("h1", {}, "Schedules"), h("a", { class: "button", href: "#/new" }, "Add a recurring job")), recurring, functions);
  const act = (path, options, said) => ask(path, options).then(() => { notice(said); return load(); }).catch(failed);
  const row = (one) => {
    const here = `/api/v1/recurring-jobs/${one.id}`;
    return { cells: [words(one.pipeline), [one.about || "–", one.last_error ? h("div", { class: "small fault-text" }, `The last was not started: ${one.last_error.message}`) : null], times(one), one.next_at ? when(one.next_at) : chip("paused"), one.last_job ? [h("a", { href: `#/job/${one.last_job}` }, when(one.last_at))] : "not yet",
      h("span", { class: "row" }, button("Start now", () => act(`${here}/start`, { body: {} }, "Started.")), one.next_at ? button("Pause", () => act(`${here}/pause`, { body: {} }, "Paused.")) : button("Resume", () => act(`${here}/resume`, { body: {} }, "It goes on.")), button("Delete", () => act(here, { method: "DELETE" }, "Deleted."), "bad"))] };
  };
  async function load() {
    const found = await ask("/api/v1/recurring-jobs?limit=100", { signal });
    swap(recurring, h("h2", {}, "Recurring jobs"), found.items.length ? table(RECURRING, found.items.map(row)) : h("p", { class: "dim" }, "None yet. A new job's form has “Again and again” under “How it runs”."));
  }
  await load();
  const found = await ask("/api/v1/schedules", { signal });
  functions.append(card("Functions that the clock calls", table([["Function"], ["For"], ["When"], ["Next", true], ["Done up to", true], ["State"]], found.items.map((item) => ({
    cells: [h("span", { class: "mono" }, item.function), item.pipeline ? words(item.pipeline) : "Headrace itself", times(item), when(item.next_at), when(item.done_at), state(item)] })))));
}
