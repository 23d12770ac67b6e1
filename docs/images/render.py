#!/usr/bin/env python3
"""Takes a picture of what a command prints on a terminal.

    docs/images/render.py [--columns N] [--light] OUT.png COMMAND [ARGUMENT...]

The command runs on a pseudo-terminal of N columns; Chromium renders its output. docs/images/check.png is

    docs/images/render.py docs/images/check.png target/release/bilint check corpus/open-science-action-plan.txt

Needs chromium and a monospaced font with Chinese characters (Debian: chromium, fonts-noto-cjk).
"""

import argparse
import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import tempfile
import termios
import unicodedata

CELL, LINE, FONT, MARGIN = 9, 20, 15, 16
# The palette of GNOME Terminal: colours 0–7, then their bright variants.
PALETTE = (
    "#171421 #c01c28 #26a269 #a2734c #12488b #a347ba #2aa1b3 #d0cfcc "
    "#5e5c64 #f66151 #33d17a #e9ad0c #2a7bde #c061cb #33c7de #ffffff"
).split()


def run(command, columns):
    """What the command prints on a terminal of that many columns."""
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CLICOLOR_FORCE")}
    process = subprocess.Popen(command, stdout=secondary, stderr=secondary, env={**env, "TERM": "xterm-256color"})
    os.close(secondary)
    output = b""
    while True:
        try:
            chunk = os.read(primary, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        output += chunk
    process.wait()
    return output.decode().replace("\r\n", "\n").rstrip("\n")


def style(codes):
    """The CSS of a set of SGR codes."""
    css = []
    for code in codes:
        if code == 1:
            css.append("font-weight:bold")
        elif code == 2:
            css.append("opacity:.6")
        elif 30 <= code <= 37:
            css.append(f"color:{PALETTE[code - 30]}")
        elif 90 <= code <= 97:
            css.append(f"color:{PALETTE[code - 90 + 8]}")
    return ";".join(css)


def cells(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def render_line(line, codes):
    """A line as HTML, every character in boxes as wide as its cells, and the codes in effect at its end."""
    parts = []
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            for code in (int(c or 0) for c in piece[2:-1].split(";")):
                codes = [] if code == 0 else [*codes, code]
            continue
        for c in piece:
            width = cells(c)
            if width == 0 and parts:
                parts[-1] = parts[-1].removesuffix("</i>") + c + "</i>"
            else:
                parts.append(f'<i style="width:{width * CELL}px;{style(codes)}">{html.escape(c)}</i>')
    return "<div>" + "".join(parts) + "</div>", codes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--columns", type=int, default=100)
    parser.add_argument("--light", action="store_true", help="a white background")
    parser.add_argument("picture")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    lines = [f"$ {os.path.basename(args.command[0])} {' '.join(args.command[1:])}"]
    lines += run(args.command, args.columns).split("\n")
    body, codes = [], []
    for line in lines:
        rendered, codes = render_line(line, codes)
        body.append(rendered)
    foreground, background = ("#171421", "#ffffff") if args.light else ("#d0cfcc", "#171421")
    page = (
        "<meta charset=utf-8><style>"
        f"body{{margin:{MARGIN}px;background:{background};color:{foreground};"
        f"font:{FONT}px/{LINE}px 'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace}}"
        f"div{{height:{LINE}px;white-space:pre}}i{{display:inline-block;font-style:normal}}</style>" + "".join(body)
    )
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "page.html")
        with open(source, "w", encoding="utf-8") as f:
            f.write(page)
        width = args.columns * CELL + 2 * MARGIN
        height = len(lines) * LINE + 2 * MARGIN
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder}/profile",
             f"--window-size={width},{height}", f"--screenshot={os.path.abspath(args.picture)}", f"file://{source}"],
            check=True,
            stderr=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    main()
