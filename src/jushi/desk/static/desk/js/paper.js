/* Paper: header of every printed page, and an honest word when the screen lacks the fonts of official documents. */
(function () {
  "use strict";
  function quoted(text) { return '"' + text.replace(/["\\\n]/g, " ") + '"'; }
  if ("adoptedStyleSheets" in document) {
    window.addEventListener("beforeprint", function () {
      var set = document.body.dataset, title = document.querySelector(".page-title h1");
      var head = [set.bureau, title ? title.textContent.trim() : document.title].filter(Boolean).join(" · ");
      var right = [set.area, set.period].filter(Boolean).join(" · ");
      var style = new CSSStyleSheet();
      style.replaceSync("@page { @top-left { content: " + quoted(head) + "; font-size: 9pt } @top-right { content: " + quoted(right) + "; font-size: 9pt } }");
      document.adoptedStyleSheets = document.querySelector(".sheet") ? [] : [style];
    });
  }

  function pixels(family) {
    var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = canvas.height = 40;
    pen.font = "32px " + family;
    pen.fillText("国", 2, 34);
    return pen.getImageData(0, 0, 40, 40).data.join("");
  }
  function absent(names) {
    return names.every(function (name) {
      return ["serif", "sans-serif"].every(function (base) { return pixels('"' + name + '", ' + base) === pixels('"Jushi No Font", ' + base); });
    });
  }
  var sheet = document.querySelector(".sheet-room");
  if (sheet && absent(["FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong"])) {
    var note = document.createElement("p");
    note.className = "sheet-note";
    note.textContent = "本机没有仿宋字体，屏幕上以相近字体代替；导出的 Word 文件仍标明仿宋，在装有该字体的电脑上按规定显示。";
    sheet.parentNode.insertBefore(note, sheet.nextSibling);
  }
})();
