"use strict";
// Shows the cards of #content. What can be chosen stands in the address (#KEY/tier/view), so that a
// reload after a save comes back to the same card.
const content = JSON.parse(document.getElementById("content").textContent);
const byId = (id) => document.getElementById(id);
const DEVICES = {
  Phone: [360, 740, 1],
  Tablet: [768, 1024, 0.6],
  Desktop: [1280, 800, 0.5],
};
const VIEWS = [...Object.keys(DEVICES), "Sheets"];
const SIDES = [["front", ""], ["front", "nightMode"], ["back", ""], ["back", "nightMode"]];
let view = "Phone";
let current = null;
let open = false;
let shown = [];

const made = (name, text, properties = {}) => {
  const element = Object.assign(document.createElement(name), properties);
  element.textContent = text;
  return element;
};

const withPictures = (html) =>
  html.replace(/<img src="([^"]+)"/g, (whole, name) =>
    content.pictures[name] ? `<img src="${content.pictures[name]}"` : whole);

function side(card, name, night) {
  const text = name === "front" ? card.front : card.back.join(card.front);
  const body = withPictures(open ? text.replaceAll("<details", "<details open") : text);
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<style>${content.css}</style><body class="card ${night}"><div id="qa">${body}</div></body>`;
}

function frame(card, name, night) {
  const [width, height, scale] = DEVICES[view];
  const figure = made("figure", "");
  const screen = made("div", "", { className: "screen" });
  const inner = made("iframe", "", { title: `${name}, ${night ? "night" : "day"}` });
  inner.setAttribute("sandbox", "");
  inner.srcdoc = side(card, name, night);
  Object.assign(inner.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` });
  Object.assign(screen.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  screen.append(inner);
  figure.append(made("figcaption", `${name}, ${night ? "night" : "day"}`), screen);
  return figure;
}

function sheet() {
  const week = byId("week").value;
  const [first] = content.sheets;
  const found = content.sheets.find((one) => one.file.endsWith(week === "beyond" ? "-beyond.pdf" : `-week-${week}.pdf`));
  const file = (found || first).file;
  byId("name").textContent = `${file}: choose a week on the left; \`studypack build\` prints the sheets`;
  return made("iframe", "", { className: "sheet", src: `../${file}`, title: file });
}

function draw() {
  for (const button of byId("views").children) button.setAttribute("aria-pressed", button.textContent === view);
  const stage = byId("stage");
  if (view === "Sheets") {
    stage.replaceChildren(sheet());
    return;
  }
  if (!current) {
    byId("name").textContent = "";
    stage.replaceChildren(made("p", "No card fits."));
    return;
  }
  byId("name").textContent = `${current.key} · ${current.tier}`;
  stage.replaceChildren(...SIDES.map(([name, night]) => frame(current, name, night)));
}

function choose(card) {
  current = card;
  if (card) history.replaceState(null, "", `#${card.key}/${card.tier}/${view}`);
  for (const item of byId("list").children) {
    const button = item.firstChild;
    const here = button.card === card;
    button.toggleAttribute("aria-current", here);
    if (here) button.scrollIntoView({ block: "nearest" });
  }
  draw();
}

function fits(card) {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${card.key} ${card.question} ${card.back.join(" ")}`.toLowerCase();
  return ["week", "day", "tier"].every((name) => !byId(name).value || card[name] === byId(name).value) &&
    words.every((word) => text.includes(word));
}

function filter() {
  shown = content.cards.filter(fits);
  byId("count").textContent = `${shown.length} of ${content.cards.length} cards`;
  byId("list").replaceChildren(...shown.map((card) => {
    const place = [card.key, card.tier, card.week && `week ${card.week}`, card.day && `day ${Number(card.day)}`];
    const button = made("button", "", { type: "button", onclick: () => choose(card) });
    button.card = card;
    const plain = new DOMParser().parseFromString(card.question, "text/html").body.textContent;
    button.append(made("span", plain), made("small", place.filter(Boolean).join(" · ")));
    const item = made("li", "");
    item.append(button);
    return item;
  }));
  choose(shown.includes(current) ? current : shown[0] || null);
}

function options(name, label) {
  const values = [...new Set(content.cards.map((card) => card[name]).filter(Boolean))];
  const number = (value) => (isNaN(value) ? Infinity : Number(value));
  if (name !== "tier") values.sort((a, b) => number(a) - number(b));
  const texts = values.map((value) => [value, isNaN(value) ? value : `${label} ${Number(value)}`]);
  byId(name).replaceChildren(...[["", `${label}s`], ...texts].map(([value, text]) => made("option", text, { value })));
}

function step(by) {
  const at = shown.indexOf(current);
  if (shown[at + by]) choose(shown[at + by]);
}

for (const name of VIEWS) {
  byId("views").append(made("button", name, { type: "button", onclick: () => { view = name; choose(current); } }));
}
options("week", "week");
options("day", "day");
options("tier", "tier");
byId("filters").addEventListener("input", filter);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "SELECT"].includes(document.activeElement.tagName);
  if (event.key === "/" && !typing) byId("search").focus();
  else if (event.key === "Escape") document.activeElement.blur();
  else if (event.key === "ArrowDown" || (event.key === "j" && !typing)) step(1);
  else if (event.key === "ArrowUp" || (event.key === "k" && !typing)) step(-1);
  else if (event.key === "o" && !typing) { open = !open; draw(); }
  else return;
  event.preventDefault();
});
const [key, tier, wanted] = location.hash.slice(1).split("/");
if (VIEWS.includes(wanted)) view = wanted;
current = content.cards.find((card) => card.key === key && card.tier === tier) || null;
filter();

// Served by `studypack preview`: reload when a save has made another edition of this page.
if (location.protocol === "http:") {
  let known = null;
  setInterval(async () => {
    try {
      const now = await (await fetch("/edition", { cache: "no-store" })).text();
      if (known !== null && now !== known) location.reload();
      known = now;
    } catch { /* the server has ended; what is shown stays */ }
  }, 700);
}
