// Posts: each with its picture and its versions side by side, to be chosen from, approved, rejected, published.
import { ask } from "../api.js";
import { button, chip, failed, h, many, notice, table, words } from "../dom.js";
import { swap } from "../redraw.js";
import { deliveries, places, refused, scheduling, wording } from "./post_channels.js";

const AT_ONCE = 20, CJK = /[\u3040-\u30ff\u3400-\u9fff]/; // what is written so is counted by characters

export default async function show(into, { job, page, files }) {
  const items = job.result[page.items] ?? [], list = h("div", {}), more = button("Show more", () => add());
  let at = 0;
  const add = () => { for (const item of items.slice(at, at + AT_ONCE)) list.append(post(item, page, files)); at += AT_ONCE; more.hidden = at >= items.length; };
  add();
  into.append(list, more, voices(job.result.voices ?? []));
  if (!items.length) into.append(h("p", { class: "dim" }, "No post came of it."));
}

// One record, drawn from the job's result and then from what has become of it since.
export function post(item, page, files) {
  const box = h("article", { class: "card" });
  const draw = (record) => swap(box, ...inside(record, page, files, act));
  const act = async (path, body, said) => {
    try { draw({ ...item, ...(await ask(`/api/v1/posts/${encodeURIComponent(item.id)}/${path}`, { body })) }); if (said) notice(said); } catch (error) { failed(error); }
  };
  draw(item);
  if (item.id) ask(`/api/v1/posts/${encodeURIComponent(item.id)}`).then((record) => draw({ ...item, ...record })).catch(() => {});
  return box;
}

function inside(record, page, files, act) {
  const about = [record[page.by], ...(page.about ?? []).map((name) => record[name])].flat().filter(Boolean);
  const file = record.image?.url ? record.image : record.image?.blob ? files.get(record.image.blob) : null;
  const picture = file ? h("img", { src: file.url, alt: record.image.alt || "No description was written.", width: record.image.width || null, height: record.image.height || null, loading: "lazy" }) : null;
  const draft = record.state === "draft", versions = record.versions ?? [];
  return [
    h("div", { class: "head" }, h("h3", { class: "grow" }, about.map((part) => String(part).replaceAll("_", " ")).join(" · ") || record.id), chip(record.state), draft ? button("Approve", () => act("approve", {}, "Approved."), "primary") : null, draft ? button("Reject", () => act("reject", {}, "Rejected."), "bad") : null, record.state === "approved" || refused(record) ? button(refused(record) ? "Publish where it was refused" : "Publish", () => act("publish", {}, "On its way."), "primary") : null, record.state === "approved" && !record.publish?.tried ? button("Take back", () => act("withdraw", {}, "A draft again.")) : null),
    h("div", { class: picture ? "post pictured" : "post" }, picture, h("div", {}, record.title ? h("h2", {}, record.title) : null, versions.length ? null : h("p", { class: "text" }, record.description || record.text), record.tags?.length ? h("p", { class: "dim" }, record.tags.map((tag) => `#${tag}`).join(" ")) : null, picture && record.image.alt ? h("p", { class: "small dim" }, `Picture: ${record.image.alt}`) : null)),
    versions.length ? h("div", { class: "versions" }, versions.map((version) => one(version, record, draft, act))) : "",
    record.state === "approved" ? scheduling(record, act) : "", record.publish?.error ? h("p", { class: "small error" }, record.publish.error.message) : "", deliveries(record),
    draft && record.id ? h("div", { class: "row" }, button("Write the text anew", () => act("rewrite", { part: "text" }, "Written anew.")), record.image?.prompt ? button("Draw the picture anew", () => act("rewrite", { part: "image" }, "Drawn anew.")) : null) : "",
    record.id && record.text ? [draft ? wording(record, act) : null, places(record)] : "",
    record.why ? h("p", { class: "small dim" }, record.why) : "", (record.held ?? []).map((why) => h("p", { class: "small" }, `Held: ${why}`))].flat(2).filter((part) => part !== null);
}

function one(version, record, draft, act) {
  const chosen = record.chosen === version.number;
  return h("div", { class: `version ${chosen ? "chosen" : ""} ${version.dropped ? "dropped" : ""}` },
    h("div", { class: "row small" }, h("strong", { class: "grow" }, `Version ${version.number + 1}`), version.angle ? h("span", { class: "chip plain" }, words(version.angle).replaceAll("+", " · ")) : null),
    h("p", {}, (chosen && record.text) || version.text || `Dropped: ${version.dropped}`),
    chosen && version.text && record.text && record.text !== version.text ? h("p", { class: "small dim" }, "Worded differently since it was written.") : null,
    h("div", { class: "small dim" }, [version.length ? `${many(version.length, CJK.test(version.text ?? "") ? "character" : "word")}` : "", version.alike ? `${Math.round(100 * version.alike)} % like another version` : "", version.repaired?.length ? `${many(version.repaired.length, "fault")} mended` : "", version.voice ? `voice ${Math.round(100 * version.voice.closeness)} %` : ""].filter(Boolean).join(" · ")),
    version.voice?.far?.length ? h("p", { class: "small warning" }, `Far from the persona's voice: ${version.voice.far.join("; ")}`) : null,
    h("div", { class: "row small" }, h("span", { class: "grow" }), chosen ? h("strong", {}, "Chosen") : draft && version.text ? button("Choose", () => act("choose", { version: version.number })) : null));
}

const MEASURES = { length: "Words a text", sentence: "Words a sentence", rhythm: "Step between sentences", emoji: "Emoji", questions: "Texts that ask" };

// Each persona's versions, and its style samples in brackets.
function voices(personas) {
  if (!personas.length) return "";
  const columns = [["Persona"], ...Object.values(MEASURES).map((name) => [name, true]), ["Versions", true], ["Far off", true], ["Closeness", true]];
  const cells = (one) => [one.kol_name || one.kol_serial, ...Object.keys(MEASURES).map((name) => `${one.versions[name]} (${one.samples[name]})`), one.count, one.far, `${Math.round(100 * one.closeness)} %`].map(String);
  return h("section", {}, h("h3", {}, "Voices: the versions, and the style samples in brackets"), table(columns, personas.map((one) => ({ cells: cells(one) }))), personas.flatMap((one) => one.drifts.map((drift) => h("p", { class: "small warning" }, `${one.kol_name || one.kol_serial}: ${drift}.`))));
}
