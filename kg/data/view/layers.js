// Two layouts in rows: people beside the meetings they were at, and offices as a ladder with their holders.

const LAYERED = { meetings: ["Person", "Event"], offices: ["Office", "Person"] };
let layered = new Map();
let rungs = []; // [y, title] of the ladder
let arrangedFor = "";

function arrange() {
  if (state.layout === "net") { layered = new Map(); rungs = []; arrangedFor = ""; return; }
  const key = `${state.layout} ${visible.nodes.join(" ")}`;
  if (key === arrangedFor) return;
  arrangedFor = key;
  rungs = [];
  layered = state.layout === "meetings" ? meetings() : ladder();
}

const near = () => {
  const found = new Map(visible.nodes.map((index) => [index, []]));
  for (const { link } of visible.links) { found.get(link.a).push(link.b); found.get(link.b).push(link.a); }
  return found;
};
const firstDay = (entity) => Math.min(Infinity, ...mentionDays(entity).map(([first]) => first));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

// Meetings down the right by their day, people down the left near the middle of theirs; long columns are staggered.
function meetings() {
  const others = near();
  const events = visible.nodes.filter((index) => entities[index].type.name === "Event")
    .sort((a, b) => firstDay(entities[a]) - firstDay(entities[b]) || a - b);
  const row = new Map(events.map((index, i) => [index, i]));
  const people = visible.nodes.filter((index) => !row.has(index));
  const middle = new Map(people.map((index) => [index, mean(others.get(index).map((other) => row.get(other) ?? 0))]));
  people.sort((a, b) => middle.get(a) - middle.get(b) || a - b);
  return new Map([...column(people, -430, -1), ...column(events, 430, 1)]);
}

const height = ({ size, font, label }) => 2 * size + 1.25 * font * label.split("\n").length + 14;

function column(some, x, side) {
  const lanes = Math.max(1, Math.ceil(some.length / 40));
  const found = [];
  let y = 0;
  for (let i = 0; i < some.length; i += lanes) {
    const row = some.slice(i, i + lanes);
    row.forEach((index, lane) => found.push([index, { x: x + side * 200 * lane, y: y + entities[index].size }]));
    y += Math.max(...row.map((index) => height(entities[index])));
  }
  return found.map(([index, place]) => [index, { x: place.x, y: Math.round(place.y - y / 2) }]);
}

const RUNGS = ["rungNation", "rungProvince", "rungPrefecture", "rungCounty", "rungBelow", "rungOther"];
function rung(office) {
  const owners = entities[office].facts.filter((fact) => fact.s === office && predicates[fact.p].name === "officeIn")
    .map((fact) => entities[fact.o]);
  if (!owners.length) return 5;
  const [owner] = owners;
  if (owner.type.name === "Province") return 1;
  const level = ["Country", null, "Prefecture", "County", "Township", "Village"].indexOf(owner.kind);
  if (level >= 0) return Math.min(level, 4);
  return owner.provinces.length ? 5 : 0;
}

// A row of offices for each level, those of one body side by side, and under each the people who hold or held it.
function ladder() {
  const others = near();
  const found = new Map();
  const seated = new Set();
  let y = 0;
  RUNGS.forEach((title, level) => {
    const offices = visible.nodes.filter((index) => entities[index].type.name === "Office" && rung(index) === level);
    if (!offices.length) return;
    const body = (index) => entities[index].facts.filter((fact) => fact.s === index && fact.o !== undefined).map(objectName)[0] || "";
    offices.sort((a, b) => (body(a) < body(b) ? -1 : body(a) > body(b) ? 1 : a - b));
    const most = Math.min(14, Math.max(6, Math.round(2.2 * Math.sqrt(offices.length)))); // as wide as a screen is
    const across = Math.ceil(offices.length / Math.ceil(offices.length / most));
    rungs.push([y - 46, title]);
    for (let i = 0; i < offices.length; i += across) {
      const line = offices.slice(i, i + across);
      let deepest = 0;
      line.forEach((office, at) => {
        const x = Math.round((at - (line.length - 1) / 2) * 150);
        found.set(office, { x, y });
        const holders = others.get(office).filter((other) => entities[other].type.name === "Person" && !seated.has(other)).slice(0, 12);
        holders.forEach((holder, depth) => {
          seated.add(holder);
          found.set(holder, { x: x + (depth % 2 ? 26 : -26) * (holders.length > 1 ? 1 : 0), y: y + 85 + 58 * depth });
        });
        deepest = Math.max(deepest, holders.length);
      });
      y += 150 + 58 * deepest;
    }
  });
  const rest = visible.nodes.filter((index) => !found.has(index));
  rest.forEach((index, i) => found.set(index, { x: (i % 14 - 6.5) * 150, y: y + 80 * Math.floor(i / 14) }));
  return found;
}

network.on("afterDrawing", (context) => {
  if (!rungs.length) return;
  const left = Math.min(...[...layered.values()].map((place) => place.x)) - 110;
  context.font = `600 ${Math.round(Math.max(15, 13 / network.getScale()))}px ${FONT}`;
  context.fillStyle = theme.ink;
  context.textAlign = "left";
  for (const [y, title] of rungs) context.fillText(say(title), left, y);
});

function layOut(name) {
  change(() => { state.layout = name; });
  fitAll();
}
