/* Keyboard: / n j k Enter Esc Ctrl+S ?. Single letters never fire while something is being typed. */
(function () {
  "use strict";
  var each = window.Jushi.each;

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type);
  }
  function rows() {
    return Array.prototype.filter.call(
      document.querySelectorAll("table.ledger > tbody > tr, [data-rows] > *"),
      function (row) { return row.offsetParent !== null; }
    );
  }
  function step(by) {
    var all = rows();
    if (!all.length) { return; }
    var at = all.findIndex(function (row) { return row.classList.contains("current"); });
    var next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by));
    each(".current", function (row) { if (all.indexOf(row) >= 0) { row.classList.remove("current"); } });
    all[next].classList.add("current");
    all[next].scrollIntoView({ block: "nearest" });
    all[next].dispatchEvent(new CustomEvent("jushi:row", { bubbles: true }));
  }
  function open() {
    var row = rows().find(function (r) { return r.classList.contains("current"); });
    var link = row && (row.matches("a[href]") ? row : row.querySelector("a.open[href], td.main a[href], a[href]"));
    if (link) { link.click(); }
    return Boolean(link);
  }
  function back() {
    if (document.body.classList.contains("drawer-open")) { document.querySelector("[data-drawer-close]").click(); return; }
    var crumbs = document.querySelectorAll("a[data-crumb]");
    var link = document.querySelector("[data-key=back]") || crumbs[crumbs.length - 1];
    if (link) { link.click(); }
  }
  function save() {
    var inForm = document.activeElement && document.activeElement.closest("form[method=post]");
    var form = inForm || document.querySelector("form[data-main], form[data-draft]");
    if (form) { form.requestSubmit(); }
    return Boolean(form);
  }
  function shortcut(key) {
    var link = document.querySelector('[data-key="' + key + '"]');
    if (link) { link.click(); }
    return Boolean(link);
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) { return; }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      if (save()) { event.preventDefault(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], .modal.show")) { return; }
    if (typing(event.target)) {
      if (event.key === "Escape") { event.target.blur(); }
      return;
    }
    var done = true;
    if (event.key === "/") { var box = document.querySelector("[data-search]"); if (box) { box.focus(); box.select(); } }
    else if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "?") { document.getElementById("keys").showModal(); }
    else if (event.key === "Escape") { if (!document.querySelector(".dropdown-menu.show")) { back(); } }
    else if (event.key === "Enter") { done = event.target === document.body || event.target.id === "content" ? open() : false; }
    else if (/^[a-z]$/.test(event.key)) { done = shortcut(event.key); }
    else { done = false; }
    if (done) { event.preventDefault(); }
  });
})();
