// The panel at the side: an entity, the facts between two, or the overview, in words and sentences.

// Facts told by the same sentences stand together, so that a list of attendees quotes its sentence once.
function group(title, some, other) {
  const together = new Map();
  for (const fact of some) {
    const key = JSON.stringify([fact.sources.map(([index]) => index), fact.planned, fact.because, fact.by]);
    if (!together.has(key)) together.set(key, []);
    together.get(key).push(fact);
  }
  const box = section(title, some.length);
  inParts(box, [...together.values()], (clusters) => box.append(...clusters.map((cluster) => {
    const line = make("p", {});
    cluster.forEach((fact, i) => {
      const index = other(fact);
      line.append(i ? "、" : "", index === undefined ? make("span", { class: "value" }, fact.date) : nameLink(index),
        plannedMark(fact));
    });
    return make("div", { class: "fact" }, line, ...corrections(cluster), ...reasons(cluster), ...quotes(gather(cluster)));
  })));
  return box;
}

function section(title, count, ...children) {
  return make("section", {}, make("h3", {}, capital(title), make("span", { class: "count" }, number(count))), ...children);
}

function fillPanel(...children) {
  const panel = at("panel");
  const reading = panel.contains(document.activeElement);
  panel.replaceChildren(...children);
  panel.scrollTop = 0;
  if (reading) panel.focus(); // the link that had it is gone
}

const back = () => button(say("back"), () => go(null), { class: "back" });

function quotations(entity) {
  const own = book.quotations.filter(([speaker, , , , ...about]) => speaker === entity.index || about.includes(entity.index));
  if (!own.length) return [];
  const box = section(say("quotations"), own.length);
  inParts(box, own, (some) => box.append(...some.map(([speaker, index, begin, end]) => make("div", { class: "fact" },
    make("p", {}, nameLink(speaker)),
    quote({ sentence: index, marks: [[begin, end]] })))), 10);
  return [box];
}

// The corrections of a thing, or all of them: what was rejected as a whole is no thing of the graph any more.
function putRight(entity) {
  const own = book.corrections.flatMap(([, , , , , , about], at) => (!entity || about.includes(entity.index) ? [at] : []));
  if (!own.length) return [];
  const box = section(say("corrections"), own.length);
  inParts(box, own, (some) => box.append(...some.map(correction)), 10);
  return [box];
}

function articles(entity) {
  if (!entity.articles.length) return [];
  const box = section(say("articles"), entity.articles.length);
  const list = make("ul", { class: "list" });
  box.append(list);
  inParts(box, entity.articles, (some) => list.append(...some.map((index) =>
    make("li", {}, make("span", { class: "note" }, ...origin(index))))), 10);
  return [box];
}

function deeds(index) {
  const absent = absentNeighbours(index).length;
  const gone = leaves(index).length;
  const pinned = state.pinned.has(index);
  const again = (act) => () => { act(index); showEntity(index); };
  return make("div", { class: "deeds", role: "group", "aria-label": say("deeds") },
    absent ? button(say("expand", { n: number(absent) }), again(expand)) : "",
    gone ? button(say("collapse", { n: number(gone) }), again(collapse)) : "",
    button(say("focus"), again(focusOn)),
    button(say("pin"), again(pin), { "aria-pressed": String(pinned) }),
    button(say("hide"), () => hide(index)),
    button(say("pathFrom"), () => openPath(index)));
}

function showEntity(index) {
  const entity = entities[index];
  announce(say("chose", { type: kindName(entity), name: entity.name, n: number(weight(entity)) }));
  const groups = new Map();
  for (const fact of entity.facts) {
    const outward = fact.s === index;
    const key = `${outward ? 0 : 1} ${fact.p}`;
    if (!groups.has(key)) groups.set(key, { outward, predicate: fact.p, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const order = (one) => 2 * one.predicate + (one.outward ? 0 : 1);
  const sections = [...groups.values()].sort((a, b) => order(a) - order(b)).map(({ outward, predicate, facts: some }) =>
    group(outward ? word(predicate) : inverse(predicate), some, (fact) => (outward ? fact.o : fact.s)));
  fillPanel(back(),
    make("span", { class: "kind" }, sign(entity.type), capital(kindName(entity))),
    make("h2", {}, make("bdi", {}, entity.name)),
    entity.aliases.length ? make("p", { class: "aliases" }, say("aliases", { names: entity.aliases.join("、") })) : "",
    deeds(index),
    ...timeline(entity),
    ...(sections.length ? sections : [make("p", { class: "lead" }, say("noFacts"))]),
    ...quotations(entity), ...putRight(entity), ...articles(entity));
}

const sentenceOf = (fact) => [nameLink(fact.s), make("span", { class: "verb" }, word(fact.p)),
  fact.o === undefined ? make("span", { class: "value" }, fact.date) : nameLink(fact.o), plannedMark(fact)];

function factBox(fact) {
  return make("div", { class: "fact" },
    make("p", {}, ...sentenceOf(fact)),
    told(fact) ? "" : make("p", { class: "note" }, say("fromTable")),
    ...corrections([fact]), ...reasons([fact]), ...quotes(gather([fact])));
}

function showLink(key) {
  const { facts: some } = links.get(key);
  announce(some.map(inWords).join("；"));
  fillPanel(back(), make("h2", { class: "kind" }, say("between", { n: number(some.length) })), ...some.map(factBox));
}

function showOverview() {
  const tops = types.map((type) => {
    const all = entities.filter((entity) => entity.type === type);
    const members = all.filter(weight).sort((a, b) => weight(b) - weight(a)).slice(0, 5);
    return members.length ? section(typeName(type), all.length, make("ul", { class: "list" }, ...members.map((entity) =>
      make("li", {}, nameLink(entity.index),
        make("span", { class: "count" }, say("factCount", { n: number(weight(entity)) })))))) : "";
  });
  fillPanel(make("h2", {}, say("overview")),
    make("p", { class: "lead" }, say("lead")),
    make("ul", { class: "list note" }, ...[["none", "lineSaid"], ["6 4", "linePlanned"], ["1.5 4", "lineWithin"]]
      .map(([dash, key]) => make("li", {}, stroke(dash, 34), say(key)))),
    ...tops, ...putRight());
}
