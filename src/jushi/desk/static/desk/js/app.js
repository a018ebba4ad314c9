/* Frame behaviour: drawer, remembered menu, appearance, toasts, small form helpers. No framework, no inline code. */
(function () {
  "use strict";
  var body = document.body;

  function each(selector, work, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), work); }
  function remember(key, value) { try { localStorage.setItem("jushi." + key, value); } catch (e) { /* full or forbidden */ } }
  function recall(key) { try { return localStorage.getItem("jushi." + key); } catch (e) { return null; } }

  function toast(text, bad) {
    var room = document.getElementById("toasts");
    if (!room) { return; }
    var note = document.createElement("div");
    note.className = "note" + (bad ? " bad" : "");
    note.textContent = text;
    room.appendChild(note);
    setTimeout(function () { note.remove(); }, bad ? 9000 : 4000);
  }
  window.Jushi = { each: each, toast: toast, remember: remember, recall: recall };

  /* Drawer on small screens. */
  function drawer(open) {
    body.classList.toggle("drawer-open", open);
    each("[data-drawer]", function (b) { b.setAttribute("aria-expanded", String(open)); });
    if (open) { var first = document.querySelector("#side a"); if (first) { first.focus(); } }
  }

  /* Menu: the current branch is open; otherwise as left. Keep the scroll position between pages. */
  each("details[data-remember]", function (details) {
    var key = details.dataset.remember, kept = recall(key);
    if (!details.hasAttribute("data-active") && kept !== null) { details.open = kept === "1"; }
    details.addEventListener("toggle", function () { remember(key, details.open ? "1" : "0"); });
  });
  var scroller = document.querySelector(".side-scroll");
  if (scroller) {
    scroller.scrollTop = Number(sessionStorage.getItem("jushi.side") || 0);
    scroller.addEventListener("scroll", function () { sessionStorage.setItem("jushi.side", scroller.scrollTop); }, { passive: true });
  }

  /* Appearance: system, light, dark. */
  var themes = { auto: "跟随系统", light: "浅色", dark: "深色" };
  function nameTheme() { each("[data-theme-name]", function (s) { s.textContent = themes[window.JushiTheme.name()]; }); }
  nameTheme();

  /* Rows picked for a batch. */
  function countPicks(room) {
    var n = room.querySelectorAll("[data-pick]:checked").length;
    each(".batch", function (bar) { bar.hidden = n === 0; }, room);
    each("[data-pick-count]", function (s) { s.textContent = n; }, room);
    each("[data-pick-all]", function (box) {
      var all = room.querySelectorAll("[data-pick]").length;
      box.checked = n > 0 && n === all;
      box.indeterminate = n > 0 && n < all;
    }, room);
  }
  function room(element) { return element.closest("form, [data-picks]") || document; }

  document.addEventListener("click", function (event) {
    var at = event.target.closest("[data-drawer],[data-drawer-close],[data-theme-next],[data-copy],[data-print],[data-keys-help]");
    if (!at) { return; }
    if (at.hasAttribute("data-drawer")) { drawer(!body.classList.contains("drawer-open")); }
    if (at.hasAttribute("data-drawer-close")) { drawer(false); }
    if (at.hasAttribute("data-print")) { window.print(); }
    if (at.hasAttribute("data-keys-help")) { document.getElementById("keys").showModal(); }
    if (at.hasAttribute("data-theme-next")) {
      var order = ["auto", "light", "dark"];
      window.JushiTheme.set(order[(order.indexOf(window.JushiTheme.name()) + 1) % 3]);
      nameTheme();
      event.stopPropagation();
    }
    if (at.hasAttribute("data-copy") && navigator.clipboard) {
      navigator.clipboard.writeText(at.dataset.copy).then(function () { toast("已复制"); });
    }
  }, true);

  document.addEventListener("submit", function (event) {
    var asked = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (asked && !window.confirm(asked)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);

  document.addEventListener("change", function (event) {
    var at = event.target;
    if (at.hasAttribute("data-autosubmit") && at.form) { at.form.requestSubmit(); }
    if (at.hasAttribute("data-pick-all")) {
      each("[data-pick]", function (box) { box.checked = at.checked; }, room(at));
    }
    if (at.hasAttribute("data-pick-all") || at.hasAttribute("data-pick")) { countPicks(room(at)); }
  });

  document.addEventListener("input", function (event) {
    var at = event.target;
    if (!at.dataset || !at.dataset.filter) { return; }
    var wanted = at.value.trim();
    each(at.dataset.filter, function (item) { item.hidden = wanted !== "" && item.textContent.indexOf(wanted) < 0; });
  });

  /* Widths come as data: the content security policy forbids style attributes in pages. */
  function meters(root) {
    each(".meter > [data-width]", function (bar) {
      bar.style.width = Math.max(0, Math.min(100, Number(bar.dataset.width) || 0)) + "%";
    }, root);
  }
  meters();

  /* A table that scrolls and holds nothing to focus can be scrolled by keyboard. */
  each(".table-room", function (part) {
    if ((part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight) && !part.querySelector("a, button, input, select")) { part.tabIndex = 0; }
  });

  /* File fields speak the page's language, not the browser's; a file may also be dropped on them. */
  each("input[type=file]", function (input) {
    var room = document.createElement("span"), button = document.createElement("label"), names = document.createElement("span");
    if (!input.id) { input.id = "file-" + Math.random().toString(36).slice(2); }
    room.className = "file-pick";
    button.className = "btn";
    button.htmlFor = input.id;
    button.textContent = input.multiple ? "选择文件（可多选）" : "选择文件";
    names.className = "file-names";
    function show() {
      var all = Array.prototype.map.call(input.files, function (file) { return file.name; });
      names.textContent = all.length ? all.join("、") : "未选择，也可拖到这里";
    }
    input.parentNode.insertBefore(room, input);
    room.appendChild(input);
    room.appendChild(button);
    room.appendChild(names);
    input.addEventListener("change", show);
    if (!input.closest("[data-drop]")) {
      var target = input.closest(".panel-body") || room;
      target.addEventListener("dragover", function (event) { event.preventDefault(); });
      target.addEventListener("drop", function (event) {
        event.preventDefault();
        if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); input.dispatchEvent(new Event("input", { bubbles: true })); }
      });
    }
    show();
  });

  /* htmx: say what went wrong instead of doing nothing. */
  document.addEventListener("htmx:afterSwap", function (event) { meters(event.target); });
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    var words = { 401: "登录已超时，请重新登录；所填内容已在本机保留。", 403: "没有权限进行这项操作。", 404: "没有找到，可能已被删除。", 413: "文件过大。" };
    toast(words[status] || "没有办成（" + status + "），请稍后再试。", true);
  });
  document.addEventListener("htmx:sendError", function () { toast("连接不上服务器，请检查网络；所填内容已在本机保留。", true); });
  document.addEventListener("toast", function (event) {
    if (event.detail && event.detail.value) { toast(event.detail.value); }
  });
})();
