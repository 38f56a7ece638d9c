// The tree, made handier: open or close all, narrow as one types, open what an address names, print all of it.
"use strict";

const folds = () => document.querySelectorAll("#branches details");

function openTo(id) {
  const target = id && document.getElementById(id);
  for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  if (target) target.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fold]");
  if (!link) return;
  event.preventDefault();
  for (const fold of folds()) fold.open = link.dataset.fold === "open";
});

addEventListener("hashchange", () => openTo(location.hash.slice(1)));
openTo(location.hash.slice(1));

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const fold of closed) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of closed) fold.open = false;
});

// Narrowing: the same address as the form would open, of which only the tree is put in place.
const form = document.querySelector("form[data-live]");
let asked = 0;
let waiting;

async function narrow() {
  clearTimeout(waiting);
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  const address = form.getAttribute("action") + (query.size ? `?${query}` : "");
  const turn = ++asked;
  const answer = await fetch(address).catch(() => null);
  if (turn !== asked) return;
  if (!answer || !answer.ok) {
    location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return;
  document.getElementById("branches").replaceWith(page.getElementById("branches"));
  document.title = page.title;
  history.replaceState(null, "", address);
  document.getElementById("tally").textContent = document.querySelector("[data-tally]")?.textContent ?? "";
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
  });
  form.addEventListener("change", narrow);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, 300);
  });
}
