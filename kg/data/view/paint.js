// From the state to the picture: what the filters let through, and only what changed is handed to the canvas.

const overlap = (spans) => spans.some(([first, last]) => last >= state.from && first <= state.to);
const timed = () => state.from !== null;
const inTime = (spans) => !timed() || !spans.length || overlap(spans);

function lets(fact) {
  return !state.relations.has(fact.p) && (state.planned || !fact.planned) && inTime(daysOf(fact));
}

// Whether the filters leave a thing its place although none of its links is left.
function standsAlone(entity) {
  if (timed() && mentionDays(entity).length && !overlap(mentionDays(entity))) return false;
  const had = [...entity.links.keys()].some((other) => state.shown.has(other) && !state.types.has(entities[other].type.name));
  return !had || !(timed() || state.relations.size || !state.planned);
}

let visible = { nodes: [], links: [] };

function survey() {
  const kept = new Set(state.pinned);
  if (chosen.node !== null) kept.add(chosen.node);
  for (const index of walked().nodes) kept.add(index);
  const allowed = LAYERED[state.layout];
  let candidates = new Set([...state.shown].filter((index) => kept.has(index) || (!state.types.has(entities[index].type.name)
    && (!allowed || allowed.includes(entities[index].type.name)))));
  for (const index of kept) candidates.add(index);
  const found = linksAmong(candidates);
  if (state.province !== null) candidates = inProvince(candidates, found, kept);
  const alive = found.filter(({ link }) => candidates.has(link.a) && candidates.has(link.b));
  const touched = new Set(alive.flatMap(({ link }) => [link.a, link.b]));
  const list = [...candidates].filter((index) => touched.has(index) || kept.has(index)
    || (!allowed && standsAlone(entities[index])));
  visible = { nodes: list.sort((a, b) => a - b), links: alive };
}

function linksAmong(some) {
  const found = [];
  for (const index of some) {
    for (const [other, link] of entities[index].links) {
      if (other < index || !some.has(other)) continue;
      const left = link.facts.filter(lets);
      if (left.length) found.push({ link, facts: left });
    }
  }
  return found;
}

// What belongs to the province, and what belongs to none and is linked to that.
function inProvince(some, found, kept) {
  const within = new Set([...some].filter((index) => kept.has(index) || entities[index].provinces.includes(state.province)));
  const beside = new Set();
  for (const { link } of found) {
    for (const [one, other] of [[link.a, link.b], [link.b, link.a]]) {
      if (within.has(one) && !entities[other].provinces.length) beside.add(other);
    }
  }
  return new Set([...within, ...beside]);
}

function lit() {
  const near = new Set(walked().nodes);
  if (near.size) return near;
  if (chosen.node !== null) {
    near.add(chosen.node);
    for (const { link } of visible.links) {
      if (link.a === chosen.node) near.add(link.b);
      if (link.b === chosen.node) near.add(link.a);
    }
  } else if (chosen.link !== null) {
    near.add(links.get(chosen.link).a);
    near.add(links.get(chosen.link).b);
  }
  return near;
}

const placeOf = (index) => (state.layout !== "net" && !state.pinned.has(index) && layered.get(index))
  || state.places.get(index) || { x: 0, y: 0 };
const paintedNodes = new Map(); // number → what was handed over, as text
const paintedEdges = new Map();
let light = new Set();

const DENSE = 200; // so many leave room for the names of what is chosen alone
function nodeSpec(index) {
  const entity = entities[index];
  const colour = typeColour(entity.type);
  const clear = !light.size || light.has(index);
  const dim = visible.nodes.length > DENSE ? 0.12 : 0.3;
  const pinned = state.pinned.has(index);
  const border = pinned ? theme.ink : colour;
  return {
    id: index, label: entity.label, shape: entity.type.shape, size: entity.size, ...placeOf(index),
    opacity: clear ? 1 : dim, borderWidth: pinned ? 3 : 1, fixed: pinned,
    color: { background: colour, border, highlight: { background: colour, border: theme.ink },
      hover: { background: colour, border: theme.ink } },
    font: { face: FONT, size: fontSize(entity), color: clear ? theme.ink : theme.faint,
      strokeWidth: clear ? 4 : 0, strokeColor: theme.ground },
  };
}

// A label that was there is taken back by a blank: vis keeps what it is not told. One that never was costs nothing.
const labelledOnce = new Set();
function edgeLabel(key, label) {
  if (label) labelledOnce.add(key);
  return labelledOnce.has(key) ? { label: label || " " } : {};
}

function edgeSpec({ link, facts: left }, labelled) {
  const spoken = left.filter(told);
  const first = (spoken.length ? spoken : left)[0];
  const both = spoken.some((fact) => fact.s !== first.s);
  const mine = link.key === chosen.link || chosen.node === link.a || chosen.node === link.b || walked().links.has(link.key);
  const line = spoken.length ? (spoken.every((fact) => fact.planned) ? "planned" : "said") : "within";
  const names = [...new Set((spoken.length ? spoken : left).map((fact) => word(fact.p)))].join(language ? ", " : "、");
  return {
    id: link.key, from: first.s, to: first.o,
    arrows: { to: { enabled: true, scaleFactor: 0.45 }, from: { enabled: both, scaleFactor: 0.45 } },
    dashes: { said: false, planned: [7, 5], within: [1.5, 5] }[line],
    width: spoken.length ? Math.min(1.1 + 0.5 * (spoken.length - 1), 4) : 1,
    ...edgeLabel(link.key, mine && labelled ? names : ""),
    font: { face: FONT, size: mine ? lifted(13) : 13, color: theme.ink, strokeColor: theme.ground },
    color: mine ? { color: theme.strong, highlight: theme.strong, hover: theme.strong, opacity: 1 }
      : { color: line === "within" ? theme.background : theme.edge, highlight: theme.strong, hover: theme.strong,
        opacity: !light.size ? 1 : visible.nodes.length > DENSE ? 0.12 : 0.3 },
  };
}

function sync(dataset, painted, specs) {
  const changed = [];
  for (const spec of specs) {
    const text = JSON.stringify(spec);
    if (painted.get(spec.id) !== text) { painted.set(spec.id, text); changed.push(spec); }
  }
  if (changed.length) dataset.update(changed);
}

const syncNodes = (indices) => sync(nodes, paintedNodes, indices.map(nodeSpec));
function syncEdges() {
  const touching = visible.links.filter(({ link }) => link.a === chosen.node || link.b === chosen.node).length;
  sync(edges, paintedEdges, visible.links.map((one) => edgeSpec(one, touching <= 24)));
}

// Of a crowd the canvas draws no edges while it moves, looks for nothing under the pointer, and nobody is dimmed.
const CROWD = 3000;
let crowded = false;
function heavy(yes) {
  if (yes === crowded) return;
  crowded = yes;
  network.setOptions({ interaction: { hover: !yes, hideEdgesOnDrag: yes, hideEdgesOnZoom: yes } });
}

function paint() {
  survey();
  arrange();
  heavy(visible.nodes.length > CROWD);
  light = crowded && !walked().nodes.length ? new Set() : lit();
  const here = new Set(visible.nodes);
  const keys = new Set(visible.links.map(({ link }) => link.key));
  const drop = (dataset, painted, wanted) => {
    const gone = [...painted.keys()].filter((id) => !wanted.has(id));
    for (const id of gone) painted.delete(id);
    if (gone.length) dataset.remove(gone);
  };
  atOnce(() => {
    drop(edges, paintedEdges, keys);
    drop(nodes, paintedNodes, here);
    syncNodes(visible.nodes);
    syncEdges();
    network.unselectAll();
    if (chosen.node !== null && here.has(chosen.node)) network.selectNodes([chosen.node], false);
    else if (chosen.link !== null && keys.has(chosen.link)) network.setSelection({ nodes: [], edges: [chosen.link] });
  });
  network.redraw();
  document.documentElement.dataset.nodes = String(visible.nodes.length);
  document.documentElement.dataset.edges = String(visible.links.length);
}

function refresh() {
  paint();
  drawLegend();
  drawFilters();
  drawButtons();
  drawNotice();
  if (!at("list").hidden) drawList();
  writeAddress();
}
