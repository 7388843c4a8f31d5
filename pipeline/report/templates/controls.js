// Light and dark, copying with source, printing, and the filter over the list of documents.
const root = document.documentElement;
const toggle = find("#skift-tema");
const message = find("#besked");
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

function stored(value) {
  try {
    if (value) localStorage.setItem("temaspejl-visning", value);
    return localStorage.getItem("temaspejl-visning");
  } catch {
    return null;
  }
}

function paint() {
  const dark = (root.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";
  toggle.textContent = dark ? "Lys" : "Mørk";
  toggle.setAttribute("aria-label", dark ? "Skift til lys visning" : "Skift til mørk visning");
  return dark;
}

if (stored()) root.dataset.theme = stored();
paint();
darkSystem.addEventListener("change", paint);
toggle.addEventListener("click", () => {
  root.dataset.theme = paint() ? "light" : "dark";
  stored(root.dataset.theme);
  paint();
});

function say(text) {
  message.textContent = text;
  message.classList.add("shown");
  setTimeout(() => message.classList.remove("shown"), 2500);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", "unseen", text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say("Kopieret med kilde");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".copy");
  if (!button) return;
  const figure = button.closest(".quote");
  const tidy = (selector) => find(selector, figure).textContent.replace(/\s+/g, " ").trim();
  copy(`»${tidy("blockquote")}« (${tidy("cite")})`);
});

find("#udskriv-alt").addEventListener("click", () => {
  root.classList.add("everything");
  window.addEventListener("afterprint", () => root.classList.remove("everything"), { once: true });
  window.print();
});

const filter = find("#dokumentfilter");

function listDocuments() {
  const { status, kommune } = Object.fromEntries(new FormData(filter));
  const rows = findAll("#dokumentliste tbody tr");
  for (const row of rows) {
    const data = row.dataset;
    const right = status === "kopier" ? data.kopier !== "0" : !status || data.status === status;
    row.hidden = !right || Boolean(kommune && data.kommune !== kommune);
  }
  const visible = rows.filter((row) => !row.hidden).length;
  find(".count", filter).textContent = `${count(visible)} af ${plural(rows.length, "dokument", "dokumenter")}`;
}

filter.addEventListener("input", listDocuments);
listeners.push((page, filters) => {
  if (page.id !== "dokumenter") return;
  for (const name of ["status", "kommune"]) filter.elements[name].value = filters.get(name) ?? "";
  listDocuments();
  if (filters.size) find("#dokumentliste").scrollIntoView();
});
route(false);
