// When the panel saves: a pause in typing, a field that is left, and before anything of it is replaced or closed.
(() => {
  "use strict";

  const { panel, unitOf, isLate, mark, flush, unsaved } = atelierPanel;
  let active = 0; // when something was last typed

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
      else document.dispatchEvent(new Event("panel-stays"));
    });
    return undefined;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.target.closest?.("#panel") && [400, 412].includes(detail.xhr.status)) Object.assign(detail, { shouldSwap: true, isError: false });
  });
})();
