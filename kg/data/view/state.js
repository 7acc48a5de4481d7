// What the reader made of the page, and the way back.

const start = new Map(read("data-nodes").map((node) => [node.id, { x: node.x, y: node.y }]));

const fresh = () => ({
  shown: new Set(start.keys()), // in the picture, before the filters
  places: new Map(start),
  pinned: new Set(), // keep their place in every layout, and stay whatever the filters say
  types: new Set(), // hidden ones, by name
  relations: new Set(), // hidden ones, by number
  planned: true,
  province: null, // the number of the entity
  from: null, // days; null stands for all
  to: null,
  layout: "net",
  path: null, // the numbers of its two ends
});
let state = fresh();
let chosen = { node: null, link: null };
const undone = [];
const UNDO_STEPS = 60;

const copy = (one) => Object.fromEntries(Object.entries(one).map(([name, value]) =>
  [name, value instanceof Set ? new Set(value) : value instanceof Map ? new Map(value) : value]));

function remember() {
  undone.push(copy(state));
  if (undone.length > UNDO_STEPS) undone.shift();
}

function change(act) {
  remember();
  act();
  refresh();
}

function undo() {
  if (!undone.length) return;
  state = undone.pop();
  if (state.path) bringPath();
  choose(chosen.node !== null && state.shown.has(chosen.node) ? chosen.node : null, null);
  announce(say("undid"));
}

function reset() {
  remember();
  state = fresh();
  choose(null, null);
  fitAll();
  announce(say("wasReset"));
}

const announce = (text) => { at("said").textContent = text; };

// New ones stand around the one from which they came, in a spiral that leaves its own neighbours where they are.
function admit(indices, around) {
  const middle = around === undefined ? null : state.places.get(around);
  const ring = 95 + (around === undefined ? 0 : entities[around].size);
  let turn = 0;
  for (const index of indices) {
    if (state.shown.has(index)) continue;
    state.shown.add(index);
    if (state.places.has(index)) continue;
    const near = middle || neighbourPlace(index);
    const angle = 2.399963 * (turn += 1);
    const radius = ring + 26 * Math.sqrt(turn);
    state.places.set(index, { x: Math.round(near.x + radius * Math.cos(angle)), y: Math.round(near.y + radius * Math.sin(angle)) });
  }
}

function neighbourPlace(index) {
  for (const other of entities[index].links.keys()) {
    if (state.shown.has(other)) return state.places.get(other);
  }
  let bottom = 0;
  for (const other of state.shown) bottom = Math.max(bottom, (state.places.get(other) || { y: 0 }).y);
  return { x: 0, y: bottom + 60 };
}

const EXPANDED = 120; // at once: more than that no reader can tell apart
function expand(index) {
  const absent = absentNeighbours(index);
  if (!absent.length) return;
  const some = absent.slice(0, EXPANDED);
  change(() => admit(some, index));
  announce(say("expanded", { n: number(some.length), name: entities[index].name }));
}

const absentNeighbours = (index) => [...entities[index].links.keys()]
  .filter((other) => !state.shown.has(other)).sort((a, b) => weight(entities[b]) - weight(entities[a]) || a - b);
const leaves = (index) => [...entities[index].links.keys()].filter((other) => state.shown.has(other)
  && !state.pinned.has(other) && [...entities[other].links.keys()].every((far) => far === index || !state.shown.has(far)));

function collapse(index) {
  const gone = leaves(index);
  if (!gone.length) return;
  change(() => gone.forEach((other) => state.shown.delete(other)));
  announce(say("collapsed", { n: number(gone.length), name: entities[index].name }));
}

function focusOn(index) {
  change(() => {
    const near = [...entities[index].links.keys()];
    for (const other of [...state.shown]) if (!state.pinned.has(other)) state.shown.delete(other);
    admit([index]);
    admit(near, index);
  });
}

function hide(index) {
  change(() => { state.shown.delete(index); state.pinned.delete(index); });
  go(null);
}

function pin(index) {
  change(() => { if (!state.pinned.delete(index)) state.pinned.add(index); });
}
