"""What a page may load and run (Content-Security-Policy), stated in the page itself, so that a saved file has it too.

Only the scripts that were written into it run, each named by its hash; nothing is fetched from anywhere but, in the
dashboard, from its own server, and, if the user turned the network on, the tiles of the street map. Were a name of a
dataset ever taken for markup, it could run nothing and tell nobody.
"""

import base64
import hashlib
import re

TILE_SERVER = "https://tile.openstreetmap.org"
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = "<head>\n"


def with_policy(page: str, own_server: bool, network: bool) -> str:
    """The page with its policy at the beginning of its head. own_server: it fetches its data. network: it has tiles.

    Whatever is put into a script later changes its hash, and the script does not run: this comes last.
    """
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _SCRIPT.findall(page)]
    rules = {
        "default-src": ["'none'"],
        "script-src": [f"'sha256-{each}'" for each in dict.fromkeys(hashes)],
        "worker-src": ["blob:"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:", *([TILE_SERVER] if network else [])],
        "connect-src": ["'self'"] if own_server else ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    policy = "; ".join(f"{rule} {' '.join(sources)}" for rule, sources in rules.items())
    before, head, after = page.partition(_HEAD)
    stated = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    return f"{before}{head}{stated}{after}"
