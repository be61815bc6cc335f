"""Write the names of Certificate Transparency logs: `resources/data/ct_logs.tsv`.

They come from CryptoDataHub, which gathers the lists of all browsers and keeps logs that are
retired: old certificates name them. Unpack its wheel, then:

    python -m tools.ct_logs cryptodatahub/common/certificate-transparency-log.json VERSION
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "mtlsgui" / "resources" / "data" / "ct_logs.tsv"
HEADER = """\
# Certificate Transparency logs: SHA-256 of the log's key (RFC 6962, section 3.2), name.
# Made by tools/ct_logs.py from CryptoDataHub {version}; not to be edited by hand.
# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
# the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.
"""


def main() -> None:
    """Read the list, check each log's id against its key, and write the file."""
    if len(sys.argv) != 3:
        sys.exit("usage: python -m tools.ct_logs certificate-transparency-log.json VERSION")
    source, version = sys.argv[1:]
    logs = json.loads(Path(source).read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for log in logs.values():
        digest = hashlib.sha256(base64.b64decode(log["key"])).digest()
        if digest != base64.b64decode(log["log_id"]):
            sys.exit(f"{log['description']}: its id is not the digest of its key")
        names[digest.hex()] = " ".join(log["description"].split())
    lines = [
        f"{log_id}\t{name}\n" for log_id, name in sorted(names.items(), key=lambda log: log[1])
    ]
    text = HEADER.format(version=version) + "".join(lines)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(lines):,} logs in {TARGET.name}")


if __name__ == "__main__":
    main()
