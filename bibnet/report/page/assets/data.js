// The data of the page: packs of compressed JSON, in the page itself or in files beside it.
const inflate = async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

const BESIDE = "report-data";
const arrived = new Map();
// A file beside the page calls this with its name and its pack.
window.bibnetPack = (name, text) => arrived.get(name)(text);

const besides = (name) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    arrived.set(name, resolve);
    script.onerror = () => reject(new Error(`${BESIDE}/${name}.js is not beside this page: keep the folder of the run together.`));
    script.src = `${BESIDE}/${name}.js`;
    document.head.append(script);
  });

// A pack as it was when the page was made, by the hash that the page has of it. Pages that
// come from another machine without encryption cannot reckon hashes.
const unchanged = async (name, text) => {
  const made = (await about()).hashes[name];
  if (!crypto.subtle) return text;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const found = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found === made) return text;
  const where = document.getElementById(`pack-${name}`) ? `the data of this page (${name})` : `${BESIDE}/${name}.js`;
  throw new Error(`Changed since the page was made: ${where}. Its works are not shown; bibnet verify names every changed file of the run.`);
};

const packs = new Map();
const pack = (name) => {
  if (!packs.has(name)) {
    const element = document.getElementById(`pack-${name}`);
    const text = element ? Promise.resolve(element.textContent.trim()) : besides(name);
    const known = name === "about" ? text : text.then((found) => unchanged(name, found));
    packs.set(name, known.then(inflate));
  }
  return packs.get(name);
};

const hasData = () => Boolean(document.getElementById("pack-about"));
const about = () => pack("about");

// Numbers that rise, from the first and the steps between them.
const places = (steps) => {
  let at = 0;
  return steps.map((step) => (at += step));
};

// The works of all cells that fit the keys asked for, each once, in the order of the data.
const worksOfCells = async (asked) => {
  const { exhibits } = await about();
  const known = exhibits[asked.exhibit];
  if (!known) return null;
  const cells = await pack(`cells-${asked.exhibit}`);
  const count = asked.count || Object.keys(known.counts)[0];
  const numbers = cells.counts[count];
  if (!numbers) return null;
  const wanted = [...asked.keys].map(([key, value]) => [known.keys.indexOf(key), value]);
  if (wanted.some(([place]) => place < 0)) return null;
  const fits = cells.keys.flatMap((key, row) => (wanted.every(([place, value]) => key[place] === value) ? [row] : []));
  if (!fits.length) return null;
  const lists = fits.map((row) => places(cells.lists[numbers[row]]));
  return lists.length === 1 ? lists[0] : [...new Set(lists.flat())].sort((a, b) => a - b);
};

const workAt = (facts, store, place) => {
  const columns = store.get(Math.floor(place / facts.pack));
  const row = place % facts.pack;
  return {
    id: columns.work_id[row] || "",
    doi: columns.doi[row] || "",
    title: columns.title[row] || "",
    year: columns.year[row],
    venue: facts.venues[columns.venue[row]] || "",
    institutions: columns.institutions[row].map((number) => facts.institutions[number]),
    levels: columns.levels[row],
    funders: columns.funders[row].map((number) => facts.funders[number]),
    listed: columns.listed[row].map((number) => facts.listed[number]),
  };
};

const worksAt = async (numbers) => {
  const facts = await about();
  const wanted = [...new Set(numbers.map((place) => Math.floor(place / facts.pack)))];
  const loaded = await Promise.all(wanted.map((number) => pack(`works-${number}`)));
  const store = new Map(wanted.map((number, index) => [number, loaded[index]]));
  return numbers.map((place) => workAt(facts, store, place));
};
