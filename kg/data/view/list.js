// The same in tables: what the filters let through, to read without the canvas.

const PAGE = 100;
let listed = "things";

function showList(yes) {
  at("list").hidden = !yes;
  at("network").inert = yes; // it lies below the list
  at("show-list").setAttribute("aria-pressed", String(yes));
  if (yes) drawList();
}

function table(caption, heads, items, row) {
  const body = make("tbody", {});
  const whole = make("table", {}, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...heads.map((key) => make("th", { scope: "col" }, say(key))))), body);
  const box = make("div", {}, whole);
  inParts(box, items, (some) => body.append(...some.map(row)), PAGE);
  return box;
}
const cell = (...children) => make("td", {}, ...children);

function things() {
  const wanted = at("list-filter").value.trim();
  const named = wanted ? new Set(matches(wanted, Infinity).map((hit) => hit.entity.index)) : null;
  const some = visible.nodes.filter((index) => !named || named.has(index)).map((index) => entities[index])
    .sort((a, b) => weight(b) - weight(a) || a.index - b.index);
  return table(say("thingsCaption", { n: number(some.length) }), ["columnName", "columnType", "columnFacts", "columnAliases"],
    some, (entity) => make("tr", {}, make("th", { scope: "row" }, nameLink(entity.index)), cell(kindName(entity)),
      cell(number(weight(entity))), cell(entity.aliases.join("、"))));
}

function factsTable() {
  const wanted = at("list-filter").value.trim();
  const named = wanted ? new Set(matches(wanted, Infinity).map((hit) => hit.entity.index)) : null;
  const here = new Set(visible.nodes);
  const some = facts.filter((fact) => here.has(fact.s) && (fact.o === undefined || here.has(fact.o)) && lets(fact)
    && (!named || named.has(fact.s) || named.has(fact.o)));
  return table(say("factsCaption", { n: number(some.length) }), ["columnSubject", "columnRelation", "columnObject", "columnSentence"],
    some, (fact) => make("tr", {}, make("th", { scope: "row" }, nameLink(fact.s)), cell(word(fact.p), plannedMark(fact)),
      cell(fact.o === undefined ? fact.date : nameLink(fact.o)),
      cell(...grounds(fact))));
}

function grounds(fact) {
  if (!told(fact)) return [make("span", { class: "note" }, say("fromTable"))];
  return [...gather([fact]).slice(0, 1).map(quote), ...corrections([fact]), ...(fact.sources.length ? [] : reasons([fact]))];
}

function drawList() {
  for (const id of ["things", "facts"]) at(`list-${id}`).setAttribute("aria-selected", String(listed === id));
  at("list-body").setAttribute("aria-labelledby", `list-${listed}`);
  at("list-body").replaceChildren(listed === "things" ? things() : factsTable());
}
for (const id of ["things", "facts"]) at(`list-${id}`).addEventListener("click", () => { listed = id; drawList(); });
at("list-filter").addEventListener("input", drawList);
at("show-list").addEventListener("click", () => { showList(at("list").hidden); writeAddress(); });
