// Boxes that complete a name: by its characters, another name, or the initials of its pinyin (jssz, 江苏省长).

const letters = new Map();
for (const [letter, some] of Object.entries(book.initials)) {
  for (const one of some) letters.set(one, (letters.get(one) || "") + letter);
}

// Whether the characters from there on have these initials; a character with two readings has both.
function spelled(characters, from, wanted) {
  for (let i = 0; i < wanted.length; i += 1) {
    const one = characters[from + i];
    if (one === undefined) return false;
    if (!(letters.get(one) || one).includes(wanted[i])) return false;
  }
  return true;
}

// Initials may leave out what a reader leaves out: jssz finds 江苏省省长, whose first and last it has.
function scattered(characters, wanted) {
  let next = 0;
  for (const one of characters) {
    if (next < wanted.length && (letters.get(one) || one).includes(wanted[next])) next += 1;
  }
  return next === wanted.length;
}
const heads = (one, letter) => (letters.get(one) || one).includes(letter);

let named = null; // every name in lower case, with its characters; made at the first search
const allNames = () => (named ||= entities.flatMap((entity) => [entity.name, ...entity.aliases].map((name, i) =>
  ({ entity, alias: i ? name : "", low: name.toLowerCase(), characters: Array.from(name.toLowerCase()) }))));

function rankOf({ low, characters, alias }, wanted, latin) {
  const place = low.indexOf(wanted);
  if (place >= 0) return (low.length === wanted.length ? 0 : place === 0 ? 2 : 4) + (alias ? 1 : 0);
  if (!latin) return null;
  if (spelled(characters, 0, wanted)) return (characters.length === wanted.length ? 6 : 8) + (alias ? 1 : 0);
  const first = heads(characters[0], wanted[0]) && wanted.length > 2 && scattered(characters, wanted);
  if (first && heads(characters[characters.length - 1], wanted[wanted.length - 1])) return 10 + (alias ? 1 : 0);
  for (let from = 1; from + wanted.length <= characters.length; from += 1) {
    if (spelled(characters, from, wanted)) return 12 + (alias ? 1 : 0);
  }
  return first ? 14 : null;
}

function matches(text, most = 12) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const latin = /^[a-z0-9]+$/.test(wanted);
  const best = new Map();
  for (const one of allNames()) {
    const rank = rankOf(one, wanted, latin);
    if (rank === null) continue;
    const before = best.get(one.entity);
    if (!before || rank < before.rank) best.set(one.entity, { entity: one.entity, rank, as: one.alias });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || weight(b.entity) - weight(a.entity)
    || a.entity.name.length - b.entity.name.length || a.entity.index - b.entity.index).slice(0, most);
}

// A box with a list below it, as the ARIA pattern of a combobox wants it; `take` gets the number of the entity.
function complete(input, list, take) {
  let current = -1;
  let hits = [];
  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choice = (index) => {
    input.value = entities[index].name;
    input.dataset.entity = String(index);
    close();
    take(index);
  };
  const point = (index) => {
    if (!hits.length) return;
    current = (index + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
    list.children[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[current].id);
  };
  input.addEventListener("input", () => {
    delete input.dataset.entity;
    hits = matches(input.value);
    list.replaceChildren(...hits.map(({ entity, as }, i) => {
      const item = make("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" },
        sign(entity.type), make("bdi", {}, entity.name), make("span", { class: "as" }, as || kindName(entity)));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choice(entity.index); });
      return item;
    }));
    if (!hits.length && input.value.trim()) {
      list.replaceChildren(make("li", { role: "option", "aria-disabled": "true" }, say("noMatch")));
    }
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    current = -1;
    if (hits.length) point(0);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends the input method's word first
    if (event.key === "ArrowDown") point(current + 1);
    else if (event.key === "ArrowUp") point(current - 1);
    else if (event.key === "Enter" && current >= 0) choice(hits[current].entity.index);
    else if (event.key === "Escape" && !list.hidden) { close(); input.value = ""; }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
}
