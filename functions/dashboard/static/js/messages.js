// What was told of jobs, by webhooks and mail, and whether it arrived.
import { ask } from "./api.js";
import { button, card, chip, failed, h, notice, table, when, words } from "./dom.js";
import { swap } from "./redraw.js";

const COLUMNS = [["What"], ["State"], ["To", false, "about"], ["Tries", true], ["Written", true], ["", false, "end"]];

export default async function draw(into, _, signal) {
  const state = h("select", { "aria-label": "State" }, [["", "Any state"], ["unsent", "Unsent"], ["sent", "Sent"], ["given_up", "Given up"]].map(([value, said]) => h("option", { value }, said)));
  const list = card("Messages"), more = button("Show more", () => load(true).catch(failed));
  let items = [], cursor = null;
  into.append(h("div", { class: "head" }, h("h1", {}, "Messages"), state), list, h("p", {}, more));
  const again = (item) => ask(`/api/v1/notifications/${item.id}/resend`, { body: {} }).then(() => { notice("On its way again."); return load(); }).catch(failed);
  const row = (item) => ({ cells: [[h("a", { href: `#/job/${item.job}` }, words(item.type.replace("job.", "job ")))], item.to === "nobody" ? h("span", { class: "chip plain" }, "Nobody to tell") : chip(item.state), [item.to === "nobody" ? "no address is set: HEADRACE_NOTIFY_URL" : h("span", {}, item.to || "the address in HEADRACE_NOTIFY_URL"), item.reason ? h("div", { class: "small dim clamp" }, item.reason) : null], item.tries, when(item.created_at), item.to === "nobody" ? "" : button(item.state === "sent" ? "Send again" : "Send now", () => again(item))] });
  async function load(further = false) {
    const query = new URLSearchParams({ limit: 50 });
    if (state.value) query.set("state", state.value);
    if (further && cursor) query.set("cursor", cursor);
    const found = await ask(`/api/v1/notifications?${query}`, { signal });
    items = further ? [...items, ...found.items] : found.items;
    cursor = found.next_cursor;
    more.hidden = !cursor;
    swap(list, items.length ? table(COLUMNS, items.map(row)) : h("p", { class: "empty" }, "Nothing was told yet. Set HEADRACE_NOTIFY_URL to be told of all jobs, or give a job its own callback_url."));
  }
  state.addEventListener("change", () => load().catch(failed));
  await load();
}
