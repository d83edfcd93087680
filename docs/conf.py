"""The documentation site: `make docs` builds it into build/docs, with warnings as errors."""

import re
import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "pminusy"
author = "The pminusy developers"
copyright = author
version = release = version_of("pminusy")

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinx-mathjax-offline",  # MathJax comes with the site: reading it asks no other host
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
    "checked_formulas",
    "repository_links",
]
templates_path = ["_templates"]
exclude_patterns = ["_ext", "_templates", "examples"]
suppress_warnings = ["config.cache", "myst.header"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "dollarmath", "deflist"]
myst_heading_anchors = 4

autosummary_generate = True
toc_object_entries_show_parents = "hide"
autodoc_typehints = "none"  # docstrings name the types
# pminusy.mlflow, .onnx and .torch import these. Stand-ins give the same pages everywhere, and need no install.
autodoc_mock_imports = ["mlflow", "onnx", "skl2onnx", "skops", "torch"]
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

sphinx_gallery_conf = {
    "examples_dirs": "examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"\.py$",
    "abort_on_example_error": True,
    "download_all_examples": False,
    "show_signature": False,
    "min_reported_time": 10_000,
    "write_computation_times": False,
    "default_thumb_file": None,
    "remove_config_comments": True,
    "image_scrapers": ("matplotlib",),
    "plot_gallery": True,
}

mathjax_path = "mathjax/tex-chtml.js"

html_theme = "pydata_sphinx_theme"
html_title = "pminusy"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_favicon = "../src/pminusy/web/static/icon.svg"
html_theme_options = {
    "logo": {"text": "pminusy"},
    "show_prev_next": True,
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
    "icon_links": [],
    "navbar_end": ["theme-switcher"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {"default_mode": "auto"}
html_sidebars = {"changelog": [], "comparison": [], "faq": [], "start": []}


def _skip_routing(_app, _what, name, _member, skip, _options):
    """What scikit-learn adds to every estimator for metadata routing is documented there."""
    return True if re.fullmatch(r"set_\w+_request|get_metadata_routing", name) else skip


def setup(app):
    """Register with Sphinx."""
    app.connect("autodoc-skip-member", _skip_routing)
