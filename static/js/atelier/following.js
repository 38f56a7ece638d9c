// What changes elsewhere shows in the outline, and what the outline changes in the panel beside it.
"use strict";

(() => {
  const { base, desk, outline, tree, byKey, current, dress, choose, refresh, shownKey, showPanel } = atelier;

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
    if (event.detail.xhr.status === 404 && event.detail.pathInfo.requestPath.includes("/objectifs/")) event.detail.isError = false;
  });
  // What the panel has saved shows in the outline; what the outline has done to that objective shows in the panel.
  document.body.addEventListener("draft-changed", (event) => {
    const key = shownKey();
    if (!desk.contains(event.target)) refresh();
    else if (event.detail.keys?.includes(key)) showPanel(key, { anew: true });
  });

  // Whoever stays at a text that is not saved is at its objective; with the network comes the one that was asked for.
  document.addEventListener("panel-stays", () => { if (byKey(shownKey())) choose(byKey(shownKey()), { focus: false }); });
  window.addEventListener("online", () => { if (current() && current().dataset.key !== shownKey()) showPanel(current().dataset.key); });

  checkLater();
})();
