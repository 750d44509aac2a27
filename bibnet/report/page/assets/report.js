"use strict";
// Draws the figures. The library and the specifications are in the page, compressed; the policy of
// the page allows the library by its hash, so it is added as a script with exactly that text.
(() => {
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };

  const tip = document.getElementById("tip");
  const showTip = (_handler, event, _item, value) => {
    if (value === null || value === undefined || value === "") {
      tip.hidden = true;
      return;
    }
    tip.textContent = typeof value === "object" ? Object.values(value).join(", ") : String(value);
    tip.hidden = false;
    const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${event.clientY + 16}px`;
  };

  const refuse = () => Promise.reject(new Error("a report loads nothing"));
  const options = {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "canvas",
    tooltip: showTip,
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
  };

  // A figure that may be narrower gives up plot width first; what stands beside the plot stays.
  const fitted = (spec, plot) => {
    const room = plot.parentElement.clientWidth;
    if (plot.dataset.fluid !== "1" || !room) return spec;
    const beside = Number(plot.dataset.width) - spec.width;
    return { ...spec, width: Math.max(100, room - beside - 4) };
  };

  const draw = async (plot, spec) => {
    const label = plot.getAttribute("aria-label");
    const result = await window.vegaEmbed(plot, fitted(spec, plot), options);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", label);
    plot.dataset.drawn = String(plot.parentElement.clientWidth);
    return result;
  };

  const fail = (plot) => {
    plot.textContent = "This browser could not draw the figure. It is in the folder figures, and its numbers are below.";
  };

  const pause = () => new Promise((resolve) => setTimeout(resolve, 0));

  const drawAll = async (specs) => {
    for (const plot of document.querySelectorAll(".plot")) {
      const changed = plot.dataset.drawn !== String(plot.parentElement.clientWidth);
      if (!changed || (plot.dataset.drawn && plot.dataset.fluid !== "1")) continue;
      try {
        await draw(plot, specs[plot.dataset.figure]);
      } catch (error) {
        fail(plot);
        console.error(error);
      }
      await pause();
    }
  };

  const start = async () => {
    const script = document.createElement("script");
    script.textContent = await unpack("library");
    document.head.append(script);
    const specs = JSON.parse(await unpack("specs"));
    await drawAll(specs);
    document.documentElement.dataset.ready = "yes";
    let waiting = 0;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => drawAll(specs), 250);
    });
  };

  start().catch((error) => {
    document.querySelectorAll(".plot").forEach(fail);
    console.error(error);
  });
})();
