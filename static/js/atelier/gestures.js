// The keys and the buttons of the outline, and the dialog that confirms a deletion.
"use strict";

(() => {
  const { desk, entryOf, current, say, ask, byKey, address, send, step, revised, addAfter, addInside, rename } = atelier;

  // -- Confirming ---------------------------------------------------------------------------------------------------
  async function confirmDeletion(chosen) {
    const dialog = document.getElementById("confirm");
    const query = new URLSearchParams(chosen.map((one) => ["choisis", one]));
    dialog.replaceChildren();
    await ask(`${address("supprimer")}?${query}`, { source: dialog, target: dialog, swap: "innerHTML" });
    if (!dialog.querySelector("form")) return;
    dialog.returnValue = "";
    dialog.showModal();
  }

  document.getElementById("confirm").addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    document.getElementById("confirm").close();
  });
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

  Object.assign(atelier, { confirmDeletion });
})();
