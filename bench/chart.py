"""Draws the CPU seconds of the loaders as bars, a panel for each number of rows.

    python3 chart.py CHART.svg < lines of "ROWS LOADER SECONDS"
"""
import sys

NAMES = {
    "catalog-drop": "Catalog Drop",
    "mapped": "… by a mapping file",
    "peer": "an earlier version",
    "camel": "plain Camel route",
    "node": "plain Node loader",
    "python": "plain Python loader",
}
WIDTH, LABEL, BAR, ROW = 760, 190, 470, 26
STYLE = """text{font:14px system-ui,sans-serif;fill:#222}.title{font-weight:600}.bar{fill:#8a94a6}.ours{fill:#0b6bcb}
@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.bar{fill:#7c8798}.ours{fill:#4aa3ff}}"""


def panels(lines):
    """The loaders and their seconds, by the number of rows, in the order of the lines."""
    found = {}
    for line in lines:
        rows, loader, seconds = line.split()
        found.setdefault(int(rows), []).append((loader, float(seconds)))
    return found


def draw(found):
    y = 0
    parts = []
    for rows, loaders in found.items():
        y += 34
        unit = "row" if rows == 1 else "rows"
        parts.append(f'<text class="title" x="0" y="{y}">{f"{rows:,}".replace(",", " ")} {unit}: CPU seconds of the whole process</text>')
        longest = max(seconds for _, seconds in loaders)
        for loader, seconds in loaders:
            y += ROW
            length = BAR * seconds / longest
            kind = "ours" if loader in ("catalog-drop", "mapped") else "bar"
            parts.append(f'<text x="0" y="{y}">{NAMES[loader]}</text>')
            parts.append(f'<rect class="{kind}" x="{LABEL}" y="{y - 14}" width="{length:.1f}" height="18" rx="2"/>')
            parts.append(f'<text x="{LABEL + length + 8:.1f}" y="{y}">{seconds:.1f}</text>')
        y += 8
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 16}" role="img"'
        f' aria-label="CPU seconds of the loaders">\n<style>{STYLE}</style>\n{body}\n</svg>\n'
    )


with open(sys.argv[1], "w", encoding="utf-8") as chart:
    chart.write(draw(panels(sys.stdin)))
