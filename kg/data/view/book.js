// What the page knows, and small builders. Every text goes in as textContent, never as markup.
// The four scripts are joined in one function, in the order book, panel, drawing, search.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const at = (id) => document.getElementById(id);
const book = read("data-facts");
const nodes = new vis.DataSet(read("data-nodes"));
const edges = new vis.DataSet(read("data-edges"));
const drawnNodes = nodes.get();
const drawnEdges = edges.get();
const types = new Map(book.types.map((type) => [type.name, type]));
const entities = new Map(book.entities.map((entity) => [entity.id, entity]));
const factsOf = new Map(book.entities.map((entity) => [entity.id, []]));
book.facts.forEach((fact) => {
  factsOf.get(fact.s).push(fact);
  if (fact.o !== undefined && fact.o !== fact.s) factsOf.get(fact.o).push(fact);
});
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

function drawing(tag, attributes, ...children) {
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
  const { colour, shape } = types.get(type);
  const outline = OUTLINES[shape];
  return drawing("svg", { class: "sign", viewBox: "0 0 16 16", "aria-hidden": "true", fill: colour },
    outline ? drawing("polygon", { points: outline }) : drawing("circle", { cx: 8, cy: 8, r: 7.5 }));
}

function nameLink(id) {
  const entity = entities.get(id);
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the reader wants another tab
    event.preventDefault();
    go(id);
  };
  const whole = entity.name.length <= 14 ? "name whole" : "name";
  return make("a", { class: whole, href: `#${encodeURIComponent(id)}`, onclick: follow },
    sign(entity.type), entity.name);
}

const predicates = new Map(book.predicates.map((predicate, rank) => [predicate.name, { ...predicate, rank }]));
const known = (name) => predicates.get(name) || { zh: name, inverse: `${name}⁻¹`, rank: predicates.size };
const word = (predicate) => known(predicate).zh;
const objectName = (fact) => (fact.o === undefined ? fact.d : entities.get(fact.o).name);
const inWords = (fact) =>
  `${entities.get(fact.s).name} ${word(fact.p)} ${objectName(fact)}${fact.planned ? "（计划）" : ""}`;
const number = (count) => count.toLocaleString("zh-CN");

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

function origin(article) {
  const title = article.title ? `《${article.title}》` : article.name;
  const parts = [/^https?:\/\//i.test(article.url)
    ? make("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, title) : title];
  if (article.outlet) parts.push(`，${article.outlet}`);
  if (article.date) parts.push(`，${article.date}`);
  return parts;
}

function quote(source) {
  const [article, text] = book.sentences[source.sentence];
  return make("blockquote", {},
    make("p", {}, ...marked(text, source.marks)),
    make("footer", {}, "—— ", ...origin(book.articles[article])));
}

// The sentences of several facts, each once with the marks of all.
function gather(facts) {
  const bySentence = new Map();
  for (const fact of facts) {
    for (const [sentence, marks] of fact.e) {
      if (!bySentence.has(sentence)) bySentence.set(sentence, []);
      bySentence.get(sentence).push(...marks);
    }
  }
  return [...bySentence].map(([sentence, marks]) => ({ sentence, marks }));
}

function quotes(sources) {
  const shown = sources.slice(0, SHOWN_SENTENCES).map(quote);
  const rest = sources.slice(SHOWN_SENTENCES);
  if (rest.length) {
    const fold = make("details", {}, make("summary", {}, `另有 ${number(rest.length)} 处原文`));
    fold.addEventListener("toggle", () => { if (fold.children.length === 1) fold.append(...rest.map(quote)); });
    shown.push(fold);
  }
  return shown;
}

function reasons(facts) {
  const premises = [...new Set(facts.flatMap((fact) => fact.because || []))];
  return premises.length ? [make("p", { class: "note" }, `由此推出：${premises.join("；")}`)] : [];
}

const planned = (fact) => (fact.planned ? make("span", { class: "tag" }, "计划") : "");
