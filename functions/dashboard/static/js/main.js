// Which page is shown: by the address behind the #. Each page is a function of its element, its parts and a signal that ends it.
import { AWAY } from "./api.js";
import { h } from "./dom.js";

const PAGES = {
  jobs: () => import("./jobs.js"), job: () => import("./job/page.js"), new: () => import("./form/page.js"), posts: () => import("./posts.js"), calendar: () => import("./calendar.js"), queue: () => import("./queue.js"),
  limits: () => import("./limits.js"), throughput: () => import("./throughput.js"), caches: () => import("./caches.js"), schedules: () => import("./schedules.js"),
  questions: () => import("./questions.js"), answer: () => import("./answer.js"), messages: () => import("./messages.js"),
};
const WITHIN = { job: "jobs", calendar: "posts", queue: "posts" };
let ending = null;

function theme(chosen) {
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  window.dispatchEvent(new Event("themechange"));
}

// In view where the list of pages is narrower than they are; scrollIntoView would have Tab begin behind it.
function seen(link) {
  const list = link.parentElement;
  list.scrollLeft = link.offsetLeft - list.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}

// A part of the address. A slash may stand in one, escaped; what is no escape, as in a link that was cut, stands for itself.
function unescaped(part) { try { return decodeURIComponent(part); } catch { return part; } }

async function show() {
  ending?.abort();
  const mine = (ending = new AbortController());
  const [name = "jobs", ...parts] = location.hash.replace(/^#\/?/, "").split("?")[0].split("/").filter(Boolean).map(unescaped);
  // `#/jobs/ID` is what the API's paths suggest; a label has a sign of equality in it.
  const page = name === "jobs" && parts.length && !parts[0].includes("=") ? "job" : name, main = document.getElementById("main");
  for (const link of document.querySelectorAll(".bar nav a")) {
    if (link.getAttribute("href") === `#/${WITHIN[page] ?? page}`) { link.setAttribute("aria-current", "page"); seen(link); } else link.removeAttribute("aria-current");
  }
  document.body.dataset.page = page;
  const into = h("div", {});
  try {
    if (!Object.hasOwn(PAGES, page)) throw new Error(`There is no page #/${page}.`);
    const { default: draw } = await PAGES[page]().catch(() => { throw new Error(AWAY); });
    if (mine.signal.aborted) return;
    main.replaceChildren(into);
    await draw(into, parts, mine.signal);
  } catch (error) {
    if (mine.signal.aborted) return;
    main.replaceChildren(h("div", { class: "card error" }, h("h1", {}, "This could not be shown"), h("p", {}, error.message), h("p", {}, h("a", { href: "#/jobs" }, "All jobs"))));
  }
  if (!mine.signal.aborted) document.title = `${main.querySelector("h1")?.textContent ?? "Jobs"} · Headrace`;
}

theme(localStorage.getItem("headrace-theme"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme(localStorage.getItem("headrace-theme")));
document.getElementById("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("headrace-theme", next);
  theme(next);
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("main").focus(); });
addEventListener("hashchange", () => show().then(() => document.getElementById("main").focus({ preventScroll: true })));
show();
