// What stages ask before they run: each with what it is about, and a form for its answer.
import { ask } from "./api.js";
import { fields } from "./form/fields.js";
import { button, failed, h, notice, when, words } from "./dom.js";
import { swap } from "./redraw.js";
import { tree } from "./results/fields.js";

export default async function draw(into, _, signal) {
  const list = h("div", {});
  into.append(h("div", { class: "head" }, h("h1", {}, "Questions"), h("span", { class: "dim" }, "jobs that wait for an answer")), list);
  const load = async () => {
    const found = await ask("/api/v1/questions?limit=50", { signal });
    swap(list, ...(found.items.length ? found.items.map((item) => question(item, `/api/v1/questions/${item.id}/answer`, () => load().catch(failed), true)) : [h("p", { class: "empty" }, "Nothing waits for an answer.")]));
  };
  await load();
}

// One question as a card. `path`: where its answer is sent; `after` is called when it was taken.
export function question(item, path, after, linked = false) {
  const schema = { ...item.answer_schema, properties: ordered(item.answer_schema.properties ?? {}) }, form = fields(schema, "/answer"), general = h("div", { class: "fault-text", role: "alert" });
  const give = async () => {
    general.textContent = "";
    form.faults([]);
    try { await ask(path, { body: { answer: form.value() } }); notice("Answered. The job goes on."); after(); } catch (error) {
      const left = form.faults(error.faults ?? []);
      general.textContent = left.length || !(error.faults ?? []).length ? error.message : "Some fields need another look.";
    }
  };
  const about = item.about === null ? null : h("div", { class: "about-it" }, typeof item.about === "object" ? tree(item.about) : h("p", {}, String(item.about)));
  return h("article", { class: "card warning question", "aria-label": item.asks, "data-key": item.id },
    h("div", { class: "head" }, h("h2", { class: "grow" }, item.asks), h("span", { class: "dim small" }, "goes on without an answer ", when(item.until))),
    linked ? h("p", { class: "small" }, h("a", { href: `#/job/${item.job}` }, `${words(item.pipeline)}: ${words(item.stage)}`)) : null, about,
    h("form", { class: "made", onsubmit: (event) => { event.preventDefault(); give(); } }, form.element, general, h("div", { class: "row" }, h("button", { type: "submit", class: "button primary" }, "Send the answer"))));
}

// What decides first, what explains it after.
const ordered = (properties) => Object.fromEntries(Object.entries(properties).sort(([, one], [, other]) => (one.type === "boolean" ? 0 : 1) - (other.type === "boolean" ? 0 : 1)));

// The questions of one job, above everything else on its page.
export async function asked(into, job, after) {
  const found = await ask(`/api/v1/questions?job=${encodeURIComponent(job)}`);
  if (into.querySelector(":focus-within") && found.items.length) return; // somebody is answering
  const ids = found.items.map((item) => item.id).join();
  if (into.dataset.asked === ids) return;
  into.dataset.asked = ids;
  swap(into, ...found.items.map((item) => question(item, `/api/v1/questions/${item.id}/answer`, after)));
}
