// What comes over the panel for a moment: a list that was pasted, a line that goes elsewhere; and lists read anew.
(() => {
  "use strict";

  const { isItem, isNew, say, lineOf, typedIn, listOf, dress } = atelierPanel;

  // Several lines pasted into an empty new line are a list: it is shown before anything is added.
  document.addEventListener("paste", (event) => {
    const line = lineOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!line || !isItem(line) || !isNew(line) || typedIn(line) || text.split("\n").filter((one) => one.trim()).length < 2) return;
    event.preventDefault();
    const link = listOf(line).querySelector("[data-paste]");
    htmx.ajax("POST", link.href, { source: link, target: "#panel-dialog", values: { text } });
  });

  document.addEventListener("htmx:load", (event) => {
    const { elt } = event.detail;
    dress(elt.parentElement ?? elt);
    const dialog = document.getElementById("panel-dialog");
    if (elt.matches("[data-piece]")) {
      if (!dialog.open) dialog.showModal();
      (elt.querySelector("[aria-invalid], textarea, input:not([type=hidden])") ?? elt.querySelector("h3")).focus();
    } else if (elt.matches("[data-list]")) {
      dialog?.close();
      for (const told of elt.ownerDocument.querySelectorAll("#panel > [data-gone]")) told.remove();
      if (elt.dataset.said) say("saved", elt.dataset.said);
      elt.querySelector("[data-paste]")?.focus();
    }
  });
  document.addEventListener("close", (event) => { if (event.target.id === "panel-dialog") event.target.replaceChildren(); }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel-dialog [data-close]");
    if (!button) return;
    event.preventDefault();
    button.closest("dialog").close();
  });
})();
