/* Log-in page: a demonstration account fills the form with one click. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var at = event.target.closest("[data-fill]");
    if (!at) { return; }
    var form = document.querySelector("form[data-login]");
    form.elements.username.value = at.dataset.fill;
    form.elements.password.value = at.dataset.word;
    form.requestSubmit();
  });
})();
