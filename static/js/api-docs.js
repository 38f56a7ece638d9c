// Tries the API without leaving its page; without this script the forms open the answer itself.
"use strict";

const SHOWN = 20000;
const token = document.getElementById("jeton");
document.getElementById("place-du-jeton").hidden = false;

function pretty(text) {
  try {
    text = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: an empty answer, shown as it is.
  }
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}\n… (${text.length} signes en tout)` : text;
}

async function attempt(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const headers = token.value.trim() ? { Authorization: `Token ${token.value.trim()}` } : {};
  const answer = await fetch(`${form.action}?${query}`, { headers }).catch(() => null);
  if (!answer) return form.submit();
  const place = form.nextElementSibling;
  const { pathname, search } = new URL(answer.url);
  place.querySelector(".answer__line").textContent = `GET ${pathname}${search} : ${answer.status}`;
  place.querySelector("code").textContent = pretty(await answer.text());
  place.hidden = false;
  place.focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-trial]")) return;
  event.preventDefault();
  attempt(event.target);
});
