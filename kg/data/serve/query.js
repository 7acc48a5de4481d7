// The page to ask on: named queries with their parameters, the field for SPARQL, the answer, and what goes wrong.

import { Options, element, find, found, shown } from "./site.js";
import { Editor, escaped } from "./editor.js";
import { Results, read } from "./results.js";

const page = JSON.parse(document.getElementById("page-words").textContent);
const words = { ...page.words, language: page.language };
const by = (id) => document.getElementById(id);
const editor = new Editor(by("editor"), words);
const START = `SELECT ?person ?office\nWHERE {\n  ?p kg:holdsOffice ?o ;\n     rdfs:label ?person .\n  ?o rdfs:label ?office .\n}\nORDER BY ?person\nLIMIT 100`;
const ROWS = [["text/csv", "CSV", "csv"], ["text/tab-separated-values", "TSV", "tsv"], ["application/sparql-results+json", "JSON", "json"], ["application/sparql-results+xml", "XML", "xml"]];
const TRIPLES = [["text/turtle", "Turtle", "ttl"], ["application/n-triples", "N-Triples", "nt"], ["application/ld+json", "JSON-LD", "jsonld"], ["application/rdf+xml", "RDF/XML", "rdf"]];
let results;
let chosen = null;
let running = null;
let view = "table";

/** The part of a header that is in the language of the page: 某人的职务 / The offices of a person. */
function mine(text) {
  const at = text.indexOf(" / ");
  if (at < 0) return text;
  return words.language === "zh" ? text.slice(0, at) : text.slice(at + 3);
}

/** The title without what comes after a colon. */
function short(text) {
  return text.split(/[：:]/u)[0];
}

async function ask(text, accept, signal) {
  const headers = { Accept: accept, "Content-Type": "application/x-www-form-urlencoded" };
  return fetch("/sparql", { method: "POST", headers, body: new URLSearchParams({ query: text }), signal });
}

// NAMED QUERIES

function list(queries) {
  const pick = by("pick");
  const own = { name: "", title: words.your_own, parameters: [], text: START };
  for (const query of [...queries, own]) {
    const title = short(mine(query.title));
    by("named").append(element("li", {}, element("button", { type: "button", "data-name": query.name, title: mine(query.title), onclick: () => choose(query) }, element("span", {}, title))));
    pick.append(element("option", { value: query.name }, title));
  }
  pick.addEventListener("change", () => choose([...queries, own].find((query) => query.name === pick.value)));
  return own;
}

async function choose(query, values = {}) {
  chosen = query;
  by("pick").value = query.name;
  for (const button of by("named").querySelectorAll("button")) button.setAttribute("aria-current", String(button.dataset.name === query.name));
  by("chosen").textContent = mine(query.title);
  const form = by("parameters");
  form.hidden = query.parameters.length === 0;
  form.replaceChildren(...query.parameters.map((parameter) => field(parameter, values[parameter.name] ?? example(query, parameter.name))));
  if (query.name) await fill();
  else editor.text = query.text;
}

function example(query, name) {
  const found = query.example.split(/\s+/).map((word) => word.split("=")).find(([one]) => one === name);
  return found ? found[1] : "";
}

function field(parameter, value) {
  const note = mine(parameter.note);
  const input = element("input", { name: parameter.name, value, type: parameter.kind === "day" ? "date" : "text", autocomplete: "off", spellcheck: "false", placeholder: words.all_values });
  const label = element("label", {}, note, input);
  input.addEventListener("change", fill);
  if (parameter.kind === "name") {
    const choices = element("ul", { role: "listbox", id: `names-${parameter.name}`, "aria-label": note });
    choices.hidden = true;
    for (const [key, is] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": choices.id })) input.setAttribute(key, is);
    const options = new Options(input, choices, (thing) => { input.value = thing.name; fill(); });
    let asked = 0;
    input.addEventListener("input", async () => {
      const turn = ++asked;
      const things = input.value.trim() ? await find(input.value, 8) : [];
      if (turn === asked && document.activeElement === input) options.show(things, found);
    });
    input.addEventListener("keydown", (event) => options.key(event));
    input.addEventListener("blur", () => { asked += 1; options.close(); });
    label.append(choices);
  }
  return label;
}

/** The named query with the values of the form, in the field: bound by the server, as terms. */
async function fill() {
  const values = new URLSearchParams([...new FormData(by("parameters"))].filter(([, value]) => value));
  const query = chosen;
  const answer = await fetch(`/queries/${encodeURIComponent(query.name)}?${values}`, { headers: { Accept: "application/sparql-query" } });
  if (query !== chosen) return;
  if (answer.ok) editor.text = (await answer.text()).replace(/^#.*\n/gm, "").trim();
  else trouble(await answer.json());
}

// RUNNING

function trouble(problem) {
  const box = by("trouble");
  const parts = [element("p", {}, element("strong", {}, words.failed), " ", problem ? shown(problem.detail, 1000) : words.unreachable)];
  if (problem?.line) {
    editor.mark(problem.line, problem.column);
    const place = words.line.replace("{line}", problem.line).replace("{column}", problem.column);
    parts.push(element("button", { type: "button", onclick: () => editor.go() }, `${place} · ${words.go_there}`));
  }
  box.replaceChildren(...parts);
  box.hidden = false;
  by("views").hidden = by("view").hidden = true;
}

async function run() {
  running?.abort();
  const control = new AbortController();
  running = control;
  by("trouble").hidden = true;
  by("stop").hidden = false;
  by("views").hidden = false;
  by("view").hidden = true;
  by("summary").textContent = words.running;
  const begun = performance.now();
  const text = editor.text;
  try {
    const answer = await ask(text, "application/sparql-results+json, application/n-triples;q=0.9", control.signal);
    if (!answer.ok) { trouble(await answer.json()); return; }
    const media = answer.headers.get("Content-Type");
    results.set(read(await answer.text(), media));
    results.text = text;
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    summary(seconds);
    downloads(media.includes("n-triples") ? TRIPLES : ROWS);
    by("view").hidden = false;
    show(results.answer.graph && view === "table" ? "network" : view);
    await name(control.signal);
  } catch (error) {
    if (error.name === "AbortError") by("summary").textContent = words.stopped;
    else { trouble(null); console.error(error); }
  } finally {
    if (running === control) by("stop").hidden = true;
  }
}

function summary(seconds) {
  const count = results.answer.rows?.length;
  const what = results.answer.graph ? (count === 1 ? words.triple : words.triples) : count === 1 ? words.row : words.rows;
  by("summary").textContent = `${count === undefined ? "" : `${count.toLocaleString("en")} ${what}, `}${seconds} ${words.seconds}`;
}

/** Names in the place of the IRIs of things, and links where the name of a thing stands. */
async function name(signal) {
  const [iris, names] = [results.things(), results.names()];
  if (!iris.length && !names.length) return;
  const text = `SELECT ?s ?name {
    { VALUES ?s { ${iris.map((iri) => `<${iri}>`).join(" ")} } ?s rdfs:label ?name }
    UNION { VALUES ?name { ${names.map((one) => `"${escaped(one)}"@zh`).join(" ")} } ?s rdfs:label|dcterms:title ?name }
  }`;
  const answer = await ask(text, "application/sparql-results+json", signal);
  if (!answer.ok) return;
  results.learn((await answer.json()).results.bindings.map((row) => [row.s.value, row.name.value]), names);
  results.draw(view);
}

function show(how) {
  view = how;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const mine = tab.id === `tab-${how}`;
    tab.setAttribute("aria-selected", String(mine));
    tab.tabIndex = mine ? 0 : -1;
  }
  by("view").setAttribute("aria-labelledby", `tab-${how}`);
  results.draw(how);
}

function downloads(formats) {
  by("download").replaceChildren(...formats.map(([media, label]) => element("option", { value: media }, label)));
}

async function save() {
  const media = by("download").value;
  const suffix = [...ROWS, ...TRIPLES].find(([one]) => one === media)[2];
  const answer = await ask(results.text, media);
  if (!answer.ok) { trouble(await answer.json()); return; }
  const link = element("a", { href: URL.createObjectURL(await answer.blob()), download: `${chosen?.name || "query"}.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// START

by("run").addEventListener("click", run);
by("stop").addEventListener("click", () => running?.abort());
by("save").addEventListener("click", save);
by("parameters").addEventListener("submit", async (event) => { event.preventDefault(); await fill(); run(); });
by("editor").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
});
for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => show(tab.id.slice(4)));

const [queries, vocabulary] = await Promise.all(["/queries", "/vocabulary"].map((path) => fetch(path).then((answer) => answer.json())));
editor.terms = vocabulary.terms;
results = new Results(by("view"), words, vocabulary.prefixes);
const own = list(queries);
const given = Object.fromEntries(new URLSearchParams(location.search));
const named = queries.find((query) => query.name === given.name);
if (named) {
  await choose(named, Object.fromEntries(named.parameters.map((one) => [one.name, given[one.name] || ""])));
  run();
} else if (given.query) {
  await choose({ ...own, text: given.query });
} else {
  await choose(own);
}
document.documentElement.dataset.ready = "true";
