// The panel saves as one types: each unit on its own, again when the network comes back, and nothing typed is dropped.
(() => {
  "use strict";

  const { form, isItem, isNew, half, say, collect, words, before } = atelierPanel;
  const WAIT = 1000; // a pause in typing
  const BACKOFF = [2, 5, 10, 20, 30]; // seconds, when nobody answers
  const dirty = new Set(); // typed, not yet sent
  const refused = new Set(); // sent, and something in it was refused
  const lost = new Set(); // sent without an answer: it may have arrived
  const known = new WeakMap(); // what the server is known to hold of a unit
  let timer, sending, savedAt, failures = 0; // savedAt: when the last answer came, in words

  const unsaved = () => [...dirty, ...refused].some((unit) => unit.isConnected) || Boolean(sending) || Boolean(half());

  function mark(unit, wait = WAIT) {
    dirty.add(unit);
    say("saving", "enregistrement…");
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  }

  function flush() {
    clearTimeout(timer);
    sending ??= run().finally(() => { sending = undefined; });
    return sending;
  }

  async function run() {
    while (dirty.size) {
      const unit = dirty.values().next().value;
      dirty.delete(unit);
      refused.delete(unit);
      if (!unit.isConnected) continue;
      const answer = await send(unit);
      if (answer === null) {
        dirty.add(unit);
        return wait();
      }
      failures = 0;
      savedAt = answer.at ?? savedAt;
    }
    tell();
    return undefined;
  }

  function wait() {
    say("offline", navigator.onLine ? "le serveur ne répond pas, sera renvoyé" : "hors ligne, sera renvoyé");
    timer = setTimeout(flush, BACKOFF[Math.min(failures, BACKOFF.length - 1)] * 1000);
    failures += 1;
  }

  function tell() {
    const wrong = [...refused].filter((unit) => unit.isConnected);
    if (!wrong.length) return say("saved", savedAt ? `enregistré à ${savedAt}` : "tout est enregistré");
    return say("refused", wrong.at(-1).refusal);
  }

  const urlOf = (unit) => (isItem(unit) ? unit.closest("[data-list]").dataset.url : form().dataset.own);

  // The answer; null when none came and the same must be sent again.
  async function post(address, data) {
    const headers = { "HX-Request": "true", "X-CSRFToken": form().elements.csrfmiddlewaretoken.value };
    let response;
    try {
      response = await fetch(address, { method: "POST", body: data, headers });
    } catch {
      return null;
    }
    if (response.status >= 500 || response.status === 429) return null;
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
      const closed = response.redirected || response.status === 403;
      return { status: 403, errors: {}, said: closed ? "votre session est fermée ou ne permet plus d’écrire\u00a0; gardez cette page, reconnectez-vous dans un autre onglet" : "cet objectif n’est plus là" };
    }
    const changed = response.headers.get("HX-Trigger");
    const answer = { status: response.status, ...(await response.json()) };
    if (changed) for (const [name, detail] of Object.entries(JSON.parse(changed))) htmx.trigger(form(), name, detail);
    return answer;
  }

  async function send(unit) {
    const data = collect(unit);
    const sent = words(data);
    if (known.get(unit) === sent) {
      if (unit.refusal) refused.add(unit); // the answer would be the same
      return {};
    }
    if (isNew(unit)) {
      data.set("after", before(unit));
      data.set("known", [...form().querySelectorAll("[data-item] input[name$='-pk']")].map((one) => one.value).join(","));
      if (lost.has(unit)) data.set("again", "1");
    }
    const answer = await post(urlOf(unit), data);
    if (answer === null) {
      lost.add(unit);
      return null;
    }
    lost.delete(unit);
    learn(unit, data, sent, answer);
    return answer;
  }

  // What the answer says of the unit, and whether something in it is refused until it changes.
  function learn(unit, data, sent, answer) {
    if (answer.void) return known.set(unit, sent);
    const still = atelierPanel.apply(unit, answer, data);
    unit.refusal = answer.status === 200 ? "" : refusalOf(answer);
    if (unit.refusal) refused.add(unit);
    known.set(unit, still === sent ? words(collect(unit)) : sent);
    return undefined;
  }

  function refusalOf(answer) {
    if (Object.keys(answer.clashes ?? {}).length) return "deux textes pour un même champ\u00a0: choisissez";
    return `refusé\u00a0: ${answer.said ?? Object.values(answer.errors ?? {}).flat()[0] ?? "votre texte est gardé ici"}`;
  }

  function forget(unit) {
    dirty.delete(unit);
    refused.delete(unit);
  }

  // What was chosen after a clash is sent whatever it is.
  function markAnew(unit) {
    known.delete(unit);
    mark(unit, 0);
  }

  window.addEventListener("online", () => { if (dirty.size) flush(); });
  window.addEventListener("offline", () => { if (dirty.size) say("offline", "hors ligne, sera renvoyé"); });

  Object.assign(atelierPanel, { mark, markAnew, flush, post, wait, unsaved, forget });
})();
