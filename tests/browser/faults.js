// What is wrong with the cards on this page: run by tests/browser/window.py as one function of a
// list of sides {name, html, css} and of what to look for. Each fault is one line of text: the
// card, what is wrong, the element as a selector, the value measured.
//
// Sides are put into one body after the other, as Anki's reviewer does, so that a thousand take
// seconds. Nothing here changes a style: what is measured is what a learner sees.
async ({sides, dark, shape, phone}) => {
  const SLACK = 1;        // CSS pixels that rounding may take
  const TOUCH = 44, TEXT = 14, CODE = 12, CONTRAST = 4.5;
  const root = document.documentElement, body = document.body;
  const style = document.querySelector("style");
  const found = [];

  const own = element => [element.localName, ...element.classList].join(".");
  const label = element =>
    [element.parentElement, element].filter(Boolean).map(own).join(" > ");
  const quote = text => JSON.stringify(text.trim().slice(0, 30));

  const texts = function* () {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || !node.parentElement.checkVisibility()) continue; // folded away
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0);
      if (boxes.length) yield {node, element: node.parentElement, boxes};
    }
  };
  const ancestors = function* (element) {
    for (let at = element; at; at = at.parentElement) yield at;
  };
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);

  // Colours come as rgb(), rgba() or color(srgb ...); a canvas reads them all.
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const colour = text => {
    if (!known.has(text)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = ([r, g, b, a], [R, G, B]) =>
    [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const part = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = element => {
    const layers = [];
    for (const at of ancestors(element)) {
      const {backgroundColor, backgroundImage} = getComputedStyle(at);
      if (backgroundImage !== "none") return null;
      layers.push(colour(backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const opacity = element =>
    [...ancestors(element)].reduce((product, at) => product * getComputedStyle(at).opacity, 1);

  const contrast = (say, seen) => {
    const checked = new Set();
    const look = (element, ink, what) => {
      const below = ground(element);
      if (!below) return say("text on a picture", element, what);
      const [r, g, b, a] = colour(ink);
      const value = ratio(over([r, g, b, a * opacity(element)], below), below);
      if (value < CONTRAST) say("contrast", element, `${value.toFixed(2)} ${ink} ${what}`);
    };
    for (const {node, element} of seen) {
      if (checked.has(element)) continue;
      checked.add(element);
      look(element, getComputedStyle(element).color, quote(node.data));
    }
    for (const element of body.querySelectorAll("*")) {
      for (const part of ["::before", "::after", "::marker"]) {
        const made = getComputedStyle(element, part);
        const marks = part === "::marker" ? element.localName === "li" : /\w|[^\x00-\x7f]/.test(
          made.content.replace(/^none$|^normal$|url\([^)]*\)/, ""));
        if (marks && element.checkVisibility()) look(element, made.color, part);
      }
    }
  };

  const shapes = (say, seen) => {
    if (root.scrollWidth > root.clientWidth + SLACK)
      say("scrolls sideways", body, `${root.scrollWidth} > ${root.clientWidth}`);
    for (const element of body.querySelectorAll("*")) {
      const {overflowX, overflowY, display} = getComputedStyle(element);
      if (display === "inline" || !element.checkVisibility()) continue;
      const wide = element.scrollWidth > element.clientWidth + SLACK;
      const tall = element.scrollHeight > element.clientHeight + SLACK;
      if (/hidden|clip/.test(overflowX) && wide) say("cut at the side", element, "");
      if (/hidden|clip/.test(overflowY) && tall) say("cut at the foot", element, "");
      if (/auto|scroll/.test(overflowY) && tall) say("scrolls by itself", element, "");
      if (phone && element.localName === "pre" && wide) say("code does not wrap", element, "");
      const box = element.getBoundingClientRect();
      if (box.width && (box.left < -SLACK || box.right > root.clientWidth + SLACK)
          && ![...ancestors(element.parentElement)].some(scrolls))
        say("outside the page", element, `${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    for (const item of body.querySelectorAll("ol > li")) { // a number stands left of its item
      const {font, direction} = getComputedStyle(item);
      if (direction === "rtl" || !item.checkVisibility()) continue;
      pen.font = font;
      const number = item.parentElement.start + [...item.parentElement.children].indexOf(item);
      const left = item.getBoundingClientRect().left - pen.measureText(`${number}. `).width;
      if (left < -SLACK) say("number out of the page", item, `${number}`);
    }
    const all = [];
    for (const {node, element, boxes} of seen) {
      const block = [...ancestors(element)].find(
        at => !/^inline$|contents/.test(getComputedStyle(at).display));
      const edge = block.getBoundingClientRect();
      const inside = [...ancestors(block)].some(scrolls);
      const {fontSize, paddingLeft, paddingRight, whiteSpaceCollapse} = getComputedStyle(block);
      const room = block.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      // Where blanks count, those at the end of a line hang out of it, invisibly.
      const slack = whiteSpaceCollapse === "preserve" ? 2 * parseFloat(fontSize) : SLACK;
      const words = node.data.trim().split(/\s+/).length;
      if (room < 2.5 * parseFloat(fontSize) && boxes.length > words + 1)
        say("squeezed", block, `${Math.round(room)} ${quote(node.data)}`);
      for (const box of boxes) {
        if (!inside && (box.left < edge.left - SLACK || box.right > edge.right + slack))
          say("text out of its box", block, quote(node.data));
        all.push({box, node, element});
      }
    }
    all.sort((one, other) => one.box.top - other.box.top);
    all.forEach(({box, node}, at) => {
      for (let next = at + 1; next < all.length && all[next].box.top < box.bottom - 3; next++) {
        const {box: other, element, node: another} = all[next];
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - other.top;
        if (another !== node && across > 2 && down > 3)
          say("overlaps", element, `${quote(node.data)} and ${quote(another.data)}`);
      }
    });
  };

  const sizes = (say, seen) => {
    for (const {node, element} of seen) {
      const size = parseFloat(getComputedStyle(element).fontSize);
      const least = element.closest("code, pre, kbd, samp") ? CODE : TEXT;
      if (size < least - 0.01) say("small text", element, `${size}px ${quote(node.data)}`);
    }
    for (const target of body.querySelectorAll("summary, a, button")) {
      const {width, height} = target.getBoundingClientRect();
      if (!target.checkVisibility() || alongside(target)) continue;
      const narrow = target.localName !== "a" && width < TOUCH - SLACK; // a word is as wide as it is
      if (narrow || height < TOUCH - SLACK)
        say("small to tap", target, `${Math.round(width)}×${Math.round(height)}`);
    }
  };
  // A link within a sentence is as high as its line: WCAG 2.5.8 lets it be.
  const alongside = target => target.localName === "a"
    && getComputedStyle(target).display === "inline"
    && target.parentElement.textContent.trim() !== target.textContent.trim();

  body.className = dark ? "card card1 nightMode night_mode" : "card card1";
  for (const {name, html, css} of sides) {
    if (style.textContent !== css) style.textContent = css;
    body.innerHTML = `<div id="qa">${html}</div>`;
    const pictures = [...body.querySelectorAll("img")];
    await Promise.all(pictures.map(each => each.decode().catch(() => null)));
    const folds = body.querySelectorAll("details");
    for (const open of folds.length ? [false, true] : [false]) {
      folds.forEach(each => { each.open = open; });
      const say = (what, element, value) => found.push(
        `${name}${open ? " (opened)" : ""}: ${what}: ${label(element)} ${value}`.trimEnd());
      const seen = [...texts()];
      if (!seen.length) say("empty", body, "");
      contrast(say, seen);
      if (shape) shapes(say, seen);
      if (shape && phone) sizes(say, seen);
    }
  }
  return found;
}
