"use strict";
(function () {
  const table = document.getElementById("students");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const shown = document.getElementById("shown");
  const search = document.getElementById("search");
  const words = rows.map((row) => row.textContent.toLowerCase());
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent;

  function sort(heading) {
    const column = heading.cellIndex;
    const down = heading.getAttribute("aria-sort") === "ascending";
    const keyed = rows.map((row) => [value(row, column), row]);
    keyed.sort((a, b) => order.compare(a[0], b[0]) * (down ? -1 : 1));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...keyed.map((pair) => pair[1]));
  }

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, k) => {
      row.hidden = !wanted.every((word) => words[k].includes(word));
      if (!row.hidden) count += 1;
    });
    // The words are the course's: see general.yaml.
    shown.textContent = shown.dataset.words.replace("{count}", count).replace("{all}", rows.length);
  }

  for (const heading of table.tHead.rows[0].cells) {
    const button = heading.querySelector("button");
    if (button) button.addEventListener("click", () => sort(heading));
  }
  search.addEventListener("input", filter);
  document.getElementById("tools").hidden = false;
  filter();
})();
