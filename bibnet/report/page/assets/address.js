// The state of the page is in its address, so that it can be sent on:
// #works/EXHIBIT?KEY=VALUE&count=COLUMN&sort=COLUMN&find=TEXT&lists=yes
const WORKS = "#works/";
// The page that holds the works, where it is another one.
const PAGE_OF_WORKS = document.documentElement.dataset.works || "";
const STATE = ["count", "sort", "find", "lists"];

const decoded = (text) => {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
};

const readAddress = (hash) => {
  if (!hash.startsWith(WORKS)) return null;
  const [exhibit, ...rest] = hash.slice(WORKS.length).split("?");
  const asked = { exhibit: decoded(exhibit), keys: new Map(), count: "", sort: "", find: "", lists: "" };
  for (const pair of rest.join("?").split("&")) {
    const [name, ...value] = pair.split("=").map(decoded);
    if (STATE.includes(name)) asked[name] = value.join("=");
    else if (name) asked.keys.set(name, value.join("="));
  }
  return asked;
};

const writeAddress = (asked) => {
  const state = STATE.filter((name) => asked[name]).map((name) => [name, asked[name]]);
  const pairs = [...asked.keys, ...state].map((pair) => pair.map(encodeURIComponent).join("="));
  return `${WORKS}${encodeURIComponent(asked.exhibit)}${pairs.length ? "?" : ""}${pairs.join("&")}`;
};
