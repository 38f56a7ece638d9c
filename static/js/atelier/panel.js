// The panel of an objective as this script sees it: its parts, and what each of them holds.
// A « unit » is what one request saves: the objective's own fields (its form), or one line of a list ([data-item]).
const atelierPanel = (() => {
  "use strict";

  const LISTED = /^(actions|clauses|indicators)-/;

  const panel = () => document.querySelector("#panel[data-writes]");
  const form = () => panel()?.querySelector("form[data-own]");
  const unitOf = (element) => element.closest("[data-item]") ?? element.closest("form[data-own]");
  const isItem = (unit) => "item" in unit.dataset;
  const named = (unit, name) => [...form().elements].filter((one) => one.name === (isItem(unit) ? `${unit.dataset.item}-${name}` : name));
  const isNew = (unit) => isItem(unit) && !named(unit, "pk")[0].value;
  // Half of a name (of an objective, of a tag) means nothing: such a field is saved once it is left.
  const isLate = (control) => control.matches(".targets input, .combobox input, [name=new_tags]");
  const half = () => (isLate(document.activeElement) && document.activeElement.value !== document.activeElement.was ? document.activeElement : null);

  function say(state, words) {
    const place = document.querySelector("#panel .panel__state");
    if (!place) return;
    place.dataset.state = state;
    if (place.textContent !== words) place.textContent = words;
  }

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

  // The pk of the stored line just above; empty for the first.
  function before(unit) {
    for (let row = unit.previousElementSibling; row; row = row.previousElementSibling) {
      const pk = row.querySelector("input[name$='-pk']")?.value;
      if (pk) return pk;
    }
    return "";
  }

  return { panel, form, unitOf, isItem, isNew, isLate, named, half, say, collect, words, put, holdTags, readSeen, writeSeen, before };
})();
