/* 校核: marks and findings point at each other; filters; y accepts, i ignores the current finding. */
(function () {
  "use strict";
  var list = document.getElementById("findings"), reading = document.getElementById("reading");
  if (!list || !reading) { return; }
  var each = window.Jushi.each, chosen = {};

  function marksOf(n) { return Array.prototype.filter.call(reading.querySelectorAll("mark.f"), function (m) { return m.dataset.ids.split(" ").indexOf(n) >= 0; }); }
  function show(finding, quiet) {
    each("mark.f.current", function (m) { m.classList.remove("current"); }, reading);
    var marks = finding ? marksOf(finding.dataset.n) : [];
    marks.forEach(function (m) { m.classList.add("current"); });
    if (marks.length && !quiet) { marks[0].scrollIntoView({ block: "center" }); }
  }
  function choose(finding, quiet) {
    each(".finding.current", function (f) { f.classList.remove("current"); }, list);
    finding.classList.add("current");
    show(finding, quiet);
    finding.scrollIntoView({ block: "nearest" });
  }
  function filter() {
    each(".finding", function (f) {
      f.hidden = Object.keys(chosen).some(function (k) { return chosen[k] && f.dataset[k] !== chosen[k]; });
    }, list);
    each(".check-set", function (set) { set.hidden = !set.querySelector(".finding:not([hidden])"); }, list);
  }
  function refresh() {
    var states = {}, open = 0;
    each(".finding", function (f) { states[f.dataset.n] = f.dataset.state; if (f.dataset.state === "open") { open += 1; } }, list);
    document.getElementById("open-count").textContent = open;
    each("mark.f", function (m) { m.classList.toggle("done", m.dataset.ids.split(" ").every(function (n) { return states[n] !== "open"; })); }, reading);
  }

  list.addEventListener("jushi:row", function (event) { choose(event.target); });
  list.addEventListener("click", function (event) {
    var finding = event.target.closest(".finding");
    if (finding && !event.target.closest("button, input, summary, a")) { choose(finding); }
  });
  reading.addEventListener("click", function (event) {
    var mark = event.target.closest("mark.f");
    if (!mark) { return; }
    var ids = mark.dataset.ids.split(" "), now = list.querySelector(".finding.current"), at = now ? ids.indexOf(now.dataset.n) : -1;
    var next = document.getElementById("f-" + ids[(at + 1) % ids.length]);
    if (next) { next.hidden = false; choose(next, true); }
  });
  each("[data-check-filter]", function (select) {
    select.addEventListener("change", function () { chosen[select.dataset.checkFilter] = select.value; filter(); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    var now = list.querySelector(".finding.current");
    var name = event.key === "y" ? "button[value^='accept:']" : event.key === "i" ? "button[value=ignore]" : "";
    var button = now && name ? now.querySelector(name) : null;
    if (button) { event.preventDefault(); button.click(); }
  });
  document.body.addEventListener("htmx:afterSwap", function () {
    document.getElementById("check-problem").textContent = "";
    refresh();
    show(list.querySelector(".finding.current"), true);
  });
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422 && list.contains(event.detail.target)) {
      event.detail.shouldSwap = false;
      document.getElementById("check-problem").innerHTML = event.detail.xhr.responseText;
    }
  });
  var first = document.querySelector(location.hash && /^#f-\d+$/.test(location.hash) ? location.hash : ".finding[data-state=open]");
  if (first) { choose(first, !location.hash); }
})();
