"""Build hook: packs the collected browser assets into wheel and sdist, so that an installed ByWhen needs no Node."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsBuildHook(BuildHookInterface):
    """Adds ``shell/static/vendor`` (git-ignored) to what is built; collects it first where it is missing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Editable installs are left alone: there ``make assets`` fills the folder that the server reads."""
        if version == "editable":
            return
        vendor = Path(self.root) / "src" / "bywhen" / "shell" / "static" / "vendor"
        if not (vendor / "stamp.txt").is_file():
            runpy.run_path(str(Path(self.root) / "scripts" / "assets.py"))["assets_collect"]()
        build_data["artifacts"].append("src/bywhen/shell/static/vendor/**")
