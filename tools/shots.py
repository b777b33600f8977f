"""Takes pictures of pages for people to look at: desk and phone, Chinese and English, light and dark.

python tools/shots.py http://127.0.0.1:8000 /tmp/shots / /cases/ --role agent
python tools/shots.py http://127.0.0.1:8000 /tmp/shots /components/ --only desk-zh-light --whole
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import click
from playwright.sync_api import Browser, BrowserContext, sync_playwright

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
THEMES = ("light", "dark")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def open_context(browser: Browser, base: str, size: str, language: str, theme: str) -> BrowserContext:
    """A fresh visitor with this screen, language and theme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme="dark" if theme == "dark" else "light",
        has_touch=size == "phone",
        is_mobile=size == "phone",
    )
    context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": base}])
    return context


def sign_in(context: BrowserContext, base: str, role: str, language: str, theme: str) -> None:
    """Signs in to the demo in a role, in the picture's language and theme."""
    page = context.new_page()
    page.goto(f"{base}/accounts/login/")
    page.click(f'button[name=role][value="{role}"]')
    page.goto(f"{base}/components/")
    for address, name, value in (("language", "language", LANGUAGES[language]), ("theme", "theme", theme)):
        page.evaluate(
            """async ([address, name, value]) => {
                const body = new URLSearchParams({[name]: value});
                const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
                await fetch(address, {method: "POST", body, headers: {"X-CSRFToken": token}, redirect: "manual"});
            }""",
            [f"{base}/{address}/", name, value],
        )
    page.close()


def file_name(address: str, kind: str) -> str:
    """``cases-7.desk-zh-light.png`` for ``/cases/7/``."""
    stem = re.sub(r"[^\w]+", "-", address).strip("-") or "home"
    return f"{stem}.{kind}.png"


@click.command()
@click.argument("base")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("addresses", nargs=-1, required=True)
@click.option("--role", help="Sign in to the demo in this role first.")
@click.option("--only", help="A regular expression over desk-zh-light, phone-en-dark, …")
@click.option("--whole", is_flag=True, help="The whole page, not just the first screen.")
@click.option("--chromium", default="/usr/bin/chromium", help="Path of the browser.")
def main(
    base: str, folder: Path, addresses: tuple[str, ...], role: str | None, only: str | None, whole: bool, chromium: str
) -> None:
    """Takes pictures of ADDRESSES of the site at BASE into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        for size, language, theme in itertools.product(SIZES, LANGUAGES, THEMES):
            kind = f"{size}-{language}-{theme}"
            if only and not re.search(only, kind):
                continue
            context = open_context(browser, base, size, language, theme)
            if role:
                sign_in(context, base, role, language, theme)
            page = context.new_page()
            page.on("console", lambda said: said.type == "error" and click.echo(f"  {said.text}"))
            page.on("pageerror", lambda error: click.echo(f"  {error}"))
            for address in addresses:
                page.goto(base + address, wait_until="load")
                target = folder / file_name(address, kind)
                page.screenshot(path=target, full_page=whole)
                click.echo(str(target))
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
