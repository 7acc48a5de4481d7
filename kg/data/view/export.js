// The picture as it stands, as SVG and PNG, with its legend and the time that it shows.

const MARGIN = 40;
const tag = drawn;

function outline(shape, x, y, size) {
  if (!OUTLINES[shape]) return tag("circle", { cx: x, cy: y, r: size });
  const points = OUTLINES[shape].split(" ").map((pair) => pair.split(",").map((value, i) =>
    (Math.round(10 * ((i ? y : x) + ((value - 8) / 8) * size)) / 10)).join(","));
  return tag("polygon", { points: points.join(" ") });
}

function labelLines(entity, x, y, size) {
  const rows = entity.label.split("\n");
  return tag("text", { x, y, "font-size": size, "text-anchor": "middle", fill: theme.ink, stroke: theme.ground,
    "stroke-width": size / 4, "stroke-linejoin": "round", "paint-order": "stroke" },
  ...rows.map((row, i) => { const line = tag("tspan", { x, dy: i ? size * 1.2 : size }); line.textContent = row; return line; }));
}

function arrow(link, left) {
  const spoken = left.filter(told);
  const first = (spoken.length ? spoken : left)[0];
  const [a, b] = [placeOf(first.s), placeOf(first.o)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const end = (length - entities[first.o].size - 2) / length;
  const begin = (entities[first.s].size + 1) / length;
  const dash = spoken.length ? (spoken.every((fact) => fact.planned) ? "7 5" : "none") : "1.5 5";
  const round = (value) => Math.round(10 * value) / 10;
  return tag("line", { x1: round(a.x + dx * begin), y1: round(a.y + dy * begin), x2: round(a.x + dx * end), y2: round(a.y + dy * end),
    stroke: spoken.length ? theme.edge : theme.background, "stroke-width": Math.min(1.1 + 0.5 * (left.length - 1), 4),
    "stroke-dasharray": dash, "marker-end": "url(#tip)", opacity: light.size && !(light.has(link.a) && light.has(link.b)) ? 0.2 : 1 });
}

function legendRow(x, y) {
  const present = types.filter((type) => visible.nodes.some((index) => entities[index].type === type));
  let across = x;
  return present.flatMap((type) => {
    const text = tag("text", { x: across + 14, y: y + 5, "font-size": 14, fill: theme.ink });
    text.textContent = typeName(type);
    const mark = outline(type.shape, across, y, 7);
    mark.setAttribute("fill", typeColour(type));
    across += 44 + 14 * (language ? 0.6 : 1) * typeName(type).length;
    return [mark, text];
  });
}

function picture() {
  const boxes = visible.nodes.map((index) => {
    const place = placeOf(index);
    const entity = entities[index];
    const rows = entity.label.split("\n");
    const wide = Math.max(entity.size, 0.52 * entity.font * Math.max(...rows.map((row) => row.length)));
    return [place.x - wide, place.y - entity.size, place.x + wide, place.y + entity.size + 1.25 * entity.font * rows.length];
  });
  const edge = (at, pick) => boxes.reduce((found, box) => pick(found, box[at]), boxes.length ? boxes[0][at] : 0);
  const [left, top] = [edge(0, Math.min) - MARGIN, edge(1, Math.min) - MARGIN];
  const width = Math.max(420, edge(2, Math.max) + MARGIN - left);
  const height = edge(3, Math.max) + MARGIN + 46 - top;
  const heading = tag("text", { x: left + MARGIN, y: top + height - 16, "font-size": 13, fill: theme.ink });
  heading.textContent = [document.querySelector("h1").textContent, at("counts").textContent,
    timed() ? at("time-text").textContent : ""].filter(Boolean).join(" · ");
  const title = tag("title", {});
  title.textContent = document.querySelector("h1").textContent;
  const svg = tag("svg", { viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": FONT, lang: "zh-CN" },
    title,
    tag("defs", {}, tag("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto",
      markerUnits: "userSpaceOnUse" }, tag("path", { d: "M0 0L8 4L0 8z", fill: theme.edge }))),
    tag("rect", { x: left, y: top, width, height, fill: theme.ground }),
    ...visible.links.map(({ link, facts: some }) => arrow(link, some)),
    ...visible.nodes.map((index) => {
      const entity = entities[index];
      const { x, y } = placeOf(index);
      const mark = outline(entity.type.shape, x, y, entity.size);
      mark.setAttribute("fill", typeColour(entity.type));
      return tag("g", { opacity: light.size && !light.has(index) ? 0.2 : 1 }, mark,
        labelLines(entity, x, y + entity.size + 2, Math.max(entity.font, landmarks.has(index) ? Math.min(40, fontSize(entity)) : 0)));
    }),
    ...legendRow(left + MARGIN, top + height - 46), heading);
  return { svg, width, height };
}

function save(blob, suffix) {
  const address = URL.createObjectURL(blob);
  const name = chosen.node === null ? "graph" : entities[chosen.node].name;
  const link = make("a", { href: address, download: `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "graph"}.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(say("saved"));
}

function svgText(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

at("save-svg").addEventListener("click", () => save(new Blob([svgText(picture().svg)], { type: "image/svg+xml" }), "svg"));
at("save-png").addEventListener("click", () => {
  const { svg, width, height } = picture();
  const image = new Image();
  image.addEventListener("load", () => {
    const scale = Math.min(2, 8000 / Math.max(width, height)); // a canvas has a greatest side
    const canvas = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "png"));
  });
  image.addEventListener("error", () => announce(say("notSaved")));
  image.src = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" }));
});
