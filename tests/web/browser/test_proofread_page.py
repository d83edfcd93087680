import json
import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect

SLIP = "$$f(x) = (x + 1)^2$$\n\n$$f(x) = x^2 + x + 1$$\n"


def write(page, text):
    page.get_by_role("textbox", name="The derivation").fill(text)


def headline(page, text):
    page.locator("#found h1", has_text=text).wait_for()


def text_of(page):
    return page.get_by_role("textbox", name="The derivation").input_value()


def selected(page):
    script = "t => t.value.slice(t.selectionStart, t.selectionEnd)"
    return page.locator("#text").evaluate(script)


def test_the_page_starts_with_the_question(opened):
    page = opened()
    headline(page, "Line 15 is wrong")
    assert page.locator("#marks mark.wrong").text_content() == "p_k"


def test_a_wrong_step_shows_while_it_is_typed(opened):
    page = opened()
    write(page, "$$f(x) = x^2$$\n\n$$f'(x) = 2x$$\n")
    headline(page, "Every step holds")
    page.get_by_role("textbox", name="The derivation").press_sequentially("$$f'(x) = x^2$$")
    headline(page, "Line 4 is wrong")
    assert page.locator(".mark.bad").count() == 1


def test_what_is_typed_while_an_answer_arrives_stays(opened):
    page = opened()
    headline(page, "Line 15 is wrong")
    script = """() => {
        const usual = window.fetch;
        window.fetch = async (...asked) => {
            const answer = await usual(...asked);
            window.fetch = usual;
            const field = document.getElementById("text");
            field.value += "$$f(1) = 4$$";
            field.dispatchEvent(new Event("input"));
            return answer;
        };
    }"""
    page.evaluate(script)
    write(page, SLIP.replace("x + 1$", "2x + 1$"))
    headline(page, "Every step holds")
    expect(page.locator("#found .steps .line", has_text="4")).to_have_count(1)
    assert text_of(page).endswith("$$f(1) = 4$$")


def test_the_repair_makes_it_right(opened):
    page = opened()
    write(page, SLIP)
    headline(page, "Line 3 is wrong")
    page.get_by_role("button", name="Apply this repair").click()
    headline(page, "Every step holds")
    assert text_of(page) == SLIP.replace(" x + 1$", " 2 x + 1$")
    page.keyboard.press("Control+z")
    headline(page, "Line 3 is wrong")
    assert text_of(page) == SLIP


def test_a_step_selects_its_place_in_the_text_and_the_text_its_step(opened):
    page = opened()
    write(page, SLIP)
    headline(page, "Line 3 is wrong")
    page.locator(".right[data-step='0']").click()
    assert selected(page).strip() == "x^2 + x + 1"
    page.evaluate("() => document.getElementById('text').setSelectionRange(0, 0)")
    page.get_by_role("button", name="Line 3: show in the text").press("Enter")
    assert selected(page).strip() == "x^2 + x + 1"
    place = SLIP.index("x^2") + 1
    page.evaluate("place => document.getElementById('text').setSelectionRange(place, place)", place)
    page.locator(".right.current[data-step='0']").wait_for()


def test_the_marks_lie_under_the_text(opened):
    page = opened()
    headline(page, "Line 15 is wrong")
    same = """() => {
        const [field, layer] = [document.getElementById('text'), document.getElementById('marks')];
        field.scrollTop = field.scrollHeight;
        field.dispatchEvent(new Event('scroll'));
        const style = (element, name) => getComputedStyle(element)[name];
        const names = ['fontFamily', 'fontSize', 'lineHeight', 'paddingTop', 'paddingLeft', 'whiteSpace', 'tabSize'];
        return [Math.abs(layer.scrollHeight - field.scrollHeight) <= field.clientHeight,
                layer.textContent.trimEnd() === field.value.trimEnd(),
                layer.style.width === `${field.clientWidth}px`,
                names.every((name) => style(field, name) === style(layer, name))];
    }"""
    assert page.evaluate(same) == [True] * 4


def test_a_question_can_be_answered(opened):
    page = opened()
    write(page, "$$f(x) = x^2 + \\beta x$$\n\n$$f'(x) = 2x + \\beta = 2x + \\kappa$$\n")
    headline(page, "could not be decided")
    page.get_by_role("textbox", name="Answer").fill("\\kappa = \\beta")
    page.get_by_role("button", name="Answer").click()
    headline(page, "Every step holds")
    chip = page.get_by_role("button", name="Remove the definition \\kappa = \\beta")
    chip.click()
    headline(page, "could not be decided")
    assert chip.count() == 0


CALLED = "$$u = 4 t$$\n\n$$2 u(t - 1) + 0 = 8 t - 8$$\n"


def test_a_question_about_a_reading_has_its_options_as_buttons(opened):
    page = opened()
    write(page, CALLED)
    headline(page, "could not be decided")
    options = page.get_by_role("group", name="u(…)").get_by_role("button")
    assert options.all_text_contents() == ["a product", "a function call"]
    options.nth(1).click()
    headline(page, "Every step holds")
    assert page.locator(".chips code").text_content() == "u(…): a function call"
    page.get_by_role("button", name="Remove the reading u(…): a function call").click()
    headline(page, "could not be decided")
    options.nth(0).press("Enter")
    headline(page, "Line 3 is wrong")


def test_a_reading_can_be_chosen_unasked_and_is_in_the_link(opened):
    page = opened()
    write(page, "$$a = v(b + c) = v b + v c$$")
    headline(page, "Every step holds")
    page.locator("#given-kind").select_option("readings")
    expect(page.locator("#given-text")).to_be_hidden()
    page.locator("#given-choice").select_option(label="a function call")
    page.get_by_role("button", name="Add").click()
    headline(page, "could not be decided")
    other = opened("#" + page.url.partition("#")[2])
    headline(other, "could not be decided")
    assert other.locator(".chips code").text_content() == "v(…): a function call"


def test_a_reading_that_is_no_longer_open_is_kept_but_does_not_count(opened):
    page = opened()
    write(page, CALLED)
    headline(page, "could not be decided")
    page.get_by_role("group", name="u(…)").get_by_role("button", name="a function call").click()
    headline(page, "Every step holds")
    write(page, SLIP)
    headline(page, "Line 3 is wrong")
    page.locator(".chips .idle", has_text="(not open here)").wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="reply", exact=True).click()
    page.locator("#status", has_text="is on the clipboard").wait_for()
    write(page, CALLED)
    headline(page, "Every step holds")
    assert page.locator(".chips .idle").count() == 0


def test_what_is_given_may_be_wrong(opened):
    page = opened()
    write(page, SLIP)
    headline(page, "Line 3 is wrong")
    page.locator("#given-kind").select_option("assume")
    page.get_by_role("textbox", name="Definition or assumption").fill("what?")
    with page.expect_response("**/views/proof") as answered:
        page.get_by_role("button", name="Add").click()
    assert answered.value.status == 422
    page.locator("#status.bad", has_text="what?").wait_for()


def test_a_step_says_why_it_follows(opened):
    page = opened()
    write(page, "$$f(x) = x^2 + 3x$$\n\n$$f'(x) = 2x + 3$$\n\n$$f(2) = 10$$")
    headline(page, "Every step holds")
    for number in range(2):
        page.get_by_text("Why?").nth(number).click()
    for number in range(2):
        page.locator(".why").nth(number).locator("li").first.wait_for()


def test_a_link_holds_all_of_it(opened):
    page = opened()
    write(page, "$$f(x) = x^2 + \\beta x$$\n\n$$f'(x) = 2x + \\beta = 2x + \\kappa$$\n")
    headline(page, "could not be decided")
    page.get_by_role("textbox", name="Definition or assumption").fill("\\kappa = \\beta")
    page.get_by_role("button", name="Add").click()
    headline(page, "Every step holds")
    other = opened("#" + page.url.partition("#")[2])
    headline(other, "Every step holds")
    assert text_of(other) == text_of(page)
    assert other.locator(".chips code").text_content() == "\\kappa = \\beta"
    page.reload()
    headline(page, "Every step holds")


@pytest.mark.parametrize("hash", ["#", "#nonsense", "#AAAA", "#%"])
def test_a_broken_link_opens_the_first_example(opened, hash):
    headline(opened(hash), "Line 15 is wrong")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("reply", "**Line 3 is wrong.**"),
        ("LaTeX", "% Line 3 is wrong"),
        ("HTML", "<!DOCTYPE html>"),
        ("JSON", "{"),
    ],
)
def test_the_result_can_be_copied(opened, name, start):
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, SLIP)
    headline(page, "Line 3 is wrong")
    page.get_by_role("button", name=name, exact=True).click()
    page.locator("#status", has_text="is on the clipboard").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(start)


def test_without_a_clipboard_the_text_is_shown(opened):
    page = opened()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    headline(page, "Line 15 is wrong")
    page.get_by_role("button", name="JSON").click()
    shown = page.get_by_role("textbox", name="Text to copy")
    shown.wait_for()
    assert json.loads(shown.input_value())["verdict"] == "wrong"
    page.keyboard.press("Escape")


def test_a_notebook_is_shown_as_text(opened, tmp_path):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": SLIP}]
    path = tmp_path / "page.ipynb"
    path.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    page = opened()
    headline(page, "Line 15 is wrong")
    page.locator("#file").set_input_files(path)
    page.locator("#marks mark.wrong").wait_for()
    expect(page.locator("#text")).to_have_value(re.compile(r"\s*\$\$f\(x\) = \(x"))


def test_a_file_that_is_too_large_is_refused(opened, tmp_path):
    path = tmp_path / "large.md"
    path.write_text("x" * 300_000, encoding="utf-8")
    page = opened()
    headline(page, "Line 15 is wrong")
    page.locator("#file").set_input_files(path)
    page.locator("#status.bad", has_text="large.md is too large").wait_for()


def test_hostile_text_is_text(opened):
    page = opened()
    write(
        page, "$$x = \\text{<img src=y onerror=\"document.title='gone'\">}$$ $$x + <script>1</script> = 1$$"
    )
    page.locator("#found h1").wait_for()
    expect(page.locator("#status")).not_to_have_text("Checking …")
    assert page.locator("#found img, #found script, #marks img").count() == 0
    assert "pminusy" in page.title()


def test_nothing_written_is_nothing_found(opened):
    page = opened()
    headline(page, "Line 15 is wrong")
    write(page, "")
    page.locator("#found h1").wait_for(state="detached")
    assert page.locator("#found").text_content() == ""
