// Tables that the reader may put in another order: a button in every heading, the cells' values in `data-value`.
function ordered(table, column, descending) {
  const body = find("tbody", table);
  const key = (row) => {
    const cell = row.children[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const compare = (one, other) => typeof one === "number" ? one - other : one.localeCompare(other, root.lang);
  const rows = [...body.rows].sort((one, other) => compare(key(one), key(other)) * (descending ? -1 : 1));
  body.append(...rows);
}

for (const table of findAll(".sortable")) {
  const headings = findAll("thead th", table);
  for (const [column, heading] of headings.entries()) {
    find("button", heading).addEventListener("click", () => {
      const before = heading.getAttribute("aria-sort");
      // Names begin at A, figures with the largest.
      const descending = before ? before === "ascending" : heading.classList.contains("n");
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      ordered(table, column, descending);
    });
  }
}
