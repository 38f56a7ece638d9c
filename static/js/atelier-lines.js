// The lines of the panel's lists: added by Enter, moved by button, keyboard or drag, deleted, pasted; and its dialog.
(() => {
  "use strict";

  const { form, panel, isItem, isNew, mark, flush, post, say, before, forget } = window.atelier;
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

  // -- Order ----------------------------------------------------------------------------------------------------------
  function rank(list) {
    linesOf(list).forEach((line, index) => {
      const input = line.querySelector("input[name$='-rank']");
      if (input) input.value = index + 1;
    });
  }

  async function place(line) {
    const list = listOf(line);
    rank(list);
    if (!isItem(line)) return mark(form(), 0);
    if (isNew(line)) return mark(line, 0);
    await flush();
    const data = new URLSearchParams({ do: "move", pk: line.querySelector("input[name$='-pk']").value, after: before(line) });
    const answer = await post(list.dataset.url, data);
    if (answer?.status !== 200) return say("refused", "refusé\u00a0: l’ordre n’a pas pu être enregistré\u00a0; reprenez ce déplacement");
    line.querySelector("input[name$='-revision']").value = answer.revision;
    return say("saved", `enregistré à ${answer.at}\u00a0: rang ${stored(list).indexOf(line) + 1} sur ${stored(list).length}`);
  }

  function step(line, direction) {
    const lines = stored(listOf(line));
    const other = lines[lines.indexOf(line) + direction];
    if (!other || !lines.includes(line)) return;
    if (direction < 0) other.before(line);
    else other.after(line);
    place(line);
  }

  let dragged, origin;
  document.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".item__grip")) return;
    dragged = lineOf(event.target);
    origin = dragged.nextElementSibling;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 0, 0);
    requestAnimationFrame(() => dragged?.classList.add("item--dragged"));
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && lineOf(event.target);
    if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    if (over === dragged || isNew(over)) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
  document.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("item--dragged");
    if (dragged.nextElementSibling !== origin) place(dragged);
    dragged = undefined;
  });

  // -- Deleting -------------------------------------------------------------------------------------------------------
  async function remove(line) {
    const list = listOf(line);
    if (!isItem(line)) return removePart(line);
    await flush();
    if (isNew(line)) {
      forget(line);
      focusNear(line);
      line.remove();
      if (!linesOf(list).length) add(list);
      return say("saved", "ligne ôtée");
    }
    const values = [...new FormData(form())].filter(([name]) => name.startsWith(`${line.dataset.item}-`));
    const data = new URLSearchParams(values.map(([name, value]) => [name.slice(line.dataset.item.length + 1), value]));
    data.set("do", "delete");
    const answer = await post(list.dataset.url, data);
    if (answer?.status !== 200) return refuse(line, answer);
    forget(line);
    line.insertAdjacentHTML("afterend", `<li class="items__gone">${answer.gone}</li>`);
    const back = line.nextElementSibling.querySelector("button");
    line.remove();
    count(list);
    rank(list);
    back.focus();
    return say("saved", `supprimé à ${answer.at}`);
  }

  function refuse(line, answer) {
    if (!answer) return say("offline", "hors ligne\u00a0: cette ligne n’est pas supprimée");
    for (const [name, value] of Object.entries(answer.fresh ?? {})) {
      const control = line.querySelector(`[name="${line.dataset.item}-${name}"]`);
      if (control && control.type !== "checkbox") control.value = value ?? "";
    }
    if (answer.seen) line.querySelector("input[name$='-seen']").value = answer.seen;
    return say("refused", `refusé\u00a0: ${answer.said ?? Object.values(answer.errors).flat()[0]}`);
  }

  function removePart(line) {
    line.querySelector("input[name$='-gone']").checked = true;
    line.hidden = true;
    const back = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "Rétablir" });
    const told = Object.assign(document.createElement("li"), { className: "items__gone gone", textContent: "Ligne supprimée. " });
    told.append(back);
    line.before(told);
    back.addEventListener("click", () => {
      line.querySelector("input[name$='-gone']").checked = false;
      line.hidden = false;
      told.remove();
      mark(form(), 0);
      mainOf(line)?.focus();
    });
    back.focus();
    count(listOf(line));
    mark(form(), 0);
  }

  function focusNear(line) {
    const near = line.previousElementSibling ?? line.nextElementSibling;
    if (near && lineOf(near)) mainOf(near).focus();
  }

  // -- Gestures -------------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel button, #panel a");
    if (!button) return;
    if (button.dataset.step) {
      step(lineOf(button), Number(button.dataset.step));
      button.focus();
    }
    if ("delete" in button.dataset) remove(lineOf(button));
    if ("add" in button.dataset) {
      const list = listOf(button) ?? button.closest("[data-parts]");
      const blank = [...list.querySelectorAll("[data-blank]")].find((one) => one.hidden && !typedIn(one) && !one.querySelector("input[name$='-gone']").checked);
      const line = blank ?? add(list);
      line.hidden = false;
      mainOf(line)?.focus();
      (mainOf(line) ?? line.querySelector("textarea, select")).focus();
    }
    if ("again" in button.dataset) {
      const line = lineOf(button);
      for (const name of ["pk", "revision", "seen"]) line.querySelector(`input[name$='-${name}']`).value = "";
      button.remove();
      mark(line, 0);
    }
    if ("close" in button.dataset && button.closest("dialog")) {
      event.preventDefault();
      button.closest("dialog").close();
    }
  });

  document.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (event.isComposing || !event.target.closest?.("form[data-own]")) return;
    if (event.key === "Enter" && event.target.name === "new_tags") {
      event.preventDefault();
      event.target.was = event.target.value;
      mark(form(), 0);
      return;
    }
    if (!line) return;
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      step(line, event.key === "ArrowUp" ? -1 : 1);
      event.target.focus();
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && isItem(line)) {
      if (event.target === mainOf(line)) {
        event.preventDefault();
        next(line);
      } else if (event.target.matches(".item__code input")) {
        event.preventDefault();
        mainOf(line).focus();
      }
    }
  });

  // Several lines pasted into an empty new line are a list: it is shown before anything is added.
  document.addEventListener("paste", (event) => {
    const line = lineOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!line || !isItem(line) || !isNew(line) || typedIn(line) || text.split("\n").filter((one) => one.trim()).length < 2) return;
    event.preventDefault();
    const link = listOf(line).querySelector("[data-paste]");
    htmx.ajax("POST", link.href, { source: link, target: "#panel-dialog", values: { text } });
  });

  // -- The dialog, and lists read anew ------------------------------------------------------------------------------
  document.addEventListener("htmx:load", (event) => {
    const { elt } = event.detail;
    dress(elt.parentElement ?? elt);
    const dialog = document.getElementById("panel-dialog");
    if (elt.matches("[data-piece]")) {
      if (!dialog.open) dialog.showModal();
      (elt.querySelector("[aria-invalid], textarea, input:not([type=hidden])") ?? elt.querySelector("h3")).focus();
    } else if (elt.matches("[data-list]")) {
      dialog?.close();
      for (const told of elt.ownerDocument.querySelectorAll("#panel > [data-gone]")) told.remove();
      if (elt.dataset.said) say("saved", elt.dataset.said);
      elt.querySelector("[data-paste]")?.focus();
    }
  });
  document.addEventListener("close", (event) => { if (event.target.id === "panel-dialog") event.target.replaceChildren(); }, true);
  document.addEventListener("atelier:added", (event) => dress(event.target.parentElement));
  document.addEventListener("input", (event) => { if (event.target.matches("#panel textarea")) grow(event.target); });
  dress(document);
})();
