// What is shown: the legend with its counts, relations, province, and the time.

const flip = (set, name) => { if (!set.delete(name)) set.add(name); };

function chip(off, act, ...children) {
  return make("button", { type: "button", "aria-pressed": String(!off), title: say("toggle"), onclick: () => change(act) },
    ...children);
}
const count = (text) => make("span", { class: "count" }, text);
const outOf = (some, all) => (some === all ? number(all) : `${number(some)}/${number(all)}`);

// Redrawing a row of buttons must not take the focus from the one that was pressed.
function redraw(box, ...children) {
  const place = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  box.replaceChildren(...children);
  if (place >= 0) box.querySelectorAll("button")[place]?.focus();
}

function drawLegend() {
  const shown = new Map();
  for (const index of visible.nodes) shown.set(entities[index].type, (shown.get(entities[index].type) || 0) + 1);
  const all = new Map();
  for (const entity of entities) all.set(entity.type, (all.get(entity.type) || 0) + 1);
  redraw(at("legend"), ...types.filter((type) => all.get(type)).map((type) =>
    chip(state.types.has(type.name), () => flip(state.types, type.name),
      sign(type), typeName(type), count(outOf(shown.get(type) || 0, all.get(type))))));
}

const relationTotals = new Map();
for (const fact of facts) relationTotals.set(fact.p, (relationTotals.get(fact.p) || 0) + 1);
const plannedTotal = facts.filter((fact) => fact.planned).length;

function drawFilters() {
  const shown = new Map();
  for (const { facts: some } of visible.links) for (const fact of some) shown.set(fact.p, (shown.get(fact.p) || 0) + 1);
  const dated = (p) => facts.some((fact) => fact.p === p && fact.o !== undefined);
  redraw(at("relations"), ...[...relationTotals].sort((a, b) => a[0] - b[0]).filter(([p]) => dated(p)).map(([p, total]) =>
    chip(state.relations.has(p), () => flip(state.relations, p), word(p), count(outOf(shown.get(p) || 0, total)))),
  ...(plannedTotal ? [chip(!state.planned, () => { state.planned = !state.planned; }, stroke("6 4", 22), say("planned"),
    count(number(plannedTotal)))] : []));
  at("province").value = state.province === null ? "" : String(state.province);
  drawTime();
}

const areas = entities.filter((entity) => entity.type.name === "Province");
const members = new Map();
for (const entity of entities) for (const area of entity.provinces) members.set(area, (members.get(area) || 0) + 1);

function fillProvinces() {
  at("province").replaceChildren(make("option", { value: "" }, say("allProvinces")),
    ...areas.map((area) => make("option", { value: String(area.index) }, `${area.name} (${number(members.get(area.index) || 0)})`)));
  at("province").closest("label").hidden = !areas.length;
}
at("province").addEventListener("change", (event) => {
  const { value } = event.target;
  change(() => { state.province = value === "" ? null : Number(value); });
  fitAll();
});

// The periods of the slider: days, months or years, whichever gives steps that a hand can hit.
const periods = [];
const tally = [];
(function divide() {
  const dated = articleDays.filter(Boolean);
  const spans = facts.flatMap(daysOf);
  const ruler = dated.length ? dated : spans; // the years of the news; what they tell of others is at the ends
  if (!ruler.length) return;
  const least = (some) => some.reduce((day, [from]) => Math.min(day, from), Infinity);
  const most = (some) => some.reduce((day, [, to]) => Math.max(day, to), -Infinity);
  const [first, last] = [least(ruler), most(ruler)];
  const unit = last - first <= 62 ? 10 : last - first <= 366 * 25 ? 7 : 4; // characters of an ISO date
  for (let day = first; day <= last;) {
    const name = dayText(day).slice(0, unit);
    const [from, to] = days(name);
    periods.push({ name, from, to });
    tally.push(0);
    day = to + 1;
  }
  periods[0].from = Math.min(periods[0].from, least(spans));
  periods[periods.length - 1].to = Math.max(periods[periods.length - 1].to, most(spans));
  for (const [from] of spans) tally[periodOf(from)] += 1;
}());

function periodOf(day) {
  let low = 0;
  let high = periods.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (periods[middle].from <= day) low = middle; else high = middle - 1;
  }
  return low;
}

function drawTime() {
  at("time").hidden = periods.length < 2;
  if (periods.length < 2) return;
  const from = timed() ? periodOf(state.from) : 0;
  const to = timed() ? periodOf(state.to) : periods.length - 1;
  for (const [id, value] of [["time-from", from], ["time-to", to]]) {
    at(id).max = String(periods.length - 1);
    at(id).value = String(value);
    at(id).setAttribute("aria-valuetext", periods[value].name);
  }
  at("time-text").textContent = from === to ? periods[from].name : `${periods[from].name} – ${periods[to].name}`;
  at("time-bars").replaceChildren(bars(from, to));
  at("play").setAttribute("aria-label", say(playing ? "pause" : "play"));
  at("play").textContent = playing ? "❚❚" : "▶";
}

function bars(from, to) {
  const most = Math.max(1, ...tally);
  const slots = Math.min(periods.length, 120);
  const of = (i) => Math.floor((i * slots) / periods.length);
  const heights = new Array(slots).fill(0);
  tally.forEach((value, i) => { heights[of(i)] = Math.max(heights[of(i)], value); });
  return drawn("svg", { viewBox: `0 0 ${slots} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...heights.map((value, i) => {
      const high = value ? 2 + 22 * Math.sqrt(value / most) : 0;
      return drawn("rect", { x: i + 0.1, width: 0.8, y: 24 - high, height: high, class: i >= of(from) && i <= of(to) ? "in" : "" });
    }));
}

function setTime(from, to) {
  const whole = from === 0 && to === periods.length - 1;
  state.from = whole ? null : periods[from].from;
  state.to = whole ? null : periods[to].to;
}

let sliding = false;
function slide(event) {
  const [from, to] = [Number(at("time-from").value), Number(at("time-to").value)];
  stop();
  if (!sliding) { sliding = true; remember(); }
  if (event.target.id === "time-from") setTime(Math.min(from, to), to); else setTime(from, Math.max(from, to));
  refresh();
}
for (const id of ["time-from", "time-to"]) {
  at(id).addEventListener("input", slide);
  at(id).addEventListener("change", () => { sliding = false; });
}

// Play lets a window wander; the whole time first grows from its beginning.
let playing = null;
function stop() {
  clearInterval(playing);
  playing = null;
  drawTime();
}
at("play").addEventListener("click", () => {
  if (playing) { stop(); return; }
  remember();
  let from = timed() ? periodOf(state.from) : 0;
  let to = timed() ? periodOf(state.to) : 0;
  const grows = from === 0;
  if (to === periods.length - 1) { to -= from; from = 0; }
  const step = () => {
    setTime(from, to);
    if (to >= periods.length - 1) stop();
    refresh();
    to += 1;
    if (!grows) from += 1;
  };
  playing = setInterval(step, Math.max(150, Math.min(800, 30000 / periods.length)));
  step();
});
at("time-all").addEventListener("click", () => { stop(); change(() => { state.from = null; state.to = null; }); });

function drawButtons() {
  at("undo").disabled = !undone.length;
  at("layout").value = state.layout;
}

function drawNotice() {
  const parts = [];
  if (!entities.length) parts.push(say("empty"));
  else if (start.size < entities.length) {
    parts.push(say("part", { shown: number(state.shown.size), all: number(entities.length) }));
  }
  if (entities.length && !visible.nodes.length) parts.push(say("filteredOut"));
  at("notice").textContent = parts.join(" ");
  at("more").hidden = start.size >= entities.length || state.shown.size >= entities.length;
}

const MORE = 300;
at("more").addEventListener("click", () => {
  const absent = entities.filter((entity) => !state.shown.has(entity.index))
    .sort((a, b) => weight(b) - weight(a) || a.index - b.index).slice(0, MORE);
  change(() => admit(absent.map((entity) => entity.index)));
});
