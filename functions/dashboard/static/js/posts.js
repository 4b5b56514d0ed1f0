// Every post, whoever's it is: what waits for approval first.
import { ask } from "./api.js";
import { button, failed, h, words } from "./dom.js";
import { swap } from "./redraw.js";
import { post } from "./results/posts.js";
import { pipelines } from "./api.js";

export default async function draw(into) {
  const state = h("select", { "aria-label": "State" }, ["", "draft", "approved", "publishing", "published", "rejected"].map((value) => h("option", { value, selected: value === "draft" }, value ? words(value) : "Any state")));
  const list = h("div", {}), more = button("Show more", () => load(true).catch(failed)), known = new Map((await pipelines()).map((one) => [one.name, one.result_page]));
  into.append(h("div", { class: "head" }, h("h1", {}, "Posts"), h("a", { class: "button", href: "#/queue" }, "Queue"), h("a", { class: "button", href: "#/calendar" }, "Calendar"), state), list, more);
  let cursor = null;
  async function load(further = false) {
    const query = new URLSearchParams({ limit: 20 });
    if (state.value) query.set("state", state.value);
    if (further) query.set("cursor", cursor);
    const found = await ask(`/api/v1/posts?${query}`), files = await pictures(found.items);
    const made = found.items.map((item) => post(item, known.get(item.pipeline) ?? {}, files));
    if (further) list.append(...made); else swap(list, ...(made.length ? made : [h("p", { class: "empty" }, state.value === "draft" ? "Nothing waits for approval." : "No posts.")]));
    cursor = found.next_cursor;
    more.hidden = !cursor;
  }
  state.addEventListener("change", () => load().catch(failed));
  await load();
}

// Pictures are files of the jobs that drew them.
async function pictures(items) {
  const jobs = new Set(items.filter((item) => item.image?.blob && item.job).map((item) => item.job));
  const found = await Promise.all([...jobs].map((job) => ask(`/api/v1/jobs/${encodeURIComponent(job)}/files`).catch(() => ({ items: [] }))));
  return new Map(found.flatMap((each) => each.items).map((file) => [file.name, file]));
}
