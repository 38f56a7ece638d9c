// A line of the panel is deleted, and offered back.
(() => {
  "use strict";

  const { form, isItem, isNew, mark, flush, post, say, forget, lineOf, mainOf, listOf, linesOf, add, rank, count } = atelierPanel;

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

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel [data-delete]");
    if (button) remove(lineOf(button));
  });
})();
