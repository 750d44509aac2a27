// The network: an institution and its neighbours stand out; ties are thinned by works and years.
const NODE = `${WORKS}institutions?`;
const EDGE = `${WORKS}institution_pairs?`;
const SVG = "http://www.w3.org/2000/svg";
const NAMED_NEIGHBOURS = 12;

const partsOf = (svg, start) =>
  [...svg.querySelectorAll("a")].flatMap((link) => {
    const address = link.getAttribute("href") || "";
    const mark = link.querySelector("[aria-label]");
    return address.startsWith(start) ? [{ link, address, asked: readAddress(address), label: mark.getAttribute("aria-label"), mark }] : [];
  });

const readNetwork = (svg) => {
  const nodes = new Map();
  for (const node of partsOf(svg, NODE)) {
    const [x, y] = node.mark.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const name = node.label.replace(/: [\d,]+ works?$/, "");
    nodes.set(node.asked.keys.get("institution_id"), { ...node, x, y, name, texts: [] });
  }
  const edges = partsOf(svg, EDGE).map((edge) => ({
    ...edge,
    ends: [edge.asked.keys.get("institution_a"), edge.asked.keys.get("institution_b")],
    works: Number(edge.label.match(/([\d,]+) works? in common$/)[1].replace(/,/g, "")),
    years: [],
  }));
  for (const text of svg.querySelectorAll(".mark-text.role-mark text")) {
    const begins = text.textContent.replace(/…$/, "");
    for (const node of nodes.values()) if (node.name.startsWith(begins)) node.texts.push(text);
  }
  return { nodes, edges };
};

// The years of the works behind each tie, newest first.
const readYears = async (edges) => {
  if (!hasData()) return;
  for (const edge of edges) {
    const numbers = await worksOfCells(edge.asked);
    if (numbers) edge.years = (await worksAt(numbers)).map((work) => work.year).filter((year) => year !== null);
  }
};

const field = (label, input) => {
  const element = made("label", `${label} `);
  element.append(input);
  return element;
};
const numberField = (label, value, least, most) => {
  const input = made("input");
  Object.assign(input, { type: "number", min: least, max: most, value });
  return [field(label, input), input];
};

// One year after another: the place before the first year is all of them.
const slider = (first, last, [from, to], update) => {
  const input = made("input");
  const shown = made("output", "all");
  Object.assign(input, { type: "range", min: first - 1, max: last, value: first - 1 });
  const tell = () => {
    shown.textContent = Number(input.value) < first ? "all" : input.value;
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  input.addEventListener("input", () => {
    const all = Number(input.value) < first;
    [from.value, to.value] = all ? [first, last] : [input.value, input.value];
    tell();
    update();
  });
  tell();
  const element = field("Year by year", input);
  element.append(" ", shown);
  return element;
};

const namesOf = (svg, nodes) => {
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "lit-names");
  for (const { x, y, name } of nodes) {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", x + 8);
    text.setAttribute("y", y - 8);
    text.textContent = name;
    group.append(text);
  }
  svg.querySelector(".mark-symbol.role-mark").parentElement.append(group);
};

const startNetwork = (plot) => {
  const svg = plot.querySelector("svg");
  const { nodes, edges } = readNetwork(svg);
  if (!nodes.size || !edges.length) return;
  const tools = made("div", "", "network-tools");
  const find = made("input");
  const names = made("datalist");
  names.id = `names-of-${plot.dataset.figure}`;
  for (const { name } of [...nodes.values()].sort((a, b) => a.name.localeCompare(b.name, "en"))) names.append(new Option(name, name));
  find.type = "search";
  find.setAttribute("list", names.id);
  const [leastField, least] = numberField("Ties of works, at least", 1, 1, Math.max(...edges.map((edge) => edge.works)));
  const said = made("p", "", "note");
  said.setAttribute("role", "status");
  tools.append(field("Find an institution", find), names, leastField);
  plot.before(tools);
  plot.after(said);
  let span = null;

  const within = (edge) => (span ? edge.years.filter((year) => year >= Number(span[0].value) && year <= Number(span[1].value)).length : edge.works);
  const drawn = () => edges.filter((edge) => !edge.link.classList.contains("out"));
  const light = (id) => {
    svg.querySelector(".lit-names")?.remove();
    svg.classList.toggle("focused", Boolean(id));
    for (const part of [...nodes.values(), ...edges]) part.link.classList.remove("lit");
    if (!id) return [];
    const own = drawn().filter((edge) => edge.ends.includes(id)).sort((a, b) => within(b) - within(a));
    const others = own.map((edge) => nodes.get(edge.ends.find((end) => end !== id)));
    for (const part of [nodes.get(id), ...own, ...others]) part.link.classList.add("lit");
    namesOf(svg, [nodes.get(id), ...others.slice(0, NAMED_NEIGHBOURS)]);
    return own;
  };
  const chosen = () => [...nodes].find(([, node]) => node.name === find.value)?.[0];
  const tell = (id, own) => {
    const number = drawn().length;
    said.replaceChildren(made("span", `${counted(number, "tie")} of ${edges.length.toLocaleString("en")} drawn. `));
    if (!id) return;
    said.append(made("span", `${nodes.get(id).name} with: `));
    own.forEach((edge, place) => {
      const other = nodes.get(edge.ends.find((end) => end !== id));
      const link = made("a", `${other.name}, ${within(edge)}`);
      link.href = edge.address;
      said.append(place ? "; " : "", link);
    });
    if (!own.length) said.append("none of them.");
  };
  const update = () => {
    for (const edge of edges) edge.link.classList.toggle("out", within(edge) < Number(least.value));
    const tied = new Set(drawn().flatMap((edge) => edge.ends));
    for (const [id, node] of nodes) {
      for (const element of [node.link, ...node.texts]) element.classList.toggle("faint", !tied.has(id));
    }
    const id = chosen();
    tell(id, light(id));
  };
  for (const input of [find, least]) input.addEventListener("input", update);
  for (const [id, node] of nodes) {
    for (const event of ["pointerenter", "focus"]) node.link.addEventListener(event, () => light(id));
    for (const event of ["pointerleave", "blur"]) node.link.addEventListener(event, () => light(chosen()));
  }
  // The ties of an institution are named below the figure, so that Tab does not meet them all.
  for (const edge of edges) edge.link.setAttribute("tabindex", "-1");
  tell(undefined, []);

  const addYears = async () => {
    await readYears(edges);
    const years = edges.flatMap((edge) => edge.years);
    if (!years.length) return;
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const [fromField, from] = numberField("Years from", first, first, last);
    const [toField, to] = numberField("to", last, first, last);
    for (const input of [from, to]) input.addEventListener("input", update);
    span = [from, to];
    tools.append(fromField, toField, slider(first, last, [from, to], update));
    tools.dataset.years = "yes";
  };
  if (document.getElementById("pack-works-0")) return addYears;
  // Data beside the page are read when somebody uses the figure.
  tools.addEventListener("focusin", () => addYears().catch(console.error), { once: true });
  return null;
};

const startNetworks = () => [...document.querySelectorAll(".plot[data-figure$=_network]")].map(startNetwork).filter(Boolean);
