"""Fetches the front-end parts that no Python package carries: npm ci, then a copy. No bundler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST_NODE = 18
PARTS = ("echarts/dist/echarts.min.js",)
VENDOR = Path("src/huiyin/web/vendor")


def inputs(root: Path) -> list[Path]:
    """The files that say what is fetched."""
    return [root / "package.json", root / "package-lock.json", Path(__file__)]


def state(root: Path, digest: str) -> str:
    """The digest, marked incomplete when a copied file is gone."""
    whole = all((root / VENDOR / Path(part).name).exists() for part in PARTS)
    return f"{digest} {'complete' if whole else 'incomplete'}"


def fetch(root: Path, environment: Path) -> None:
    """Installs the locked packages and copies what pages use; a Node.js comes from PyPI if there is none."""
    print("setup: fetching front-end parts", flush=True)
    path = os.environ["PATH"]
    if not node_is_new_enough(path):
        pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", root / "requirements" / "node.txt"], check=True)
        path = f"{environment / 'bin'}{os.pathsep}{path}"
    npm = shutil.which("npm", path=path) or "npm"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    subprocess.run([npm, "ci", *quiet], cwd=root, env={**os.environ, "PATH": path}, check=True)
    copy(root)


def node_is_new_enough(path: str) -> bool:
    """Whether node and npm are there and not too old."""
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", told)
    return version is not None and int(version.group(1)) >= OLDEST_NODE


def copy(root: Path) -> None:
    """Copies the parts and, where there are, their source maps, which the manifest of static files wants."""
    (root / VENDOR).mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = root / "node_modules" / part
        for path in (source, source.with_name(f"{source.name}.map")):
            if path.exists():
                shutil.copyfile(path, root / VENDOR / path.name)
