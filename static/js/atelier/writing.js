// Titles are saved when they are left, and stay in their fields for as long as they are not.
"use strict";

(() => {
  const { desk, outline, byKey, entries, parentOf, groupOf, choose, unfold, send, step } = atelier;
  const { writings, anchorOf, make, drop, tell, restore } = atelier;

  const BACKOFF = [2, 5, 10, 20, 30]; // seconds, when nobody answers
  let waiting, failures = 0;

  // Saves what was typed; an empty new line is dropped. Resolves to the objective's key, or null.
  async function finish(writing) {
    const title = writing.field.value.trim();
    if (writing.saving || !writings.has(writing)) return null;
    if (writing.renames ? title === writing.was.trim() : !title) {
      drop(writing);
      return writing.renames ?? null;
    }
    writing.saving = true;
    writing.field.readOnly = true;
    const again = writing.lost ? { again: "1" } : {};
    const own = () => ({ objectif: writing.renames, revision: byKey(writing.renames)?.dataset.revision });
    const isList = !writing.renames && title.includes("\n"); // as many objectives
    const typed = { [isList ? "text" : "title"]: title };
    const values = () => ({ ...typed, ...again, ...(writing.renames ? own() : anchorOf(writing)) });
    await send(isList ? "coller" : writing.renames ? "renommer" : "ajouter", values, (outcome) => settle(writing, outcome));
    return writing.key;
  }

  function settle(writing, { done, said, lost }) {
    writing.saving = writing.field.readOnly = false;
    writing.lost = lost;
    writing.refused = done ? "" : lost ? "pas encore enregistré, sera renvoyé" : said;
    tell(writing);
    if (lost) return later();
    failures = 0;
    if (done) {
      writing.key = outline().dataset.current;
      drop(writing);
    } else if (writings.size === 1) desk.addEventListener("outline-settled", () => writing.field.focus(), { once: true });
    return undefined;
  }

  // What nobody answered for is sent again, in its order: with the network, or after a while.
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(resend, BACKOFF[Math.min(failures, BACKOFF.length - 1)] * 1000);
    failures += 1;
  }

  async function resend() {
    clearTimeout(waiting);
    for (const writing of [...writings]) {
      if (!writing.lost) continue;
      if (writing.field === document.activeElement && Date.now() - writing.typedAt < 2000) return later();
      await finish(writing);
      if (writing.lost) return undefined;
    }
    return undefined;
  }

  function addAfter(anchor, place = "after") {
    if (writings.size && ![...writings].every((one) => one.saving || one.lost)) return;
    make({ anchor, place });
  }

  async function addInside(entry) {
    await unfold(entry);
    addAfter(entry.dataset.key, "inside");
  }

  function rename(entry) {
    const title = entry.querySelector(".entry__title");
    make({ renames: entry.dataset.key, title: title.matches(":not(.entry__title--none)") ? title.textContent : "" });
  }

  // Tab in a new line: below the line before it; Maj + Tab: after the one that it was below.
  async function shift(writing, out) {
    const { anchor, place } = writing;
    const beside = anchor instanceof Object && !anchor.key ? null : byKey(anchorOf(writing).objectif);
    if (anchor instanceof Object && !anchor.key) {
      await anchor.saved;
      return writings.has(writing) && anchor.key ? shift(writing, out) : undefined;
    }
    if (!beside) return undefined;
    if (!out && place === "after") {
      await unfold(beside);
      writing.place = "inside";
    } else if (!out) {
      const last = groupOf(beside)?.querySelector(":scope > li.entry:last-of-type");
      if (last) writing.anchor = last.dataset.key;
    } else if (place === "inside") writing.place = "after";
    else if (parentOf(beside)) writing.anchor = parentOf(beside).dataset.key;
    desk.dispatchEvent(new Event("outline-leaves"));
    restore();
    return undefined;
  }

  function onTitleKey(event, writing) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      const empty = !writing.field.value.trim();
      const back = writing.renames ?? anchorOf(writing).objectif;
      if (writing.renames || empty) leave(writing, back);
      else {
        writing.saved = finish(writing);
        make({ anchor: writing, place: "after" });
      }
    } else if (event.key === "Escape") {
      if (writing.renames) writing.field.value = writing.was;
      leave(writing, writing.renames ?? anchorOf(writing).objectif);
    } else if (event.key === "Tab" && !writing.renames) shift(writing, event.shiftKey);
    else if (event.key === "Tab") {
      leave(writing, writing.renames).then(() => step(byKey(writing.renames), event.shiftKey ? "out" : "in"));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Ends a writing and gives the focus back to its line.
  async function leave(writing, back) {
    const key = await finish(writing);
    if (writings.has(writing) && !writing.lost) return;
    const entry = byKey(key ?? back) ?? entries()[0];
    if (entry) choose(entry);
  }

  window.addEventListener("online", resend);
  addEventListener("beforeunload", (event) => {
    if ([...writings].some((one) => one.field.value.trim() !== one.was.trim())) event.preventDefault();
  });

  Object.assign(atelier, { finish, onTitleKey, addAfter, addInside, rename });
})();
