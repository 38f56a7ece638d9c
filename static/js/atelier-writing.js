// Writing in the outline: titles typed in place, and every gesture sent one after the other, in the order it was made.
"use strict";

(() => {
  const { desk, outline, tree, entryOf, byKey, entries, current, parentOf, groupOf, sight, say, choose, unfold } = atelier;
  const address = (gesture) => `${atelier.base}${gesture}/`;
  const token = () => document.querySelector("#gestures [name=csrfmiddlewaretoken]").value;

  // -- Titles being typed -------------------------------------------------------------------------------------------
  // A writing is a title under the caret. `key`: the objective that has it, null until it is saved. One that is new
  // knows its place: `after` or `inside` an anchor, which is a key, or another writing that is being saved.
  const writings = new Set();
  let moving = false;

  const anchorOf = (writing) => {
    let { anchor, place } = writing;
    while (anchor instanceof Object && !anchor.key) ({ anchor, place } = anchor);
    return { objectif: anchor instanceof Object ? anchor.key : anchor, place };
  };

  function make(values) {
    const box = document.getElementById("writing").content.firstElementChild.cloneNode(true);
    const writing = { key: null, anchor: "", place: "after", saving: false, box, field: box.querySelector("textarea"), ...values };
    writing.field.value = writing.was = values.title ?? "";
    writing.field.addEventListener("keydown", (event) => onWritingKey(event, writing));
    writing.field.addEventListener("blur", () => { if (!moving && !writing.refused) finish(writing); });
    writing.field.addEventListener("input", () => { writing.refused = ""; tell(writing); });
    writings.add(writing);
    put(writing);
    writing.field.focus();
    writing.field.setSelectionRange(writing.field.value.length, writing.field.value.length);
    return writing;
  }

  // Puts a writing where it belongs in the outline as it now stands.
  function put(writing) {
    const own = byKey(writing.renames);
    if (own) {
      own.querySelector(".entry__words").hidden = true;
      own.querySelector(".entry__words").after(writing.box);
      return;
    }
    const item = writing.item ?? document.createElement("li");
    writing.item = item;
    item.className = "entry-new";
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-label", "Nouvel objectif");
    item.append(writing.box);
    const { anchor, place } = writing;
    const beside = anchor instanceof Object && !anchor.key ? anchor.item : byKey(anchorOf(writing).objectif);
    item.dataset.depth = beside ? Number(beside.dataset.depth) + (place === "inside") : 0;
    if (!beside) tree().append(item);
    else if (place === "inside") groupFor(beside).append(item);
    else beside.after(item);
  }

  function groupFor(entry) {
    if (!groupOf(entry)) {
      const group = document.createElement("ul");
      group.className = "outline__group";
      group.setAttribute("role", "group");
      entry.append(group);
    }
    groupOf(entry).hidden = false;
    return groupOf(entry);
  }

  function drop(writing) {
    writings.delete(writing);
    moving = true;
    if (writing.item) writing.item.remove();
    else {
      writing.box.closest(".entry")?.querySelector(".entry__words")?.removeAttribute("hidden");
      writing.box.remove();
    }
    moving = false;
  }

  function tell(writing) {
    const place = writing.box.querySelector(".writing__refused");
    place.textContent = writing.refused ?? "";
    place.hidden = !writing.refused;
    writing.field.setAttribute("aria-invalid", Boolean(writing.refused));
  }

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
    const own = () => ({ objectif: writing.renames, revision: byKey(writing.renames)?.dataset.revision });
    const values = () => ({ title, ...(writing.renames ? own() : anchorOf(writing)) });
    await send(writing.renames ? "renommer" : "ajouter", values, writing);
    return writing.key;
  }

  function addAfter(anchor, place = "after") {
    if (writings.size && ![...writings].every((one) => one.saving)) return;
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

  function onWritingKey(event, writing) {
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
    if (writings.has(writing)) return;
    const entry = byKey(key ?? back) ?? entries()[0];
    if (entry) choose(entry);
  }

  // -- Gestures, one at a time --------------------------------------------------------------------------------------
  let last = Promise.resolve();
  let answered;
  let posting = false;
  let held = null;

  // Resolves to whether it was done. `writing`: the title that it saves, which stays in its field when it is refused.
  function send(gesture, values, writing = null) {
    const job = last.then(() => post(gesture, values(), writing));
    last = job;
    return job;
  }

  async function post(gesture, values, writing) {
    const wasHere = tree().contains(document.activeElement) || document.activeElement === document.body;
    const was = current()?.dataset.key;
    const sent = { ...sight(), ...values, csrfmiddlewaretoken: token() };
    const place = { source: desk, target: "#outline", swap: "outerHTML", values: sent };
    answered = held = null;
    posting = true;
    await htmx.ajax("POST", address(gesture), place).catch(() => null);
    posting = false;
    const done = answered === "swapped" && !("refused" in outline().dataset);
    const said = answered === "swapped" ? outline().dataset.said : (answered ?? OFFLINE);
    say(said, !done);
    if (writing) {
      writing.saving = writing.field.readOnly = false;
      writing.refused = done ? "" : said;
      tell(writing);
      if (done) {
        writing.key = outline().dataset.current;
        drop(writing);
      }
    }
    const now = held?.current;
    restore();
    // Someone who went on to another line while this was under way stays there.
    if (now && now !== was && byKey(now)) choose(byKey(now), { focus: false });
    if (writing && !done && writings.size === 1) writing.field.focus();
    else if (!writings.size && wasHere && current()) choose(current());
    return done;
  }

  // While the outline is put anew, titles under the caret are taken out of it, then put back with caret and words.
  desk.addEventListener("outline-leaves", () => {
    const field = document.activeElement?.matches(".writing__title") ? document.activeElement : null;
    held = { field, caret: field && [field.selectionStart, field.selectionEnd], current: current()?.dataset.key };
    moving = true;
  });
  desk.addEventListener("outline-comes", () => { if (!posting) restore(); });

  function restore() {
    if (!held) return;
    moving = true;
    for (const one of writings) put(one);
    if (held.field?.isConnected) {
      held.field.focus({ preventScroll: true });
      held.field.setSelectionRange(...held.caret);
      held.field.scrollIntoView({ block: "nearest" });
    }
    held = null;
    moving = false;
  }

  const OFFLINE = "Hors ligne : rien n’a été enregistré. Ce que vous avez tapé est toujours là ; réessayez.";
  const REFUSED = {
    403: "Vous n’avez plus le droit de modifier ce contrat. Ce que vous avez tapé est toujours là.",
    404: "Ce contrat n’est plus à cette adresse.",
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id !== "outline") return;
    event.detail.isError = false; // told in the page, by what follows
    if (xhr.responseText.includes('id="outline"')) {
      event.detail.shouldSwap = true;
      answered = "swapped";
    } else {
      event.detail.shouldSwap = false;
      answered = REFUSED[xhr.status] ?? (xhr.status < 400 ? "Votre session est close : reconnectez-vous dans un autre onglet, puis réessayez." : "Le serveur n’a pas pu répondre : rien n’a été enregistré. Réessayez.");
    }
  });

  const revised = (entry) => ({ objectif: entry.dataset.key, revision: entry.dataset.revision });

  function step(entry, direction) {
    if (!entry) return null;
    const { key } = entry.dataset;
    return send("deplacer", () => ({ ...revised(byKey(key)), direction }));
  }

  function place(entry, target, where) {
    const [key, other] = [entry.dataset.key, target.dataset.key];
    return send("deplacer", () => ({ ...revised(byKey(key)), target: other, place: where }));
  }

  // -- Confirming ---------------------------------------------------------------------------------------------------
  async function confirmDeletion(chosen) {
    const dialog = document.getElementById("confirm");
    const query = new URLSearchParams(chosen.map((one) => ["choisis", one]));
    await htmx.ajax("GET", `${address("supprimer")}?${query}`, { source: dialog, target: dialog, swap: "innerHTML" });
    if (!dialog.querySelector("form")) return;
    dialog.returnValue = "";
    dialog.showModal();
  }

  document.getElementById("confirm").addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    event.preventDefault();
    const data = new FormData(form);
    document.getElementById("confirm").close();
    send("supprimer", () => ({ choisis: data.getAll("choisis"), with_all: data.get("with_all") }));
  });

  // -- Keys and buttons ---------------------------------------------------------------------------------------------
  // Tab belongs to the outline only once a person has acted in it, and until Escape: passing through changes nothing.
  let engaged = false;
  const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

  function onKey(event) {
    const entry = event.target;
    const typing = event.target.closest?.("input, textarea, select, dialog");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !typing) {
      const key = event.key.toLowerCase();
      const gesture = key === "y" || (key === "z" && event.shiftKey) ? "retablir" : key === "z" ? "annuler" : null;
      if (gesture) {
        event.preventDefault();
        send(gesture, () => ({}));
      }
      return;
    }
    if (!entry.matches?.("li.entry")) return;
    if (event.key === "Tab" && engaged) step(entry, event.shiftKey ? "out" : "in");
    else if (event.key === "Tab" || event.key === "Shift") return;
    else if (event.altKey && event.key in STEPS) step(entry, STEPS[event.key]);
    else if (event.altKey) return;
    else if (event.key === "Escape") {
      engaged = false;
      say("Tab quitte maintenant la liste.");
      return;
    } else if (event.key === "Enter") addAfter(entry.dataset.key);
    else if (event.key === "F2") rename(entry);
    else if (event.key === "Delete") confirmDeletion(atelier.chosen?.() ?? [`${entry.dataset.key}:${entry.dataset.revision}`]);
    else {
      engaged = true;
      return;
    }
    engaged = true;
    event.preventDefault();
  }

  function press(button) {
    const entry = current();
    const { gesture } = button.dataset;
    if (gesture === "after") addAfter(entry?.dataset.key ?? "");
    else if (gesture === "undo") send("annuler", () => ({}));
    else if (gesture === "redo") send("retablir", () => ({}));
    else if (!entry) say("Choisissez d’abord un objectif dans la liste.", true);
    else if (gesture === "inside") addInside(entry);
    else if (gesture === "rename") rename(entry);
    else if (gesture === "move") step(entry, button.value);
    else if (gesture === "fit") send("adapter", () => revised(byKey(entry.dataset.key)));
    else if (gesture === "delete") confirmDeletion([`${entry.dataset.key}:${entry.dataset.revision}`]);
  }

  desk.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => { if (!desk.contains(event.target)) engaged = false; });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-gesture]");
    if (event.target.closest("#tree")) engaged = true;
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    press(button);
  });
  desk.addEventListener("dblclick", (event) => {
    const entry = event.target.closest(".entry__words") && entryOf(event.target);
    if (entry) rename(entry);
  });
  addEventListener("beforeunload", (event) => {
    if ([...writings].some((one) => one.field.value.trim() !== one.was.trim())) event.preventDefault();
  });

  Object.assign(atelier, { send, place, revised, confirmDeletion });
})();
