import re

import pytest

from pminusy.web.examples import EXAMPLES


@pytest.mark.parametrize("path", ["/", "/softmax", "/api"])
def test_a_page_holds_no_script_and_no_style_of_its_own_and_asks_nobody_else(client, path):
    page = client.get(path).text
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"""\son\w+=|\sstyle=|(?:src|href)="(?:https?:)?//""", page)


@pytest.mark.parametrize("path", ["/", "/softmax", "/api"])
def test_all_that_a_page_needs_is_there(client, path):
    page = client.get(path).text
    needed = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert needed
    assert {each: client.get(f"/{each.removeprefix('./')}").status_code for each in needed} == dict.fromkeys(
        needed, 200
    )


def test_the_modules_that_a_script_imports_are_there(client):
    for name in ("proofread", "softmax"):
        script = client.get(f"/static/{name}.js")
        assert script.headers["content-type"].startswith("text/javascript")
        for imported in re.findall(r'from "\./([^"]+)"', script.text):
            assert client.get(f"/static/{imported}").status_code == 200


def test_the_examples_are_on_the_page(client):
    page = client.get("/").text
    for example in EXAMPLES:
        assert f">{example.title}</option>" in page


def test_the_style_is_that_of_the_reports(client):
    style = client.get("/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert ".mistake" in style.text
    assert "--paper" in style.text


def test_the_description_of_the_api_shows_how_to_call_this_server(client):
    assert "http://localhost/api/proofread" in client.get("/api").text
