// What the server answers to a save is put into the panel: what others changed, what is refused, what clashes.
(() => {
  "use strict";

  const { form, panel, unitOf, isItem, named, collect, words, put, holdTags, readSeen, writeSeen } = atelierPanel;

  // Returns what the unit holds by then, in words: the person may have gone on typing.
  function apply(unit, answer, data) {
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
    return words(still);
  }

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
      if (!answer?.ok) return atelierPanel.wait();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = document.importNode(page.querySelector(`[data-parts="${name}"]`), true);
      list.replaceWith(fresh);
      fresh.dispatchEvent(new CustomEvent("atelier:added", { bubbles: true }));
    } else if (choice !== "mine") {
      put(unit, name, choice === "merged" ? block.querySelector("[data-merged]").value : value);
    }
    named(unit, "seen")[0].value = writeSeen(readSeen(named(unit, "seen")[0].value).set(name, trace));
    block.remove();
    atelierPanel.markAnew(unit);
    named(unit, name)[0]?.focus();
    return undefined;
  }

  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("[data-choose]");
    if (choice) settle(choice.closest("[data-clash]"), choice.dataset.choose);
  });

  Object.assign(atelierPanel, { apply });
})();
