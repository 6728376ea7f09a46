#!/usr/bin/env python3
"""Opens a page of `turfwatch report` in a headless Chromium and tries what a reader does with it.

    tests/browser/check.py TURFWATCH [FILE] [--screenshots FOLDER]

Without FILE, a small file with hostile reviews is written and reported. Needs python3 and chromium, nothing else: the
browser is spoken to over its debugging pipe. Where there is no Chromium, it says NOT MEASURED and ends with 0.
"""

import argparse
import base64
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HOSTILE = [
    "<script>window.hacked = 1</script> The room was clean.",
    '"><img src=x onerror="window.hacked = 2"> Breakfast was cold.',
    "</script><script>window.hacked = 3</script> The staff was friendly.",
    "'); window.hacked = 4; //  ${window.hacked = 5} We will be back.",
    "<style>body { display: none }</style><svg onload=window.hacked=6></svg> Look no further!",
    "<a href='javascript:window.hacked=7' autofocus onfocus=window.hacked=8>here</a> Paradise on earth.",
]


def hostile_file(folder):
    """Reviews of three houses, in which every field tries to be more than text."""
    path = folder / "hostile.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["review_id", "property_name", "property_place", "reviewer_id", "rating", "published", "title", "text"])
        for row in range(90):
            attack = HOSTILE[row % len(HOSTILE)]
            house = ["Gannet " + HOSTILE[0][:40], "Lorvane \"'><b onmouseover=window.hacked=9>", "Tessandre"][row % 3]
            writer.writerow([
                f"r{row}<script>", house, "Lyon </title><script>window.hacked=10</script>", f"u{row % 30}<img onerror=alert(1)>",
                1 + row % 5, f"2024-{1 + row % 12:02}-{1 + row % 27:02}", attack[:30], f"{attack} Visit number {row}.",
            ])
    return path


class Browser:
    """A Chromium behind a pipe: messages are JSON, each ended by a zero byte."""

    def __init__(self, program, folder):
        read_commands, self.commands = os.pipe()
        self.answers, write_answers = os.pipe()

        def connect():
            # The browser reads from 3 and writes to 4; copies made first, so that neither is overwritten.
            source, target = os.dup(read_commands), os.dup(write_answers)
            os.dup2(source, 3)
            os.dup2(target, 4)

        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={folder}/profile"]
        self.process = subprocess.Popen(
            [program, *options, "about:blank"], preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(read_commands)
        os.close(write_answers)
        self.buffer, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log"]:
            self.call(f"{domain}.enable")

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.answers, 1 << 20)
            if not part:
                raise SystemExit("the browser ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def run(self, script):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def open(self, path, width, height, dark=False):
        """Loads a page; seconds until it was loaded and laid out."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        started = time.monotonic()
        self.call("Page.navigate", url=path.resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        self.run("document.body.offsetHeight")
        self.events = [event for event in self.events if event.get("method") != "Page.loadEventFired"]
        return time.monotonic() - started

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot")["data"]
        path.write_bytes(base64.b64decode(data))

    def complaints(self):
        """What the console and the log said of errors."""
        said = []
        for event in self.events:
            params = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                said.append(params["exceptionDetails"].get("text", "exception"))
            if event.get("method") == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
                said.append(str(params["args"]))
            if event.get("method") == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
                said.append(params["entry"]["text"])
        return said

    def close(self):
        self.call("Browser.close")
        self.process.wait(timeout=20)


FAILED = []


def check(what, holds, found=""):
    print(f"{'ok    ' if holds else 'FAILED'} {what}{'' if holds else f': {found}'}")
    if not holds:
        FAILED.append(what)


def try_page(browser, page, folder):
    seconds = browser.open(page, 1280, 900)
    print(f"       loaded in {seconds:.2f} s, {page.stat().st_size / 1e6:.2f} MB, {browser.run('document.querySelectorAll(`*`).length')} elements")
    check("nothing of a review has run", browser.run("window.hacked") is None, browser.run("window.hacked"))
    check("the page has one script and one style, its own",
          browser.run("[document.scripts.length, document.querySelectorAll('style').length].join()") == "1,1")
    check("no element has an event handler or a foreign address",
          browser.run("[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on') && !/^\\s*(javascript|data|https?):/i.test(a.value)))"))
    rows = "[...document.querySelectorAll('#property-rows tr')]"
    if browser.run(f"{rows}.length") > 1:
        column = "[...document.querySelectorAll('.properties thead th')]"
        for at in range(browser.run(f"{column}.length")):
            for expected in range(2):
                browser.run(f"{column}[{at}].querySelector('button').click()")
                order = browser.run(f"{column}[{at}].getAttribute('aria-sort')")
                values = browser.run(f"{rows}.map(r => r.cells[{at}].dataset.value ?? r.cells[{at}].textContent)")
                known = [value for value in values if value != ""]
                numbers = all(value.replace(".", "", 1).replace("-", "", 1).isdigit() for value in known)
                if numbers:
                    known = [float(value) for value in known]
                    good = known == sorted(known, reverse=order == "descending")
                else:
                    good = len(set(known)) < 2 or values != browser.run(f"{rows}.map(r => r.cells[{at}].textContent).reverse()")
                good = good and values[len(known):] == [""] * (len(values) - len(known))
                check(f"column {at + 1} sorts, {order}", good and order is not None, values[:5])
        check("one column is marked as sorted", browser.run(f"{column}.filter(h => h.ariaSort).length") == 1)
        word = browser.run(f"{rows}[0].cells[0].textContent.trim().split(/\\s+/)[0].toLowerCase()")
        type_in = "(name, value) => { const e = document.querySelector(`[data-of=property-rows] [name=${name}]`); e.value = value; e.dispatchEvent(new Event(name === 'text' ? 'input' : 'change')); }"
        browser.run(f"({type_in})('text', {json.dumps(word)})")
        shown = browser.run(f"{rows}.filter(r => !r.hidden).map(r => r.textContent.toLowerCase())")
        check("search leaves the rows with the word", shown and all(word in row for row in shown), shown[:2])
        browser.run(f"({type_in})('text', 'no such word anywhere')")
        check("search for nothing there leaves none", browser.run(f"{rows}.filter(r => !r.hidden).length") == 0)
        browser.run(f"({type_in})('text', '')")
        group = browser.run(f"{rows}[0].dataset.group")
        browser.run(f"({type_in})('group', '{group}')")
        check("the choice leaves one kind of finding", browser.run(f"{rows}.every(r => r.hidden !== (r.dataset.group === '{group}'))"))
        browser.run(f"({type_in})('group', '')")
    cards = "[...document.querySelectorAll('#review-list > article')]"
    if browser.run(f"{cards}.length") > 1:
        for name, key in [("probability down", "probability"), ("stars up", "stars"), ("day up", "day")]:
            browser.run(f"(() => {{ const e = document.querySelector('[data-of=review-list] [name=order]'); e.value = '{name}'; e.dispatchEvent(new Event('change')); }})()")
            values = [float(value) for value in browser.run(f"{cards}.map(c => c.dataset.{key}).filter(v => v !== '')")]
            check(f"reviews sort by {name}", values == sorted(values, reverse=name.endswith("down")), values[:5])
    check("a reader of the keyboard reaches the theme button first",
          browser.run("(() => { const b = document.getElementById('theme'); b.focus(); return document.activeElement === b; })()"))
    colour = "getComputedStyle(document.body).backgroundColor"
    before = browser.run(colour)
    browser.run("document.getElementById('theme').click()")
    check("the button turns light to dark", browser.run(colour) != before, before)
    for width, dark in [(1280, False), (1280, True), (390, False), (390, True)]:
        browser.open(page, width, 900 if width > 600 else 844, dark)
        check(f"nothing is wider than the screen at {width}", browser.run("document.documentElement.scrollWidth <= innerWidth"),
              browser.run("document.documentElement.scrollWidth"))
        if folder:
            name = f"{page.stem}-{width}-{'dark' if dark else 'light'}"
            for part in ["", "scores", "campaigns", "properties", "reviews", "data"]:
                browser.run(f"document.getElementById('{part}').scrollIntoView()" if part else "scrollTo(0, 0)")
                browser.screenshot(folder / f"{name}-{part or 'top'}.png")
    if folder:
        browser.open(page, 794, 1123)
        browser.call("Emulation.setEmulatedMedia", media="print")
        for part in ["campaigns", "properties", "reviews"]:
            browser.run(f"document.getElementById('{part}').scrollIntoView()")
            browser.screenshot(folder / f"{page.stem}-print-{part}.png")
    said = browser.complaints()
    check("the console is silent", not said, said)
    # Last, because the browser says in the console that it refused.
    browser.run("document.body.insertAdjacentHTML('beforeend', `<img src='x:' onerror='window.hacked = 11'><a href='javascript:window.hacked = 12' id='hostile'>x</a>`)")
    browser.run("document.getElementById('hostile').click()")
    browser.run("new Promise(done => setTimeout(done, 300))")
    check("the policy stops what would get in all the same", browser.run("window.hacked") is None, browser.run("window.hacked"))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("turfwatch", type=pathlib.Path)
    arguments.add_argument("file", type=pathlib.Path, nargs="?")
    arguments.add_argument("--language", default="en", choices=["en", "fr"])
    arguments.add_argument("--screenshots", type=pathlib.Path)
    given = arguments.parse_args()
    program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if program is None:
        print("NOT MEASURED: there is no Chromium here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        source = given.file or hostile_file(folder)
        page = source if source.suffix == ".html" else folder / f"{source.stem}.html"
        if page != source:
            done = subprocess.run([given.turfwatch, "report", source, "-o", page, "--explain-in", given.language])
            check("the page is written", done.returncode in (0, 3), done.returncode)
            if FAILED:
                return 1
        if given.screenshots:
            given.screenshots.mkdir(parents=True, exist_ok=True)
        browser = Browser(program, folder)
        try:
            try_page(browser, page, given.screenshots)
        finally:
            browser.close()
    print(f"{len(FAILED)} failed" if FAILED else "all checks passed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
