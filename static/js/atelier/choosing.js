// Several objectives at once, and lines carried with the mouse to a place that shows.
"use strict";

(() => {
  const { desk, tree, entryOf, entries, current, choose, unfold, byKey, send, place, say, confirmDeletion } = atelier;

  // -- Choosing several -----------------------------------------------------------------------------------------------
  const chosen = new Set();
  const boxOf = (entry) => entry.querySelector(":scope > .entry__line > .entry__choice");

  function show() {
    for (const key of chosen) if (!byKey(key)) chosen.delete(key);
    for (const entry of tree().querySelectorAll("li.entry")) {
      const is = chosen.has(entry.dataset.key);
      entry.setAttribute("aria-selected", is);
      if (boxOf(entry)) boxOf(entry).checked = is;
    }
    const bulk = document.getElementById("bulk");
    if (!bulk) return;
    document.getElementById("outline").classList.toggle("outline--choosing", chosen.size > 0);
    bulk.querySelector(".bulk__tally").textContent =
      chosen.size < 2 ? `${chosen.size} objectif choisi` : `${chosen.size} objectifs choisis`;
  }

  function mark(entry, is = !chosen.has(entry.dataset.key)) {
    if (is) chosen.add(entry.dataset.key);
    else chosen.delete(entry.dataset.key);
    show();
  }

  function markTo(entry) {
    const seen = entries();
    const ends = [seen.indexOf(current() ?? entry), seen.indexOf(entry)].sort((one, other) => one - other);
    for (const one of seen.slice(ends[0], ends[1] + 1)) chosen.add(one.dataset.key);
    show();
  }

  desk.addEventListener("keydown", (event) => {
    const entry = event.target;
    if (!entry.matches?.("li.entry") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " ") mark(entry);
    else if (event.shiftKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const seen = entries();
      const next = seen[seen.indexOf(entry) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      mark(entry, true);
      mark(next, true);
      choose(next);
    } else if (event.key === "Escape" && chosen.size) {
      chosen.clear();
      show();
    } else return;
    event.preventDefault();
  });

  desk.addEventListener("click", (event) => {
    const entry = event.target.closest("#tree") && entryOf(event.target);
    if (event.target.closest("[data-unchoose]")) {
      event.preventDefault();
      chosen.clear();
      show();
    } else if (event.target.closest("[data-several]")) {
      event.preventDefault();
      document.getElementById("outline").classList.add("outline--choosing");
    } else if (entry && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      mark(entry);
    } else if (entry && event.shiftKey) {
      event.preventDefault();
      markTo(entry);
    }
  });
  // What « Plus » unfolds folds again once the focus, or Escape, leaves it.
  desk.addEventListener("focusout", (event) => {
    const more = event.target.closest(".toolbar__more");
    if (more && event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false;
  });
  desk.addEventListener("keydown", (event) => {
    const more = event.target.closest(".toolbar__more[open]");
    if (event.key !== "Escape" || !more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  desk.addEventListener("change", (event) => {
    if (event.target.matches(".entry__choice")) mark(entryOf(event.target), event.target.checked);
  });

  // The form of several, sent like any other gesture.
  desk.addEventListener("submit", (event) => {
    if (event.target.id !== "bulk") return;
    event.preventDefault();
    const data = new FormData(event.target, event.submitter);
    const picked = data.getAll("choisis");
    if (!picked.length) say("Choisissez d’abord un ou plusieurs objectifs.", true);
    else if (event.submitter.dataset.bulk === "supprimer") confirmDeletion(picked);
    else {
      data.delete("choisis");
      data.delete("csrfmiddlewaretoken");
      const values = Object.fromEntries(data);
      send(event.submitter.dataset.bulk, () => ({ ...values, choisis: withRevisions() })).then((done) => {
        if (done) document.getElementById("bulk").reset();
        show();
      });
    }
  });
  const withRevisions = () => [...chosen].map(byKey).filter(Boolean).map((one) => `${one.dataset.key}:${one.dataset.revision}`);

  // -- Carrying with the mouse ----------------------------------------------------------------------------------------
  let carried = null;
  let waiting;
  let over = null;
  const PLACES = ["drop-before", "drop-inside", "drop-after"];

  function clear() {
    clearTimeout(waiting);
    for (const line of tree().querySelectorAll(PLACES.map((one) => `.${one}`).join())) line.classList.remove(...PLACES);
    over = null;
  }

  function placeOn(line, event) {
    const { top, height } = line.getBoundingClientRect();
    const at = (event.clientY - top) / height;
    return at < 0.3 ? "before" : at > 0.7 ? "after" : "inside";
  }

  desk.addEventListener("dragstart", (event) => {
    carried = event.target.closest?.(".entry__line") ? entryOf(event.target) : null;
    if (!carried) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.querySelector(".entry__words").textContent.trim());
    carried.classList.add("is-carried");
  });
  desk.addEventListener("dragover", (event) => {
    const line = event.target.closest?.(".entry__line");
    const entry = line && entryOf(line);
    if (!carried || !entry || carried.contains(entry)) return clear();
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    const where = placeOn(line, event);
    if (over?.line === line && over.where === where) return undefined;
    clear();
    over = { line, where };
    line.classList.add(`drop-${where}`);
    if (where === "inside") waiting = setTimeout(() => unfold(entry), 700);
    return undefined;
  });
  desk.addEventListener("drop", (event) => {
    if (!carried || !over) return;
    event.preventDefault();
    const target = entryOf(over.line);
    const { where } = over;
    clear();
    if (chosen.size > 1 && chosen.has(carried.dataset.key)) {
      const values = { target: target.dataset.key, place: where };
      send("lot/deplacer", () => ({ ...values, choisis: withRevisions() })).then(show);
    } else place(carried, target, where);
  });
  desk.addEventListener("dragend", () => {
    carried?.classList.remove("is-carried");
    carried = null;
    clear();
  });

  function dressed(root) {
    for (const line of root.querySelectorAll(".entry__line")) line.draggable = true;
    for (const words of root.querySelectorAll(".entry__words")) words.draggable = false;
    show();
  }
  document.addEventListener("outline-dressed", (event) => dressed(event.detail.root));
  dressed(tree());

  atelier.chosen = () => (chosen.size ? withRevisions() : null);
})();
