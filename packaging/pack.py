"""Makes what packages consist of, from a binary that was built.

    python3 packaging/pack.py share BINARY FOLDER             licences, completions and manual pages
    python3 packaging/pack.py archive BINARY TARGET FOLDER    bilint-v0.1.0-TARGET.tar.gz and its SHA-256, as a release has them
    python3 packaging/pack.py licences FOLDER                 the licences only
    python3 packaging/pack.py crates FOLDER                   the licences of the libraries only

Every package is made from these files; `licences.tsv` lists those about licences. An archive of the same files is the same byte
for byte. Needs Python 3.10 or later and cargo.
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

# The name of the completion script of each shell.
COMPLETIONS = {
    "bash": "bilint.bash",
    "zsh": "_bilint",
    "fish": "bilint.fish",
    "powershell": "bilint.ps1",
    "elvish": "bilint.elv",
}


def version():
    """The version in Cargo.toml."""
    return re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]


def licences():
    """The files about licences, each with its name in a package."""
    lines = (HERE / "licences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(ROOT / file, name) for file, name, _licence, _covers in rows]


# The texts of the licences of the libraries in the binary.
CRATES = "LICENSES-crates.txt"


def crate_licences():
    """The texts of the licences of all libraries that are compiled into the program or the module for Python, on any system."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--manifest-path", ROOT / "Cargo.toml"]
    metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    own = metadata["workspace_members"]
    seen, open_ = set(), [*own]
    while open_:
        node = open_.pop()
        if node in seen:
            continue
        seen.add(node)
        for dependency in nodes[node]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                open_.append(dependency["pkg"])
    out = ["The libraries in bilint, and their licences.\n"]
    texts = {}
    for package in sorted((packages[i] for i in seen.difference(own)), key=lambda p: (p["name"], p["version"])):
        out.append(f"{package['name']} {package['version']}: {package['license'] or package['license_file']}\n")
        folder = Path(package["manifest_path"]).parent
        for file in sorted(folder.iterdir()):
            is_licence = re.match(r"(?i)(licen[cs]e|copying|notice|unlicense|copyright)", file.name)
            if is_licence and file.is_file():
                text = file.read_text(encoding="utf-8", errors="replace").strip()
                texts.setdefault(text, []).append(f"{package['name']} {package['version']}")
    for text, names in texts.items():
        out.append(f"\n{'=' * 80}\n{', '.join(names)}\n{'=' * 80}\n\n{text}\n")
    return "".join(out)


def write_crate_licences(folder):
    """Writes the licences of the libraries to the folder."""
    (folder / CRATES).write_text(crate_licences(), encoding="utf-8")


def write_licences(folder):
    """Copies the files about licences to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, name in licences():
        shutil.copyfile(file, folder / name)
    write_crate_licences(folder)


def share(binary, folder):
    """Writes licences, completions and manual pages to folders of the folder, which are emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    write_licences(folder / "licences")
    (folder / "completions").mkdir()
    for shell, name in COMPLETIONS.items():
        with open(folder / "completions" / name, "wb") as out:
            subprocess.run([binary, "completions", shell], check=True, stdout=out)
    subprocess.run([binary, "man", "--output-dir", folder / "man"], check=True)


def archive(binary, target, folder):
    """Writes the archive of a release for the target, and the file with its SHA-256. Returns the path of the archive."""
    name = f"bilint-v{version()}-{target}"
    shared = folder / f"{name}.share"
    share(binary, shared)
    files = {binary.name: binary, "README.md": ROOT / "README.md", "CHANGELOG.md": ROOT / "CHANGELOG.md"}
    files |= {path.name: path for path in (shared / "licences").iterdir()}
    for part in ["completions", "man"]:
        files |= {f"{part}/{path.name}": path for path in (shared / part).iterdir()}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for inside, path in sorted(files.items()):
            entry = tarfile.TarInfo(f"{name}/{inside}")
            entry.size = path.stat().st_size
            entry.mode = 0o755 if path == binary else 0o644
            with open(path, "rb") as content:
                tar.addfile(entry, content)
    shutil.rmtree(shared)
    path = folder / f"{name}.tar.gz"
    path.write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    # With a line feed on every system, for sha256sum.
    (folder / f"{path.name}.sha256").write_bytes(f"{digest}  {path.name}\n".encode())
    return path


def main():
    match sys.argv[1:]:
        case ["share", binary, folder]:
            share(Path(binary).resolve(), Path(folder))
        case ["archive", binary, target, folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            print(archive(Path(binary).resolve(), target, Path(folder)))
        case ["licences", folder]:
            write_licences(Path(folder))
        case ["crates", folder]:
            write_crate_licences(Path(folder))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
