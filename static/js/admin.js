// Eases the forms of the atelier: rows added and moved in place, and a warning before typed words are lost.
// Everything here can be done without it: ranks are typed, one blank row is always there, forms are plain.
(() => {
  "use strict";

  const rowsOf = (list) => [...list.querySelectorAll(":scope > .row-list > .row")];

  // Ranks follow the order on the screen, rows still to be added included.
  const rank = (list) => {
    rowsOf(list).forEach((row, index) => {
      const input = row.querySelector("input[name$='-rank']");
      if (input) input.value = index + 1;
    });
  };

  const step = (list, row, direction) => {
    const rows = rowsOf(list);
    const other = rows[rows.indexOf(row) + (direction === "up" ? -1 : 1)];
    if (!other) return;
    if (direction === "up") other.before(row);
    else other.after(row);
    rank(list);
  };

  const show = (row) => row.querySelectorAll("[data-row-step]").forEach((button) => { button.hidden = false; });

  const add = (list) => {
    const total = list.querySelector("input[name$='-TOTAL_FORMS']");
    const template = list.querySelector(":scope > template").innerHTML.replaceAll("__prefix__", total.value);
    list.querySelector(".row-list").insertAdjacentHTML("beforeend", template);
    total.value = Number(total.value) + 1;
    const row = rowsOf(list).at(-1);
    show(row);
    row.querySelector("textarea, input:not([type=hidden]), select").focus();
  };

  for (const list of document.querySelectorAll("[data-rows]")) {
    rowsOf(list).forEach(show);
    const button = list.querySelector("[data-row-add]");
    if (button) button.hidden = false;
    list.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      if ("rowAdd" in pressed.dataset) add(list);
      if (pressed.dataset.rowStep) {
        step(list, pressed.closest(".row"), pressed.dataset.rowStep);
        pressed.closest("form").dispatchEvent(new Event("input"));
        pressed.focus();
      }
    });
  }

  for (const form of document.querySelectorAll("form[data-guard]")) {
    let dirty = false;
    form.addEventListener("input", () => { dirty = true; });
    form.addEventListener("submit", () => { dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  }
})();
