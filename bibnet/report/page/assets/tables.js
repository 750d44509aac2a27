// Tables: numbers lead to their works, columns sort, rows filter. All rows are in the CSV file.
const numberOf = (text) => {
  const digits = text.replace(/[,%<>\s]/g, "");
  return digits === "" || Number.isNaN(Number(digits)) ? null : Number(digits);
};

const linkCell = (cell, address) => {
  const link = made("a", cell.textContent);
  link.href = `${PAGE_OF_WORKS}${address}`;
  cell.replaceChildren(link);
};

const linkNumbers = (table) => {
  if (hasData()) for (const cell of table.querySelectorAll("[data-works]")) linkCell(cell, cell.dataset.works);
  const { exhibit } = table.dataset;
  if (!exhibit || table.dataset.linked || (!hasData() && !PAGE_OF_WORKS)) return;
  table.dataset.linked = "yes";
  const heads = [...table.tHead.rows[0].cells];
  const columns = heads.flatMap((head, place) => (head.dataset.count ? [[place, head.dataset.count]] : []));
  for (const row of table.tBodies[0].rows) {
    if (row.dataset.cell === undefined) continue;
    for (const [place, count] of columns) {
      const cell = row.cells[place];
      if (!numberOf(cell.textContent)) continue;
      linkCell(cell, `${WORKS}${exhibit}?${row.dataset.cell}${row.dataset.cell ? "&" : ""}count=${count}`);
    }
  }
};

const sortable = (table) => {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = made("button", head.textContent);
    button.type = "button";
    if (head.title) button.title = head.title;
    head.removeAttribute("title");
    head.setAttribute("aria-sort", "none");
    button.onclick = () => {
      const isNumber = head.classList.contains("n");
      const before = head.getAttribute("aria-sort");
      // Numbers begin with the largest, texts with the first.
      const down = before === "none" ? isNumber : before === "ascending";
      const rows = [...body.rows].map((row, at) => {
        const text = row.cells[place].textContent;
        return { row, at, value: isNumber ? numberOf(text) : text };
      });
      const known = (value) => value !== null && value !== "–";
      rows.sort((a, b) => {
        if (!known(a.value) || !known(b.value)) return known(b.value) - known(a.value) || a.at - b.at;
        const order = isNumber ? a.value - b.value : a.value.localeCompare(b.value, "en", { numeric: true });
        return (down ? -order : order) || a.at - b.at;
      });
      body.append(...rows.map(({ row }) => row));
      for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    };
    head.replaceChildren(button);
  });
};

const MANY = 10; // rows; a shorter table needs no filter
const filterable = (block, table) => {
  const rows = [...table.tBodies[0].rows];
  const place = block.querySelector(".tools");
  if (rows.length <= MANY || !place) return;
  const label = made("label", "Filter ");
  const input = made("input");
  const hits = made("span", "", "hits");
  input.type = "search";
  hits.setAttribute("aria-live", "polite");
  input.oninput = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let kept = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      kept += row.hidden ? 0 : 1;
    }
    hits.textContent = words.length ? `${kept} of ${rows.length} rows shown here` : "";
  };
  label.append(input);
  place.prepend(label, hits);
};

const enhanceTables = (root) => {
  for (const block of root.querySelectorAll(".table")) {
    const table = block.querySelector("table");
    if (!table || table.dataset.ready) continue;
    table.dataset.ready = "yes";
    linkNumbers(table);
    sortable(table);
    filterable(block, table);
  }
};

// What is folded away is made ready when it is opened.
const startTables = () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.addEventListener("toggle", () => enhanceTables(folded), { once: true });
  }
  for (const block of document.querySelectorAll(".table")) {
    if (!block.closest("details:not([open])")) enhanceTables(block.parentElement);
  }
};
