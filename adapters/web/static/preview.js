// Spares the reload: fetches the same page and puts its answer in place of this one's.
(() => {
  const trouble = document.getElementById("trouble");
  const line = document.querySelector(".line");
  let latest = 0;

  async function show(address, { remember = true } = {}) {
    const turn = ++latest;
    const answer = document.getElementById("answer");
    answer.setAttribute("aria-busy", "true");
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      if (turn !== latest) return;
      for (const part of ["#answer", "header nav"]) {
        document.querySelector(part).replaceWith(page.querySelector(part));
      }
      // The chips stay, so that the one just pressed keeps the focus.
      const current = page.querySelector(".chips [aria-current]")?.dataset.ask;
      for (const chip of document.querySelectorAll(".chips a")) {
        if (chip.dataset.ask === current) chip.setAttribute("aria-current", "true");
        else chip.removeAttribute("aria-current");
      }
      line.value = page.querySelector(".line").getAttribute("value");
      document.title = page.title;
      trouble.hidden = true;
      if (remember) history.pushState(null, "", address);
    } catch {
      if (turn !== latest) return;
      trouble.textContent = document.body.dataset.failed;
      trouble.hidden = false;
      answer.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    show(`ask?${new URLSearchParams(new FormData(event.target))}`);
    line.select();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-ask]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.getAttribute("href"));
    document.querySelector(".composer").scrollIntoView({ block: "nearest", behavior: "smooth" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === line) return;
    event.preventDefault();
    line.focus();
    line.select();
  });

  window.addEventListener("popstate", () => show(location.href, { remember: false }));
})();
