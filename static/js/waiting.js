// Waits for a file that is being made, then opens it; without this script the page asks again by itself.
"use strict";

async function look() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer && answer.status === 202) setTimeout(look, 2000);
  else location.reload();
}

setTimeout(look, 1500);
