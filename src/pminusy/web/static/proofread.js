/* The page on which derivations are proofread. */

import { Editor } from "./editor.js";
import { Findings, lineStart, marksOf } from "./findings.js";
import { Refusal, afterPause, answered, isOutdated, latest } from "./requests.js";
import { packed, unpacked } from "./share.js";

const PAUSE = 300;
const MOST_BYTES = 180_000;

const byId = (name) => document.getElementById(name);
const state = { define: [], assume: [], readings: {} };
let idle = [];
let shown = null;

const checked = latest("views/proof");
const copied = latest("views/copies");
const editor = new Editor({ onChange: afterPause(PAUSE, check), onMove: (place) => findings.point(place) });
const findings = new Findings({ select, apply, give, read, why });

const page = () => ({ text: editor.text, ...state });

/** The page as it was checked: without the readings of what it doesn't leave open. */
const shownPage = () => ({
  ...page(),
  readings: Object.fromEntries(Object.entries(state.readings).filter(([key]) => !idle.includes(key))),
});

async function check() {
  remember();
  if (!editor.text.trim()) {
    shown = null;
    findings.clear();
    say("");
    return;
  }
  say("Checking …");
  await reporting(async () => {
    const asked = page();
    const found = await checked(asked);
    if (editor.text !== asked.text) return; // someone typed on meanwhile: that is checked after the pause
    // A notebook and HTML are shown as the Markdown that they were converted to.
    if (found.text !== asked.text) editor.text = found.text;
    shown = found;
    idle = found.idle;
    showChips();
    showChoices();
    findings.show(found);
    editor.mark(marksOf(found));
    say(found.headline, "unseen"); // the heading shows it
  });
}

async function reporting(action) {
  try {
    await action();
  } catch (error) {
    if (isOutdated(error)) return;
    if (!(error instanceof Refusal)) throw error;
    shown = null;
    findings.clear();
    editor.mark([]);
    say(error.message, "bad");
  }
}

function say(text, kind = "") {
  byId("status").className = `label ${kind}`;
  byId("status").textContent = text;
}

async function remember() {
  const { text, define, assume, readings } = page();
  const empty = !text && !define.length && !assume.length && !Object.keys(readings).length;
  const hash = empty ? "#" : `#${await packed(page())}`;
  if (text === editor.text) history.replaceState(null, "", hash);
}

async function restore() {
  const found = await unpacked(location.hash.slice(1));
  if (!found) return false;
  load(found);
  return true;
}

function load({ text, define = [], assume = [], readings = {} }) {
  editor.text = text;
  Object.assign(state, { define: [...define], assume: [...assume], readings: { ...readings } });
  showChips();
  check();
}

function select(step) {
  editor.select(...shown.spans[step]);
}

function apply({ line, start, end, repair }) {
  if (editor.text !== shown.text) return; // the place is another by now
  const offset = lineStart(shown.text, line);
  editor.replace(offset + start, offset + end, repair);
}

async function why(step) {
  try {
    return (await answered("views/why", { ...shownPage(), step })).html;
  } catch (error) {
    return error instanceof Refusal ? escaped(error.message) : "";
  }
}

function escaped(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element.outerHTML;
}

function give(kind, text) {
  const trimmed = text.trim();
  if (!trimmed || state[kind].includes(trimmed)) return;
  state[kind].push(trimmed);
  showChips();
  check();
}

function read(key, option) {
  state.readings[key] = option;
  showChips();
  check();
}

function showChips() {
  const without = (kind, text) => () => {
    state[kind] = state[kind].filter((each) => each !== text);
  };
  byId("chips").replaceChildren(
    ...state.define.map((text) => chip("", text, `the definition ${text}`, without("define", text))),
    ...state.assume.map((text) => chip("assume ", text, `the assumption ${text}`, without("assume", text))),
    ...Object.entries(state.readings).map(([key, option]) => readingChip(key, option)),
  );
}

function readingChip(key, option) {
  const item = chip("", `${key}: ${option}`, `the reading ${key}: ${option}`, () => delete state.readings[key]);
  if (idle.includes(key)) {
    item.classList.add("idle");
    item.querySelector("code").after(" (not open here)");
  }
  return item;
}

function chip(prefix, text, name, remove) {
  const item = document.createElement("li");
  const label = document.createElement("code");
  label.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", `Remove ${name}`);
  button.addEventListener("click", () => {
    remove();
    showChips();
    check();
    byId("given-kind").focus();
  });
  item.append(prefix, label, button);
  return item;
}

/** Offer what the notation leaves open, each choice with its options. */
function showChoices() {
  const groups = shown.proof.choices.map(({ key, options, chosen }) => {
    const group = document.createElement("optgroup");
    group.label = key;
    group.append(...options.map((option) => new Option(option, JSON.stringify([key, option]), false, option === chosen)));
    return group;
  });
  const first = new Option(groups.length ? "choose …" : "nothing is left open", "");
  byId("given-choice").replaceChildren(first, ...groups);
  byId("given-choice").value = "";
}

async function copy(kind) {
  if (kind === "link") {
    await remember();
    return hand(location.href, "The link");
  }
  await reporting(async () => {
    if (!shown) throw new Refusal("There is nothing to copy yet.");
    if (kind === "json") return hand(JSON.stringify(shown.proof, null, 2), "The JSON");
    const forms = await copied(shownPage());
    const names = { markdown: "The reply, as Markdown,", latex: "The LaTeX", html: "The HTML page" };
    return hand(forms[kind], names[kind]);
  });
}

/** Put a text on the clipboard, or show it where the browser doesn't let a page do that. */
async function hand(text, name) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${name} is on the clipboard.`);
  } catch {
    byId("copy-text").value = text;
    byId("copy-dialog").showModal();
    byId("copy-text").select();
  }
}

async function open(file) {
  if (!file) return;
  if (file.size > MOST_BYTES) {
    say(`${file.name} is too large: expected at most ${MOST_BYTES / 1000} kB.`, "bad");
    return;
  }
  load({ text: await file.text() });
}

byId("examples").addEventListener("change", (event) => {
  const chosen = event.target.value;
  if (chosen) load({ text: document.querySelector(`template[data-example="${chosen}"]`).content.textContent });
});
byId("file").addEventListener("change", (event) => {
  open(event.target.files[0]);
  event.target.value = "";
});
byId("given").addEventListener("submit", (event) => {
  event.preventDefault();
  if (byId("given-kind").value === "readings") {
    if (byId("given-choice").value) read(...JSON.parse(byId("given-choice").value));
    return;
  }
  give(byId("given-kind").value, byId("given-text").value);
  byId("given-text").value = "";
});
byId("given-kind").addEventListener("change", (event) => {
  const ofReading = event.target.value === "readings";
  byId("given-text").hidden = ofReading;
  byId("given-choice").hidden = !ofReading;
  if (ofReading) return;
  const example = { define: "p_j = \\frac{e^{z_j}}{\\sum_k e^{z_k}}", assume: "sum(y)=1" };
  byId("given-text").placeholder = example[event.target.value];
});
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(button.dataset.copy));
}
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  open(event.dataTransfer.files[0]);
});
addEventListener("hashchange", restore);

if (!(await restore())) {
  // Someone may have begun to type before this was loaded.
  if (editor.text) check();
  else load({ text: document.querySelector('template[data-example="0"]').content.textContent });
}
