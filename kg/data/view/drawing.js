// The canvas: vis-network, its colours, what stands under the pointer.

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","WenQuanYi Micro Hei",sans-serif';

let theme = {};
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  theme = {
    dark: colour("scheme") === "dark",
    ink: colour("ink"), ground: colour("ground"), faint: colour("faint"), edge: colour("edge"),
    background: colour("edge-background"), strong: colour("edge-strong"), accent: colour("accent"),
  };
}
const typeColour = (type) => (theme.dark ? type.dark : type.colour);

readTheme();
const network = new vis.Network(at("network"), { nodes, edges }, read("data-options"));
const frame = at("network").firstElementChild; // vis takes the keys there
frame.tabIndex = 0;
frame.setAttribute("role", "application");
frame.setAttribute("aria-roledescription", "graph");
frame.dataset.sayLabel = "canvasLabel";

// The whole picture, below the notice if there is one.
function fitAll() {
  network.fit({ animation: false, maxZoomLevel: 1.5 });
  const taken = at("notice").textContent ? at("notice").offsetHeight + 24 : 0;
  if (taken) network.moveTo({ scale: network.getScale() * (1 - taken / frame.clientHeight), offset: { x: 0, y: taken / 2 }, animation: false });
}
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });

// Seen from afar, the chief nodes keep names that can be read: as many as have room beside those that are large anyway.
const READABLE = 11.5;
const LEGIBLE = 6; // where most are, none is made larger; options.json says below which none is drawn
let landmarks = new Set();
let scaled = 0;
const HIDDEN = 1; // so small that vis draws no label
const FEW = 16; // around what is chosen: their names have room, for all others are dim
const lifted = (size) => (light.size && light.size <= FEW ? Math.max(size, READABLE / network.getScale()) : size);
function fontSize(entity) {
  if (light.has(entity.index)) return lifted(entity.font);
  if (light.size && visible.nodes.length > DENSE) return HIDDEN;
  if (landmarks.has(entity.index)) return Math.max(entity.font, READABLE / scaled);
  return landmarks.size && entity.font * scaled < LEGIBLE ? HIDDEN : entity.font;
}

function chooseLandmarks() {
  const scale = network.getScale();
  if (Math.abs(scale / scaled - 1) < 0.08) return;
  scaled = scale;
  const taken = [];
  landmarks = new Set();
  const ranked = nodes.getIds().map((index) => entities[index]).sort((a, b) => b.size - a.size || a.index - b.index);
  const most = ranked.length > 1 && ranked[Math.floor(ranked.length / 2)].font * scale >= LEGIBLE;
  for (const entity of most ? [] : ranked.slice(0, 150)) {
    const legible = entity.font * scale >= LEGIBLE;
    const rows = entity.label.split("\n");
    const size = legible ? entity.font : READABLE / scale;
    const place = placeOf(entity.index);
    const box = [place.x, place.y + entity.size + 0.6 * size * rows.length,
      (0.55 * size + 2) * Math.max(...rows.map((row) => row.length)), 0.75 * size * rows.length];
    if (legible) { taken.push(box); continue; }
    const free = taken.every((other) => Math.abs(other[0] - box[0]) > other[2] + box[2]
      || Math.abs(other[1] - box[1]) > other[3] + box[3]);
    if (free && landmarks.size < 40) { landmarks.add(entity.index); taken.push(box); }
  }
  atOnce(() => {
    syncNodes(nodes.getIds());
    if (light.size) syncEdges();
  });
}
network.on("beforeDrawing", chooseLandmarks);

// vis draws anew at each change that it is told; here it waits until all of them are.
function atOnce(act) {
  network.body.emitter.emit("_blockRedraw");
  act();
  network.body.emitter.emit("_allowRedraw");
}

network.on("click", (event) => {
  at("tip").hidden = true;
  if (event.nodes.length) go(event.nodes[0]);
  else if (event.edges.length) choose(null, event.edges[0]);
  else if (chosen.node !== null || chosen.link !== null) go(null);
});
network.on("doubleClick", (event) => {
  if (!event.nodes.length) return;
  const [index] = event.nodes;
  if (absentNeighbours(index).length) expand(index);
  else collapse(index);
});
network.on("dragStart", (event) => { if (event.nodes.length) remember(); });
network.on("dragEnd", (event) => {
  for (const index of event.nodes) {
    const { x, y } = network.getPosition(index);
    state.places.set(index, { x: Math.round(x), y: Math.round(y) });
    if (layered.has(index)) layered.set(index, { x: Math.round(x), y: Math.round(y) });
    paintedNodes.delete(index);
  }
  drawButtons();
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
  const entity = entities[event.node];
  const absent = absentNeighbours(event.node).length;
  tip([entity.name, `${kindName(entity)} · ${say("factCount", { n: number(weight(entity)) })}`,
    ...(absent ? [say("absent", { n: number(absent) })] : [])].join("\n"), event.pointer.DOM);
});
network.on("hoverEdge", (event) => {
  pointing(true);
  const lines = links.get(event.edge).facts.map(inWords);
  tip(lines.slice(0, 6).join("\n") + (lines.length > 6 ? `\n${say("more", { n: lines.length - 6 })}` : ""),
    event.pointer.DOM);
});
for (const leaving of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
  network.on(leaving, () => { pointing(false); at("tip").hidden = true; });
}
