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

  let waiting;
  let outdated = false;
  function showPanel(key, delay = 250) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (document.getElementById("panel").dataset.key === key && !outdated) return;
      outdated = false;
      htmx.ajax("GET", `${base}objectifs/${key}/`, { source: "#bench", target: "#panel", swap: "outerHTML" });
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
    for (const link of document.querySelectorAll("#gestures [data-follow]")) link.search = `?objectif=${entry.dataset.key}`;
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
      await htmx.ajax("GET", `${base}branches/${entry.dataset.key}/`, place);
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
    await htmx.ajax("GET", base, { source: desk, target: "#outline", swap: "outerHTML", values: asked });
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

  // Searching: the answers follow the typing; the arrow goes down to them, Escape back to the outline.
  const seek = document.querySelector("[data-seek]");
  let typing;
  async function search() {
    clearTimeout(typing);
    const values = { q: seek.elements.q.value };
    await htmx.ajax("GET", seek.dataset.seek, { source: seek, target: "#found", swap: "innerHTML", values });
  }
  seek.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 250);
  });
  seek.addEventListener("submit", async (event) => {
    event.preventDefault();
    await search();
    document.querySelector("#found [data-go]")?.click();
  });
  seek.parentElement.addEventListener("keydown", (event) => {
    const links = [...document.querySelectorAll("#found a")];
    if (!event.target.closest("#found, [data-seek]")) return;
    if (event.key === "Escape") (current() ?? entries()[0])?.focus();
    else if (event.key === "ArrowDown") links[links.indexOf(event.target) + 1]?.focus();
    else if (event.key === "ArrowUp") (links[links.indexOf(event.target) - 1] ?? seek.elements.q).focus();
    else return;
    event.preventDefault();
  });

  desk.addEventListener("keydown", onKey);
  desk.addEventListener("keydown", onSign);
  desk.addEventListener("click", onClick);
  // The outline is put anew: whoever was in it is where they were. (What a gesture changes, its own answer says.)
  let wasHere = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "outline") return;
    wasHere = tree().contains(document.activeElement);
    if (event.detail.xhr.responseText.includes('id="outline"')) desk.dispatchEvent(new Event("outline-leaves"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "outline") return;
    dress(outline());
    desk.dispatchEvent(new Event("outline-comes"));
    if (wasHere && document.activeElement === document.body) current()?.focus({ preventScroll: true });
    checkLater();
  });

  // The checks of a huge contract take seconds: they are asked for once the person has paused.
  let checking;
  function checkLater() {
    clearTimeout(checking);
    if (!("unchecked" in outline().dataset)) return;
    checking = setTimeout(async () => {
      const answer = await fetch(`${base}constats/`).catch(() => null);
      if (answer?.status === 204 && "unchecked" in outline().dataset) refresh();
    }, 1500);
  }
  // The objective in the panel may just have been deleted: what it still asks of itself is no error.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 404 && event.detail.elt.closest("#panel, #bench")) event.detail.isError = false;
  });
  // What the panel has saved shows in the outline; what the outline has done to that objective shows in the panel.
  document.body.addEventListener("draft-changed", (event) => {
    const { key } = document.getElementById("panel").dataset;
    if (!desk.contains(event.target)) refresh();
    else if (event.detail.keys?.includes(key)) {
      outdated = true;
      showPanel(key);
    }
  });

  document.documentElement.classList.add("scripted");
  dress(outline());
  checkLater();
  if (current()) {
    current().focus();
    showPanel(current().dataset.key, 0);
  }
  return { base, desk, outline, tree, entryOf, byKey, entries, current, parentOf, groupOf, sight, say, dress, choose, unfold, refresh };
})();
