// Figures: what a mark says, beside the pointer and at the keyboard's focus.
const startTips = () => {
  const tip = document.getElementById("tip");
  const at = (x, y) => {
    tip.style.left = `${Math.max(8, Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > window.innerHeight ? y - tip.offsetHeight - 8 : y + 16}px`;
  };
  const marked = (target) => target.closest?.(".plot [aria-label]:not(svg)");
  const show = (mark, x, y) => {
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    at(x, y);
  };
  const hide = () => (tip.hidden = true);
  document.addEventListener("pointermove", (event) => {
    const mark = marked(event.target);
    if (mark) show(mark, event.clientX, event.clientY);
    else hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.(".plot a")?.querySelector("[aria-label]");
    if (!mark) return hide();
    const box = mark.getBoundingClientRect();
    show(mark, box.x + box.width / 2, box.y + box.height / 2);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", hide, { passive: true });
};
