// Searching the outline: the answers follow the typing; the arrow goes down to them, Escape back to the outline.
"use strict";

(() => {
  const { current, entries, ask } = atelier;
  const seek = document.querySelector("[data-seek]");
  let typing;
  async function search() {
    clearTimeout(typing);
    const values = { q: seek.elements.q.value };
    await ask(seek.dataset.seek, { source: seek, target: "#found", swap: "innerHTML", values });
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
})();
