// The network: an institution and those it is tied to stand out, at the pointer and the keyboard.
const svg = document.querySelector("#network .plot svg");
const light = (number) => {
  const ends = (line) => line.dataset.ends.split(" ");
  const lines = [...svg.querySelectorAll("[data-ends]")];
  const own = number === null ? [] : lines.filter((line) => ends(line).includes(number));
  const near = new Set([number, ...own.flatMap(ends)]);
  svg.classList.toggle("focused", number !== null);
  for (const line of lines) line.classList.toggle("lit", own.includes(line));
  for (const node of svg.querySelectorAll("[data-node]")) node.classList.toggle("lit", near.has(node.dataset.node));
  for (const name of svg.querySelectorAll("[data-name]")) name.classList.toggle("lit", near.has(name.dataset.name));
};
if (svg) {
  for (const node of svg.querySelectorAll("[data-node]")) {
    for (const event of ["pointerenter", "focus"]) node.addEventListener(event, () => light(node.dataset.node));
    for (const event of ["pointerleave", "blur"]) node.addEventListener(event, () => light(null));
  }
}
document.documentElement.dataset.ready = "yes";
