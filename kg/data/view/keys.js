// The keyboard: everything that the pointer does.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The next node in that direction: near, and rather straight ahead than aside.
function nextTowards([right, down]) {
  const here = chosen.node === null ? network.getViewPosition() : placeOf(chosen.node);
  let best = null;
  for (const index of visible.nodes) {
    if (index === chosen.node) continue;
    const place = placeOf(index);
    const [dx, dy] = [place.x - here.x, place.y - here.y];
    const ahead = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    const cost = chosen.node === null ? Math.hypot(dx, dy) : ahead + 2 * aside;
    if (chosen.node !== null && ahead <= Math.max(1, 0.4 * aside)) continue;
    if (!best || cost < best.cost) best = { index, cost };
  }
  return best && best.index;
}

frame.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = ARROWS[event.key];
  if (direction && event.shiftKey) {
    const place = network.getViewPosition();
    const step = 80 / network.getScale();
    network.moveTo({ position: { x: place.x + direction[0] * step, y: place.y + direction[1] * step }, animation: false });
  } else if (direction) {
    const index = nextTowards(direction);
    if (index !== null) go(index);
  } else if (event.key === "Enter") at("panel").focus();
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fitAll();
  else if (event.key === "e" && chosen.node !== null) { expand(chosen.node); showEntity(chosen.node); }
  else if (event.key === "c" && chosen.node !== null) { collapse(chosen.node); showEntity(chosen.node); }
  else if (event.key === "p" && chosen.node !== null) { pin(chosen.node); showEntity(chosen.node); }
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof HTMLInputElement && event.target.type !== "range";
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/" && !writing) { event.preventDefault(); at("search").focus(); }
  else if (event.key === "?" && !writing) at("help").showModal();
  else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !writing) { event.preventDefault(); undo(); }
  else if (event.key === "Escape" && !writing && (chosen.node !== null || chosen.link !== null)) go(null);
});
