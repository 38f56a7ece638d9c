// Gestures sent one after the other, in the order they were made; each is answered by the outline as it then is.
"use strict";

(() => {
  const { desk, outline, tree, byKey, current, sight, say, choose, showPanel } = atelier;
  const address = (gesture) => `${atelier.base}${gesture}/`;
  const token = () => document.querySelector("#gestures [name=csrfmiddlewaretoken]").value;
  const REFUSED = {
    403: "Vous n’avez plus le droit de modifier ce contrat. Ce que vous avez tapé est toujours là.",
    404: "Ce contrat n’est plus à cette adresse.",
  };
  const CLOSED = "Votre session est close\u00a0: reconnectez-vous dans un autre onglet, puis réessayez.";

  let last = Promise.resolve();
  let answered; // "swapped", what is said of a refusal, or null: nobody answered
  let posting = false;
  let leftAt; // the objective that was current when the outline was put anew

  // Resolves to whether it was done. `settle`: told how it ended before the outline is given back to the person.
  function send(gesture, values, settle) {
    const job = last.then(() => post(gesture, values(), settle));
    last = job;
    return job;
  }

  const unanswered = (isTyped) => `${navigator.onLine ? "Le serveur ne répond pas" : "Hors ligne"}\u00a0: ${isTyped ? "ce que vous avez tapé est gardé ici et sera renvoyé." : "ce geste n’est pas fait, reprenez-le un peu plus tard."}`;

  async function post(gesture, values, settle) {
    const wasHere = tree().contains(document.activeElement) || document.activeElement === document.body;
    const was = current()?.dataset.key;
    const sent = { ...sight(), ...values, csrfmiddlewaretoken: token() };
    const place = { source: desk, target: "#outline", swap: "outerHTML", values: sent };
    answered = leftAt = null;
    posting = true;
    await htmx.ajax("POST", address(gesture), place).catch(() => null);
    posting = false;
    const swapped = answered === "swapped";
    const done = swapped && !("refused" in outline().dataset);
    const said = swapped ? outline().dataset.said : (answered ?? unanswered(Boolean(settle)));
    say(said, !done);
    settle?.({ done, said, lost: answered === null });
    desk.dispatchEvent(new Event("outline-settled"));
    // Someone who went on to another line while this was under way stays there.
    if (leftAt && leftAt !== was && byKey(leftAt)) choose(byKey(leftAt), { focus: false });
    if (swapped && current()) {
      if (wasHere && document.activeElement === document.body) choose(current());
      else showPanel(current().dataset.key);
    }
    return done;
  }

  desk.addEventListener("outline-leaves", () => { leftAt = current()?.dataset.key; });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id !== "outline") return;
    event.detail.isError = false; // told in the page, by what follows
    if (xhr.responseText.includes('id="outline"')) {
      event.detail.shouldSwap = true;
      answered = "swapped";
    } else {
      event.detail.shouldSwap = false;
      if (xhr.status < 500 && xhr.status !== 429) answered = REFUSED[xhr.status] ?? CLOSED;
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

  Object.assign(atelier, { address, send, step, place, revised, isPosting: () => posting });
})();
