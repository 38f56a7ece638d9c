// Waits for a file that is being made and says how far it is, then opens it; without this script the page asks again.
"use strict";

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || answer.status !== 202) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-waiting]");
  const shown = document.querySelector("[data-waiting]");
  for (const name of ["p", "progress"]) {
    const fresh = now.querySelector(name);
    if (fresh.outerHTML !== shown.querySelector(name).outerHTML) shown.querySelector(name).replaceWith(fresh);
  }
  setTimeout(look, 2000);
}

setTimeout(look, 1500);
