// A field that names objectives: type a code or words, choose among what answers. Without it, a code is typed whole.
(() => {
  "use strict";

  const WAIT = 150;
  let serial = 0;

  function upgrade(root) {
    for (const input of root.querySelectorAll("input.target, .targets input")) {
      if (input.getAttribute("role") === "combobox" || input.disabled) continue;
      const box = document.createElement("span");
      box.className = "combobox";
      const list = document.createElement("ul");
      list.id = `choices-${++serial}`;
      list.className = "combobox__list";
      list.hidden = true;
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", "Objectifs");
      input.before(box);
      box.append(input, list);
      input.removeAttribute("list");
      input.autocomplete = "off";
      for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
        input.setAttribute(name, value);
      }
    }
  }

  const listOf = (input) => input.parentElement.querySelector(".combobox__list");
  const isCombobox = (element) => element.matches?.(".combobox > input");

  function close(input) {
    const list = listOf(input);
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function suggest(input) {
    const asked = input.value.trim();
    const address = input.closest("[data-choices]")?.dataset.choices;
    if (!asked || !address) return close(input);
    const answer = await fetch(`${address}?q=${encodeURIComponent(asked)}`).catch(() => null);
    if (!answer?.ok || input.value.trim() !== asked || document.activeElement !== input) return undefined;
    const { choices, total } = await answer.json();
    const list = listOf(input);
    list.replaceChildren(...choices.map((choice, rank) => option(list, choice, rank)));
    if (total > choices.length) list.append(note(`et ${total - choices.length} autres : précisez.`));
    if (!total) list.append(note("Aucun objectif ne répond."));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    return undefined;
  }

  function option(list, choice, rank) {
    const item = document.createElement("li");
    item.id = `${list.id}-${rank}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.value = choice.value;
    const code = document.createElement("span");
    code.className = "combobox__code";
    code.textContent = choice.code;
    item.append(code, ` ${choice.title}`);
    return item;
  }

  function note(words) {
    const item = document.createElement("li");
    item.className = "combobox__note";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.setAttribute("aria-selected", "false");
    item.textContent = words;
    return item;
  }

  function step(input, direction) {
    const options = [...listOf(input).querySelectorAll("[data-value]")];
    if (!options.length) return;
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = options[(at + direction + options.length) % options.length];
    options[at]?.setAttribute("aria-selected", "false");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", next.id);
  }

  function choose(input, chosen) {
    input.value = chosen.dataset.value;
    close(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  let waiting;
  document.addEventListener("input", (event) => {
    if (!isCombobox(event.target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(event.target), WAIT);
  });
  document.addEventListener("keydown", (event) => {
    if (!isCombobox(event.target)) return;
    const input = event.target;
    const isOpen = input.getAttribute("aria-expanded") === "true";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) step(input, event.key === "ArrowDown" ? 1 : -1);
      else suggest(input);
    } else if (event.key === "Enter" && isOpen) {
      const chosen = listOf(input).querySelector('[aria-selected="true"]');
      if (!chosen) return;
      event.preventDefault();
      choose(input, chosen);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close(input);
    }
  }, true);
  document.addEventListener("mousedown", (event) => {
    const chosen = event.target.closest?.(".combobox__list [data-value]");
    if (!chosen) return;
    event.preventDefault(); // the field keeps the focus
    choose(chosen.closest(".combobox").querySelector("input"), chosen);
  });
  document.addEventListener("focusout", (event) => { if (isCombobox(event.target)) close(event.target); });

  document.addEventListener("htmx:load", (event) => upgrade(event.detail.elt));
  document.addEventListener("atelier:added", (event) => upgrade(event.target));
  upgrade(document);
})();
