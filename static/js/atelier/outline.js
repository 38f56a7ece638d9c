// The outline as a tree: walked with the arrows, opened branch by branch, its current objective shown in the panel.
// Without this script it is a nested list of links, and its gestures are plain forms.
"use strict";

const atelier = (() => {
  const base = location.pathname;
  const desk = document.getElementById("desk");
  const outline = () => document.getElementById("outline");
  const tree = () => document.getElementById("tree");
  const entryOf = (node) => node.closest?.("li.entry") ?? null;
  const byKey = (key) => (key ? document.getElementById(`o-${key}`) : null);
  const entries = () => [...tree().querySelectorAll("li.entry")].filter((one) => !one.parentElement.closest("[hidden]"));
  const current = () => tree().querySelector("li.entry[aria-current]");
  const parentOf = (entry) => entryOf(entry.parentElement);
  const groupOf = (entry) => entry.querySelector(":scope > ul");

  // What the server is told of the screen, so that its answer shows the same branches.
  const sight = () => ({
    objectif: current()?.dataset.key ?? "",
    ouverts: [...tree().querySelectorAll("li.entry[data-open='1']")].map((one) => one.dataset.key).join(" "),
  });

  function say(text, refused = false) {
    const place = document.getElementById("said");
    place.textContent = text;
    place.classList.toggle("told--refused", refused);
  }

  // ARIA's tree: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
  function dress(root) {
    tree().setAttribute("role", "tree");
    if (document.getElementById("bulk")) tree().setAttribute("aria-multiselectable", "true");
    for (const list of root.querySelectorAll("ul.outline__group")) list.setAttribute("role", "group");
    for (const entry of root.querySelectorAll("li.entry")) {
      const { key, depth, rank, size, open } = entry.dataset;
      entry.setAttribute("role", "treeitem");
      entry.setAttribute("aria-level", Number(depth) + 1);
      entry.setAttribute("aria-posinset", Number(rank) + 1);
      entry.setAttribute("aria-setsize", size);
      entry.setAttribute("aria-labelledby", `t-${key} f-${key}`);
      if (open) entry.setAttribute("aria-expanded", open === "1");
      entry.tabIndex = -1;
      for (const part of entry.querySelectorAll(":scope > .entry__line :is(a, input)")) part.tabIndex = -1;
    }
    const first = current() ?? entries()[0];
    if (first) first.tabIndex = 0;
    document.dispatchEvent(new CustomEvent("outline-dressed", { detail: { root } }));
  }

  // A piece of the page; resolves to nothing where nobody answers, which is said.
  const ask = (address, place) => htmx.ajax("GET", address, place).catch(() => say("Hors ligne\u00a0: ce que vous demandez n’a pas pu venir.", true));

  let waiting;
  let outdated = false; // what the panel shows has changed since
  const shownKey = () => document.getElementById("panel").dataset.key;
  function showPanel(key, { delay = 250, anew = false } = {}) {
    clearTimeout(waiting);
    outdated ||= anew;
    waiting = setTimeout(async () => {
      if (shownKey() === key && !outdated) return;
      outdated = false;
      await ask(`${base}objectifs/${key}/`, { source: "#bench", target: "#panel", swap: "outerHTML" });
    }, delay);
  }

  function choose(entry, { focus = true } = {}) {
    for (const one of tree().querySelectorAll("li.entry[tabindex='0']")) one.tabIndex = -1;
    current()?.removeAttribute("aria-current");
    entry.setAttribute("aria-current", "true");
    entry.tabIndex = 0;
    for (const form of document.querySelectorAll("#gestures")) {
      form.elements.objectif.value = entry.dataset.key;
      form.elements.revision.value = entry.dataset.revision;
    }
    for (const link of document.querySelectorAll("#gestures [data-follow]")) link.search = `?${link.dataset.follow}=${entry.dataset.key}`;
    if (focus) {
      entry.focus({ preventScroll: true });
      entry.querySelector(".entry__line").scrollIntoView({ block: "nearest" });
    }
    history.replaceState(null, "", `${base}?objectif=${entry.dataset.key}`);
    showPanel(entry.dataset.key);
  }

  function fold(entry, open) {
    entry.dataset.open = open ? "1" : "0";
    entry.setAttribute("aria-expanded", open);
    if (groupOf(entry)) groupOf(entry).hidden = !open;
  }

  async function unfold(entry) {
    if (!("open" in entry.dataset) || entry.dataset.open === "1") return;
    if (!groupOf(entry)) {
      const place = { source: entry, target: entry, swap: "beforeend" };
      await ask(`${base}branches/${entry.dataset.key}/`, place);
      if (!groupOf(entry)) return;
      dress(entry);
    }
    fold(entry, true);
  }

  function refold(entry) {
    if (entry.contains(current()) && current() !== entry) choose(entry);
    fold(entry, false);
  }

  // The whole outline anew, open as it is: after the panel, or someone else, has changed something.
  async function refresh(values = {}) {
    const asked = { ...sight(), ...values };
    await ask(base, { source: desk, target: "#outline", swap: "outerHTML", values: asked });
    return current();
  }

  async function go(key) {
    const entry = byKey(key);
    if (entry && !entry.parentElement.closest("[hidden]")) choose(entry);
    else if (await refresh({ objectif: key })) choose(current());
  }

  function walk(entry, key) {
    const seen = entries();
    const at = seen.indexOf(entry);
    if (key === "ArrowDown") return seen[at + 1];
    if (key === "ArrowUp") return seen[at - 1];
    if (key === "Home") return seen[0];
    if (key === "End") return seen.at(-1);
    if (key === "ArrowLeft") return entry.dataset.open === "1" ? refold(entry) : parentOf(entry);
    if (key === "ArrowRight") return entry.dataset.open === "1" ? seen[at + 1] : void unfold(entry);
    return undefined;
  }

  function onKey(event) {
    const entry = event.target;
    if (!entry.matches?.("li.entry") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const next = walk(entry, event.key);
    if (next) choose(next);
  }

  function onClick(event) {
    const help = event.target.closest("[data-help]");
    const jump = event.target.closest("[data-go]");
    const entry = event.target.closest("#tree") && entryOf(event.target);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (help) document.getElementById("help").showModal();
    else if (jump) go(jump.dataset.go);
    else if (event.target.closest("[data-fold-all]")) for (const one of tree().querySelectorAll("[data-open='1']")) refold(one);
    else if (entry && event.target.closest(".entry__fold")) {
      if (entry.dataset.open === "1") refold(entry);
      else unfold(entry);
    } else if (entry && !event.target.closest("input, textarea, form")) choose(entry);
    else return;
    event.preventDefault();
  }

  // A key that is a sign of its own is a shortcut only while the outline has the focus.
  function onSign(event) {
    if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") document.getElementById("seek").focus();
    else if (event.key === "?") document.getElementById("help").showModal();
    else return;
    event.preventDefault();
  }

  desk.addEventListener("keydown", onKey);
  desk.addEventListener("keydown", onSign);
  desk.addEventListener("click", onClick);
  document.documentElement.classList.add("scripted");
  dress(outline());
  if (current()) {
    current().focus();
    showPanel(current().dataset.key, { delay: 0 });
  }
  return { base, desk, outline, tree, entryOf, byKey, entries, current, parentOf, groupOf, sight, say, dress, choose, unfold, refresh, ask, shownKey, showPanel };
})();
