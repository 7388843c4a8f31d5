// One page at a time, by the address after #. Without script all pages stand below each other.
"use strict";
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const FIRST = "overblik";
const scrolled = new Map();
const listeners = [];
const openers = []; // each takes an id and draws the page that holds it; returns a promise where that takes a while
let followed = false;
let current = location.hash;

function read() {
  const [id, query = ""] = location.hash.slice(1).split(/\?(.*)/s);
  return { id, filters: new URLSearchParams(query) };
}

function route(moveFocus) {
  const { id } = read();
  const waiting = openers.map((open) => open(id)).find(Boolean);
  turnTo(moveFocus);
  waiting?.then(() => read().id === id && turnTo(moveFocus));
}

function turnTo(moveFocus) {
  const { id, filters } = read();
  const target = document.getElementById(id);
  const page = target?.closest(".page") ?? document.getElementById(FIRST);
  for (const other of findAll(".page.active")) other.classList.toggle("active", other === page);
  page.classList.add("active");
  const title = find("h2", page);
  nameWindow();
  markMenu(page);
  for (const listener of listeners) listener(page, filters);
  place(target && target !== page ? target : null, title, moveFocus);
}

function nameWindow() {
  document.title = `${find(".page.active h2").textContent.trim()} – ${find("h1").textContent.trim()}`;
}

function markMenu(page) {
  const parts = { theme: "temaer", municipality: "kommuner", document: "dokumenter" };
  const kind = Object.keys(parts).find((name) => page.classList.contains(name));
  const wanted = `#${kind ? parts[kind] : page.id}`;
  for (const link of findAll("nav a")) {
    if (link.getAttribute("href") !== wanted) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function place(target, title, moveFocus) {
  for (const old of findAll(".found")) old.classList.remove("found");
  if (target) {
    target.classList.add("found");
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
    return;
  }
  if (!moveFocus) return;
  title.focus({ preventScroll: true });
  window.scrollTo(0, followed ? 0 : scrolled.get(location.hash) ?? 0);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link) return;
  if (link.classList.contains("skip")) {
    event.preventDefault();
    find(".page.active h2").focus();
  } else {
    followed = true;
  }
});
// The way back leads to where the reader was.
window.addEventListener("scroll", () => scrolled.set(current, window.scrollY), { passive: true });
window.addEventListener("hashchange", () => {
  current = location.hash;
  route(true);
  followed = false;
});
document.addEventListener("sprog", () => find(".page.active") && nameWindow());
