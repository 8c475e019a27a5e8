// Shows the newest drop first, and hides those without the words that are searched for.
document.addEventListener("DOMContentLoaded", () => {
  const body = document.getElementById("drops");
  const lines = Array.from(body.rows).reverse();
  const texts = lines.map((line) => line.textContent.toLowerCase());
  body.replaceChildren(...lines);
  const words = document.getElementById("words");
  const count = document.getElementById("count");
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    lines.forEach((line, i) => {
      line.hidden = !wanted.every((word) => texts[i].includes(word));
      shown += line.hidden ? 0 : 1;
    });
    count.textContent = shown + (shown === 1 ? " drop" : " drops");
  };
  words.addEventListener("input", show);
  document.getElementById("search").hidden = false;
  show();
});
