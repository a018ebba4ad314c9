/* Runs before the first paint, so that a dark room does not flash white. Light and dark follow the system unless chosen. */
(function () {
  "use strict";
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try { return localStorage.getItem("jushi.theme") || "auto"; } catch (e) { return "auto"; }
  }
  function apply() {
    var theme = chosen();
    if (theme === "auto") { theme = system.matches ? "dark" : "light"; }
    document.documentElement.setAttribute("data-bs-theme", theme);
    document.dispatchEvent(new CustomEvent("jushi:theme"));
  }
  window.JushiTheme = {
    name: chosen,
    set: function (name) {
      try { localStorage.setItem("jushi.theme", name); } catch (e) { /* private window: this page only */ }
      apply();
    }
  };
  if (system.addEventListener) { system.addEventListener("change", apply); }
  apply();
})();
