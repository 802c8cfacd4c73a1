"use strict";
// Comfort only: without it every link and button works as well.
(() => {
  const body = document.body;

  // A finished job: the page shows it by itself.
  if (body.dataset.reload) setTimeout(() => location.reload(), 1500);

  // The files have been saved: what is shown is renewed, the place stays.
  const watch = body.dataset.watch;
  if (watch) {
    let shown = body.dataset.state, last = shown, failed = 0;
    setInterval(async () => {
      try {
        const now = (await (await fetch(watch)).json()).state;
        failed = 0;
        if (now !== shown && now === last) { shown = now; await renew(); }
        last = now;
      } catch (error) {
        if (++failed === 5) tell("程序已经停止，这一页不会再更新。重新打开“决算报告生成器”即可，您的文件都在。");
      }
    }, 1000);
  }

  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const open = [...document.querySelectorAll("details[open]")].map((one) => one.closest("[id]")?.id);
    const focused = document.activeElement?.closest("[id]")?.id;
    for (const part of [".summary", ".list", ".cards", ".steps", ".tools", ".found", ".side", ".paper"]) {
      const before = document.querySelector(part), after = page.querySelector(part);
      if (before && after && !(before.contains(document.activeElement) && document.activeElement.matches("input"))) before.replaceWith(after);
    }
    document.dispatchEvent(new Event("renewed"));
    for (const id of open) if (id) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.title = page.title;
  }

  function tell(words) {
    const line = document.createElement("p");
    line.className = "card red";
    line.setAttribute("role", "alert");
    line.textContent = words;
    document.querySelector(".page")?.prepend(line);
  }

  // Files dropped anywhere on the card go into its field.
  const drop = document.querySelector(".drop"), field = drop?.querySelector("input");
  drop?.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop?.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    field.files = event.dataTransfer.files;
  });

  // Places are copied.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".copy");
    if (!button) return;
    await navigator.clipboard?.writeText(button.dataset.copy);
    button.querySelector("span").textContent = "已复制，粘贴到名称框";
  });

  // A figure of the preview: its card stands beside the text.
  const card = document.getElementById("card");
  if (!card) return;
  let here = null;

  async function show(link, move) {
    const answer = await fetch(link.getAttribute("href") + "?part=1");
    if (!answer.ok) return;
    card.innerHTML = await answer.text();
    const close = document.createElement("button");
    close.className = "close";
    close.textContent = "关闭 Esc";
    close.addEventListener("click", hide);
    card.prepend(close);
    card.hidden = false;
    mark(link);
    link.scrollIntoView({ block: "nearest" });
    if (move) card.focus();
  }

  // A pointer that rests on a figure gets a tip; it stays while the pointer is on it.
  const tip = document.getElementById("tip"), known = new Map();
  let waiting = 0;
  const away = () => { waiting = setTimeout(() => { tip.hidden = true; }, 250); };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    if (event.target.closest?.("#tip")) { clearTimeout(waiting); return; }
    const link = event.target.closest?.(".doc a.f");
    clearTimeout(waiting);
    if (!link) { if (!tip.hidden) away(); return; }
    waiting = setTimeout(() => tell_of(link), 350);
  });

  async function tell_of(link) {
    const address = link.getAttribute("href") + "?part=tip";
    if (!known.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) return;
      known.set(address, await answer.text());
    }
    if (!link.matches(":hover")) return;
    tip.innerHTML = known.get(address);
    const place = link.getBoundingClientRect();
    tip.hidden = false;
    tip.style.left = `${Math.min(place.left + scrollX, scrollX + innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${place.bottom + scrollY + 4}px`;
  }

  function mark(link) {
    for (const one of document.querySelectorAll("a.f.here, a.f.same")) one.classList.remove("here", "same");
    for (const one of card.querySelectorAll(".printed a")) {
      document.getElementById(one.hash.slice(1))?.classList.add("same");
    }
    link.classList.add("here");
    here = link;
  }

  function hide() {
    card.hidden = true;
    for (const one of document.querySelectorAll("a.f.here, a.f.same")) one.classList.remove("here", "same");
    here?.focus();
  }

  const figures = () => [...document.querySelectorAll(".doc a.f")];

  // One tab stop for all figures; arrows go from one to the next.
  function stops(at) {
    for (const one of document.querySelectorAll('.doc a.f[tabindex="0"]')) one.tabIndex = -1;
    at.tabIndex = 0;
  }
  const ready = () => figures().forEach((one, at) => { one.tabIndex = at ? -1 : 0; });
  ready();
  document.addEventListener("renewed", () => {
    known.clear();
    ready();
    const same = here && document.getElementById(here.id);
    if (same && !card.hidden) show(same, false);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".doc a.f");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stops(link);
    show(link, event.detail === 0);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !tip.hidden) { tip.hidden = true; return; }
    if (event.key === "Escape" && !card.hidden) { hide(); return; }
    const link = event.target.closest?.(".doc a.f");
    if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = target(link, event.key);
    if (!next) return;
    event.preventDefault();
    stops(next);
    next.focus();
    if (!card.hidden) show(next, false);
  });

  function target(link, key) {
    const all = figures(), at = all.indexOf(link);
    if (key === "ArrowRight") return all[at + 1];
    if (key === "ArrowLeft") return all[at - 1];
    const block = link.closest("p, tr, figure, h1, h2, h3, h4, h5, h6");
    const inside = all.filter((one) => block?.contains(one));
    if (key === "Home") return inside[0];
    if (key === "End") return inside.at(-1);
    const column = link.closest("td, th")?.cellIndex;
    const others = key === "ArrowDown" ? all.slice(at + 1) : key === "ArrowUp" ? all.slice(0, at).reverse() : [];
    const out = others.filter((one) => !block?.contains(one));
    if (column === undefined) return out[0];
    return out.find((one) => one.closest("td, th")?.cellIndex === column) ?? out[0];
  }
})();
