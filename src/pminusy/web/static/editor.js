/* The text with marks under it: a layer of the same text behind a transparent text field. */

export class Editor {
  #field = document.getElementById("text");
  #layer = document.getElementById("marks");
  #marks = [];

  /** onChange is called when the text changes, onMove when the cursor moves, with its place in the text. */
  constructor({ onChange, onMove }) {
    this.#field.addEventListener("input", () => {
      this.mark([]);
      onChange();
    });
    this.#field.addEventListener("scroll", () => this.#follow());
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === this.#field) onMove(this.#field.selectionStart);
    });
    new ResizeObserver(() => this.#follow()).observe(this.#field);
  }

  get text() {
    return this.#field.value;
  }

  set text(text) {
    this.#field.value = text;
    this.mark([]);
  }

  /** Replace characters as if they had been typed, so that the change can be undone. */
  replace(start, end, text) {
    this.#field.focus();
    this.#field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      this.#field.setRangeText(text, start, end, "end");
      this.#field.dispatchEvent(new Event("input"));
    }
  }

  /** Select characters and bring them into view. */
  select(start, end) {
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(start, end);
    const lines = this.#layer.querySelectorAll("mark");
    const place = [...lines].find((mark) => Number(mark.dataset.end) > start) ?? null;
    if (place) this.#field.scrollTop = place.offsetTop - this.#field.clientHeight / 3;
  }

  /** Mark pieces of the text: [start, end, class], in order, none within another but the wrong term. */
  mark(marks) {
    this.#marks = marks;
    const text = this.text;
    const pieces = [];
    let at = 0;
    for (const [start, end, kind] of marks) {
      if (start < at || end <= start || end > text.length) continue;
      const mark = document.createElement("mark");
      mark.className = kind;
      mark.dataset.end = end;
      mark.textContent = text.slice(start, end);
      pieces.push(text.slice(at, start), mark);
      at = end;
    }
    // The last line counts only if something stands in it.
    this.#layer.replaceChildren(...pieces, text.slice(at), "\n");
    this.#follow();
  }

  #follow() {
    this.#layer.style.width = `${this.#field.clientWidth}px`;
    this.#layer.style.transform = `translateY(${-this.#field.scrollTop}px)`;
  }
}
