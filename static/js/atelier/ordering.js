// A line of the panel is moved by button, by keyboard or by hand.
(() => {
  "use strict";

  const { form, isItem, isNew, mark, flush, post, say, before, lineOf, listOf, stored, rank } = atelierPanel;

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

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel [data-step]");
    if (!button) return;
    step(lineOf(button), Number(button.dataset.step));
    button.focus();
  });
  document.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (!line || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || !event.target.closest("form[data-own]")) return;
    event.preventDefault();
    step(line, event.key === "ArrowUp" ? -1 : 1);
    event.target.focus();
  });
})();
