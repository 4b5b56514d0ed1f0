// The API, as the page asks it: always its own origin, with the key where one is asked for.
import { button, dialog, h } from "./dom.js";

export const AWAY = "Headrace does not answer: is it running?";
let asking = null;
const key = () => sessionStorage.getItem("headrace-key");
const headers = (more) => ({ accept: "application/json", ...(key() ? { authorization: `Bearer ${key()}` } : {}), ...more });

export async function ask(path, options = {}) {
  const { body, headers: more, ...rest } = options;
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: headers({ "content-type": "application/json", ...more }) };
  let answer;
  try {
    answer = await fetch(path, { headers: headers(more), ...sent, ...rest });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(AWAY);
  }
  if (answer.status === 401) { await askKey(); return ask(path, options); }
  const value = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : await answer.text();
  if (!answer.ok) throw Object.assign(new Error(value.detail ?? `${answer.status} ${answer.statusText}`), { status: answer.status, faults: value.errors ?? [], code: value.code });
  return value;
}

// A job's events until `signal` says stop: EventSource cannot send a key. Takes up where it was cut off.
export async function follow(path, heard, signal) {
  let last = "", wait = 2000;
  while (!signal.aborted) {
    try {
      const answer = await fetch(path, { headers: headers({ accept: "text/event-stream", ...(last ? { "last-event-id": last } : {}) }), signal });
      if (answer.status === 401) { await askKey(); continue; }
      if (answer.status === 429 || answer.status === 503) throw new Error("Headrace has too much to do just now.");
      if (!answer.ok) return;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let held = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        held += part.value;
        const events = held.split("\n\n");
        held = events.pop();
        for (const event of events) {
          const fields = Object.fromEntries(event.split("\n").filter((line) => !line.startsWith(":")).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
          if (fields.retry) wait = Number(fields.retry);
          if (fields.id) last = fields.id;
          if (fields.event) heard(fields.event, JSON.parse(fields.data));
          if (fields.event === "done") return;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      heard("away", error);
    }
    await new Promise((done) => setTimeout(done, wait));
  }
}

function askKey() {
  asking ??= new Promise((done) => {
    const field = h("input", { type: "password", id: "key", autocomplete: "current-password", required: true });
    const use = () => { if (!field.value) return; sessionStorage.setItem("headrace-key", field.value.trim()); made.close(); };
    const form = h("form", { class: "made", onsubmit: (event) => { event.preventDefault(); use(); } }, h("div", { class: "field" }, h("label", { for: "key" }, "API key"), field, h("p", { class: "small dim" }, "Kept until this tab is closed.")), h("div", {}, button("Use it", use, "primary")));
    const made = dialog("This deployment asks for a key", form);
    made.addEventListener("close", () => { asking = null; done(); });
    field.focus();
  });
  return asking;
}

let known = null;
export const pipelines = () => (known ??= ask("/api/v1/pipelines").then((found) => found.items).catch((error) => { known = null; throw error; }));
