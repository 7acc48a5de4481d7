// The search field of every page: suggestions while one types. Without this script the form works as it is.

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

/** The text on one line and not too long, every unseen character as its code: names in the news are untrusted. */
export function shown(text, most = 300) {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replace(UNSEEN, (one) => ("\n\r\t".includes(one) ? " " : `\\u${one.codePointAt(0).toString(16).padStart(4, "0")}`));
}

/** An element with attributes and children; strings become text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** A list of options below a field: arrows choose, Enter takes, Escape closes. `take` gets the option's own object. */
export class Options {
  constructor(field, list, take) {
    this.field = field;
    this.list = list;
    this.take = take;
    this.things = [];
    this.at = -1;
  }

  show(things, row) {
    this.things = things;
    this.at = -1;
    this.list.replaceChildren(...things.map((thing, place) => {
      const option = element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, ...row(thing));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(place); });
      return option;
    }));
    this.list.hidden = things.length === 0;
    if (this.field.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.field.removeAttribute("aria-activedescendant");
  }

  get open() { return !this.list.hidden; }

  close() { this.show([], () => []); }

  move(step) {
    if (this.at >= 0) this.list.children[this.at].setAttribute("aria-selected", "false");
    this.at = (this.at + step + this.things.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.things.length;
    const option = this.list.children[this.at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  choose(place = this.at) {
    const thing = this.things[place];
    this.close();
    this.take(thing);
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.choose();
    else return false;
    event.preventDefault();
    return true;
  }
}

/** The things of that name, best first. */
export async function find(text, limit) {
  const answer = await fetch(`/search?${new URLSearchParams({ q: text, limit })}`, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : [];
}

/** The sign and the name of a thing that was found. */
export function found(thing) {
  return [
    element("span", { class: `sign type-${thing.type}`, "aria-hidden": "true" }),
    element("bdi", {}, shown(thing.name, 80)),
    element("span", { class: "as" }, thing.alias ? shown(thing.alias, 30) : String(thing.articles)),
  ];
}

const field = document.getElementById("search");
const options = new Options(field, document.getElementById("suggested"), (thing) => {
  location.href = `/page/${encodeURIComponent(thing.id)}`;
});
let asked = 0;
field.addEventListener("input", () => {
  const mine = ++asked;
  setTimeout(async () => {
    if (mine !== asked) return;
    const things = field.value.trim() ? await find(field.value, 10) : [];
    if (mine === asked) options.show(things, found);
  }, 150);
});
field.addEventListener("keydown", (event) => options.key(event));
field.addEventListener("blur", () => { asked += 1; options.close(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    field.focus();
  }
});
