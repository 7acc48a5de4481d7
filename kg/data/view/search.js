// The search box; and the beginning of it all.

const search = at("search");
const found = at("found");
let current = -1;

function matches(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const hits = [];
  for (const entity of book.entities) {
    let best = null;
    for (const [i, name] of [entity.name, ...entity.aliases].entries()) {
      const place = name.toLowerCase().indexOf(wanted);
      if (place < 0) continue;
      const rank = (name.length === wanted.length ? 0 : place === 0 ? 2 : 4) + (i ? 1 : 0);
      if (!best || rank < best.rank) best = { entity, rank, as: i ? name : "" };
    }
    if (best) hits.push(best);
  }
  const weight = (hit) => factsOf.get(hit.entity.id).length;
  return hits.sort((a, b) => a.rank - b.rank || weight(b) - weight(a)).slice(0, 12);
}

function closeFound() {
  found.hidden = true;
  current = -1;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}

function take(id) {
  search.value = entities.get(id).name;
  closeFound();
  go(id);
}

function point(index) {
  const items = [...found.querySelectorAll("[role=option]")];
  if (!items.length) return;
  current = (index + items.length) % items.length;
  items.forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
  items[current].scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", items[current].id);
}

search.addEventListener("input", () => {
  const hits = matches(search.value);
  found.replaceChildren(...hits.map(({ entity, as }, i) => {
    const item = make("li", { role: "option", id: `found-${i}`, "aria-selected": "false" },
      sign(entity.type), entity.name, make("span", { class: "as" }, as || types.get(entity.type).zh));
    item.dataset.entity = entity.id;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(entity.id); });
    return item;
  }));
  if (!hits.length && search.value.trim()) found.replaceChildren(make("li", {}, "没有这个名称"));
  found.hidden = !found.children.length;
  search.setAttribute("aria-expanded", String(!found.hidden));
  current = -1;
  if (hits.length) point(0);
});
search.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter ends the input method's word first
  if (event.key === "ArrowDown") point(current + 1);
  else if (event.key === "ArrowUp") point(current - 1);
  else if (event.key === "Enter" && current >= 0) take(found.children[current].dataset.entity);
  else if (event.key === "Escape") { closeFound(); search.value = ""; }
  else return;
  event.preventDefault();
});
search.addEventListener("blur", closeFound);
document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !writing) { event.preventDefault(); search.focus(); }
  else if (event.key === "Escape" && !writing && (chosen.node !== null || chosen.edge !== null)) go(null);
});

at("counts").textContent = [`${number(book.total.entities)} 个实体`, `${number(book.total.facts)} 条事实`,
  `${number(book.total.articles)} 篇文章`].join(" · ");
if (book.entities.length < book.total.entities) {
  at("notice").textContent = `图中为联系最多的 ${number(book.entities.length)} 个实体、`
    + `其间 ${number(book.shownFacts)} 条事实；全部 ${number(book.total.entities)} 个请用查询。`;
} else if (!book.entities.length) {
  at("notice").textContent = "没有可显示的实体。";
}
network.once("afterDrawing", () => { document.documentElement.dataset.drawn = String(nodes.length); });
drawLegend();
network.fit({ animation: false });
follow();
window.addEventListener("hashchange", follow);
