"""Makes the npm packages from the archives of a release.

    python3 packaging/npm/build.py ARCHIVES FOLDER [--all] [--repository URL]

ARCHIVES is the folder with `bilint-v0.1.0-TARGET.tar.gz`, as `packaging/pack.py archive` writes them. Each becomes a package
`@bilint/PLATFORM` in FOLDER, and `bilint` depends on those that there are. With --all, it is an error if a platform has no
archive, as in a release. `npm publish` takes the folders: the platforms first, then `bilint`.
"""

import argparse
import json
import shutil
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from pack import CRATES, licences, version, write_licences  # noqa: E402

COMMON = {
    "version": version(),
    "license": "(MIT OR Apache-2.0) AND CC-BY-SA-4.0 AND CC0-1.0 AND MIT AND Apache-2.0",
}


def write_manifest(folder, manifest, repository):
    """Writes package.json. The repository is where the release is published, which npm compares with the provenance."""
    manifest = manifest | COMMON
    if repository:
        manifest["repository"] = {"type": "git", "url": repository}
        manifest["homepage"] = repository
    (folder / "package.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def platform_package(platform, about, archive, folder, repository):
    """Writes the package of a platform: the program, and the licences of the archive."""
    folder.mkdir(parents=True)
    program = "bilint.exe" if about["os"] == "win32" else "bilint"
    names = [program, CRATES, *(name for _, name in licences())]
    with tarfile.open(archive) as tar:
        for name in names:
            entry = tar.getmember(f"{archive.name.removesuffix('.tar.gz')}/{name}")
            (folder / name).write_bytes(tar.extractfile(entry).read())
            (folder / name).chmod(entry.mode)
    (folder / "README.md").write_text(f"# {package(platform)}\n\nThe program of the package `bilint` for {platform}.\n")
    manifest = {
        "name": package(platform),
        "description": f"bilint for {platform}",
        "os": [about["os"]],
        "cpu": [about["cpu"]],
        "files": names,
        # Yarn keeps packages in archives, from which no program can be started.
        "preferUnplugged": True,
    }
    write_manifest(folder, manifest, repository)


def package(platform):
    """The name of the package of a platform."""
    return f"@bilint/{platform}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("archives", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--repository", help="the URL of the repository, as in https://example.org/bilint")
    arguments.add_argument("--all", action="store_true", help="every platform must have an archive")
    args = arguments.parse_args()
    shutil.rmtree(args.folder, ignore_errors=True)
    built = []
    for platform, about in json.loads((HERE / "platforms.json").read_text()).items():
        paths = [args.archives / f"bilint-v{version()}-{target}.tar.gz" for target in about["targets"]]
        archive = next((path for path in paths if path.exists()), None)
        if archive is None and args.all:
            sys.exit(f"{args.archives} has no archive for {platform}: {', '.join(path.name for path in paths)}")
        if archive is not None:
            platform_package(platform, about, archive, args.folder / platform, args.repository)
            built.append(platform)
    if not built:
        sys.exit(f"{args.archives} has no archive of bilint {version()}")
    main_folder = args.folder / "bilint"
    (main_folder / "bin").mkdir(parents=True)
    shutil.copyfile(HERE / "launcher.js", main_folder / "bin" / "bilint.js")
    (main_folder / "bin" / "bilint.js").chmod(0o755)
    shutil.copyfile(HERE / "README.md", main_folder / "README.md")
    write_licences(main_folder)
    manifest = {
        "name": "bilint",
        "description": "Linter for Chinese–English translations: names, terms, quantities and omissions",
        "keywords": ["translation", "chinese", "lint", "terminology", "i18n"],
        "bin": {"bilint": "bin/bilint.js"},
        "files": ["bin", CRATES, *(name for _, name in licences())],
        "engines": {"node": ">=18"},
        "optionalDependencies": {package(platform): version() for platform in built},
    }
    write_manifest(main_folder, manifest, args.repository)
    print(*sorted(path.name for path in args.folder.iterdir()))


if __name__ == "__main__":
    main()
