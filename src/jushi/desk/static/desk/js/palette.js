/* Ctrl+K: one box to go anywhere. The menu is searched at once in the page, everything else by /palette?q=. */
(function () {
  "use strict";
  var dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) { return; }
  var input = dialog.querySelector("input"), list = dialog.querySelector("ul");
  var timer = null, asked = 0, shown = 0;

  function menu(words) {
    var found = [];
    window.Jushi.each("#side a[href]", function (link) {
      var label = (link.querySelector("span") || link).textContent.trim();
      var line = link.closest("details");
      if (!link.classList.contains("side-brand") && (words === "" || label.indexOf(words) >= 0)) {
        found.push({ label: label, url: link.getAttribute("href"), hint: line ? line.querySelector("summary span").textContent : "菜单" });
      }
    });
    return found.slice(0, words === "" ? 12 : 6);
  }
  function select(index) {
    var items = list.querySelectorAll("a");
    if (!items.length) { return; }
    index = (index + items.length) % items.length;
    Array.prototype.forEach.call(items, function (item, i) {
      item.setAttribute("aria-selected", String(i === index));
      if (i === index) { item.scrollIntoView({ block: "nearest" }); }
    });
  }
  function selected() {
    return Array.prototype.findIndex.call(list.querySelectorAll("a"), function (a) { return a.getAttribute("aria-selected") === "true"; });
  }
  function draw(entries, words) {
    list.textContent = "";
    var seen = {};
    entries.forEach(function (entry) {
      if (seen[entry.url]) { return; }
      seen[entry.url] = true;
      var item = document.createElement("li"), link = document.createElement("a"), hint = document.createElement("small");
      link.href = entry.url;
      link.setAttribute("role", "option");
      link.textContent = entry.label;
      hint.textContent = entry.hint || "";
      link.appendChild(hint);
      item.appendChild(link);
      list.appendChild(item);
    });
    if (!list.children.length) {
      var none = document.createElement("li");
      none.className = "none";
      none.textContent = "没有找到“" + words + "”";
      list.appendChild(none);
    }
    select(0);
  }
  function search() {
    var words = input.value.trim(), local = menu(words), number = ++asked;
    if (words === "") { draw(local, words); return; }
    if (local.length) { draw(local, words); }
    fetch(document.body.dataset.palette + "?q=" + encodeURIComponent(words), { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (response) { return response.ok ? response.json() : []; })
      .catch(function () { return []; })
      .then(function (remote) {
        if (number > shown && number === asked) { shown = number; draw(local.concat(remote.results || remote), words); }
      });
  }
  input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(search, 120); });
  dialog.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    if (event.key === "ArrowDown") { select(selected() + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { select(selected() - 1); event.preventDefault(); }
    if (event.key === "Enter") {
      var link = list.querySelectorAll("a")[selected()];
      if (link) { link.click(); }
      event.preventDefault();
    }
  });
  dialog.addEventListener("click", function (event) { if (event.target === dialog) { dialog.close(); } });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (dialog.open) { dialog.close(); return; }
      dialog.showModal();
      input.select();
      search();
    }
  });
})();
