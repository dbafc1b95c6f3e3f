"""What a first visit costs an old phone: bytes, requests, and when the text can be read."""

from dataclasses import dataclass

from playwright.sync_api import sync_playwright

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# 400 kbit/s, 400 ms, CPU ÷ 6 (DESIGN §10).
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
READABLE = """() => new Promise((resolve) => {
  let last = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) last = entry.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => resolve(last), 1500);
})"""


@dataclass(frozen=True)
class View:
    """Bytes over the wire, requests, and seconds until the largest text stood on the screen."""

    bytes: int
    requests: int
    readable: float


def visit(base: str, path: str, chromium: str) -> tuple[View, View]:
    """Open `path` with an empty cache, then again: (first view, repeat view)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 360, "height": 640})
        views = (_open(context, base + path), _open(context, base + path))
        browser.close()
    return views


def _open(context: object, address: str) -> View:
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="load")
    readable = page.evaluate(READABLE) / 1000
    page.close()
    return View(sum(sizes), sum(1 for size in sizes if size), readable)
