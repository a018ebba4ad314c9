/* form[data-draft=KEY]: what is typed stays on this machine until the server has accepted it.

   A draft is dropped only on evidence of success: a success message on the page after the submit, or a page that no longer
   shows the form. Log-in and error pages carry body[data-keep-drafts]; after them nothing is dropped. */
(function () {
  "use strict";
  var DAYS = 14, prefix = "jushi.draft." + (document.body.dataset.user || "") + ".";
  var sent = null;
  try { sent = JSON.parse(sessionStorage.getItem("jushi.sent")); } catch (e) { return; }
  function forgetSent() { sessionStorage.removeItem("jushi.sent"); }
  if (document.body.hasAttribute("data-keep-drafts")) { forgetSent(); return; }

  function key(form) { return prefix + form.dataset.draft; }
  function keepable(field) {
    return field.name && field.name !== "csrfmiddlewaretoken" && !field.disabled && !field.hasAttribute("data-private") &&
      !/^(password|file|hidden|submit|button|reset|image)$/.test(field.type);
  }
  function value(field) {
    if (/^(checkbox|radio)$/.test(field.type)) { return field.checked; }
    if (field.multiple) { return Array.prototype.map.call(field.selectedOptions, function (o) { return o.value; }); }
    return field.value;
  }
  function collect(form) {
    var values = {};
    Array.prototype.filter.call(form.elements, keepable).forEach(function (field) {
      (values[field.name] = values[field.name] || []).push(value(field));
    });
    return values;
  }
  function put(form, values) {
    var index = {};
    Array.prototype.filter.call(form.elements, keepable).forEach(function (field) {
      var at = index[field.name] = index[field.name] === undefined ? 0 : index[field.name] + 1;
      var kept = (values[field.name] || [])[at];
      if (kept === undefined) { return; }
      if (/^(checkbox|radio)$/.test(field.type)) { field.checked = kept; }
      else if (field.multiple) { Array.prototype.forEach.call(field.options, function (o) { o.selected = kept.indexOf(o.value) >= 0; }); }
      else { field.value = kept; }
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  function read(form) {
    try {
      var draft = JSON.parse(localStorage.getItem(key(form)));
      return draft && Date.now() - draft.time < DAYS * 864e5 ? draft : null;
    } catch (e) { return null; }
  }
  function drop(form) { localStorage.removeItem(key(form)); }
  function save(form) {
    try { localStorage.setItem(key(form), JSON.stringify({ time: Date.now(), values: collect(form) })); } catch (e) { /* full */ }
  }
  function notice(form, draft, before) {
    var bar = document.createElement("div"), button = document.createElement("button");
    bar.className = "alert alert-info draft-note";
    bar.textContent = "已恢复 " + new Date(draft.time).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" }) + " 尚未保存的内容。";
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "放弃，恢复原样";
    button.addEventListener("click", function () { put(form, before); drop(form); bar.remove(); });
    bar.appendChild(button);
    form.insertBefore(bar, form.firstChild);
  }
  function watch(form) {
    var timer = null, changed = false;
    form.addEventListener("input", function () {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(function () { if (changed) { save(form); } }, 400);
    });
    window.addEventListener("pagehide", function () { if (changed) { save(form); } });
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) { return; }
      save(form);
      sessionStorage.setItem("jushi.sent", JSON.stringify({ key: key(form) }));
    });
    form.addEventListener("htmx:afterRequest", function (event) {
      if (event.target !== form) { return; }
      forgetSent();
      if (event.detail.successful && event.detail.xhr.responseText.indexOf("is-invalid") < 0) { changed = false; clearTimeout(timer); drop(form); }
    });
  }

  /* Old drafts of anybody on this machine go. */
  Object.keys(localStorage).forEach(function (name) {
    if (name.indexOf("jushi.draft.") !== 0) { return; }
    try { if (Date.now() - JSON.parse(localStorage.getItem(name)).time > DAYS * 864e5) { localStorage.removeItem(name); } } catch (e) { localStorage.removeItem(name); }
  });
  var forms = Array.prototype.slice.call(document.querySelectorAll("form[data-draft]"));
  if (sent) {
    var same = forms.filter(function (form) { return key(form) === sent.key; })[0];
    if (!same || document.querySelector(".alert-success")) { localStorage.removeItem(sent.key); }
    forgetSent();
  }
  forms.forEach(function (form) {
    var draft = read(form), before = collect(form);
    /* A form that came back with errors or warnings already shows what was sent. */
    if (draft && !form.querySelector(".is-invalid, .warned") && JSON.stringify(draft.values) !== JSON.stringify(before)) {
      put(form, draft.values);
      notice(form, draft, before);
    }
    watch(form);
  });
})();
