// Small builders. Every text goes in as textContent, never as markup.

const SHOWN_FACTS = 40;
const SHOWN_SENTENCES = 2;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const OUTLINES = {
  diamond: "8,0.5 15.5,8 8,15.5 0.5,8",
  square: "1.5,1.5 14.5,1.5 14.5,14.5 1.5,14.5",
  hexagon: "4.2,1 11.8,1 15.7,8 11.8,15 4.2,15 0.3,8",
  star: "8,0.3 10.3,5.6 16,6.1 11.7,9.9 13,15.5 8,12.5 3,15.5 4.3,9.9 0,6.1 5.7,5.6",
};

function sign(type) {
  const outline = OUTLINES[type.shape];
  return drawn("svg", { class: "sign", viewBox: "0 0 16 16", "aria-hidden": "true", fill: typeColour(type) },
    outline ? drawn("polygon", { points: outline }) : drawn("circle", { cx: 8, cy: 8, r: 7.5 }));
}

function stroke(dash, width) {
  return drawn("svg", { width, height: 10, "aria-hidden": "true", class: "stroke" },
    drawn("line", { x1: 1, x2: width - 1, y1: 5, y2: 5, "stroke-width": 2, "stroke-dasharray": dash }));
}

const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

function nameLink(index) {
  const entity = entities[index];
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the reader wants another tab
    event.preventDefault();
    go(index);
  };
  const whole = entity.name.length <= 14 ? "name whole" : "name";
  return make("a", { class: whole, href: `#${encodeURIComponent(entity.id)}`, onclick: follow },
    sign(entity.type), make("bdi", {}, entity.name));
}

const typeName = (type) => (language ? type.en : type.zh);
const kindName = ({ kind, type }) => (kind ? pick(book.kinds[kind]) : language ? type.name.toLowerCase() : type.zh);
const word = (predicate) => pick(predicates[predicate].words);
const inverse = (predicate) => pick(predicates[predicate].inverse);
const gap = () => (language ? " " : "");
const objectName = (fact) => (fact.o === undefined ? fact.date : entities[fact.o].name);
const plannedMark = (fact) => (fact.planned ? make("span", { class: "tag" }, say("planned")) : "");
const inWords = (fact) =>
  `${entities[fact.s].name} ${word(fact.p)} ${objectName(fact)}${fact.planned ? ` (${say("planned")})` : ""}`;

function marked(text, marks) {
  const characters = Array.from(text); // offsets count code points
  const parts = [];
  let done = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    parts.push(characters.slice(done, from).join(""));
    parts.push(make("mark", {}, characters.slice(from, end).join("")));
    done = end;
  }
  parts.push(characters.slice(done).join(""));
  return parts.filter((part) => part !== "");
}

function origin(index) {
  const [name, title, outlet, date, url] = book.articles[index];
  const shown = title ? `《${title}》` : name;
  const parts = [/^https?:\/\//i.test(url)
    ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, shown) : make("bdi", {}, shown)];
  if (outlet) parts.push(` ${outlet}`);
  parts.push(` ${date || say("undated")}`);
  return parts;
}

function quote(source) {
  return make("blockquote", {},
    make("p", { lang: "zh-CN" }, ...marked(sentence(source.sentence), source.marks)),
    make("footer", {}, "—— ", ...origin(book.sentences[source.sentence])));
}

// The sentences of several facts, each once with the marks of all; a title that the text repeats is one sentence.
function gather(some) {
  const found = new Map();
  for (const fact of some) {
    for (const [index, ...bounds] of fact.sources) {
      const key = `${book.sentences[index]} ${sentence(index)}`;
      if (!found.has(key)) found.set(key, { sentence: index, marks: [] });
      for (let i = 0; i < bounds.length; i += 2) found.get(key).marks.push([bounds[i], bounds[i + 1]]);
    }
  }
  return [...found.values()];
}

function quotes(sources) {
  const shown = sources.slice(0, SHOWN_SENTENCES).map(quote);
  const rest = sources.slice(SHOWN_SENTENCES);
  if (rest.length) {
    const fold = make("details", {}, make("summary", {}, say("moreSentences", { n: number(rest.length) })));
    fold.addEventListener("toggle", () => { if (fold.children.length === 1) fold.append(...rest.map(quote)); });
    shown.push(fold);
  }
  return shown;
}

function reasons(some) {
  const premises = [...new Set(some.flatMap((fact) => fact.because))].map((index) => inWords(facts[index]));
  return premises.length ? [make("p", { class: "note" }, say("because", { facts: premises.join("；") }))] : [];
}

// What persons put right: a fact that they assert, or what was done to a thing.
function correction(at) {
  const [action, who, when, why, source, , , rejected] = book.corrections[at];
  const line = say("corrected", { action: pick(book.actions[action] || [action, action]), who, when, why });
  return make("p", { class: "note correction" }, make("bdi", {}, line), source ? ` ${say("citing", { source })}` : "",
    rejected.length ? ` ${say("rejected", { facts: rejected.join("；") })}` : "");
}
const corrections = (some) => [...new Set(some.flatMap((fact) => fact.by))].map(correction);

function inParts(box, items, show, size = SHOWN_FACTS) {
  show(items.slice(0, size));
  if (items.length <= size) return;
  const more = button(say("showRest", { n: number(items.length - size) }), () => {
    more.remove();
    inParts(box, items.slice(size), show, 10 * size);
  }, { class: "more" });
  box.append(more);
}
