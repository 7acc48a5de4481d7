// An answer as a table, as bars, or as a graph of the pairs in two of its columns.

import { element, shown } from "./site.js";

const PAGE = 200;
const BARS = 40;
const NODES = 120;
const LONGEST_NAME = 80;
const NUMERIC = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const SVG = "http://www.w3.org/2000/svg";

/** The rows of SPARQL JSON, or of triples in N-Triples, as { variables, rows } of terms { type, value, lang, datatype }. */
export function read(text, media) {
  if (media.includes("n-triples")) return triples(text);
  const answer = JSON.parse(text);
  if ("boolean" in answer) return { truth: answer.boolean };
  return { variables: answer.head.vars, rows: answer.results.bindings.map((row) => answer.head.vars.map((name) => row[name])) };
}

function triples(text) {
  const line = /^(<[^>]*>|_:\S+) <([^>]*)> (?:(<[^>]*>|_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
  const node = (token) => (token.startsWith("<") ? { type: "uri", value: plain(token.slice(1, -1)) } : { type: "bnode", value: token });
  const rows = text.split("\n").filter(Boolean).map((one) => line.exec(one)).filter(Boolean).map((one) => [
    node(one[1]), { type: "uri", value: plain(one[2]) },
    one[3] ? node(one[3]) : { type: "literal", value: plain(one[4]), "xml:lang": one[5], datatype: one[6] },
  ]);
  return { variables: ["subject", "predicate", "object"], rows, graph: true };
}

function plain(text) {
  const short = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? short[one] || one : String.fromCodePoint(parseInt(four || eight, 16)));
}

export class Results {
  constructor(view, words, prefixes) {
    this.view = view;
    this.words = words;
    this.prefixes = prefixes;
    this.labels = new Map();
    this.places = new Map();  // where to read of what has that name
    this.shownRows = PAGE;
    this.sorted = null;
  }

  set(answer) {
    this.answer = answer;
    this.shownRows = PAGE;
    this.sorted = null;
    this.columns = {};
  }

  /** The IRIs of things in the answer, which have names. */
  things() {
    const within = this.prefixes.id;
    const found = new Set();
    for (const row of (this.answer.rows || []).slice(0, 2000)) {
      for (const term of row) if (term?.type === "uri" && term.value.startsWith(within) && !this.labels.has(term.value)) found.add(term.value);
    }
    return [...found].slice(0, 500);
  }

  /** The texts of the answer that may be names of things. */
  names() {
    const found = new Set();
    for (const row of (this.answer.rows || []).slice(0, 2000)) {
      for (const term of row) if (term?.["xml:lang"] === "zh" && term.value.length <= LONGEST_NAME && !this.places.has(term.value)) found.add(term.value);
    }
    return [...found].slice(0, 500);
  }

  /** Which things have which names: one that a single thing has leads to it, one that several have to the search. */
  learn(pairs, asked) {
    for (const [iri, name] of pairs) this.labels.set(iri, name);
    for (const name of asked) {
      const iris = pairs.filter(([, one]) => one === name).map(([iri]) => iri);
      const several = iris.some((iri) => !iri.startsWith(`${this.prefixes.id}article-`));
      if (iris.length === 1) this.places.set(name, this.address({ type: "uri", value: iris[0] }));
      else this.places.set(name, several ? `/search?q=${encodeURIComponent(name)}` : "");
    }
  }

  draw(how) {
    if ("truth" in this.answer) {
      this.view.replaceChildren(element("p", { class: "plain" }, this.answer.truth ? this.words.yes : this.words.no));
    } else if (!this.answer.rows.length) {
      this.view.replaceChildren(element("p", { class: "plain" }, this.words.no_rows));
    } else {
      this.view.replaceChildren(...{ table: () => this.table(), chart: () => this.chart(), network: () => this.network() }[how]());
    }
  }

  /** The words for a term: its name, else its IRI with a prefix, else its value. */
  say(term) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    return this.labels.get(term.value) || this.compact(term.value);
  }

  compact(iri) {
    for (const [prefix, namespace] of Object.entries(this.prefixes)) {
      if (iri.startsWith(namespace) && /^[\w.-]+$/.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
    }
    return iri;
  }

  address(term) {
    if (term?.["xml:lang"] === "zh") return this.places.get(term.value) || "";
    if (term?.type !== "uri" || !term.value.startsWith(this.prefixes.id)) return "";
    return `/page/${encodeURIComponent(term.value.slice(this.prefixes.id.length))}`;
  }

  cell(term) {
    if (!term) return element("td");
    const said = this.say(term);
    const where = this.address(term);
    const size = said.length < 25 ? "brief" : said.length > LONGEST_NAME && "long";
    if (where) return element("td", { class: size }, element("a", { class: "name", href: where, title: term.value }, element("bdi", {}, shown(said))));
    const title = term.type === "uri" ? term.value : [term["xml:lang"], term.datatype && this.compact(term.datatype)].filter(Boolean).join(" ");
    if (said.length <= 400) return element("td", { title, class: size }, element("bdi", {}, shown(said, 400)));
    const summary = element("summary", {}, element("bdi", {}, shown(said, 200)));
    const whole = element("details", {}, summary);
    whole.addEventListener("toggle", () => whole.append(element("bdi", {}, shown(said, 100_000))), { once: true });
    return element("td", { title, class: size }, whole);
  }

  order(rows) {
    if (!this.sorted) return rows;
    const { at, down } = this.sorted;
    const numbers = this.numeric(at);
    const key = (row) => (numbers ? Number(row[at]?.value ?? -Infinity) : this.say(row[at]));
    const compare = (a, b) => (numbers ? a - b : a.localeCompare(b, "zh"));
    return [...rows].sort((a, b) => compare(key(a), key(b)) * (down ? -1 : 1));
  }

  numeric(at) {
    return this.answer.rows.some((row) => row[at]) && this.answer.rows.every((row) => !row[at] || NUMERIC.test(row[at].datatype || ""));
  }

  table() {
    const { variables, rows } = this.answer;
    const head = variables.map((name, at) => {
      const mine = this.sorted?.at === at;
      const button = element("button", { type: "button" }, `${shown(name, 60)}${mine ? (this.sorted.down ? " ↓" : " ↑") : ""}`);
      button.addEventListener("click", () => {
        this.sorted = { at, down: mine && !this.sorted.down };
        this.draw("table");
        this.view.querySelectorAll("thead button")[at].focus();
      });
      return element("th", { scope: "col", "aria-sort": mine ? (this.sorted.down ? "descending" : "ascending") : false }, button);
    });
    const body = this.order(rows).slice(0, this.shownRows).map((row) => element("tr", {}, ...row.map((term) => this.cell(term))));
    const made = [element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body))];
    if (rows.length > this.shownRows) {
      made.push(element("button", { type: "button", class: "more", onclick: () => { this.shownRows += 5 * PAGE; this.draw("table"); } },
        `${this.words.more_rows} (${Math.min(this.shownRows, rows.length)} / ${rows.length})`));
    }
    return made;
  }

  select(label, name, choices, how) {
    const made = element("select", {}, ...choices.map(([value, words]) => element("option", { value, selected: value === this.columns[name] }, shown(words, 60))));
    made.addEventListener("change", () => {
      this.columns[name] = Number(made.value);
      this.draw(how);
      this.view.querySelectorAll("select")[how === "chart" && name === "value" || name === "to" ? 1 : 0].focus();
    });
    return element("label", {}, label, made);
  }

  chart() {
    const { variables, rows } = this.answer;
    const names = variables.map((name, at) => [at, name]);
    const numbers = names.filter(([at]) => this.numeric(at));
    const varied = (at) => new Set(rows.slice(0, 500).map((row) => this.say(row[at]))).size > 1;
    const named = names.filter(([at]) => !this.numeric(at));
    this.columns.label ??= (named.find(([at]) => varied(at)) || named[0] || names[0])[0];
    this.columns.value ??= numbers.length ? numbers[0][0] : -1;
    const { label, value } = this.columns;
    const sums = new Map();
    for (const row of rows) {
      if (!row[label]) continue;
      const key = this.say(row[label]);
      sums.set(key, (sums.get(key) || 0) + (value < 0 ? 1 : Number(row[value]?.value || 0)));
    }
    const dated = [...sums.keys()].every((key) => /^\d{4}(-\d{2}){0,2}$/.test(key));
    const all = [...sums].sort((a, b) => (dated ? a[0].localeCompare(b[0]) : b[1] - a[1] || a[0].localeCompare(b[0], "zh")));
    const bars = all.slice(0, BARS);
    const most = Math.max(...bars.map(([, sum]) => sum), 1e-9);
    const choices = element("div", { class: "choices" },
      this.select(this.words.label_column, "label", names, "chart"),
      this.select(this.words.value_column, "value", [[-1, this.words.count_rows], ...numbers], "chart"),
      all.length > BARS ? element("span", {}, `${this.words.only_first} ${BARS} / ${all.length}`) : "");
    const list = element("dl", { class: "bars" });
    for (const [key, sum] of bars) {
      const fill = element("span", { class: "bar-fill", "aria-hidden": "true" });
      fill.style.width = `${Math.max(0, 82 * sum / most)}%`;
      list.append(element("dt", { title: shown(key, 200) }, element("bdi", {}, shown(key, 80))), element("dd", {}, fill, String(Math.round(sum * 1000) / 1000)));
    }
    return [choices, list];
  }

  network() {
    const { variables, rows, graph } = this.answer;
    const names = variables.map((name, at) => [at, name]);
    this.columns.from ??= 0;
    this.columns.to ??= graph ? 2 : Math.min(1, names.length - 1);
    const { from, to } = this.columns;
    const nodes = new Map();
    const edges = new Set();
    const node = (term, second) => {
      const key = `${term.type} ${term.value}`;
      if (!nodes.has(key)) nodes.set(key, { key, term, second, degree: 0 });
      return nodes.get(key);
    };
    for (const row of rows) {
      const [a, b] = [row[from], row[to]];
      if (!a || !b || (graph && b.type === "literal")) continue;
      const [one, other] = [node(a, false), node(b, true)];
      if (one === other || edges.has(`${one.key}\n${other.key}`)) continue;
      edges.add(`${one.key}\n${other.key}`);
      one.degree += 1;
      other.degree += 1;
    }
    const kept = [...nodes.values()].sort((a, b) => b.degree - a.degree).slice(0, NODES);
    const inside = new Set(kept.map((one) => one.key));
    const lines = [...edges].map((one) => one.split("\n")).filter(([a, b]) => inside.has(a) && inside.has(b)).map(([a, b]) => [nodes.get(a), nodes.get(b)]);
    settle(kept, lines);
    const choices = element("div", { class: "choices" },
      this.select(this.words.from_column, "from", names, "network"), this.select(this.words.to_column, "to", names, "network"),
      nodes.size > NODES ? element("span", {}, `${this.words.only_first} ${NODES} / ${nodes.size}`) : "");
    return [choices, this.drawing(kept, lines)];
  }

  drawing(nodes, lines) {
    const xs = nodes.map((one) => one.x);
    const ys = nodes.map((one) => one.y);
    const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 40];
    const box = [left, top, Math.max(...xs) - left + 130, Math.max(...ys) - top + 50];
    const make = (name, attributes, ...children) => {
      const made = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const picture = make("svg", { class: "net", viewBox: box.join(" "), role: "group", "aria-label": this.words.network });
    // Letters of one size on the screen however large the drawing; where there are many nodes, the chief ones have names.
    const size = 12.5 * Math.max(1, Math.min(2.6, Math.max(box[2] / 950, box[3] / 560)));
    const named = new Set(nodes.slice(0, nodes.length > 60 ? 40 : 60));
    for (const [a, b] of lines) picture.append(make("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    for (const one of nodes) {
      const radius = 5 + 2 * Math.sqrt(one.degree);
      const where = this.address(one.term);
      const parts = [
        make("circle", { cx: one.x, cy: one.y, r: radius }),
        named.has(one) ? make("text", { x: one.x, y: one.y + radius + size, "text-anchor": "middle", "font-size": size }, shown(this.say(one.term), 16)) : "",
        make("title", {}, shown(this.say(one.term))),
      ];
      picture.append(where ? make("a", { href: where, class: one.second ? "second" : "first" }, ...parts) : make("g", { class: one.second ? "second" : "first" }, ...parts));
    }
    zoom(picture, box);
    return picture;
  }
}

/** Places for the nodes: springs along the lines, all others push; the same nodes get the same places. */
function settle(nodes, lines) {
  nodes.forEach((one, at) => {
    const angle = at * 2.399963;
    one.x = 26 * Math.sqrt(at + 0.5) * Math.cos(angle);
    one.y = 26 * Math.sqrt(at + 0.5) * Math.sin(angle);
  });
  for (let round = 0; round < 260; round += 1) {
    const cool = 14 * (1 - round / 260) + 0.4;
    for (const one of nodes) [one.dx, one.dy] = [-one.x * 0.03, -one.y * 0.05];
    nodes.forEach((one, at) => {
      for (const other of nodes.slice(at + 1)) {
        const [dx, dy] = [(one.x - other.x || 0.1) * 0.7, (one.y - other.y || 0.1) * 1.6];
        const push = 9000 * Math.sqrt(Math.min(one.degree, other.degree)) / (dx * dx + dy * dy + 20);  // hubs keep apart
        one.dx += dx * push / 30; one.dy += dy * push / 30;
        other.dx -= dx * push / 30; other.dy -= dy * push / 30;
      }
    });
    for (const [a, b] of lines) {
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const pull = (Math.hypot(dx, dy) - 95) * 0.012;
      const length = Math.hypot(dx, dy) || 1;
      a.dx += dx / length * pull * 8; a.dy += dy / length * pull * 8;
      b.dx -= dx / length * pull * 8; b.dy -= dy / length * pull * 8;
    }
    for (const one of nodes) {
      const speed = Math.hypot(one.dx, one.dy) || 1;
      const step = Math.min(speed, cool) / speed;
      one.x += one.dx * step;
      one.y += one.dy * step;
    }
  }
  for (const one of nodes) [one.x, one.y] = [Math.round(one.x), Math.round(one.y)];
}

/** Wheel and drag move the window on the drawing. */
function zoom(picture, box) {
  let [x, y, wide, high] = box;
  const set = () => picture.setAttribute("viewBox", [x, y, wide, high].join(" "));
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;  // the wheel alone scrolls the page
    event.preventDefault();
    const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    x += wide * (1 - factor) / 2;
    y += high * (1 - factor) / 2;
    wide *= factor;
    high *= factor;
    set();
  }, { passive: false });
  let from = null;
  picture.addEventListener("pointerdown", (event) => { if (!event.target.closest("a")) from = [event.clientX, event.clientY]; });
  picture.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = Math.max(wide / picture.clientWidth, high / picture.clientHeight);
    x -= (event.clientX - from[0]) * scale;
    y -= (event.clientY - from[1]) * scale;
    from = [event.clientX, event.clientY];
    set();
  });
  for (const name of ["pointerup", "pointerleave"]) picture.addEventListener(name, () => { from = null; });
}
