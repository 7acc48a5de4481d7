// The shortest way between two things, chosen as `kg path` chooses: what a text asserts, then plans, then background.

let way = null; // the steps, from one end to the other
const NOWHERE = { nodes: [], links: new Set() };
let walkedNow = NOWHERE;
const walked = () => (state.path ? walkedNow : NOWHERE);

function distances(from, until) {
  const far = new Map([[from, 0]]);
  const queue = [from];
  for (const index of queue) {
    if (far.has(until) && far.get(index) >= far.get(until)) break;
    for (const other of entities[index].links.keys()) {
      if (!far.has(other)) { far.set(other, far.get(index) + 1); queue.push(other); }
    }
  }
  return far;
}

const less = (a, b) => { for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] < b[i]; return false; };

function shortest(a, b) {
  const far = distances(b, a);
  if (!far.has(a)) return null;
  const steps = [];
  for (let here = a; here !== b;) {
    let best = null;
    for (const [other, link] of entities[here].links) {
      if (!(far.get(other) < far.get(here))) continue;
      for (const fact of link.facts) {
        const rank = [told(fact) ? 0 : 1, fact.planned ? 1 : 0, entities[other].id, fact.s === here ? 0 : 1, predicates[fact.p].name];
        if (!best || less(rank, best.rank)) best = { rank, fact, other };
      }
    }
    steps.push({ from: here, to: best.other, fact: best.fact });
    here = best.other;
  }
  return steps;
}

// Works out the path of the state and makes it part of the picture.
function bringPath() {
  way = shortest(...state.path);
  const indices = way ? [state.path[0], ...way.map((step) => step.to)] : state.path;
  walkedNow = { nodes: indices, links: new Set((way || []).map(({ from, to }) => entities[from].links.get(to).key)) };
  let before;
  for (const index of indices) { admit([index], before); before = index; }
}

function findPath(a, b) {
  at("path").close();
  remember();
  state.path = [a, b];
  bringPath();
  choose(null, null);
  if (walked().nodes.length) network.fit({ nodes: walked().nodes, animation: false, maxZoomLevel: 1.1 });
}

function showPath() {
  const [a, b] = state.path;
  const close = button(say("endPath"), () => { change(() => { state.path = null; }); choose(null, null); }, { class: "back" });
  const heading = make("h2", {}, say("pathTitle"));
  if (!way) {
    announce(say("noPath"));
    fillPanel(close, heading, make("p", { class: "lead" }, nameLink(a), " ⋯ ", nameLink(b)), make("p", {}, say("noPath")));
    return;
  }
  announce(say("pathFound", { n: number(way.length) }));
  const line = make("p", { class: "way" }, nameLink(a));
  for (const { from, to, fact } of way) {
    line.append(make("span", { class: "verb" }, fact.s === from ? ` —${word(fact.p)}→ ` : ` ←${word(fact.p)}— `), nameLink(to));
  }
  fillPanel(close, heading, line, ...way.map(({ fact }) => factBox(fact)));
}

// The dialog in which the two are chosen.
function openPath(from) {
  const [one, other] = [at("path-from"), at("path-to")];
  for (const [input, index] of [[one, from], [other, undefined]]) {
    input.value = index === undefined ? "" : entities[index].name;
    if (index === undefined) delete input.dataset.entity;
    else input.dataset.entity = String(index);
  }
  at("path").showModal();
  (from === undefined ? one : other).focus();
}

function takePath() {
  const [one, other] = [at("path-from"), at("path-to")];
  for (const input of [one, other]) {
    if (input.dataset.entity === undefined) {
      const [hit] = matches(input.value, 1);
      if (!hit) { input.focus(); return; }
      input.value = hit.entity.name;
      input.dataset.entity = String(hit.entity.index);
    }
  }
  findPath(Number(one.dataset.entity), Number(other.dataset.entity));
}
