// Before anything is drawn: the reader's language and colours. A page in English stays hidden until it reads so.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const wish = new URLSearchParams(location.search).get("lang");
  let language = wish;
  try {
    language ??= localStorage.getItem("temaspejl-sprog");
    const colours = localStorage.getItem("temaspejl-visning");
    if (colours) root.dataset.theme = colours;
  } catch {
    // A browser that keeps nothing for files shows the page as it is written.
  }
  if (language === "en") root.classList.add("turning");
})();
