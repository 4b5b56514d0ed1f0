// What goes out next, by account, and what is held: each with what can be done about it.
import { ask, pipelines } from "./api.js";
import { button, card, chip, failed, h, many, notice, short, when } from "./dom.js";
import { swap } from "./redraw.js";
import { post } from "./results/posts.js";

export default async function draw(into) {
  const lists = h("div", {}), pages = new Map((await pipelines()).map((one) => [one.name, one.result_page]));
  into.append(h("div", { class: "head" }, h("h1", {}, "Queue"), h("a", { class: "button", href: "#/posts" }, "All posts"), h("a", { class: "button", href: "#/calendar" }, "Calendar")), lists);
  const act = async (item, path, body, said) => {
    try { await ask(`/api/v1/posts/${encodeURIComponent(item.id)}/${path}`, { body }); notice(said); await load(); } catch (error) { failed(error); }
  };
  const whole = (item) => {
    const inside = h("div", { class: "later" }), box = h("details", {}, h("summary", { class: "small" }, "Open the post"), inside);
    box.addEventListener("toggle", () => { if (box.open && !inside.firstChild) ask(`/api/v1/posts/${encodeURIComponent(item.id)}`).then((record) => inside.append(post(record, pages.get(item.pipeline) ?? {}, new Map()))).catch(failed); });
    return box;
  };
  const planned = (item) => {
    const field = h("input", { type: "datetime-local", "aria-label": "Another time", value: local(item.publish_at) });
    const move = () => { if (field.value) act(item, "publish", { at: new Date(field.value).toISOString() }, "It goes out then, or as soon after as it may."); };
    return h("article", { class: "outgoing", "data-key": item.id }, h("div", { class: "row" }, h("strong", {}, moment(item.publish_at)), h("span", { class: "small dim" }, when(item.publish_at)), chip(item.state), h("span", { class: "small dim telling" }, capital(item.why))), h("p", {}, short(item.text, 200)),
      item.state === "approved" ? h("div", { class: "row" }, field, button("Move", move), button("Take back", () => act(item, "withdraw", {}, "A draft again."))) : null, whole(item));
  };
  const held = (item) => h("article", { class: "outgoing", "data-key": item.id }, h("div", { class: "row" }, h("strong", {}, item.persona_name), chip(item.state), h("span", { class: "small dim" }, when(item.created_at))), h("p", {}, short(item.text, 200)), item.reasons.map((why) => h("p", { class: "small warning" }, capital(why))),
    h("div", { class: "row" }, item.state === "draft" ? [button("Approve and send", () => act(item, "approve", { publish: true }, "Approved: it goes out when it may."), "primary"), button("Write anew", () => act(item, "rewrite", { part: "text" }, "Written anew.")), item.pictured ? button("Draw anew", () => act(item, "rewrite", { part: "image" }, "Drawn anew.")) : null, button("Reject", () => act(item, "reject", {}, "Rejected."), "bad")] : [button("Send", () => act(item, "publish", {}, "On its way."), "primary"), button("Take back", () => act(item, "withdraw", {}, "A draft again."))]), whole(item));
  async function load() {
    const found = await ask("/api/v1/posts/queue"), accounts = grouped(found.items);
    swap(lists, h("p", { class: "dim" }, `Times are in ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`),
      ...(accounts.size ? [...accounts].map(([name, items]) => card(`${name}: ${many(items.length, "post")}, the next ${moment(items[0].publish_at)}`, items.map(planned))) : [h("p", { class: "empty" }, "Nothing waits to go out.")]),
      ...(found.held.length ? [card(`Held: ${many(found.held.length, "post")}`, found.held.map(held))] : []));
  }
  await load();
}

function grouped(items) {
  const found = new Map();
  for (const item of items) found.set(item.persona_name, [...(found.get(item.persona_name) ?? []), item]);
  return found;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const moment = (time) => new Date(time).toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

// As a field of local time has it.
function local(time) {
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}
