// One checkbox for all the lines of a list; without this script each line keeps its own.
for (const bar of document.querySelectorAll("[data-choose-all]")) {
  const holder = bar.querySelector(".choose-all");
  const all = holder.querySelector("input");
  const lines = [...bar.closest("form").querySelectorAll('input[name="_selected_action"]')];
  holder.hidden = false;
  const follow = () => {
    const chosen = lines.filter((line) => line.checked).length;
    all.checked = chosen > 0 && chosen === lines.length;
    all.indeterminate = chosen > 0 && chosen < lines.length;
  };
  all.addEventListener("change", () => {
    for (const line of lines) line.checked = all.checked;
    follow();
  });
  for (const line of lines) line.addEventListener("change", follow);
  follow();
}
