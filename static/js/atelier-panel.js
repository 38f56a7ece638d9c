// The panel saves as one types: each part on its own, again when the network comes back, and nothing typed is dropped.
// A « unit » is what one request saves: the objective's own fields (its form), or one line of a list ([data-item]).
window.atelier = (() => {
  "use strict";

  const WAIT = 1000; // a pause in typing
  const BACKOFF = [2, 5, 10, 20, 30]; // seconds, when nobody answers
  const LISTED = /^(actions|clauses|indicators)-/;
  const dirty = new Set(); // typed, not yet sent
  const refused = new Set(); // sent, and something in it was refused
  const lost = new Set(); // sent without an answer: it may have arrived
  const known = new WeakMap(); // what the server is known to hold of a unit
  let timer, sending, savedAt, failures = 0, active = 0; // savedAt: when the last answer came, in words

  const panel = () => document.querySelector("#panel[data-writes]");
  const form = () => panel()?.querySelector("form[data-own]");
  const unitOf = (element) => element.closest("[data-item]") ?? element.closest("form[data-own]");
  const isItem = (unit) => "item" in unit.dataset;
  const named = (unit, name) => [...form().elements].filter((one) => one.name === (isItem(unit) ? `${unit.dataset.item}-${name}` : name));
  const isNew = (unit) => isItem(unit) && !named(unit, "pk")[0].value;
  // Half of a name (of an objective, of a tag) means nothing: such a field is saved once it is left.
  const isLate = (control) => control.matches(".targets input, .combobox input, [name=new_tags]");
  const half = () => (isLate(document.activeElement) && document.activeElement.value !== document.activeElement.was ? document.activeElement : null);
  const unsaved = () => [...dirty, ...refused].some((unit) => unit.isConnected) || Boolean(sending) || Boolean(half());

  function say(state, words) {
    const place = document.querySelector("#panel .panel__state");
    if (!place) return;
    place.dataset.state = state;
    if (place.textContent !== words) place.textContent = words;
  }

  // -- What a unit holds -------------------------------------------------------------------------------------------
  function collect(unit) {
    const all = [...new FormData(form())];
    const typing = half();
    if (typing) {
      const rank = [...form().elements].filter((one) => one.name === typing.name).indexOf(typing);
      all.filter(([name]) => name === typing.name)[rank][1] = typing.was ?? "";
    }
    if (!isItem(unit)) return new URLSearchParams(all.filter(([name]) => !LISTED.test(name)));
    const prefix = `${unit.dataset.item}-`;
    return new URLSearchParams(all.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]));
  }

  function words(data) {
    const kept = new URLSearchParams(data);
    for (const name of ["revision", "seen", "rank", "pk", "csrfmiddlewaretoken"]) kept.delete(name);
    return kept.toString();
  }

  function put(unit, name, value) {
    if (name === "tags" && !isItem(unit)) holdTags(value);
    for (const control of named(unit, name)) {
      if (control.type === "checkbox") control.checked = Array.isArray(value) ? value.includes(control.value) : Boolean(value);
      else control.value = value ?? "";
    }
  }

  function holdTags(tags) {
    const held = form().querySelector(".tags-held");
    for (const tag of tags) {
      if ([...held.querySelectorAll("input")].some((one) => one.value === tag)) continue;
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "tags", value: tag, checked: true });
      const label = document.createElement("label");
      label.append(box, ` ${tag}`);
      held.appendChild(document.createElement("li")).append(label);
      [...form().querySelectorAll("#panel-tags option")].find((one) => one.value === tag)?.remove();
    }
  }

  const readSeen = (text) => new Map(text.split(",").filter(Boolean).map((one) => one.split(":")));
  const writeSeen = (traces) => [...traces].map((one) => one.join(":")).join(",");

  function setTrace(unit, name, trace) {
    const seen = named(unit, "seen")[0];
    seen.value = writeSeen(readSeen(seen.value).set(name, trace));
  }

  // -- Sending ------------------------------------------------------------------------------------------------------
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
    apply(unit, answer, data, sent);
    return answer;
  }

  // The pk of the stored line just above; empty for the first.
  function before(unit) {
    for (let row = unit.previousElementSibling; row; row = row.previousElementSibling) {
      const pk = row.querySelector("input[name$='-pk']")?.value;
      if (pk) return pk;
    }
    return "";
  }

  function apply(unit, answer, data, sent) {
    if (answer.void) return known.set(unit, sent);
    const still = collect(unit);
    const same = (name) => still.getAll(name).join("\n") === data.getAll(name).join("\n");
    const traces = readSeen(named(unit, "seen")[0].value);
    if (answer.revision !== undefined) named(unit, "revision")[0].value = answer.revision;
    if (answer.seen !== undefined) {
      const next = readSeen(answer.seen);
      for (const [name, value] of Object.entries(answer.fresh ?? {})) {
        if (same(name)) put(unit, name, value);
        else if (traces.has(name)) next.set(name, traces.get(name)); // typed meanwhile: the clash must show
      }
      named(unit, "seen")[0].value = writeSeen(next);
    }
    if (answer.tags) {
      holdTags(answer.tags);
      if (same("new_tags") && !("new_tags" in answer.errors)) put(unit, "new_tags", "");
    }
    if (answer.pk) unit.dispatchEvent(new CustomEvent("atelier:stored", { bubbles: true, detail: answer }));
    if (!isItem(unit)) document.querySelector("#panel [data-title]").textContent = named(unit, "title")[0].value || "(sans intitulé)";
    showErrors(unit, answer);
    for (const [name, clash] of Object.entries(answer.clashes ?? {})) showClash(unit, name, clash);
    unit.refusal = answer.status === 200 ? "" : refusalOf(answer);
    if (unit.refusal) refused.add(unit);
    known.set(unit, words(still) === sent ? words(collect(unit)) : sent);
    return undefined;
  }

  function refusalOf(answer) {
    if (Object.keys(answer.clashes ?? {}).length) return "deux textes pour un même champ\u00a0: choisissez";
    return `refusé\u00a0: ${answer.said ?? Object.values(answer.errors ?? {}).flat()[0] ?? "votre texte est gardé ici"}`;
  }

  // -- What was refused, said at its place ------------------------------------------------------------------------------
  function showErrors(unit, answer) {
    for (const list of unit.querySelectorAll(".errorlist")) if (unitOf(list) === unit) list.remove();
    for (const control of unit.querySelectorAll("[aria-invalid]")) if (unitOf(control) === unit) control.removeAttribute("aria-invalid");
    for (const [name, said] of Object.entries(answer.errors ?? {})) {
      const control = name && named(unit, name)[0];
      const list = document.createElement("ul");
      list.className = "errorlist";
      list.append(...said.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
      if (control) {
        list.id = `${control.id || control.name}_error`;
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", `${(control.getAttribute("aria-describedby") ?? "").replace(list.id, "")} ${list.id}`.trim());
        control.closest("details")?.setAttribute("open", "");
        (control.closest(".combobox, .targets") ?? control).before(list);
      } else {
        (form().querySelector(`[data-part="${CSS.escape(name)}"] fieldset`) ?? unit.querySelector("fieldset") ?? unit).prepend(list);
      }
    }
    if (answer.lost) unit.dispatchEvent(new CustomEvent("atelier:lost", { bubbles: true }));
  }

  function showClash(unit, name, clash) {
    const shown = unit.querySelector(`[data-clash="${name}"]`);
    const written = shown?.querySelector("[data-merged]");
    shown?.remove();
    const holder = form().querySelector(`[data-parts="${name}"]`) ?? named(unit, name)[0]?.closest("[data-tags], .field") ?? unit;
    holder.insertAdjacentHTML("beforeend", clash.html);
    const block = holder.lastElementChild;
    block.clash = { name, unit, ...clash };
    if (written && written.value !== written.defaultValue) block.querySelector("[data-merged]").value = written.value;
    block.closest("details")?.setAttribute("open", "");
  }

  async function settle(block, choice) {
    const { name, unit, value, trace } = block.clash;
    const list = form().querySelector(`[data-parts="${name}"]`);
    if (choice === "theirs" && list) {
      const answer = await fetch(panel().dataset.url, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer?.ok) return wait();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = document.importNode(page.querySelector(`[data-parts="${name}"]`), true);
      list.replaceWith(fresh);
      fresh.dispatchEvent(new CustomEvent("atelier:added", { bubbles: true }));
    } else if (choice !== "mine") {
      put(unit, name, choice === "merged" ? block.querySelector("[data-merged]").value : value);
    }
    setTrace(unit, name, trace);
    block.remove();
    known.delete(unit);
    mark(unit, 0);
    named(unit, name)[0]?.focus();
    return undefined;
  }

  // -- Typing, leaving, coming back --------------------------------------------------------------------------------
  const isOurs = (control) => control.name && control.closest("form[data-own]") && !/(^|-)(rank|gone|keep)$/.test(control.name);

  document.addEventListener("input", (event) => {
    if (!isOurs(event.target) || !panel()) return;
    active = Date.now();
    if (!isLate(event.target)) mark(unitOf(event.target));
  });
  document.addEventListener("change", (event) => {
    if (!isOurs(event.target) || !panel()) return;
    event.target.was = event.target.value;
    mark(unitOf(event.target), 0);
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest("form[data-own]") || !panel()) return;
    event.target.was = event.target.value;
    const came = Date.now() - active > 60_000;
    active = Date.now();
    if (came) htmx.trigger(".panel__present", "presence");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-own]")) return;
    event.preventDefault();
    flush();
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("[data-choose]");
    if (choice) settle(choice.closest("[data-clash]"), choice.dataset.choose);
  });
  window.addEventListener("online", () => { if (dirty.size) flush(); });
  window.addEventListener("offline", () => { if (dirty.size) say("offline", "hors ligne, sera renvoyé"); });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved()) return;
    flush();
    event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches(".panel__present") && (unsaved() || Date.now() - active < 60_000)) event.detail.parameters.editing = "1";
  });
  // Before a piece of the page is replaced, what is typed in it is saved; what cannot be is not thrown away.
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, verb, target, issueRequest } = event.detail;
    if (elt.matches(".panel__present") && !navigator.onLine) return event.preventDefault();
    const replaces = target?.id === "panel" || (verb === "post" && elt.closest("#panel") && !elt.matches(".panel__present"));
    if (!replaces || !unsaved()) return undefined;
    event.preventDefault();
    flush().then(() => {
      if (!unsaved() || (target.id === "panel" && window.confirm("Un texte de cet objectif n’est pas enregistré. Le quitter quand même\u00a0?"))) issueRequest(true);
    });
    return undefined;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.target.closest?.("#panel") && [400, 412].includes(detail.xhr.status)) Object.assign(detail, { shouldSwap: true, isError: false });
  });

  return { form, panel, isItem, isNew, named, mark, flush, post, say, before, unitOf, forget: (unit) => { dirty.delete(unit); refused.delete(unit); } };
})();
