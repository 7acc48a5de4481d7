// The drawing, its legend, and what is chosen in it.

const options = read("data-options");
const network = new vis.Network(at("network"), { nodes, edges }, options);
const hiddenTypes = new Set();
const hiddenLines = new Set();
let chosen = { node: null, edge: null };
const typeOf = (id) => entities.get(id).type;

const frame = at("network").firstElementChild; // vis takes the keys there
for (const name of ["role", "aria-label"]) frame.setAttribute(name, at("network").getAttribute(name));
for (const name of ["role", "aria-label", "tabindex"]) at("network").removeAttribute(name);

// Seen from afar, the chief nodes keep names that can be read: as many as have room.
const READABLE = 11.5;
const LEGIBLE = 8;
const ranked = drawnNodes.slice().sort((a, b) => factsOf.get(b.id).length - factsOf.get(a.id).length).slice(0, 120);
let landmarks = new Set();
let scaled = 0;
const fontSize = (node) => Math.max(node.font.size, landmarks.has(node.id) ? READABLE / scaled : 0);

function chooseLandmarks() {
  const scale = network.getScale();
  if (Math.abs(scale / scaled - 1) < 0.08) return;
  const before = landmarks;
  scaled = scale;
  const taken = [];
  landmarks = new Set();
  for (const node of ranked) {
    if (node.font.size * scale >= LEGIBLE || hiddenTypes.has(typeOf(node.id))) continue;
    const rows = node.label.split("\n");
    const size = READABLE / scale;
    const box = [node.x, node.y + node.size + 0.6 * size * rows.length,
      (0.55 * size + 2) * Math.max(...rows.map((row) => row.length)), 0.75 * size * rows.length];
    const free = taken.every((other) => Math.abs(other[0] - box[0]) > other[2] + box[2]
      || Math.abs(other[1] - box[1]) > other[3] + box[3]);
    if (free && landmarks.size < 40) { landmarks.add(node.id); taken.push(box); }
  }
  const changed = drawnNodes.filter((node) => before.has(node.id) || landmarks.has(node.id));
  nodes.update(changed.map((node) => ({ id: node.id,
    font: { ...nodes.get(node.id).font, size: fontSize(node) } })));
}

function paint() {
  const near = new Set();
  if (chosen.node !== null) {
    near.add(chosen.node);
    network.getConnectedNodes(chosen.node).forEach((id) => near.add(id));
  } else if (chosen.edge !== null) {
    network.getConnectedNodes(chosen.edge).forEach((id) => near.add(id));
  }
  const all = near.size === 0;
  nodes.update(drawnNodes.map((node) => {
    const clear = all || near.has(node.id);
    return { id: node.id, hidden: hiddenTypes.has(typeOf(node.id)), opacity: clear ? 1 : 0.13,
      font: { ...node.font, size: fontSize(node), color: clear ? "#1d2733" : "rgba(29,39,51,.18)", strokeWidth: clear ? 4 : 0 } };
  }));
  const touching = drawnEdges.filter((edge) => edge.from === chosen.node || edge.to === chosen.node);
  const labelled = new Set(touching.length <= 24 ? touching.map((edge) => edge.id) : []);
  edges.update(drawnEdges.map((edge) => {
    const mine = edge.id === chosen.edge || edge.from === chosen.node || edge.to === chosen.node;
    return { id: edge.id,
      hidden: hiddenLines.has(edge.line) || hiddenTypes.has(typeOf(edge.from)) || hiddenTypes.has(typeOf(edge.to)),
      label: mine && (edge.id === chosen.edge || labelled.has(edge.id)) ? edge.words : " ",
      color: mine ? { color: "#3c4957", opacity: 1 } : { color: edge.color.color, opacity: all ? 1 : 0.12 } };
  }));
}

function choose(node, edge) {
  chosen = { node, edge };
  paint();
  if (node !== null) network.selectNodes([node]);
  else if (edge !== null) network.setSelection({ nodes: [], edges: [edge] });
  else network.unselectAll();
  if (node !== null) showEntity(node);
  else if (edge !== null) showEdge(edge);
  else showOverview();
}

// The address names the entity: links can be shared, and the browser's back button walks the reading.
function addressed() {
  let id;
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { id = ""; }
  return entities.has(id) ? id : null;
}

function go(id) {
  if (id === addressed()) choose(id, null);
  else location.hash = id === null ? "" : encodeURIComponent(id);
}

function follow() {
  if (location.hash === "#panel") return;
  const id = addressed();
  choose(id, null);
  if (id === null) return;
  if (hiddenTypes.delete(typeOf(id))) { paint(); drawLegend(); }
  const place = network.getPosition(id);
  const corner = network.DOMtoCanvas({ x: 40, y: 40 });
  const end = network.DOMtoCanvas({ x: frame.clientWidth - 40, y: frame.clientHeight - 40 });
  if (place.x < corner.x || place.x > end.x || place.y < corner.y || place.y > end.y || network.getScale() < 0.45) {
    network.moveTo({ position: place, scale: Math.max(network.getScale(), 0.75), animation: false });
  }
}

network.on("click", (event) => {
  at("tip").hidden = true;
  if (event.nodes.length) go(event.nodes[0]);
  else if (event.edges.length) choose(null, event.edges[0]);
  else if (chosen.node !== null || chosen.edge !== null) go(null);
});

function tip(text, pointer) {
  const box = at("tip");
  box.textContent = text;
  box.hidden = false;
  box.style.left = `${Math.max(8, Math.min(pointer.x + 14, frame.clientWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(pointer.y + 14, frame.clientHeight - box.offsetHeight - 8))}px`;
}
const pointing = (yes) => { frame.style.cursor = yes ? "pointer" : ""; };
network.on("hoverNode", (event) => {
  pointing(true);
  const entity = entities.get(event.node);
  tip(`${entity.name}\n${types.get(entity.type).zh} · ${number(factsOf.get(entity.id).length)} 条事实`,
    event.pointer.DOM);
});
network.on("hoverEdge", (event) => {
  pointing(true);
  const lines = book.links[event.edge].map((index) => inWords(book.facts[index]));
  tip(lines.slice(0, 6).join("\n") + (lines.length > 6 ? `\n另有 ${lines.length - 6} 条` : ""), event.pointer.DOM);
});
for (const leaving of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
  network.on(leaving, () => { pointing(false); at("tip").hidden = true; });
}

network.on("beforeDrawing", chooseLandmarks);
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });
at("zoom-in").addEventListener("click", () => zoom(1.3));
at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
at("zoom-fit").addEventListener("click", () => network.fit({ animation: false }));

function toggle(set, name, children) {
  return make("button", { type: "button", "aria-pressed": String(!set.has(name)), title: "点按以显示或隐藏",
    onclick: (event) => {
      if (!set.delete(name)) set.add(name);
      event.currentTarget.setAttribute("aria-pressed", String(!set.has(name)));
      paint();
    } }, ...children);
}

function drawLegend() {
  const lines = [["planned", "计划", "6 4"], ["within", "行政隶属", "1.5 4"]]
    .map(([name, text, dash]) => [name, text, dash, drawnEdges.filter((edge) => edge.line === name).length])
    .filter(([, , , count]) => count);
  at("legend").replaceChildren(
    ...book.types.filter((type) => type.count).map((type) => toggle(hiddenTypes, type.name,
      [sign(type.name), type.zh, make("span", { class: "count" }, number(type.count))])),
    ...(lines.length ? [make("span", { class: "gap" })] : []),
    ...lines.map(([name, text, dash, count]) => toggle(hiddenLines, name,
      [drawing("svg", { width: 22, height: 10, "aria-hidden": "true" }, drawing("line", { x1: 1, x2: 21, y1: 5, y2: 5,
        stroke: "#56616e", "stroke-width": 2, "stroke-dasharray": dash })),
      text, make("span", { class: "count" }, number(count))])));
}
