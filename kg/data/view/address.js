// The address names what is chosen and the filters: a link shows the same again, and the browser's back button walks the reading.

const listOf = (text) => (text ? text.split(",").map(decodeURIComponent) : []);

function parameters() {
  const [first, ...rest] = location.hash.slice(1).split("&");
  const pairs = (first.includes("=") ? [first, ...rest] : rest).map((part) => part.split("="));
  let id = "";
  try { id = first.includes("=") ? "" : decodeURIComponent(first); } catch { id = ""; }
  const given = new Map();
  for (const [name, value] of pairs) {
    try { given.set(name, name === "hide" || name === "without" || name === "path" ? listOf(value) : decodeURIComponent(value)); }
    catch { given.set(name, ""); }
  }
  return { id, given };
}

function address() {
  const parts = [chosen.node === null ? "" : encodeURIComponent(entities[chosen.node].id)];
  const put = (name, value) => { if (value) parts.push(`${name}=${value}`); };
  put("hide", [...state.types].sort().join(","));
  put("without", [...state.relations].sort((a, b) => a - b).map((index) => encodeURIComponent(predicates[index].name)).join(","));
  put("plans", state.planned ? "" : "no");
  put("in", state.province === null ? "" : encodeURIComponent(entities[state.province].id));
  if (timed()) put("time", `${dayText(state.from)}..${dayText(state.to)}`);
  put("as", state.layout === "net" ? "" : state.layout);
  put("path", state.path ? state.path.map((index) => encodeURIComponent(entities[index].id)).join(",") : "");
  put("view", at("list").hidden ? "" : "list");
  put("lang", chosenLanguage);
  put("theme", document.documentElement.dataset.theme || "");
  return parts.join("&").replace(/^&/, "");
}

const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
let chosenLanguage = "";

function writeAddress(step = false) {
  const wanted = address();
  if (wanted === location.hash.slice(1)) return;
  history[step ? "pushState" : "replaceState"](null, "", `#${wanted}`);
}

function go(index) {
  const before = chosen.node;
  if (index !== null && !state.shown.has(index)) { remember(); bring(index); }
  chosen = { node: index, link: null };
  writeAddress(before !== index); // before anything else writes over the address that is left
  choose(index, null);
  if (index !== null) lookAt(index);
}

// What is searched for comes with its chief neighbours, so that it hangs on something.
function bring(index) {
  admit([index]);
  admit(absentNeighbours(index).slice(0, 12), index);
  state.types.delete(entities[index].type.name);
}

function choose(node, link) {
  chosen = { node, link };
  refresh();
  if (node !== null) showEntity(node);
  else if (link !== null) showLink(link);
  else if (state.path) showPath();
  else showOverview();
}

function lookAt(index) {
  const place = placeOf(index);
  const corner = network.DOMtoCanvas({ x: 40, y: 40 });
  const end = network.DOMtoCanvas({ x: frame.clientWidth - 40, y: frame.clientHeight - 40 });
  if (place.x < corner.x || place.x > end.x || place.y < corner.y || place.y > end.y || network.getScale() < 0.45) {
    network.moveTo({ position: place, scale: Math.max(network.getScale(), 0.75), animation: false });
  }
}

function follow() {
  if (location.hash === "#panel") return;
  const { id, given } = parameters();
  state.types = new Set((given.get("hide") || []).filter((name) => types.some((type) => type.name === name)));
  state.relations = new Set((given.get("without") || []).map((name) => predicates.findIndex((one) => one.name === name)).filter((at) => at >= 0));
  state.planned = given.get("plans") !== "no";
  const area = byId.get(given.get("in"));
  state.province = area ? area.index : null;
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(given.get("time") || "") || [];
  state.from = from && days(from) ? days(from)[0] : null;
  state.to = state.from !== null && days(to) ? days(to)[1] : null;
  if (state.to === null) state.from = null;
  state.layout = LAYERED[given.get("as")] ? given.get("as") : "net";
  const ends = (given.get("path") || []).map((name) => byId.get(name)).filter(Boolean).map((entity) => entity.index);
  state.path = ends.length === 2 ? ends : null;
  if (["zh", "en"].includes(given.get("lang"))) speak(given.get("lang"));
  if (["light", "dark"].includes(given.get("theme"))) wear(given.get("theme"));
  showList(given.get("view") === "list");
  const entity = byId.get(id);
  if (entity && !state.shown.has(entity.index)) bring(entity.index);
  if (state.path) bringPath();
  choose(entity ? entity.index : null, null);
  if (entity) lookAt(entity.index);
}
