// Draws what a figure describes: <figure data-chart> holds JSON and an empty .chart-draw. The table beside it says the
// same in words, so the page works without this file. Pages with charts load it, and ECharts comes when one is in sight:
// <script type="module" src="…/charts.js" data-echarts="…/echarts.min.js" id="charts">
const source = document.getElementById("charts").dataset.echarts;
const drawn = new Map();
let library;

function load() {
  library ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

/** The tokens of the theme in force. */
function look() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    accent: token("accent-solid"), strong: token("accent"), soft: token("accent-soft"), line: token("line"), edge: token("line-strong"),
    ink: token("ink"), quiet: token("ink-soft"), faint: token("ink-faint"), surface: token("surface"), kept: token("kept-solid"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

const known = (value) => (value === null || value === undefined ? "-" : value);
const fixed = (value, digits) => (value === null || value === undefined ? "–" : value.toFixed(digits));

function common(chart, c) {
  return {
    animation: false,
    textStyle: { fontFamily: c.font, color: c.quiet, fontSize: 12 },
    grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "item", renderMode: "richText", confine: true, backgroundColor: c.surface, borderColor: c.edge, borderWidth: 1, padding: [8, 12],
      textStyle: { color: c.ink, fontSize: 12, fontFamily: c.font },
      formatter: (at) => chart.points[at.dataIndex]?.words ?? "",
    },
  };
}

const words = (c) => ({ color: c.faint, fontSize: 12 });
const quietAxis = (c) => ({ axisLine: { lineStyle: { color: c.edge } }, axisTick: { show: false }, axisLabel: { ...words(c), hideOverlap: true } });
const valueAxis = (c) => ({ type: "value", axisLabel: { ...words(c), hideOverlap: true }, splitLine: { lineStyle: { color: c.line } }, splitNumber: 3 });

/** Whiskers from low to high; `across`: the values lie on the x axis. */
function intervals(chart, c, across) {
  const stretch = (params, api) => {
    const place = api.value(0);
    const ends = [api.value(1), api.value(2)].map((value) => (across ? api.coord([value, place]) : api.coord([place, value])));
    return { type: "line", shape: { x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1] }, style: { stroke: c.strong, lineWidth: across ? 1.5 : 6, opacity: across ? 1 : 0.22, lineCap: "round" } };
  };
  const data = chart.points.flatMap((one, place) => (one.low === null ? [] : [[place, one.low, one.high]]));
  const encode = across ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] };
  return { type: "custom", renderItem: stretch, data, encode, silent: true, z: across ? 3 : 1 };
}

const kinds = {
  trend(chart, c) {
    const aim = chart.target === null ? undefined : {
      silent: true, symbol: "none", data: [{ yAxis: chart.target }], lineStyle: { color: c.kept, type: "dashed", width: 1 },
      label: { formatter: chart.target_words, position: "insideStartTop", color: c.faint, fontSize: 12 },
    };
    const line = {
      type: "line", data: chart.points.map((one) => known(one.value)), symbol: "circle", symbolSize: 8, connectNulls: false,
      lineStyle: { color: c.strong, width: 2 }, itemStyle: { color: c.strong, borderColor: c.surface, borderWidth: 1 }, cursor: "pointer", markLine: aim, z: 2,
    };
    const aimOutside = (out) => (chart.target !== null && out(chart.target) ? chart.target : null);
    return {
      ...common(chart, c),
      xAxis: { type: "category", data: chart.points.map((one) => one.name), boundaryGap: true, ...quietAxis(c) },
      yAxis: { ...valueAxis(c), scale: true, min: (all) => aimOutside((aim) => aim < all.min), max: (all) => aimOutside((aim) => aim > all.max), axisLabel: { ...words(c), formatter: (value) => fixed(value, chart.digits), hideOverlap: true } },
      series: [line, intervals(chart, c, false)],
    };
  },

  bars(chart, c) {
    const bars = {
      type: "bar", data: chart.points.map((one) => known(one.value)), barMaxWidth: 16, itemStyle: { color: c.accent, opacity: 0.55, borderRadius: [0, 3, 3, 0] }, cursor: "pointer",
    };
    const named = (one) => `${one.name}  {value|${fixed(one.value, chart.digits)}}`;
    return {
      ...common(chart, c),
      yAxis: { type: "category", inverse: true, data: chart.points.map(named), ...quietAxis(c), axisLabel: { ...words(c), color: c.quiet, rich: { value: { color: c.ink, fontWeight: 600, fontSize: 12, fontFamily: c.font } } } },
      xAxis: { ...valueAxis(c), min: chart.least, max: chart.most },
      series: [bars, intervals(chart, c, true)],
    };
  },

  pareto(chart, c) {
    const bars = { type: "bar", name: chart.count_words, data: chart.points.map((one) => one.value), barMaxWidth: 40, itemStyle: { color: c.accent, borderRadius: [3, 3, 0, 0] }, cursor: "pointer" };
    const sums = {
      type: "line", name: chart.sum_words, yAxisIndex: 1, data: chart.points.map((one) => one.so_far), symbol: "circle", symbolSize: 8,
      lineStyle: { color: c.ink, width: 1.5 }, itemStyle: { color: c.ink, borderColor: c.surface, borderWidth: 1.5 }, cursor: "pointer",
    };
    return {
      ...common(chart, c),
      grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: c.quiet, fontSize: 12 } },
      xAxis: { type: "category", data: chart.points.map((one) => one.name), ...quietAxis(c), axisLabel: { ...words(c), interval: 0, width: 84, overflow: "break", hideOverlap: false } },
      yAxis: [{ ...valueAxis(c), minInterval: 1 }, { ...valueAxis(c), min: 0, max: 100, interval: 25, splitLine: { show: false }, axisLabel: { ...words(c), formatter: "{value} %" } }],
      series: [bars, sums],
    };
  },
};

async function draw(figure) {
  const place = figure.querySelector(".chart-draw");
  const chart = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const echarts = await load();
  if (!place.isConnected || drawn.has(place)) return;
  const canvas = echarts.init(place);
  const paint = () => canvas.setOption(kinds[chart.kind](chart, look()), true);
  drawn.set(place, { canvas, paint });
  paint();
  canvas.on("click", (at) => {
    const href = chart.points[at.dataIndex]?.href;
    if (href) location.assign(href);
  });
  sizes.observe(place);
}

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) drawn.get(entry.target)?.canvas.resize();
});

const sight = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    sight.unobserve(entry.target);
    draw(entry.target);
  }
}, { rootMargin: "240px" });

function lookFor(part) {
  for (const [place, { canvas }] of drawn) {
    if (place.isConnected) continue;
    canvas.dispose();
    drawn.delete(place);
  }
  for (const figure of part.querySelectorAll("[data-chart]")) sight.observe(figure);
}

function repaint() {
  for (const { paint } of drawn.values()) paint();
}

lookFor(document);
document.addEventListener("htmx:afterSettle", () => lookFor(document));
document.addEventListener("theme", repaint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
