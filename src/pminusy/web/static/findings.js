/* What was found, shown as the server typeset it, with what one can do about it. */

const KINDS = { holds: "holds", holds_if: "unsure", fails: "bad", undecided: "unsure" };

export class Findings {
  #root = document.getElementById("found");
  #actions;
  #spans = [];

  /** actions: select(step), apply(suggestion), give(kind, text), read(key, option), why(step) → Promise of HTML. */
  constructor(actions) {
    this.#actions = actions;
  }

  /** Show a result; html was typeset and escaped by the server. */
  show({ html, proof, spans }) {
    this.#spans = spans;
    const parsed = new DOMParser().parseFromString(html, "text/html");
    this.#root.replaceChildren(...parsed.body.childNodes);
    const choices = new Map(proof.choices.map((choice) => [choice.key, choice]));
    proof.steps.forEach((step, number) => this.#connect(step, number, choices));
    if (proof.first_wrong) this.#offerRepairs(proof);
  }

  clear() {
    this.#spans = [];
    this.#root.replaceChildren();
  }

  /** Mark the step that a place in the text belongs to. */
  point(place) {
    const number = this.#spans.findIndex(([start, end]) => start <= place && place <= end);
    this.#mark(number);
  }

  #mark(number) {
    for (const element of this.#root.querySelectorAll(".current")) element.classList.remove("current");
    const own = this.#of(number);
    for (const element of own) element.classList.add("current");
    own[0]?.scrollIntoView({ block: "nearest" });
  }

  #of(number) {
    return [...this.#root.querySelectorAll(`[data-step="${number}"]`)];
  }

  #connect(step, number, choices) {
    const line = this.#root.querySelector(`.line[data-step="${number}"]`);
    const button = made("button", { type: "button", title: "Show in the text" }, line.textContent);
    button.setAttribute("aria-label", `Line ${line.textContent}: show in the text`);
    line.replaceChildren(button);
    const select = () => {
      this.#actions.select(number);
      this.#mark(number);
    };
    button.addEventListener("click", select);
    for (const side of this.#root.querySelectorAll(`.right[data-step="${number}"]`)) {
      side.addEventListener("click", select);
    }
    const own = step.choices.map((key) => choices.get(key)).filter(Boolean);
    if (step.verdict === "undecided" && !own.length) this.#ask(number, step.question ?? "");
    for (const choice of own) this.#offerOptions(number, choice, step);
    this.#explain(step, number);
  }

  #explain(step, number) {
    if (step.verdict !== "holds" && step.verdict !== "holds_if") return;
    const details = made("details", { className: "why" });
    details.append(made("summary", {}, "Why?"));
    const answer = made("div", {});
    answer.dataset.step = number;
    details.append(answer);
    details.addEventListener("toggle", async () => {
      if (!details.open || answer.hasChildNodes()) return;
      answer.textContent = "…";
      const html = await this.#actions.why(number);
      answer.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    });
    this.#behind(number, details);
  }

  #ask(number, question) {
    const form = made("form", { className: "answer-form" });
    const kind = made("select", { ariaLabel: "Kind of answer" });
    kind.append(new Option("It is defined as", "define"), new Option("Assume that", "assume"));
    const text = made("input", { type: "text", required: true, ariaLabel: "Answer", spellcheck: false });
    text.autocomplete = "off";
    const [, sought] = /Define it: (.*)…$/.exec(question) ?? [];
    text.value = sought ?? "";
    form.append(kind, text, made("button", {}, "Answer"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#actions.give(kind.value, text.value);
    });
    this.#behind(number, form);
  }

  /** Buttons to decide a choice: all options where it is asked for, else those other than what was read. */
  #offerOptions(number, { key, options, chosen }, { verdict, rests_on: readings }) {
    if (chosen !== null) return;
    const asked = verdict === "undecided";
    const row = made("div", { className: "answer-form" });
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", key);
    row.append(made("span", { className: "label" }, asked ? `${key} is` : `Read ${key} as`));
    for (const option of options.filter((each) => !readings.includes(`${key} read as ${each}`))) {
      const button = made("button", { type: "button" }, option);
      button.addEventListener("click", () => this.#actions.read(key, option));
      row.append(button);
    }
    this.#behind(number, row);
  }

  #behind(number, element) {
    const row = made("div", { className: "remark" });
    row.dataset.step = number;
    row.append(element);
    this.#of(number).at(-1).after(row);
  }

  #offerRepairs(proof) {
    const wrong = proof.first_wrong;
    const box = this.#root.querySelector(".mistake");
    const all = [wrong, ...wrong.alternatives].filter((each) => each.repair !== null);
    if (!box || !all.length) return;
    const row = made("div", { className: "repairs" });
    all.forEach((suggestion, number) => {
      const label = number ? `Apply the other: ${suggestion.repair}` : "Apply this repair";
      const button = made("button", { type: "button" }, label);
      button.addEventListener("click", () => this.#actions.apply({ ...suggestion, line: wrong.line }));
      row.append(button);
    });
    box.append(row);
  }
}

/** The marks of the steps and of the wrong term in the text. */
export function marksOf({ proof, spans, text }) {
  const marks = proof.steps.map((step, number) => [...spans[number], `step ${KINDS[step.verdict]}`]);
  const wrong = proof.first_wrong;
  if (wrong) {
    const offset = lineStart(text, wrong.line);
    const [from, to] = [offset + wrong.start, offset + wrong.end];
    const around = marks.findIndex(([start, end]) => start <= from && to <= end);
    if (around >= 0) {
      const [start, end, kind] = marks[around];
      marks.splice(around, 1, [start, from, kind], [from, to, "wrong"], [to, end, kind]);
    } else {
      marks.push([from, to, "wrong"]);
    }
  }
  return marks.sort(([a], [b]) => a - b);
}

/** The place at which a line begins, counted from 1. */
export function lineStart(text, line) {
  return text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
}

function made(tag, properties, text) {
  const element = Object.assign(document.createElement(tag), properties);
  if (text) element.textContent = text;
  return element;
}
