// A form out of a JSON Schema, as pydantic writes one: objects, lists, choices, numbers, texts; whatever else is typed as JSON.
import { button, h, many, prose, words } from "../dom.js";

const AT_ONCE = 4; // fields that are shown at first, in the schema's own order, beside those that are required
let made = 0;

// Answers {element, value(), faults(list) -> those that no field took}. Pointers begin at `at`.
export function fields(schema, at = "/input") {
  const form = object(schema, schema.$defs ?? {}, at);
  const faults = (list) => list.filter((fault) => !form.fault(fault));
  return { element: form.element, value: () => form.value() ?? {}, faults: (list) => { form.clear(); return faults(list); } };
}

function resolved(schema, defs) {
  if (schema.$ref) return { ...resolved(defs[schema.$ref.split("/").pop()], defs), ...(schema.description ? { description: schema.description } : {}), ...("default" in schema ? { default: schema.default } : {}) };
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.map((one) => resolved(one, defs)).filter((one) => one.type !== "null");
  if (!choices?.length) return schema;
  const { anyOf: _, oneOf: __, allOf: ___, ...rest } = schema;
  return { ...choices[0], ...rest, optional: true };
}

function object(schema, defs, at) {
  const names = Object.keys(schema.properties ?? {}), shown = new Set(names.length <= AT_ONCE + 1 || at === "/answer" ? names : names.slice(0, AT_ONCE));
  const parts = names.map((name) => { const required = schema.required?.includes(name); return [name, { ...field(name, resolved(schema.properties[name], defs), defs, `${at}/${name}`, required), first: required || shown.has(name) }]; });
  const needed = parts.filter(([, part]) => part.first), rest = parts.filter(([, part]) => !part.first);
  const element = h("div", { class: "made" }, (needed.length ? needed : rest).map(([, part]) => part.element), needed.length && rest.length ? h("details", {}, h("summary", {}, many(rest.length, "more field", "more fields")), h("div", { class: "made" }, rest.map(([, part]) => part.element))) : null);
  element.classList.add("made");
  return {
    element,
    value: () => { const found = Object.fromEntries(parts.map(([name, part]) => [name, part.value()]).filter(([, value]) => value !== undefined)); return Object.keys(found).length ? found : undefined; },
    fault: (fault) => { const took = parts.some(([, part]) => part.fault(fault)); if (took) element.querySelector(":scope > details")?.setAttribute("open", ""); return took; },
    clear: () => parts.forEach(([, part]) => part.clear()),
  };
}

function field(name, schema, defs, at, required) {
  const id = `f${(made += 1)}`, wrong = h("div", { class: "fault-text", id: `${id}-fault` }), label = [words(name), required ? " *" : ""];
  const inner = control(schema, defs, at, id, required);
  const about = schema.description ? h("p", { class: "small dim", id: `${id}-about` }, prose(schema.description)) : null;
  const element = inner.group ? h("fieldset", { class: "field" }, h("legend", {}, label), about, inner.element, wrong) : h("div", { class: "field" }, h("label", { for: id }, label), inner.element, about, wrong);
  element.querySelector(`#${id}`)?.setAttribute("aria-describedby", `${about ? `${id}-about ` : ""}${id}-fault`);
  return {
    element, value: inner.value,
    fault: (fault) => { if (inner.fault?.(fault)) return true; if (fault.pointer !== at && !fault.pointer.startsWith(`${at}/`)) return false; wrong.textContent = fault.detail; element.classList.add("fault"); return true; },
    clear: () => { wrong.textContent = ""; element.classList.remove("fault"); inner.clear?.(); },
  };
}

function control(schema, defs, at, id, required) {
  if (schema.enum || schema.const !== undefined) return choice(schema, id, required);
  if (schema.type === "boolean" && required && schema.default === undefined) { // no is an answer, too
    const box = h("select", { id, required }, h("option", { value: "" }, "–"), h("option", { value: "true" }, "Yes"), h("option", { value: "false" }, "No"));
    return { element: box, value: () => (box.value === "" ? undefined : box.value === "true") };
  }
  if (schema.type === "boolean") { const box = h("input", { type: "checkbox", id, checked: schema.default === true }); return { element: h("div", {}, box), value: () => (box.checked === (schema.default ?? false) ? undefined : box.checked) }; }
  if (schema.type === "integer" || schema.type === "number") { const box = h("input", { type: "number", id, step: schema.type === "integer" ? 1 : "any", min: schema.minimum, max: schema.maximum, placeholder: schema.default ?? null, required }); return { element: box, value: () => (box.value === "" ? undefined : Number(box.value)) }; }
  if (schema.type === "object" && schema.properties) { const own = object(schema, defs, at); return { ...own, group: true }; }
  if (schema.type === "array" && schema.items) return list(resolved(schema.items, defs), defs, at, id, required);
  if (schema.type === "string") return text(schema, at, id, required);
  const box = h("textarea", { id, class: "mono", placeholder: "JSON", spellcheck: "false" });
  return { element: box, value: () => (box.value.trim() ? parsed(box.value, at) : undefined) };
}

function parsed(text, at) {
  try { return JSON.parse(text); } catch (error) { throw Object.assign(new Error("This is not JSON."), { faults: [{ pointer: at, detail: `This is not JSON: ${error.message}` }] }); }
}

function choice(schema, id, required) {
  const values = schema.enum ?? [schema.const], box = h("select", { id }, !required && schema.default === undefined ? h("option", { value: "" }, "–") : null, values.map((value) => h("option", { value: JSON.stringify(value), selected: value === schema.default }, value === "" ? "–" : words(value))));
  return { element: box, value: () => (box.value === "" || (schema.default !== undefined && box.value === JSON.stringify(schema.default)) ? undefined : JSON.parse(box.value)) };
}

function text(schema, at, id, required) {
  const address = /url$/.test(at), long = !address && ((schema.maxLength ?? 0) > 1000 || /\/(\w*text|facts)$/.test(at)), type = address ? "url" : schema.format === "date" ? "date" : "text";
  const box = long ? h("textarea", { id, required }) : h("input", { id, type, required, maxlength: schema.maxLength, placeholder: schema.default || schema.examples?.[0] || null, autocomplete: "off" });
  return { element: box, value: () => (box.value === "" ? undefined : box.value) };
}

function list(items, defs, at, id, required) {
  if (items.type === "string" && !items.enum) { const box = h("textarea", { id, placeholder: "One a line", required }); return { element: box, value: () => { const lines = box.value.split("\n").map((line) => line.trim()).filter(Boolean); return lines.length ? lines : undefined; } }; }
  const rows = [], box = h("div", { class: "made" });
  const add = () => {
    const part = field(String(rows.length + 1), items, defs, `${at}/${rows.length}`, true), remove = button("Remove", () => { rows.splice(rows.indexOf(row), 1); row.element.remove(); }, "quiet"), row = { part, element: h("div", {}, part.element, remove) };
    rows.push(row);
    box.append(row.element);
  };
  if (required) add();
  return { group: true, element: h("div", { class: "made" }, box, h("div", {}, button("Add one", add))), value: () => { const found = rows.map((row) => row.part.value()).filter((value) => value !== undefined); return found.length ? found : undefined; }, fault: (fault) => rows.some((row) => row.part.fault(fault)), clear: () => rows.forEach((row) => row.part.clear()) };
}
