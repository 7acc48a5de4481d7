// What the page knows: entities, facts and the links between two entities, each by its number.

const book = read("data-facts");
const types = book.types;
const predicates = book.predicates.map((one) => ({ ...one, words: [one.zh, one.en], inverse: [one.inverseZh, one.inverseEn] }));
const entities = book.entities.id.map((id, index) => ({
  index,
  id,
  name: book.entities.name[index],
  type: types[book.entities.type[index]],
  kind: book.entities.kind[index],
  size: book.entities.size[index],
  font: book.entities.font[index],
  articles: book.entities.articles[index],
  aliases: book.entities.aliases[index] || [],
  label: book.entities.label[index] || book.entities.name[index],
  provinces: book.entities.provinces[index] || [],
  facts: [],
  links: new Map(), // the other's number → what links the two
}));
const byId = new Map(entities.map((entity) => [entity.id, entity]));
const links = new Map();

const plannedFacts = new Set(book.facts.planned);
const facts = book.facts.s.map((s, index) => {
  const o = book.facts.o[index];
  return {
    index, s, p: book.facts.p[index], o: typeof o === "number" ? o : undefined, date: typeof o === "string" ? o : "",
    planned: plannedFacts.has(index), sources: book.facts.e[index] || [], because: book.facts.because[index] || [],
    by: book.facts.by[index] || [],
  };
});
for (const fact of facts) {
  entities[fact.s].facts.push(fact);
  if (fact.o === undefined || fact.o === fact.s) continue;
  entities[fact.o].facts.push(fact);
  const [a, b] = fact.s < fact.o ? [fact.s, fact.o] : [fact.o, fact.s];
  const key = `${a} ${b}`;
  if (!links.has(key)) {
    const link = { key, a, b, facts: [] };
    links.set(key, link);
    entities[a].links.set(b, link);
    entities[b].links.set(a, link);
  }
  links.get(key).facts.push(fact);
}
const told = (fact) => fact.p !== book.within; // by a text, not by the table of divisions
const weight = (entity) => entity.facts.length;

let sentenceWords = null; // parsed when the first is read: they are most of the page
const sentence = (index) => (sentenceWords ||= read("data-sentences"))[index];

// Days, counted from 1970: of a date of the form 2020, 2020-06, 2020-06-05 or 2020-06-05/2020-06-07.
const DAY = 86400000;
function days(text) {
  const bounds = text.split("/").map((part) => {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(part) || [];
    if (!year || month > 12 || day > 31) return null;
    const first = Date.UTC(+year, month ? month - 1 : 0, day ? +day : 1);
    const next = day ? first + DAY : month ? Date.UTC(+year, +month, 1) : Date.UTC(+year + 1, 0, 1);
    return [first / DAY, next / DAY - 1];
  });
  if (bounds.includes(null)) return null;
  return [bounds[0][0], bounds[bounds.length - 1][1]];
}
const articleDays = book.articles.map(([, , , date]) => days(date));
const eventDays = entities.map((entity) =>
  entity.facts.filter((fact) => fact.date && !fact.planned).map((fact) => days(fact.date)).filter(Boolean));

// When a fact was so: on the day of its event if that is told, else on the days of the articles that say it.
function daysOf(fact) {
  if (fact.days === undefined) {
    const own = fact.date ? [days(fact.date)] : [...eventDays[fact.s], ...(fact.o === undefined ? [] : eventDays[fact.o])];
    const articles = new Set(fact.sources.map(([index]) => book.sentences[index]));
    fact.days = (own.length ? own : [...articles].map((index) => articleDays[index])).filter(Boolean);
  }
  return fact.days;
}
const mentionDays = (entity) => [...eventDays[entity.index], ...entity.articles.map((index) => articleDays[index])].filter(Boolean);
