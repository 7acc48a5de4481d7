// Offices of a person, or holders of an office, along the years: what texts show, never when it began.

const TRACK = 340;

function timeline(entity) {
  const own = book.tenures.filter(([person, office]) => person === entity.index || office === entity.index);
  if (!own.length) return [];
  const rows = own.map(([person, office, acting, begin, end, attested]) => ({
    other: person === entity.index ? office : person, acting, begin, end, attested,
    spans: [begin, ...attested, end].filter(Boolean).map(days).filter(Boolean),
  }));
  const earliest = (row) => Math.min(Infinity, ...row.spans.map(([from]) => from));
  rows.sort((a, b) => earliest(a) - earliest(b) || a.other - b.other);
  const all = rows.flatMap((row) => row.spans);
  const scale = all.length ? rule(all) : null;
  const box = section(say(entity.type.name === "Office" ? "holders" : "tenures"), rows.length);
  box.classList.add("timeline");
  box.append(...rows.map((row) => make("div", { class: "fact" },
    make("p", {}, nameLink(row.other), row.acting ? make("span", { class: "tag" }, say("acting")) : ""),
    row.spans.length && scale ? track(row, scale, entities[row.other].type) : "",
    make("p", { class: "note" }, when(row)))));
  if (scale) box.append(axis(scale));
  return [box];
}

function when({ begin, end, attested }) {
  const first = attested[0];
  const last = attested[attested.length - 1];
  return [begin && say("since", { day: begin }), end && say("until", { day: end }),
    first && (first === last ? say("attestedOn", { day: first }) : say("attestedBetween", { from: first, to: last }))]
    .filter(Boolean).join(language ? "; " : "；");
}

function rule(spans) {
  const first = new Date(Math.min(...spans.map(([from]) => from)) * DAY).getUTCFullYear();
  const last = new Date(Math.max(...spans.map(([, to]) => to)) * DAY).getUTCFullYear() + 1;
  const from = Date.UTC(first, 0, 1) / DAY;
  const whole = Date.UTC(last, 0, 1) / DAY - from;
  return { first, last, x: (day) => 6 + ((day - from) / whole) * (TRACK - 12) };
}

function track({ begin, end, spans }, { x }, type) {
  const left = x(Math.min(...spans.map(([from]) => from)));
  const right = x(Math.max(...spans.map(([, to]) => to)));
  const parts = [drawn("line", { class: "rail", x1: 0, x2: TRACK, y1: 9, y2: 9 }),
    drawn("line", { class: "bar", x1: left, x2: right, y1: 9, y2: 9, stroke: typeColour(type) })];
  for (const [day, known] of [[left, begin], [right, end]]) {
    if (known) parts.push(drawn("line", { class: "stop", x1: day, x2: day, y1: 2, y2: 16, stroke: typeColour(type) }));
  }
  for (const [from, to] of spans) parts.push(drawn("circle", { cx: x((from + to) / 2), cy: 9, r: 3.5, fill: typeColour(type) }));
  return drawn("svg", { class: "track", viewBox: `0 0 ${TRACK} 18`, "aria-hidden": "true" }, ...parts);
}

function axis({ first, last, x }) {
  const step = Math.max(1, Math.ceil((last - first) / 7));
  const marks = [];
  for (let year = first; year <= last; year += step) {
    const place = Math.min(TRACK - 16, Math.max(16, x(Date.UTC(year, 0, 1) / DAY)));
    marks.push(drawn("text", { x: place, y: 11, "text-anchor": "middle" }, String(year)));
  }
  return drawn("svg", { class: "track axis", viewBox: `0 0 ${TRACK} 14`, "aria-hidden": "true" }, ...marks);
}
