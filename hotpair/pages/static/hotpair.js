// The one script of the pages: lines of a running transaction as they come. Without it the page loads itself anew.
"use strict";
const line = document.getElementById("timeline");
if (line && line.dataset.events) {
  const known = Number(line.dataset.known);
  let seen = 0;
  const source = new EventSource(line.dataset.events);
  const add = (parent, kind, text, css) => {
    const element = document.createElement(kind);
    element.textContent = text;
    if (css) element.className = css;
    parent.append(element, " ");
  };
  source.addEventListener("open", () => { seen = 0; });
  source.addEventListener("line", (event) => {
    seen += 1;
    if (seen <= Math.max(known, line.children.length)) return;
    const told = JSON.parse(event.data);
    const item = document.createElement("li");
    add(item, "span", told.at.slice(0, 19).replace("T", " ") + "Z", "name");
    add(item, "span", "+" + ((Date.parse(told.at) - Date.parse(line.dataset.began)) / 1000).toFixed(1) + " s", "num");
    add(item, "b", told.event);
    add(item, "span", told.state, "what");
    add(item, "div", told.told);
    line.append(item);
  });
  source.addEventListener("over", (event) => {
    source.close();
    document.getElementById("standing").textContent = JSON.parse(event.data).standing;
  });
}
