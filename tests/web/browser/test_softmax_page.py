import subprocess
import sys

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect


def explained(logits, targets):
    command = [sys.executable, "-m", "pminusy", "explain", f"--logits={logits}", f"--targets={targets}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def number(page, name):
    return page.get_by_role("spinbutton", name=name, exact=True)


def shown(page):
    page.locator("#right .bar").first.wait_for()
    cells = page.locator("#found td, #found tbody th").all_text_contents()
    bars = page.locator("#p [role=cell], #right [role=cell]").all_text_contents()
    return cells, bars


def test_every_number_is_one_that_explain_prints(opened):
    page = opened("softmax")
    page.locator("#right .bar").first.wait_for()
    number(page, "logit of class 2").fill("-1.75")
    with page.expect_response("**/views/explanation"):
        number(page, "target mass of class 1").fill("1.25")
    page.locator("#agreement", has_text="s = 2.25").wait_for()
    cells, bars = shown(page)
    printed = explained("2,1,-1.75", "1,1.25,0")
    assert [cell for cell in cells if cell[-1:].isdigit() and cell not in printed] == []
    assert [bar for bar in bars if bar not in printed] == []


def test_the_usual_gradient_is_wrong_unless_the_targets_sum_to_one(opened):
    page = opened("softmax")
    page.locator("#agreement", has_text="both are the same").wait_for()
    number(page, "target mass of class 0").fill("2")
    page.locator("#usual.differs").wait_for()
    page.get_by_role("button", name="Make the targets sum to 1").click()
    page.locator("#agreement", has_text="both are the same").wait_for()
    assert page.locator("#usual.differs").count() == 0


def test_a_constant_changes_nothing_and_a_temperature_does(opened):
    page = opened("softmax")
    page.locator("#right .bar").first.wait_for()
    before = page.locator("#p [role=cell]").all_text_contents()
    with page.expect_response("**/views/explanation"):
        number(page, "Constant c, added to all logits").fill("100")
    page.locator("#given-to-softmax", has_text="(z + c)/T").wait_for()
    assert page.locator("#p [role=cell]").all_text_contents() == before
    with page.expect_response("**/views/explanation"):
        number(page, "Temperature T").fill("10")
    expect(page.locator("#p [role=cell]").first).not_to_have_text(before[0])


def test_there_are_two_to_eight_classes(opened):
    page = opened("softmax")
    for count in ("8", "2"):
        number(page, "Classes").fill(count)
        expect(page.locator("#right > div")).to_have_count(int(count))


def test_bad_numbers_are_not_sent(opened):
    page = opened("softmax")
    page.locator("#right .bar").first.wait_for()
    number(page, "target mass of class 1").fill("-3")
    number(page, "logit of class 1").fill("")
    number(page, "logit of class 0").fill("3")
    page.locator("#found td", has_text="3.0000").first.wait_for()
    assert page.locator("#status.bad").count() == 0
