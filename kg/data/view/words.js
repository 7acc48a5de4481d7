// The interface in two languages: words by key, and the elements of the page that carry one.

const at = (id) => document.getElementById(id);
const read = (id) => JSON.parse(at(id).textContent);
const words = read("data-words");
let language = 0; // the place in each pair: 0 is Chinese, 1 English

const pick = (pair) => pair[language];
const say = (key, slots = {}) => pick(words[key]).replace(/\{(\w+)\}/g, (_, name) => slots[name]);
const capital = (text) => (language ? text.charAt(0).toUpperCase() + text.slice(1) : text);
const number = (count) => count.toLocaleString(language ? "en" : "zh-CN");

function translate() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  document.title = document.querySelector("h1").textContent;
  for (const element of document.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.dataset.sayLabel));
  }
  for (const element of document.querySelectorAll("[data-say-title]")) element.title = say(element.dataset.sayTitle);
  for (const element of document.querySelectorAll("[data-say-placeholder]")) {
    element.placeholder = say(element.dataset.sayPlaceholder);
  }
}
