/* [data-chart]: small trends are drawn as SVG at once; line, bar and pie load the chart library when they come into view. */
(function () {
  "use strict";
  var each = window.Jushi.each, loading = null, drawn = [];

  function data(element) {
    if (element.dataset.values) { return { series: [{ values: JSON.parse(element.dataset.values) }] }; }
    var source = element.dataset.source ? document.querySelector(element.dataset.source) : element.querySelector('script[type="application/json"]');
    return source ? JSON.parse(source.textContent) : null;
  }
  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function spark(element) {
    var given = data(element), values = given ? given.series ? given.series[0].values : given : [];
    var known = values.filter(function (v) { return v !== null; });
    if (known.length < 2) { return; }
    var w = 84, h = 20, low = Math.min.apply(null, known), span = Math.max.apply(null, known) - low || 1;
    var path = "", pen = false, last = null;
    values.forEach(function (v, i) {
      if (v === null) { pen = false; return; } /* missing is not zero: the line breaks */
      last = [2 + i * (w - 4) / (values.length - 1), h - 3 - (v - low) / span * (h - 6)];
      path += (pen ? "L" : "M") + last[0].toFixed(1) + " " + last[1].toFixed(1);
      pen = true;
    });
    var space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 " + w + " " + h);
    svg.setAttribute("class", "spark");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", element.dataset.label || "近期走势：" + known.join("、"));
    var line = document.createElementNS(space, "path"), dot = document.createElementNS(space, "circle");
    line.setAttribute("d", path);
    dot.setAttribute("cx", last[0]); dot.setAttribute("cy", last[1]); dot.setAttribute("r", 1.8);
    svg.appendChild(line); svg.appendChild(dot);
    element.textContent = "";
    element.appendChild(svg);
  }

  function library() {
    loading = loading || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = document.body.dataset.echarts;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
    return loading;
  }
  function palette() {
    return [colour("--tblr-primary") || "#0565bf", "#7aa7d9", "#8a94a3", "#4f6d8f", "#b8c4d4", "#2f4a6b"];
  }
  function pie(given, text) {
    var first = given.series[0];
    return {
      color: palette(), tooltip: { renderMode: "richText", valueFormatter: unit(given) },
      series: [{ type: "pie", radius: ["45%", "72%"], label: { color: text, formatter: "{b} {c}" },
        data: first.values.map(function (v, i) { return { name: given.categories[i], value: v }; }) }]
    };
  }
  function unit(given) { return function (v) { return v === null || v === undefined ? "无数据" : v + (given.unit || ""); }; }
  function option(kind, given) {
    var text = colour("--desk-ink-2"), line = colour("--desk-line");
    if (kind === "pie") { return pie(given, text); }
    var names = { type: "category", data: given.categories, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text } };
    var values = { type: "value", name: given.unit, nameTextStyle: { color: text }, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } };
    if (given.horizontal) { names.inverse = true; }
    return {
      color: palette(), animation: false, textStyle: { fontFamily: "inherit" },
      grid: { left: 8, right: 16, top: given.series.length > 1 ? 48 : given.unit ? 36 : 16, bottom: 4, containLabel: true },
      legend: given.series.length > 1 ? { top: 0, right: 0, textStyle: { color: text }, itemWidth: 14, itemHeight: 8 } : undefined,
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: unit(given), axisPointer: { type: kind === "bar" ? "shadow" : "line" } },
      xAxis: given.horizontal ? values : names, yAxis: given.horizontal ? names : values,
      series: given.series.map(function (s) {
        return { name: s.name, type: s.kind || kind, data: s.values, stack: given.stacked ? "all" : undefined, barMaxWidth: 28,
          symbol: "circle", symbolSize: 5, connectNulls: false, label: { show: kind === "bar" && given.series.length === 1 && s.values.length <= 14, position: given.horizontal ? "right" : "top", color: text } };
      })
    };
  }
  function draw(element) {
    var given = data(element);
    if (!given) { return; }
    library().then(function () {
      var chart = window.echarts.init(element, null, { renderer: "canvas" });
      chart.setOption(option(element.dataset.chart, given));
      if (given.links) { chart.on("click", function (at) { if (given.links[at.dataIndex]) { location.href = given.links[at.dataIndex]; } }); }
      new ResizeObserver(function () { chart.resize(); }).observe(element);
      drawn.push(function () { chart.setOption(option(element.dataset.chart, given), true); });
    }, function () { element.textContent = "图表没有载入，数据见表格。"; });
  }
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) { if (entry.isIntersecting) { near.unobserve(entry.target); draw(entry.target); } });
  }, { rootMargin: "200px" });

  function start(root) {
    each("[data-chart]:not([data-drawn])", function (element) {
      element.setAttribute("data-drawn", "");
      if (element.dataset.chart === "spark") { spark(element); } else { near.observe(element); }
    }, root);
  }
  start(document);
  document.addEventListener("htmx:afterSwap", function (event) { start(event.target); });
  document.addEventListener("jushi:theme", function () { drawn.forEach(function (again) { again(); }); });
})();
