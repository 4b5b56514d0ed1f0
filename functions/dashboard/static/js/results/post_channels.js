// A post on its channels: what became of it there, and its text as each place gets it, to be worded by hand.
import { ask } from "../api.js";
import { button, chip, count, failed, h, notice, table, when, words } from "../dom.js";
import { swap } from "../redraw.js";

const linked = (url) => /^https?:\/\//.test(url ?? "");

export function deliveries(record) {
  const all = Object.entries(record.deliveries ?? {});
  if (!all.length) return "";
  return table([["Channel"], ["State"], ["Likes", true], ["Reposts", true], ["Replies", true], ["Counted"]], all.map(([name, one]) => ({
    cells: [linked(one.url) ? h("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, name) : name, [chip(one.gone ? "deleted" : one.state), one.error ? h("div", { class: "small" }, one.error.message) : null],
      ...["likes", "reposts", "replies"].map((what) => (one.metrics ? count(one.metrics[what]) : "–")), when(one.metrics?.at)] })));
}

// Whether a channel refused what others have: it can be told again.
export const refused = (record) => record.state === "published" && Object.values(record.deliveries ?? {}).some((one) => one.state === "refused");

export function wording(record, act) {
  const field = h("textarea", { "aria-label": "Text of the post", rows: 6 }, record.text);
  return h("details", { open: Boolean(record.findings?.length) }, h("summary", {}, "Edit the text"), field, h("div", { class: "row" }, button("Save", () => act("edit", { text: field.value }, "Saved."), "primary")), findings(record.findings));
}

export function places(record) {
  const inside = h("div", { class: "versions" }), path = `/api/v1/posts/${encodeURIComponent(record.id)}/variants`, draft = record.state === "draft";
  const draw = (found) => swap(inside, ...(found.items.length ? found.items.map(one) : [h("p", { class: "dim" }, "It goes to no place with rules of its own.")]));
  const word = async (platform, text) => { try { draw(await ask(`${path}/${encodeURIComponent(platform)}`, { body: { text } })); notice("Saved."); } catch (error) { failed(error); } };
  function one(variant) {
    const field = draft ? h("textarea", { "aria-label": `Text for ${variant.platform}`, rows: 6 }, variant.text) : h("p", { class: "text" }, variant.text);
    const room = variant.most ? `${count(variant.length)} of ${count(variant.most)}` : count(variant.length);
    return h("div", { class: "version" },
      h("div", { class: "row small" }, h("strong", { class: "grow" }, words(variant.platform)), h("span", { class: variant.most && variant.length > variant.most ? "chip failed" : "dim" }, room)), field,
      variant.edited ? h("p", { class: "small dim" }, `Worded by ${variant.by || "hand"}${variant.stale ? ", for a former text of the post" : ""}.`) : null, findings(variant.findings),
      draft ? h("div", { class: "row" }, button("Save", () => word(variant.platform, field.value)), variant.edited ? button("By the rule again", () => word(variant.platform, null)) : null) : null);
  }
  const box = h("details", { ontoggle: () => { if (box.open) ask(path).then(draw).catch(failed); } }, h("summary", {}, "As each place gets it"), inside);
  return box;
}

// At a time of one's own; as soon after it as quiet hours and other posts let it.
export function scheduling(record, act) {
  const field = h("input", { type: "datetime-local", "aria-label": "When to publish" });
  return h("div", { class: "row" }, field, button("Publish then", () => { if (field.value) act("publish", { at: new Date(field.value).toISOString() }, "It goes out then."); }), record.publish_at ? h("span", { class: "small dim" }, "Goes out ", when(record.publish_at)) : null);
}

const findings = (all) => (all ?? []).map((finding) => h("p", { class: "small warning" }, `${finding.reason}${finding.found ? ` “${finding.found}”` : ""}`));
