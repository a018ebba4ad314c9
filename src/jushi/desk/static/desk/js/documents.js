/* Documents: the chosen figure stays marked; Esc gives up an edit that changed nothing; another's words can be taken over. */
(function () {
  "use strict";
  var room = document.querySelector(".doc-panes");
  if (!room) { return; }

  function mark(link) {
    window.Jushi.each("a.figure.current", function (a) { a.classList.remove("current"); }, room);
    if (link) { link.classList.add("current"); }
  }
  room.addEventListener("click", function (event) {
    var link = event.target.closest(".sheet a.figure");
    if (link) { mark(link); }
    var take = event.target.closest("[data-take]");
    if (take) {
      var field = document.getElementById(take.dataset.take);
      field.value = take.dataset.text;
      field.classList.remove("is-invalid");
      field.focus();
    }
  });

  /* A page opened at a figure (without htmx, or from the list of changes) shows where it stands. */
  var query = new URLSearchParams(location.search), code = query.get("figure");
  if (code) {
    var found = Array.prototype.filter.call(room.querySelectorAll(".sheet a.figure"), function (a) {
      return a.dataset.figure === code && a.dataset.at === (query.get("at") || "");
    })[0];
    if (found) { mark(found); found.scrollIntoView({ block: "center" }); }
  }

  /* Leaving with unsaved words asks first. */
  function dirty() {
    return Array.prototype.some.call(room.querySelectorAll(".part-form textarea:not([hidden])"), function (t) { return t.value !== t.defaultValue; });
  }
  window.addEventListener("beforeunload", function (event) { if (dirty()) { event.preventDefault(); event.returnValue = ""; } });
  document.addEventListener("click", function (event) {
    var pop = event.target.closest(".pop");
    window.Jushi.each(".pop[open]", function (d) { if (d !== pop) { d.open = false; } });
  });
})();
