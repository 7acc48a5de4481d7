// A field for SPARQL: coloured, with numbered lines, completion of terms and names, and the place of a mistake.

import { Options, element, find, found, shown } from "./site.js";

const KEYWORDS = `SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS FILTER
  BIND VALUES GRAPH AS ORDER BY ASC DESC GROUP HAVING LIMIT OFFSET EXISTS NOT IN UNDEF COUNT SUM MIN MAX AVG SAMPLE
  GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE
  LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY NOW COALESCE IF SUBSTR REPLACE REGEX ISIRI ISLITERAL
  ISNUMERIC SAMETERM TRUE FALSE`.split(/\s+/);
const IS_KEYWORD = new Set(KEYWORDS);
const TOKEN = new RegExp([
  "(?<comment>#[^\\n\\r]*)",
  "(?<string>\"\"\"[^]*?(?:\"\"\"|$)|'''[^]*?(?:'''|$)|\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)",
  "(?<iri><[^<>\"{}|^`\\\\\\s]*>)",
  "(?<variable>[?$][\\p{L}\\p{N}_]+)",
  "(?<term>[A-Za-z][\\w.-]*:[\\p{L}\\p{N}_.-]*|(?<![\\p{L}\\p{N}]):[\\p{L}\\p{N}_.-]+)",
  "(?<number>\\b\\d+(?:\\.\\d+)?\\b)",
  "(?<word>[A-Za-z_][A-Za-z_0-9]*)",
].join("|"), "gu");
const MOST_COLOURED = 50_000;

export class Editor {
  constructor(area, words) {
    this.area = area;
    this.words = words;
    this.terms = [];
    this.mistake = null;
    this.colours = area.parentElement.querySelector(".colours");
    this.lines = area.closest(".editor").querySelector(".lines");
    this.options = new Options(area, document.getElementById("completions"), (one) => this.complete(one));
    this.asked = 0;
    area.addEventListener("input", () => { this.mistake = null; this.draw(); this.suggest(false); });
    area.addEventListener("scroll", () => this.scroll());
    area.addEventListener("blur", () => this.options.close());
    area.addEventListener("keydown", (event) => {
      if (this.options.key(event)) return;
      if (event.key === " " && event.ctrlKey) { event.preventDefault(); this.suggest(true); }
    });
    area.addEventListener("click", () => this.options.close());
    new ResizeObserver(() => this.scroll()).observe(area);
    this.draw();
  }

  get text() { return this.area.value; }

  set text(text) {
    this.area.value = text;
    this.area.scrollTop = 0;
    this.mistake = null;
    this.options.close();
    this.draw();
  }

  /** Mark the place of a mistake, counted from 1 in characters. */
  mark(line, column) {
    this.mistake = { line, column };
    this.draw();
  }

  /** Put the caret at the mistake. */
  go() {
    const at = this.offset(this.mistake.line, this.mistake.column);
    this.area.focus();
    this.area.setSelectionRange(at, at);
    this.area.scrollTop = (this.mistake.line - 4) * parseFloat(getComputedStyle(this.area).lineHeight);
  }

  offset(line, column) {
    const rows = this.text.split("\n");
    const before = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
    return before + [...(rows[line - 1] || "")].slice(0, column - 1).join("").length;
  }

  draw() {
    const text = this.text;
    const count = text.split("\n").length;
    this.area.rows = Math.min(Math.max(count + 1, 10), 26);
    const numbers = Array.from({ length: count }, (_, row) =>
      this.mistake?.line === row + 1 ? element("b", {}, String(row + 1)) : `${row + 1}\n`);
    this.lines.replaceChildren(...numbers);
    this.colours.replaceChildren(...(text.length > MOST_COLOURED ? [text] : this.pieces(text)), "\n");
    this.scroll();
  }

  pieces(text) {
    const wrong = this.mistake ? this.offset(this.mistake.line, this.mistake.column) : -1;
    const made = [];
    let last = 0;
    const put = (kind, from, to) => {
      if (from === to) return;
      if (wrong > from && wrong < to && !kind) { put(kind, from, wrong); put(kind, wrong, to); return; }
      const end = to === text.length && wrong >= to;
      const marked = (wrong >= from && wrong < to) || end;
      const name = `${kind} ${marked ? "wrong" : ""}`.trim();
      made.push(name ? element("span", { class: name }, text.slice(from, to)) : text.slice(from, to));
    };
    for (const token of text.matchAll(TOKEN)) {
      let kind = Object.keys(token.groups).find((name) => token.groups[name] !== undefined);
      if (kind === "word") kind = IS_KEYWORD.has(token[0].toUpperCase()) || token[0] === "a" ? "keyword" : "";
      put("", last, token.index);
      put(kind, token.index, token.index + token[0].length);
      last = token.index + token[0].length;
    }
    put("", last, text.length);
    return made;
  }

  scroll() {
    this.colours.scrollTop = this.area.scrollTop;
    this.colours.scrollLeft = this.area.scrollLeft;
    this.lines.style.height = `${this.area.offsetHeight}px`;
    this.lines.scrollTop = this.area.scrollTop;
  }

  /** Offer what can stand at the caret: terms by name or label, variables of the query; in quotation marks, names. */
  async suggest(wanted) {
    const before = this.text.slice(0, this.area.selectionStart);
    const mine = ++this.asked;
    const quoted = /(?:^|[\s({,;.=])"([^"\\\n]{1,40})$/u.exec(before);
    if (quoted) {
      const things = await find(quoted[1], 8);
      if (mine === this.asked) this.offer(things.map((thing) => ({ insert: `"${escaped(thing.name)}"@zh`, typed: quoted[1].length + 1, row: () => found(thing) })));
      return;
    }
    const typed = /[?$]?[\p{L}\p{N}_:.-]*$/u.exec(before)[0];
    if (!wanted && typed.length < 2 && !typed.endsWith("?")) { this.options.close(); return; }
    this.offer(this.candidates(typed).slice(0, 40));
  }

  candidates(typed) {
    const small = typed.toLowerCase();
    const row = (name, as) => () => [element("code", {}, name), element("span", { class: "as" }, shown(as, 60))];
    if (/^[?$]/.test(typed)) {
      const names = new Set(this.text.match(/[?$][\p{L}\p{N}_]+/gu) || []);
      return [...names].filter((name) => name !== typed && name.toLowerCase().startsWith(small)).sort()
        .map((name) => ({ insert: name, typed: typed.length, row: row(name, "") }));
    }
    const label = (term) => (this.words.language === "zh" ? `${term.zh} · ${term.en}` : `${term.en} · ${term.zh}`);
    const rank = (term) => {
      const local = term.name.split(":")[1].toLowerCase();
      if (term.name.toLowerCase().startsWith(small) || term.zh.startsWith(typed) || local.startsWith(small)) return 0;
      return term.zh.includes(typed) || local.includes(small) || term.en.toLowerCase().includes(small) ? 1 : 2;
    };
    const terms = this.terms.map((term) => [rank(term), term]).filter(([at]) => at < 2).sort((a, b) => a[0] - b[0])
      .map(([, term]) => ({ insert: term.name, typed: typed.length, row: row(term.name, label(term)) }));
    const words = typed.length > 1 && /^[A-Za-z_]+$/.test(typed)
      ? KEYWORDS.filter((word) => word.toLowerCase().startsWith(small) && word !== typed.toUpperCase())
        .map((word) => ({ insert: word, typed: typed.length, row: row(word, "") })) : [];
    return [...words, ...terms].filter((one) => one.insert !== typed);
  }

  offer(candidates) {
    this.options.show(candidates, (one) => one.row());
    if (!candidates.length) return;
    this.options.move(1);
    const style = getComputedStyle(this.area);
    const line = parseFloat(style.lineHeight);
    const head = this.text.slice(0, this.area.selectionStart).split("\n");
    const width = [...head.at(-1)].reduce((sum, one) => sum + (one > "\u2e7f" ? 1.66 : 1), 0) * parseFloat(style.fontSize) * 0.602;
    const list = this.options.list;
    const left = Math.min(width + 12 - this.area.scrollLeft, this.area.clientWidth - 270);
    list.style.left = `${Math.max(left, 0)}px`;
    list.style.top = `${head.length * line + 12 - this.area.scrollTop}px`;
  }

  complete(one) {
    const end = this.area.selectionStart;
    this.area.setRangeText(one.insert, end - one.typed, end, "end");
    this.area.focus();
    this.draw();
  }
}

/** The name as it stands between quotation marks. */
export function escaped(name) {
  return name.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
}
