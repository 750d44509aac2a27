// The works behind a number: a list that can be filtered, sorted and saved as CSV.
const SHOWN = 100;
const DOI = /^10\.\d{4,9}\/[^\s"'<>]+$/;
const COLUMNS = [
  ["year", "Year"],
  ["title", "Work"],
  ["institutions", "Institutions"],
  ["evidence", "Evidence of places"],
  ["funders", "Funders"],
  ["listed", "Lists"],
];

const made = (tag, text = "", className = "") => {
  const element = document.createElement(tag);
  if (text !== "") element.textContent = text;
  if (className) element.className = className;
  return element;
};

const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

const countryName = (facts, code) => facts.countries[code] || code;
const institutionText = (facts, [name, code]) => {
  const country = code ? countryName(facts, code) : "";
  if (name.endsWith(`(${country})`)) return name; // companies bear their country in the name
  return name && country ? `${name} (${country})` : name || country;
};
const evidenceText = (facts, work) => {
  const levels = [...new Set(work.levels)].sort();
  return levels.map((level) => facts.evidence[level] || "").filter(Boolean).join("; ");
};

const texts = (facts, work) => ({
  year: work.year === null ? "" : String(work.year),
  title: work.title || "(no title)",
  institutions: work.institutions.map((one) => institutionText(facts, one)).join("; "),
  evidence: evidenceText(facts, work),
  funders: work.funders.join("; "),
  listed: work.listed.map(([name, lists]) => `${name}: ${lists}`).join("; "),
});

// A spreadsheet reads a cell that begins with one of these as a formula.
const guarded = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const csvCell = (value) => `"${guarded(String(value ?? "")).replace(/"/g, '""')}"`;
const csvText = (facts, works) => {
  const head = ["work_id", "doi", "title", "year", "venue", "institutions", "evidence", "funders", "lists"];
  const rows = works.map((work) => {
    const shown = texts(facts, work);
    return [work.id, work.doi, work.title, work.year, work.venue, shown.institutions, shown.evidence, shown.funders, shown.listed];
  });
  return [head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
};

const saveCsv = (name, text) => {
  const link = made("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const titleCell = (work) => {
  const cell = made("th");
  cell.scope = "row";
  const title = DOI.test(work.doi) ? made("a", work.title || work.doi) : made("span", work.title || "(no title)");
  if (DOI.test(work.doi)) {
    title.href = `https://doi.org/${encodeURI(work.doi)}`;
    title.rel = "noreferrer";
    title.target = "_blank";
  }
  title.dir = "auto";
  cell.append(title);
  const below = [work.venue, work.doi && `doi ${work.doi}`, work.id].filter(Boolean).join(" · ");
  cell.append(made("span", below, "below"));
  return cell;
};

const workRow = (facts, work) => {
  const row = made("tr");
  const shown = texts(facts, work);
  row.append(made("td", shown.year, "n"), titleCell(work));
  for (const [name] of COLUMNS.slice(2)) {
    const cell = made("td", shown[name] || "–");
    cell.dir = "auto";
    row.append(cell);
  }
  return row;
};

// What the list is of, in words: the exhibit, its keys, the column.
const headline = (facts, asked) => {
  const known = facts.exhibits[asked.exhibit];
  if (!known) return "Works";
  const named = [...asked.keys].map(([key, value]) => {
    const shown = value === "" ? "unknown" : keyText(facts, key, value);
    return `${facts.labels[key] || key}: ${shown}`;
  });
  const count = known.counts[asked.count] || Object.values(known.counts)[0] || "";
  return [known.title, ...named, count].filter(Boolean).join(" · ");
};
const keyText = (facts, key, value) => {
  if (/^(country|funder_country|partner_country)/.test(key)) return value.split("|").map((code) => countryName(facts, code)).join(", ");
  if (/^side/.test(key)) return facts.sides[value] || value;
  return facts.names.get(value) || value.replace(/_/g, " ");
};

// The number that a link of the page gives for an address; null where none does.
const toldNumber = (address) => {
  const there = `a[href="${CSS.escape(address)}"]`;
  const links = [...document.querySelectorAll(`:is(main, header) ${there}`)];
  const numbers = links.map((link) => numberOf(link.textContent)).filter((number) => number !== null);
  return numbers.length ? numbers[0] : null;
};

const worksList = () => {
  const dialog = document.getElementById("works");
  const [heading, status, find, lists, save, copy, head, body, more] = ["heading", "status", "find", "lists", "save", "copy", "head", "rows", "more"].map((name) => document.getElementById(`works-${name}`));
  let asked = null;
  let found = [];
  let shown = [];
  let before = "";
  let at = ""; // the address of what is shown

  const ordered = (facts) => {
    const words = asked.find.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const searched = (work) => `${Object.values(texts(facts, work)).join(" ")} ${work.doi} ${work.venue} ${work.id}`.toLowerCase();
    const named = asked.lists ? found.filter((work) => work.listed.length) : found;
    const kept = words.length ? named.filter((work) => words.every((word) => searched(work).includes(word))) : [...named];
    if (!asked.sort) return kept; // works stand in the page newest first
    const name = asked.sort.replace(/^-/, "");
    const sign = asked.sort.startsWith("-") ? -1 : 1;
    const value = (work) => (name === "year" ? work.year ?? 0 : texts(facts, work)[name] || "");
    const keyed = kept.map((work, place) => [value(work), place, work]);
    keyed.sort(([a, i], [b, j]) => (a === b ? i - j : sign * (name === "year" ? a - b : a.localeCompare(b, "en"))));
    return keyed.map(([, , work]) => work);
  };

  const draw = async (rows = SHOWN) => {
    const facts = await about();
    shown = ordered(facts);
    body.replaceChildren(...shown.slice(0, rows).map((work) => workRow(facts, work)));
    const all = counted(found.length, "work");
    status.textContent = shown.length === found.length ? all : `${all}, ${shown.length.toLocaleString("en")} fit the filter`;
    more.hidden = shown.length <= rows;
    more.textContent = `Show ${Math.min(SHOWN, shown.length - rows)} more of ${shown.length.toLocaleString("en")}`;
    more.onclick = () => draw(rows + SHOWN);
    for (const button of head.querySelectorAll("button")) {
      const active = (asked.sort || "-year").replace(/^-/, "") === button.dataset.sort;
      const down = (asked.sort || "-year").startsWith("-");
      button.parentElement.setAttribute("aria-sort", active ? (down ? "descending" : "ascending") : "none");
    }
    dialog.dataset.shown = String(shown.length);
  };

  const replace = () => {
    history.replaceState(null, "", writeAddress(asked));
    at = location.hash;
  };
  const show = async (next) => {
    const wanted = location.hash;
    const facts = await about();
    let numbers = null;
    let works = [];
    let missing = "";
    try {
      numbers = await worksOfCells(next);
      works = numbers ? await worksAt(numbers) : [];
    } catch (error) {
      missing = error.message;
    }
    if (location.hash !== wanted) return; // another number was chosen meanwhile
    asked = next;
    found = works;
    at = wanted;
    heading.textContent = headline(facts, asked);
    find.value = asked.find;
    lists.checked = Boolean(asked.lists);
    lists.parentElement.hidden = !facts.listed.length && !asked.lists;
    save.disabled = !found.length;
    await draw();
    const told = toldNumber(wanted);
    if (told !== null && numbers && told !== shown.length) status.textContent += `. The page says ${told.toLocaleString("en")}: it has changed since it was made; bibnet verify names every changed file of the run.`;
    if (missing) status.textContent = missing;
    else if (!numbers) status.textContent = "This address names no number that the page shows. The command bibnet works lists the works of any cell.";
    if (!dialog.open) dialog.showModal();
    heading.focus();
  };

  head.replaceChildren(
    ...COLUMNS.map(([name, label]) => {
      const cell = made("th");
      const button = made("button", label);
      cell.scope = "col";
      button.type = "button";
      button.dataset.sort = name;
      button.onclick = () => {
        asked.sort = asked.sort === name ? `-${name}` : name;
        replace();
        draw();
      };
      cell.append(button);
      return cell;
    }),
  );
  let typing = 0;
  find.oninput = () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      asked.find = find.value;
      replace();
      draw();
    }, 120);
  };
  lists.onchange = () => {
    asked.lists = lists.checked ? "yes" : "";
    replace();
    draw();
  };
  save.onclick = async () => saveCsv(`${asked.exhibit}.csv`, csvText(await about(), shown));
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Copy it from the address bar";
    }
    setTimeout(() => (copy.textContent = "Copy address"), 2500);
  };
  dialog.addEventListener("close", () => {
    if (!dialog.open && location.hash === at) history.replaceState(null, "", before || location.pathname + location.search);
  });
  document.getElementById("works-close").onclick = () => dialog.close();

  return async () => {
    const next = readAddress(location.hash);
    if (next) await show(next);
    else {
      before = location.hash;
      if (dialog.open) dialog.close();
    }
  };
};
