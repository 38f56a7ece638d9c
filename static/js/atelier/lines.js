// The lines of the panel's lists: what they are, and how one is added just below another.
(() => {
  "use strict";

  const { form, panel, isItem, isNew, mark } = atelierPanel;
  const LINE = "[data-item], [data-part]";
  const lineOf = (element) => element.closest?.(LINE);
  const mainOf = (line) => line.querySelector(".item__title textarea, .item__text textarea, .item__of select");
  const typedIn = (line) => [...line.querySelectorAll("textarea, input[type=text], input[type=number]")].some((one) => one.value.trim() && !one.closest(".item__rank"));
  const listOf = (line) => line.closest("[data-list], [data-parts]");
  const linesOf = (list) => [...list.querySelectorAll(":scope > .items > :is([data-item], [data-part])")].filter((one) => !one.hidden);
  const stored = (list) => linesOf(list).filter((line) => isItem(line) ? !isNew(line) : !("blank" in line.dataset) || typedIn(line));

  // -- What only makes sense with or without this script ------------------------------------------------------------
  function dress(root) {
    if (!panel()) return;
    for (const one of root.querySelectorAll(".panel [data-plain], .panel__save")) one.hidden = true;
    for (const one of root.querySelectorAll("[data-step], [data-delete], [data-add]")) one.hidden = false;
    for (const line of root.querySelectorAll("[data-part][data-blank]")) if (!typedIn(line)) line.hidden = true;
    for (const line of root.querySelectorAll("[data-item]")) if (!line.querySelector(".item__grip")) grip(line);
    for (const area of root.querySelectorAll("textarea")) {
      area.removeAttribute("maxlength"); // it would cut what is pasted, without a word
      grow(area);
    }
    const state = document.querySelector("#panel .panel__state");
    if (!state.textContent.trim()) state.textContent = "Ce que vous écrivez s’enregistre à mesure.";
  }

  function grip(line) {
    const handle = document.createElement("span");
    handle.className = "item__grip";
    handle.draggable = true;
    handle.setAttribute("aria-hidden", "true");
    handle.title = "Glisser pour déplacer";
    line.prepend(handle);
  }

  function grow(area) {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  // -- Adding ---------------------------------------------------------------------------------------------------------
  function add(list, after = null) {
    const total = list.querySelector("input[name$='-TOTAL_FORMS']");
    const items = list.querySelector(":scope > .items");
    const html = list.querySelector(":scope > template").innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    if (after) after.insertAdjacentHTML("afterend", html);
    else items.insertAdjacentHTML("beforeend", html);
    const line = after ? after.nextElementSibling : items.lastElementChild;
    dress(line.parentElement);
    line.hidden = false;
    line.dispatchEvent(new CustomEvent("atelier:added", { bubbles: true }));
    rank(list);
    return line;
  }

  // Enter: to the line below when it is empty, else to a new one just under this one.
  function next(line) {
    if (!typedIn(line)) return;
    const below = line.nextElementSibling;
    const target = below && lineOf(below) && isNew(below) && !typedIn(below) ? below : add(listOf(line), line);
    mainOf(target).focus();
    mark(line, 0);
  }

  document.addEventListener("atelier:stored", (event) => {
    const line = event.target;
    const { pk, key } = event.detail;
    const held = line.querySelector("input[name$='-pk']");
    if (held.value) return;
    held.value = pk;
    line.id = `item-${key}`;
    const list = listOf(line);
    const word = list.dataset.one;
    line.querySelector("legend").textContent = `${word[0].toUpperCase()}${word.slice(1)} ${stored(list).indexOf(line) + 1}`;
    if (linesOf(list).every((one) => !isNew(one))) add(list);
    count(list);
  });

  document.addEventListener("atelier:lost", (event) => {
    const line = event.target;
    if (line.querySelector("[data-again]")) return;
    const again = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "L’ajouter de nouveau" });
    again.dataset.again = "";
    line.querySelector(".errorlist")?.after(again);
  });

  function count(list) {
    const place = list.querySelector(".panel__count");
    if (place) place.textContent = `(${stored(list).length})`;
  }

  // Targets of a reference: there is always one more blank field.
  document.addEventListener("change", (event) => {
    const targets = event.target.closest?.(".targets");
    const inputs = targets ? [...targets.querySelectorAll("input")] : [];
    if (!targets || inputs.some((one) => !one.value.trim())) return;
    const blank = Object.assign(document.createElement("input"), { type: "text", name: inputs[0].name });
    blank.setAttribute("aria-label", `Objectif visé ${inputs.length + 1}`);
    targets.append(blank);
    targets.dispatchEvent(new CustomEvent("atelier:added", { bubbles: true }));
  });

  function rank(list) {
    linesOf(list).forEach((line, index) => {
      const input = line.querySelector("input[name$='-rank']");
      if (input) input.value = index + 1;
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel [data-add], #panel [data-again]");
    if (!button) return;
    if ("again" in button.dataset) return addAnew(button);
    const list = listOf(button) ?? button.closest("[data-parts]");
    const blank = [...list.querySelectorAll("[data-blank]")].find((one) => one.hidden && !typedIn(one) && !one.querySelector("input[name$='-gone']").checked);
    const line = blank ?? add(list);
    line.hidden = false;
    (mainOf(line) ?? line.querySelector("textarea, select")).focus();
    return undefined;
  });

  // A line that someone else deleted meanwhile is added as a new one.
  function addAnew(button) {
    const line = lineOf(button);
    for (const name of ["pk", "revision", "seen"]) line.querySelector(`input[name$='-${name}']`).value = "";
    button.remove();
    mark(line, 0);
  }

  document.addEventListener("keydown", (event) => {
    const control = event.target;
    if (event.key !== "Enter" || event.isComposing || !control.closest?.("form[data-own]")) return;
    const line = lineOf(control);
    if (control.name === "new_tags") {
      event.preventDefault();
      control.was = control.value;
      mark(form(), 0);
    } else if (line && isItem(line) && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      if (control === mainOf(line)) next(line);
      else if (control.matches(".item__code input")) mainOf(line).focus();
      else return;
      event.preventDefault();
    }
  });

  document.addEventListener("atelier:added", (event) => dress(event.target.parentElement));
  document.addEventListener("input", (event) => { if (event.target.matches("#panel textarea")) grow(event.target); });
  dress(document);

  Object.assign(atelierPanel, { lineOf, mainOf, typedIn, listOf, linesOf, stored, add, dress, rank, count });
})();
