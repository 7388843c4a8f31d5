// Light and dark, copying with source, printing, and the filter over the list of documents.
const toggle = find("#skift-tema");
const message = find("#besked");
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const dark = (root.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";
  toggle.textContent = word(dark ? "light" : "dark");
  toggle.setAttribute("aria-label", word(dark ? "to_light" : "to_dark"));
  return dark;
}

paint();
document.addEventListener("sprog", paint);
darkSystem.addEventListener("change", paint);
toggle.addEventListener("click", () => {
  root.dataset.theme = paint() ? "light" : "dark";
  paint();
  try {
    localStorage.setItem("temaspejl-visning", root.dataset.theme);
  } catch {
    // The choice lasts as long as the page is open.
  }
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
  say(word("copied"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".copy");
  if (!button) return;
  const figure = button.closest(".quote");
  const tidy = (selector) => find(selector, figure).textContent.replace(/\s+/g, " ").trim();
  copy(`»${tidy("blockquote")}« (${tidy("cite")})`);
});

// On paper nothing can be opened: what is folded away inside a table or a note is unfolded.
window.addEventListener("beforeprint", () => {
  const folded = findAll(".page td details:not([open]), .page .note details:not([open])");
  for (const details of folded) details.open = true;
  window.addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }), { once: true });
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
  find(".count", filter).textContent = word("of", {
    part: count(visible), whole: plural("documents", rows.length),
  });
}

filter.addEventListener("input", listDocuments);
document.addEventListener("sprog", listDocuments);
listeners.push((page, filters) => {
  if (page.id !== "dokumenter") return;
  for (const name of ["status", "kommune"]) filter.elements[name].value = filters.get(name) ?? "";
  listDocuments();
  if (filters.size) find("#dokumentliste").scrollIntoView();
});
route(false);
