// Looks a page over for what keeps people out: returns a line for each fault. Contrast as in WCAG 2.2, 1.4.3.
() => {
  const faults = [];
  const describe = (element) => element.outerHTML.slice(0, 120);
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const byId = (id) => document.getElementById(id)?.textContent;
  const name = (element) =>
    (element.getAttribute("aria-label") ||
      (element.getAttribute("aria-labelledby") ?? "").split(" ").map(byId).join(" ") ||
      [...(element.labels ?? [])].map((label) => label.textContent).join(" ") ||
      element.textContent ||
      element.title ||
      "").trim();

  if (!["ru", "en"].includes(document.documentElement.lang)) faults.push("the page has no language");
  if (!document.title.trim()) faults.push("the page has no title");
  if (document.querySelectorAll("h1").length !== 1) faults.push("the page has not one h1");
  for (const landmark of ["main", "header", "footer"]) {
    if (document.querySelectorAll(`body > ${landmark}`).length !== 1) faults.push(`the page has not one ${landmark}`);
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push(`a heading skips a level: ${describe(heading)}`);
    level = next;
  }
  for (const element of document.querySelectorAll("a, button, select, input:not([type=hidden]), summary")) {
    if (!isShown(element) || element.closest("[aria-hidden=true]")) continue;
    if (!name(element)) faults.push(`nothing says what this is: ${describe(element)}`);
    const { width, height } = element.getBoundingClientRect();
    const isInText = element.matches("p a") && !element.matches(".button");
    if (!isInText && (width < 24 || height < 24)) faults.push(`too small to be pressed: ${describe(element)}`);
  }
  for (const svg of document.querySelectorAll("svg:not([role=img])")) {
    if (!svg.closest("[aria-hidden=true]")) faults.push(`read aloud without a name: ${describe(svg)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push(`two are called ${id}`);
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`the page is ${document.documentElement.scrollWidth - innerWidth} px too wide`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: alpha / 255 };
  };
  const over = (top, bottom) => top.rgb.map((part, index) => part * top.alpha + bottom[index] * (1 - top.alpha));
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, ground(element.parentElement));
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !isShown(element)) continue;
    if (element.closest(".visually-hidden, .skip, svg, option, script")) continue;
    const style = getComputedStyle(element);
    const back = ground(element);
    const [light, dark] = [luminance(over(colour(style.color), back)), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${texts.currentNode.data.trim()}`);
  }
  return faults;
}
