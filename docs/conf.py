"""How the documentation is built: ``make docs``. Warnings are errors there."""

from __future__ import annotations

from importlib import metadata

project = "ByWhen"
author = "The ByWhen authors"
copyright = "2026, the ByWhen authors"
release = metadata.version("bywhen")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "ByWhen"
html_show_sourcelink = False
html_copy_source = False
