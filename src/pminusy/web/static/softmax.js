/* The page on which softmax cross-entropy is played with. Every number comes from the server. */

import { Refusal, afterPause, isOutdated, latest } from "./requests.js";

const START = { logits: [2, 1, 0.1, -0.5, 0.5, -1, 1.5, 0], targets: [1, 0, 0, 0, 0, 0, 0, 0] };
const MOST = 8;

const byId = (name) => document.getElementById(name);
const workedOut = latest("views/explanation");
const later = afterPause(60, show);
const logits = [...START.logits];
const targets = [...START.targets];

const count = () => clamped(byId("classes"), 2, MOST);
const temperature = () => clamped(byId("temperature"), 0.05, 100);
const constant = () => clamped(byId("constant"), -1000, 1000);

function clamped(input, least, most) {
  const value = Number(input.value);
  return input.value === "" || !Number.isFinite(value) ? Number(input.defaultValue) : Math.min(most, Math.max(least, value));
}

function showRows() {
  byId("rows").replaceChildren(...Array.from({ length: count() }, (_, k) => row(k)));
}

function row(k) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = k;
  line.append(head, pair(logits, k, "logit", -6, 6, 0.1), pair(targets, k, "target mass", 0, 2, 0.05));
  return line;
}

/** A slider and a number for one value; the number may lie beyond the slider's range. */
function pair(values, k, name, least, most, step) {
  const cell = document.createElement("td");
  const slider = Object.assign(document.createElement("input"), { type: "range", min: least, max: most, step });
  const number = Object.assign(document.createElement("input"), { type: "number", step: "any" });
  if (values === targets) number.min = 0;
  slider.setAttribute("aria-label", `${name} of class ${k}, slider`);
  number.setAttribute("aria-label", `${name} of class ${k}`);
  slider.value = number.value = values[k];
  const take = (from, to) => {
    if (from.value === "" || !from.checkValidity()) return;
    values[k] = Number(from.value);
    to.value = from.value;
    later();
  };
  slider.addEventListener("input", () => take(slider, number));
  number.addEventListener("input", () => take(number, slider));
  cell.append(slider, number);
  return cell;
}

async function show() {
  const [c, t] = [constant(), temperature()];
  const given = logits.slice(0, count()).map((z) => (z + c) / t);
  const masses = targets.slice(0, count());
  byId("given-to-softmax").textContent =
    c || t !== 1
      ? `The softmax is given (z + c)/T, and the derivatives are by that; ∂L/∂z is 1/T = ${shortened(1 / t)} times as large.`
      : "";
  try {
    const { html, worked } = await workedOut({ logits: given, targets: masses });
    const parsed = new DOMParser().parseFromString(html, "text/html");
    parsed.querySelector("h1")?.parentElement.remove();
    byId("found").replaceChildren(...parsed.body.childNodes);
    draw(worked);
    colour(worked);
    say("");
  } catch (error) {
    if (isOutdated(error)) return;
    if (!(error instanceof Refusal)) throw error;
    say(error.message, "bad");
  }
}

function draw({ classes, gradient, s }) {
  const p = classes.map((each) => each.p);
  const right = gradient.map((each) => each.closed_form);
  const usual = classes.map((each) => each.p - each.y);
  const most = Math.max(1, ...right.map(Math.abs), ...usual.map(Math.abs));
  bars(byId("p"), p, 1, texts("Probabilities", -2));
  bars(byId("right"), right, most, texts("Closed form", 2));
  bars(byId("usual"), usual, most, usual.map(figure));
  const differs = Math.abs(s - 1) > 1e-9;
  byId("usual").classList.toggle("differs", differs);
  byId("agreement").textContent = differs
    ? `The targets sum to s = ${shortened(s)}, not to 1: p − y is not the gradient, and its entries sum to ${shortened(1 - s)} instead of 0.`
    : "The targets sum to 1, so both are the same.";
}

/** The figures that stand in a column of one of the tables, so that bars and tables agree. */
function texts(table, column) {
  const rows = byId("found").querySelectorAll(`[aria-label="${table}"] tbody tr:not(.sum)`);
  return [...rows].map((line) => [...line.querySelectorAll("td")].at(column).textContent);
}

function bars(chart, values, most, labels) {
  chart.replaceChildren(
    ...values.map((value, k) => {
      const line = document.createElement("div");
      line.setAttribute("role", "row");
      const name = cell("rowheader", k);
      const bar = cell("presentation", "");
      bar.className = `bar ${value < 0 ? "negative" : "positive"}`;
      bar.style.setProperty("--share", Math.abs(value) / most);
      const number = cell("cell", labels[k]);
      line.append(name, bar, number);
      return line;
    }),
  );
  chart.classList.toggle("signed", values.some((value) => value < 0));
}

function cell(role, text) {
  const element = document.createElement("span");
  element.setAttribute("role", role);
  element.textContent = text;
  return element;
}

/** Colour the Jacobian by its entries. */
function colour({ gradient }) {
  const cells = [...byId("found").querySelectorAll('[aria-label="Jacobian"] tbody td')];
  gradient.flatMap((each) => each.jacobian).forEach((value, place) => {
    cells[place].className = value < 0 ? "negative" : "positive";
    cells[place].style.setProperty("--share", Math.min(1, Math.abs(value) * 4));
  });
}

/** A number as the tables write it. */
function figure(value) {
  const size = Math.abs(value);
  if (size > 0 && size < 1e-3) return value.toExponential(2).replaceAll("-", "−").replace("+", "");
  return size ? value.toFixed(4).replace("-", "−") : "0";
}

const shortened = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

function say(text, kind = "") {
  byId("status").className = `label ${kind}`;
  byId("status").textContent = text;
}

byId("classes").addEventListener("input", () => {
  showRows();
  later();
});
for (const name of ["temperature", "constant"]) byId(name).addEventListener("input", later);
byId("normalise").addEventListener("click", () => {
  const sum = targets.slice(0, count()).reduce((total, each) => total + each, 0);
  for (let k = 0; k < count(); k += 1) targets[k] = sum > 0 ? targets[k] / sum : Number(k === 0);
  showRows();
  later();
});

showRows();
show();
