// The titles under the caret: fields that stand in the outline, and keep their words and caret when it is put anew.
"use strict";

(() => {
  const { desk, tree, byKey, groupOf } = atelier;

  // A writing is a title under the caret. `key`: the objective that has it, null until it is saved. One that is new
  // knows its place: `after` or `inside` an anchor, which is a key, or another writing that is being saved.
  const writings = new Set();
  let moving = false;
  let held = null; // the field and the caret, while the outline is put anew

  const anchorOf = (writing) => {
    let { anchor, place } = writing;
    while (anchor instanceof Object && !anchor.key) ({ anchor, place } = anchor);
    return { objectif: anchor instanceof Object ? anchor.key : anchor, place };
  };

  let serial = 0;

  // There may be several at once: each label is that of its own field.
  function newBox() {
    const box = document.getElementById("writing").content.firstElementChild.cloneNode(true);
    const [label, field, told] = ["label", "textarea", ".writing__refused"].map((one) => box.querySelector(one));
    serial += 1;
    label.htmlFor = field.id = `title-${serial}`;
    told.id = `told-${serial}`;
    field.setAttribute("aria-describedby", `writing-help ${told.id}`);
    return box;
  }

  function make(values) {
    const box = newBox();
    const writing = { key: null, anchor: "", place: "after", saving: false, lost: false, box, field: box.querySelector("textarea"), ...values };
    writing.field.value = writing.was = values.title ?? "";
    writing.field.addEventListener("keydown", (event) => atelier.onTitleKey(event, writing));
    writing.field.addEventListener("blur", () => { if (!moving && (!writing.refused || writing.lost)) atelier.finish(writing); });
    writing.field.addEventListener("input", () => {
      writing.typedAt = Date.now();
      writing.refused = "";
      tell(writing);
    });
    writings.add(writing);
    part();
    put(writing);
    writing.field.focus();
    writing.field.setSelectionRange(writing.field.value.length, writing.field.value.length);
    return writing;
  }

  // While a new objective is being named, the panel is that of another: it is out of reach.
  function part() {
    const isNaming = [...writings].some((one) => !one.renames && !one.lost && one.field.value.trim());
    document.querySelector(".bench__panel").inert = isNaming;
  }

  // Puts a writing where it belongs in the outline as it now stands.
  function put(writing) {
    const own = byKey(writing.renames);
    if (own) {
      own.querySelector(".entry__words").hidden = true;
      own.querySelector(".entry__words").after(writing.box);
      return;
    }
    const item = writing.item ?? document.createElement("li");
    writing.item = item;
    item.className = "entry-new";
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-label", "Nouvel objectif");
    item.append(writing.box);
    const { anchor, place } = writing;
    const beside = anchor instanceof Object && !anchor.key ? anchor.item : byKey(anchorOf(writing).objectif);
    item.dataset.depth = beside ? Number(beside.dataset.depth) + (place === "inside") : 0;
    if (!beside) tree().append(item);
    else if (place === "inside") groupFor(beside).append(item);
    else beside.after(item);
  }

  function groupFor(entry) {
    if (!groupOf(entry)) {
      const group = document.createElement("ul");
      group.className = "outline__group";
      group.setAttribute("role", "group");
      entry.append(group);
    }
    groupOf(entry).hidden = false;
    return groupOf(entry);
  }

  function drop(writing) {
    writings.delete(writing);
    part();
    moving = true;
    if (writing.item) writing.item.remove();
    else {
      writing.box.closest(".entry")?.querySelector(".entry__words")?.removeAttribute("hidden");
      writing.box.remove();
    }
    moving = false;
  }

  function tell(writing) {
    const place = writing.box.querySelector(".writing__refused");
    const lines = writing.renames ? 0 : writing.field.value.split("\n").filter((one) => one.trim()).length;
    place.textContent = writing.refused || (lines > 1 ? `${lines} lignes\u00a0: autant d’objectifs` : "");
    place.hidden = !place.textContent;
    part();
    place.classList.toggle("writing__refused--told", writing.lost || !writing.refused);
    writing.field.setAttribute("aria-invalid", Boolean(writing.refused) && !writing.lost);
  }

  // While the outline is put anew, titles under the caret are taken out of it, then put back with caret and words.
  desk.addEventListener("outline-leaves", () => {
    const field = document.activeElement?.matches(".writing__title") ? document.activeElement : null;
    held = { field, caret: field && [field.selectionStart, field.selectionEnd] };
    moving = true;
  });
  desk.addEventListener("outline-comes", () => { if (!atelier.isPosting()) restore(); });
  desk.addEventListener("outline-settled", restore);

  function restore() {
    if (!held) return;
    moving = true;
    for (const one of writings) put(one);
    if (held.field?.isConnected) {
      held.field.focus({ preventScroll: true });
      held.field.setSelectionRange(...held.caret);
      held.field.scrollIntoView({ block: "nearest" });
    }
    held = null;
    moving = false;
  }

  Object.assign(atelier, { writings, anchorOf, make, drop, tell, restore });
})();
