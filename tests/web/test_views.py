import pytest

HOSTILE = [
    r"$$a = \text{<script>alert(1)</script>}$$ $$b = a + <img src=x onerror=alert(1)>$$",
    '"><svg onload=alert(1)> $$x = y$$ $$x + 1 = y + 1$$',
    "$$\\unknown{<b>bold</b>} = 1$$ $$2 = 1 + 1$$",
    "$$x = 1$$ $$x = 1 + 0 & <i>$$",
    "\u202e$$x = 1$$ $$x = 2 - 1$$\u0000",
]


def test_a_page_is_shown_with_the_places_of_its_steps(client):
    text = "$$f(x) = x^2$$\n$$f'(x) = 2x = x + x$$"
    shown = client.post("/views/proof", json={"text": text}).json()
    assert shown["text"] == text
    assert [text[start:end].strip() for start, end in shown["spans"]] == ["2x", "x + x"]
    assert shown["proof"]["verdict"] == "correct"
    assert 'data-step="0"' in shown["html"]
    assert 'data-step="1"' in shown["html"]
    assert "<html" not in shown["html"]


def test_what_is_given_beside_the_text_is_not_added_to_it(client):
    page = {"text": r"$$f(x) = x + \kappa = x + \beta$$", "define": [r"\kappa = \beta"]}
    assert client.post("/views/proof", json=page).json()["text"] == page["text"]


def test_places_are_in_the_text_that_was_read(client):
    page = "<p>Let \\(f(x) = x^2\\). Then</p> <p>\\[f'(x) = 2x\\]</p>"
    shown = client.post("/views/proof", json={"text": f"<html><body>{page}</body></html>"}).json()
    (span,) = shown["spans"]
    assert shown["text"][slice(*span)].strip() == "2x"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_given_becomes_an_element(client, text):
    answer = client.post("/views/proof", json={"text": text, "define": [], "assume": []})
    assert answer.status_code in (200, 422)
    html = answer.json().get("html", "")
    for tag in ("<script", "<img", "<svg", "<b>", "<i>", "onerror=alert(1)>"):
        assert tag not in html


def test_what_was_found_can_be_taken_along(client):
    copies = client.post("/views/copies", json={"text": "$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$"}).json()
    assert copies["markdown"].startswith("**Line 1 is wrong.**")
    assert r"\begin{align*}" in copies["latex"]
    assert copies["html"].startswith("<!DOCTYPE html>")


def test_a_row_is_shown_with_its_numbers(client):
    shown = client.post("/views/explanation", json={"logits": [2, 1], "targets": [1, 1]}).json()
    assert shown["worked"]["s"] == 2
    assert "Jacobian" in shown["html"]


def test_a_step_is_explained(client):
    page = {"text": r"$$f(x) = \log x^2$$ $$f'(x) = \frac{1}{x^2} 2x = \frac{2}{x}$$"}
    html = client.post("/views/why", json={**page, "step": 0}).json()["html"]
    assert "chain" in html
    assert client.post("/views/why", json={**page, "step": 9}).json() == {
        "error": "step: expected a number below 2, got 9"
    }
