/* Lists, records and forms of ledgers: suggestions while typing, line tables with paste from Excel, questions for a reason. */
(function () {
  "use strict";
  var each = window.Jushi.each;

  /* --- suggestions: input[data-suggest-url] (+ data-suggest-many for several names in one field) --- */
  var list = null, owner = null, timer = null, asked = 0;
  function close() { if (list) { list.remove(); list = null; owner = null; } }
  function lastWord(text) { return text.split(/[、,，;；\n]/).pop().trim(); }
  function take(value) {
    var input = owner;
    if (!input) { return; }
    if (input.hasAttribute("data-suggest-many")) {
      var parts = input.value.split(/[、,，;；\n]/);
      parts[parts.length - 1] = value;
      input.value = parts.map(function (p) { return p.trim(); }).filter(Boolean).join("、") + "、";
    } else { input.value = value; }
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }
  function draw(input, results) {
    close();
    if (!results.length || document.activeElement !== input) { return; }
    list = document.createElement("ul");
    list.className = "suggest";
    list.setAttribute("role", "listbox");
    owner = input;
    results.forEach(function (item, index) {
      var li = document.createElement("li"), small = document.createElement("small");
      li.setAttribute("role", "option");
      li.textContent = item.value;
      small.textContent = item.hint || "";
      li.appendChild(small);
      li.dataset.value = item.value;
      if (index === 0 && item.value === lastWord(input.value)) { li.setAttribute("aria-selected", "true"); }
      list.appendChild(li);
    });
    var box = input.getBoundingClientRect();
    list.style.left = (box.left + window.scrollX) + "px";
    list.style.top = (box.bottom + window.scrollY) + "px";
    list.style.minWidth = box.width + "px";
    document.body.appendChild(list);
  }
  function ask(input) {
    var number = ++asked;
    fetch(input.dataset.suggestUrl + "&q=" + encodeURIComponent(lastWord(input.value)), { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (r) { return r.ok ? r.json() : { results: [] }; })
      .catch(function () { return { results: [] }; })
      .then(function (data) { if (number === asked) { draw(input, data.results); } });
  }
  function move(by) {
    var items = Array.prototype.slice.call(list.children);
    var at = items.findIndex(function (li) { return li.getAttribute("aria-selected") === "true"; });
    var next = (at + by + items.length) % items.length;
    if (at < 0) { next = by > 0 ? 0 : items.length - 1; }
    items.forEach(function (li, i) { li.setAttribute("aria-selected", String(i === next)); });
    items[next].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("input", function (event) {
    var input = event.target;
    if (!input.dataset || !input.dataset.suggestUrl || !event.isTrusted) { return; }
    clearTimeout(timer);
    timer = setTimeout(function () { ask(input); }, 150);
  });
  document.addEventListener("focusin", function (event) {
    var input = event.target;
    if (input.dataset && input.dataset.suggestUrl && input.value === "") { clearTimeout(timer); timer = setTimeout(function () { ask(input); }, 150); }
  });
  document.addEventListener("focusout", function () { setTimeout(close, 150); });
  document.addEventListener("mousedown", function (event) {
    var li = event.target.closest && event.target.closest(".suggest li");
    if (li) { event.preventDefault(); take(li.dataset.value); }
  });
  document.addEventListener("keydown", function (event) {
    if (!list || event.isComposing) { return; }
    if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    else if (event.key === "Escape") { close(); event.stopPropagation(); }
    else if (event.key === "Enter" || event.key === "Tab") {
      var chosen = list.querySelector("[aria-selected=true]");
      if (chosen) { take(chosen.dataset.value); if (event.key === "Enter") { event.preventDefault(); } }
    }
  }, true);

  /* --- line tables --- */
  function addLine(table) {
    var body = table.tBodies[0], blank = table.parentNode.querySelector("template[data-blank]");
    var row = blank.content.querySelector("tr").cloneNode(true), number = body.rows.length;
    while (body.querySelector('[name*=".' + number + '."]')) { number += 1; }
    each("[name]", function (field) { field.name = field.name.replace(/\.N\./, "." + number + "."); }, row);
    body.appendChild(row);
    return row;
  }
  function fields(row) { return Array.prototype.filter.call(row.querySelectorAll("input, select"), function (f) { return f.type !== "hidden"; }); }
  var missed = [];
  function fill(field, text) {
    text = text.trim();
    if (field.tagName === "SELECT") {
      var hit = Array.prototype.find.call(field.options, function (o) { return o.text === text || o.value === text; });
      field.value = hit ? hit.value : "";
      if (!hit) { missed.push(text); }
    } else if (field.type === "date") {
      var day = text.match(/(\d{4})\D(\d{1,2})\D(\d{1,2})/);
      field.value = day ? day[1] + "-" + ("0" + day[2]).slice(-2) + "-" + ("0" + day[3]).slice(-2) : "";
    } else { field.value = text; }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("paste", function (event) {
    var table = event.target.closest && event.target.closest("[data-lines]");
    var text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!table) { offerImport(event, text); return; }
    if (!/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    missed = [];
    var rows = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    var row = event.target.closest("tr"), column = fields(row).indexOf(event.target);
    rows.forEach(function (line, index) {
      if (index > 0) { row = row.nextElementSibling || addLine(table); }
      line.split("\t").forEach(function (cell, offset) {
        var field = fields(row)[column + offset];
        if (field) { fill(field, cell); }
      });
    });
    window.Jushi.toast("已粘贴 " + rows.length + " 行");
    if (missed.length) { window.Jushi.toast("“" + missed.slice(0, 3).join("”“") + "”不在可选项中，已留空，请补选。", true); }
  });
  /* Rows of a sheet pasted on a list go to its import, where they are checked before anything is written. */
  function offerImport(event, text) {
    var link = document.querySelector("a[data-import]");
    if (!link || !/\t/.test(text) || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    try { sessionStorage.setItem("jushi.pasted", text); } catch (e) { return; }
    event.preventDefault();
    window.location.href = link.href;
  }
  var pasted = document.getElementById("pasted");
  if (pasted && sessionStorage.getItem("jushi.pasted")) {
    pasted.value = sessionStorage.getItem("jushi.pasted");
    sessionStorage.removeItem("jushi.pasted");
    window.Jushi.toast("已带入粘贴的内容，请核对第一行是不是列名");
    pasted.focus();
  }

  /* --- questions --- */
  function askReason(question, then) {
    var dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.innerHTML = '<form method="dialog"><h2></h2><textarea class="form-control" rows="3" maxlength="300" required></textarea><div class="ask-foot"><button type="button" class="btn" data-close>取消</button><button class="btn btn-primary">确定</button></div></form>';
    dialog.querySelector("h2").textContent = question;
    document.body.appendChild(dialog);
    dialog.querySelector("form").addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopPropagation();
      var text = dialog.querySelector("textarea").value.trim();
      if (text) { dialog.close(); then(text); }
    });
    dialog.addEventListener("close", function () { dialog.remove(); });
    dialog.showModal();
  }
  document.addEventListener("click", function (event) {
    var at = event.target.closest && event.target.closest("[data-ask],[data-open],[data-close],[data-line-add],[data-line-drop],[data-choose],[data-filters]");
    if (!at) { return; }
    if (at.dataset.ask) {
      var form = at.form, holder = form.querySelector("[data-reason]");
      event.preventDefault();
      askReason(at.dataset.ask, function (text) { holder.value = text; form.requestSubmit(proxy(form, at)); });
    }
    if (at.dataset.open) { document.querySelector(at.dataset.open).showModal(); }
    if (at.hasAttribute("data-close")) { at.closest("dialog").close(); }
    if (at.hasAttribute("data-line-add")) { var room = at.closest(".panel, form"); fields(addLine(room.querySelector("[data-lines]")))[0].focus(); }
    if (at.hasAttribute("data-line-drop")) { fields(at.closest("tr")).forEach(function (f) { f.value = ""; }); at.closest("tr").hidden = true; }
    if (at.hasAttribute("data-filters")) { at.form.classList.toggle("open"); }
    if (at.hasAttribute("data-choose")) {
      var names = Array.prototype.map.call(at.parentNode.querySelectorAll("input:checked"), function (b) { return b.value; });
      var url = new URL(window.location.href);
      url.searchParams.delete("cols");
      if (names.length) { url.searchParams.set("cols", names.join(",")); }
      window.location.href = url.href;
    }
  });
  /* A submitter that no longer asks: the question has been answered. */
  function proxy(form, button) {
    var twin = document.createElement("button");
    twin.name = button.name; twin.value = button.value; twin.hidden = true;
    form.appendChild(twin);
    return twin;
  }

  /* --- files dropped on the upload form --- */
  each("[data-drop]", function (form) {
    var input = form.querySelector("input[type=file]");
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      form.addEventListener(name, function (event) {
        event.preventDefault();
        form.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; form.requestSubmit(); }
      });
    });
  });

  /* --- corrections: the old value beside the new --- */
  var old = document.getElementById("old-values");
  if (old) {
    var values = JSON.parse(old.textContent);
    each("[data-old]", function (hint) {
      var field = hint.parentNode.querySelector("input, select, textarea"), first = field.value;
      function show() { hint.textContent = field.value !== first ? values[hint.dataset.old] || "（空）" : ""; hint.classList.toggle("differs", field.value !== first); }
      field.addEventListener("input", show);
      field.addEventListener("change", show);
    });
  }
  /* The list of errors is where a reader starts. */
  var errors = document.querySelector(".errors[tabindex]");
  if (errors) { errors.focus(); }
})();
