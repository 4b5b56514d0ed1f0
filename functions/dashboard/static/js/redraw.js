// New children in the place of old ones, while somebody reads them: the focus and what is being typed, marked text, inner scrolling and what was
// opened stay. What `data-key` names and is still the same stays as it is, with what was filled in.
const FOCUSABLE = "button:not([disabled]), a[href], input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']", SCROLLED = ".wide, pre, textarea, .scrolls";

export function swap(into, ...children) {
  const held = into.contains(document.activeElement) ? document.activeElement : null, marked = selection(into), scrolled = [...into.querySelectorAll(SCROLLED)].map((one) => [one.scrollLeft, one.scrollTop]);
  const mark = (one) => [one.tagName, one.closest("[data-key]")?.dataset.key, one.getAttribute("href"), one.getAttribute("aria-label") ?? one.textContent].join("\n"), like = (one) => [...into.querySelectorAll(one.tagName)].filter((other) => mark(other) === mark(one));
  const at = held ? like(held).indexOf(held) : -1, place = held ? focusable(into).indexOf(held) : -1, opened = numbered(into, mark).filter(([one]) => one.parentElement.open).map(([, name]) => name);
  const kept = new Map([...into.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one])), made = document.createDocumentFragment();
  made.append(...children);
  const typed = held?.matches("input, textarea") ? { value: held.value, checked: held.checked, from: selectable(held) ? held.selectionStart : null, to: selectable(held) ? held.selectionEnd : null } : null;
  for (const one of made.querySelectorAll("[data-key]")) { const before = kept.get(one.dataset.key); if (before && same(before, one)) { retime(before, one); one.replaceWith(before); } }
  into.replaceChildren(made);
  for (const [summary, name] of numbered(into, mark)) if (opened.includes(name)) summary.parentElement.open = true;
  [...into.querySelectorAll(SCROLLED)].forEach((one, number) => { if (scrolled[number]) [one.scrollLeft, one.scrollTop] = scrolled[number]; });
  if (held) focus(held, held.isConnected ? held : like(held)[at], typed, into, place);
  if (marked) mark_again(into, marked);
}

// How long ago something was, what was opened, and what its opening brought in, make no difference.
function same(one, other) {
  const plain = (node) => { const copy = node.cloneNode(true); copy.querySelectorAll("time, .later").forEach((part) => part.replaceChildren()); copy.querySelectorAll("details").forEach((box) => { box.open = false; }); return copy; };
  return plain(one).isEqualNode(plain(other));
}

function retime(before, now) {
  const times = now.querySelectorAll("time");
  before.querySelectorAll("time").forEach((one, at) => { if (times[at]?.dateTime === one.dateTime) one.textContent = times[at].textContent; });
}

// Each summary with its mark, those of one mark told apart by their number.
function numbered(into, mark) {
  const counts = new Map();
  return [...into.querySelectorAll("details > summary")].map((one) => { const name = mark(one), at = counts.get(name) ?? 0; counts.set(name, at + 1); return [one, `${name}\n${at}`]; });
}

const focusable = (into) => [...into.querySelectorAll(FOCUSABLE)];
const selectable = (field) => field.tagName === "TEXTAREA" || ["text", "search", "url", "tel", "password"].includes(field.type);

// The same again; where it is gone, what stands in its place now.
function focus(held, found, typed, into, place) {
  const all = focusable(into), next = found ?? all[Math.min(Math.max(place, 0), all.length - 1)];
  if (!next) { const box = into.closest("main") ?? into, title = box.querySelector("h1, h2"); title?.setAttribute("tabindex", "-1"); title?.focus({ preventScroll: true }); return; }
  if (next === document.activeElement) return;
  next.focus({ preventScroll: true });
  if (!found || found === held || !typed) return;
  if (found.value !== typed.value) found.value = typed.value;
  if (found.checked !== typed.checked) found.checked = typed.checked;
  if (typed.from !== null) found.setSelectionRange(typed.from, typed.to);
}

// Marked text as its place among all characters below `into`.
function selection(into) {
  const marked = getSelection();
  if (!marked || marked.isCollapsed || !into.contains(marked.anchorNode) || !into.contains(marked.focusNode)) return null;
  const range = marked.getRangeAt(0), before = range.cloneRange();
  before.selectNodeContents(into);
  before.setEnd(range.startContainer, range.startOffset);
  return { from: before.toString().length, text: range.toString() };
}

function mark_again(into, { from, text }) {
  if (getSelection().toString() || into.textContent.slice(from, from + text.length) !== text) return;
  const walk = document.createTreeWalker(into, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let passed = 0, begun = false, node = walk.nextNode(); node; passed += node.length, node = walk.nextNode()) {
    if (!begun && from < passed + node.length) { range.setStart(node, from - passed); begun = true; }
    if (begun && from + text.length <= passed + node.length) { range.setEnd(node, from + text.length - passed); break; }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
