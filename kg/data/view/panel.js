// The panel at the side: an entity, the facts between two, or the overview, in words and sentences.

// Facts told by the same sentences stand together, so that a list of attendees quotes its sentence once.
function group(title, facts, other) {
  const together = new Map();
  for (const fact of facts) {
    const key = JSON.stringify([fact.e.map((source) => source[0]), fact.planned, fact.because || []]);
    if (!together.has(key)) together.set(key, []);
    together.get(key).push(fact);
  }
  const clusters = [...together.values()];
  const box = make("section", {},
    make("h3", {}, title, make("span", { class: "count" }, number(facts.length))));
  const show = (some) => box.append(...some.map((cluster) => {
    const line = make("p", {});
    cluster.forEach((fact, i) => {
      const id = other(fact);
      line.append(i ? "、" : "", id === undefined ? make("span", { class: "value" }, fact.d) : nameLink(id),
        planned(fact));
    });
    return make("div", { class: "fact" }, line, ...reasons(cluster), ...quotes(gather(cluster)));
  }));
  inParts(box, clusters, show);
  return box;
}

function inParts(box, items, show) {
  show(items.slice(0, SHOWN_FACTS));
  if (items.length > SHOWN_FACTS) {
    const more = make("button", { type: "button", class: "more" }, `显示其余 ${number(items.length - SHOWN_FACTS)} 条`);
    more.addEventListener("click", () => { more.remove(); show(items.slice(SHOWN_FACTS)); });
    box.append(more);
  }
}

function section(title, count, ...children) {
  return make("section", {}, make("h3", {}, title, make("span", { class: "count" }, number(count))), ...children);
}

function fillPanel(...children) {
  const panel = at("panel");
  const reading = panel.contains(document.activeElement);
  panel.replaceChildren(...children);
  panel.scrollTop = 0;
  if (reading) panel.focus(); // the link that had it is gone
}

const back = () => make("button", { type: "button", class: "back", onclick: () => go(null) }, "返回概览");

function tenures(entity) {
  const own = book.tenures.filter((tenure) => tenure.person === entity.id || tenure.office === entity.id);
  if (!own.length) return [];
  const rows = own.map((tenure) => {
    const attested = tenure.first === tenure.last ? tenure.first : `${tenure.first} 至 ${tenure.last}`;
    const stated = [tenure.begin && `始于 ${tenure.begin}`, tenure.end && `止于 ${tenure.end}`].filter(Boolean);
    const when = [...stated, attested && `报道见于 ${attested}`].filter(Boolean).join("；");
    return make("div", { class: "fact" },
      make("p", {}, nameLink(tenure.person === entity.id ? tenure.office : tenure.person),
        tenure.acting ? make("span", { class: "tag" }, "代理") : ""),
      when ? make("p", { class: "note" }, when) : "");
  });
  return [section("任期", own.length, ...rows)];
}

function quotations(entity) {
  const own = book.quotations.filter((one) => one.speaker === entity.id || one.about.includes(entity.id));
  if (!own.length) return [];
  const box = section("引语", own.length);
  inParts(box, own, (some) => box.append(...some.map((one) => make("div", { class: "fact" },
    make("p", {}, nameLink(one.speaker)),
    quote(one)))));
  return [box];
}

function articles(entity) {
  if (!entity.articles.length) return [];
  const box = section("见于", entity.articles.length);
  const list = make("ul", { class: "list" });
  box.append(list);
  inParts(box, entity.articles, (some) => list.append(...some.map((article) =>
    make("li", {}, make("span", { class: "note" }, ...origin(book.articles[article]))))));
  return [box];
}

function showEntity(id) {
  const entity = entities.get(id);
  at("said").textContent = `已选${types.get(entity.type).zh}${entity.name}，${number(factsOf.get(id).length)} 条事实`;
  const groups = new Map();
  for (const fact of factsOf.get(id)) {
    const outward = fact.s === id;
    const key = `${outward ? 0 : 1} ${fact.p}`;
    if (!groups.has(key)) groups.set(key, { outward, predicate: fact.p, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const order = (one) => known(one.predicate).rank + (one.outward ? 0 : predicates.size + 1);
  const sections = [...groups.values()].sort((a, b) => order(a) - order(b)).map(({ outward, predicate, facts }) =>
    group(outward ? word(predicate) : known(predicate).inverse, facts, (fact) => (outward ? fact.o : fact.s)));
  fillPanel(back(),
    make("span", { class: "kind" }, sign(entity.type), entity.kind || types.get(entity.type).zh),
    make("h2", {}, entity.name),
    entity.aliases.length ? make("p", { class: "aliases" }, `又作：${entity.aliases.join("、")}`) : "",
    ...(sections.length ? sections : [make("p", { class: "lead" }, "文中提到，未见与其他实体的关系。")]),
    ...tenures(entity), ...quotations(entity), ...articles(entity));
}

function showEdge(id) {
  const facts = book.links[id].map((index) => book.facts[index]);
  fillPanel(back(),
    make("span", { class: "kind" }, `两者之间的事实（${number(facts.length)}）`),
    ...facts.map((fact) => make("div", { class: "fact" },
      make("p", {}, nameLink(fact.s), make("span", { class: "verb" }, word(fact.p)), nameLink(fact.o),
        planned(fact)),
      fact.p === book.within ? make("p", { class: "note" }, "背景知识：出自行政区划表，并非文章所述。") : "",
      ...reasons([fact]), ...quotes(gather([fact])))));
}

function line(dash, text) {
  return make("li", {}, drawing("svg", { width: 34, height: 10, "aria-hidden": "true" },
    drawing("line", { x1: 1, x2: 33, y1: 5, y2: 5, stroke: "#56616e", "stroke-width": 2, "stroke-dasharray": dash })),
  text);
}

function showOverview() {
  const tops = book.types.map((type) => {
    const members = book.entities.filter((entity) => entity.type === type.name)
      .sort((a, b) => factsOf.get(b.id).length - factsOf.get(a.id).length).slice(0, 5)
      .filter((entity) => factsOf.get(entity.id).length);
    return members.length ? section(type.zh, type.count, make("ul", { class: "list" }, ...members.map((entity) =>
      make("li", {}, nameLink(entity.id),
        make("span", { class: "count" }, `${number(factsOf.get(entity.id).length)} 条`))))) : "";
  });
  fillPanel(make("h2", {}, "概览"),
    make("p", { class: "lead" }, "点选一个实体，读它的全部事实；点选一条连线，读两者之间的事实。"
      + "每条事实之下是它的原文，所据文字加底色。"),
    make("ul", { class: "list note" }, line("none", "文中已述"), line("6 4", "计划、要求，尚未发生"),
      line("1.5 4", "行政区划表的背景知识")),
    ...tops);
}
