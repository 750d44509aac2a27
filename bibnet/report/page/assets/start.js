// Everything begins here; without it the page still reads.
const ready = (what) => (document.documentElement.dataset[what] = "yes");

const warmUp = async () => {
  const facts = await about();
  facts.names = new Map();
  const last = Math.ceil(facts.works / facts.pack);
  const inside = (number) => document.getElementById(`pack-works-${number}`);
  for (let number = 0; number < last && inside(number); number += 1) {
    await pack(`works-${number}`);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
};

const start = async () => {
  startTips();
  startTables();
  const networks = startNetworks();
  ready("ready");
  if (!hasData()) return;
  const facts = await about();
  facts.names = facts.names || new Map();
  const follow = worksList();
  window.addEventListener("hashchange", follow);
  await follow();
  await warmUp();
  for (const addYears of networks) await addYears();
  ready("warm");
};

start().catch((error) => {
  document.documentElement.dataset.failed = "yes";
  console.error(error);
  const note = made("p", `The works behind the numbers cannot be shown. ${error.message}`, "failed");
  note.setAttribute("role", "alert");
  document.getElementById("main").prepend(note);
});
