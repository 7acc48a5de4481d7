// The beginning of it all.

function speak(name) {
  language = name === "en" ? 1 : 0;
  chosenLanguage = name;
  translate();
  fillProvinces();
  at("counts").textContent = [["countEntities", entities.length], ["countFacts", facts.filter(told).length],
    ["countArticles", book.articles.length]].map(([key, n]) => say(key, { n: number(n) })).join(" · ");
  at("language").textContent = language ? "中文" : "EN";
  arrangedFor = "";
}

function wear(name) {
  document.documentElement.dataset.theme = name;
  readTheme();
}

const tongue = navigator.languages.some((name) => name.toLowerCase().startsWith("zh")) ? "zh" : "en";
const showAgain = () => choose(chosen.node, chosen.link);
at("language").addEventListener("click", () => { speak(language ? "zh" : "en"); showAgain(); });
at("theme").addEventListener("click", () => { wear(theme.dark ? "light" : "dark"); showAgain(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); showAgain(); });

at("undo").addEventListener("click", undo);
at("reset").addEventListener("click", reset);
at("layout").addEventListener("change", (event) => layOut(event.target.value));
at("zoom-in").addEventListener("click", () => zoom(1.3));
at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
at("zoom-fit").addEventListener("click", fitAll);
at("open-path").addEventListener("click", () => openPath(chosen.node === null ? undefined : chosen.node));
at("open-help").addEventListener("click", () => at("help").showModal());
at("find-path").addEventListener("click", takePath);
for (const name of ["path", "help"]) at(`close-${name}`).addEventListener("click", () => at(name).close());
complete(at("search"), at("found"), go);
complete(at("path-from"), at("found-from"), () => at("path-to").focus());
complete(at("path-to"), at("found-to"), () => at("find-path").focus());
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; event.stopPropagation(); } });
}

speak(tongue);
chosenLanguage = ""; // the address names a language only if the reader chose it
network.once("afterDrawing", () => {
  document.documentElement.dataset.drawn = String(nodes.length);
  performance.mark("drawn");
});
if (!location.hash && document.body.dataset.opening) history.replaceState(null, "", `#${document.body.dataset.opening}`);
follow();
fitAll();
if (chosen.node !== null) lookAt(chosen.node);
window.addEventListener("hashchange", follow);
