//! The order of the source files: a room imports only rooms below it, rules import no rules, files of a room do not
//! import each other in circles. What a file imports is read from the paths in it that begin with `crate`, `super` or
//! `self`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A module as its path in the crate: `["rules", "terms"]`.
type Module = Vec<String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below `folder`, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module that a file below `src` holds; none for `lib.rs` and `main.rs`, which may import everything.
fn module(file: &Path) -> Option<Module> {
    let below = file
        .strip_prefix(root().join("src"))
        .expect("a file below src")
        .with_extension("");
    let mut path: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    (path != ["lib"] && path != ["main"]).then_some(path)
}

/// The modules of `src`, each with those that its file imports, itself and its ancestors excepted. A name that a parent
/// re-exports counts as the parent's.
fn imports(with_tests: bool) -> BTreeMap<Module, BTreeSet<Module>> {
    let files: Vec<(Module, PathBuf)> = rust_files(&root().join("src"))
        .into_iter()
        .filter_map(|file| Some((module(&file)?, file)))
        .collect();
    let modules: BTreeSet<Module> = files.iter().map(|(module, _)| module.clone()).collect();
    files
        .into_iter()
        .map(|(module, file)| {
            let text = std::fs::read_to_string(&file).expect("a source file");
            let mut code = without_comments_and_strings(&text);
            if !with_tests && let Some(tests) = code.find("#[cfg(test)]\nmod tests {") {
                code.truncate(tests);
            }
            let imported = paths(&code, &module)
                .into_iter()
                .filter_map(|path| {
                    (1..=path.len())
                        .rev()
                        .map(|n| path[..n].to_vec())
                        .find(|m| modules.contains(m))
                })
                .filter(|imported| !module.starts_with(imported))
                .collect();
            (module, imported)
        })
        .collect()
}

/// The code with comments and the insides of string and character literals blanked.
fn without_comments_and_strings(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let hashes = rest
            .strip_prefix('r')
            .map_or(0, |r| r.chars().take_while(|&c| c == '#').count());
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == 'r' && rest[1 + hashes..].starts_with('"') && !out.ends_with(is_word) {
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = &rest[2 + hashes..];
            2 + hashes + inside.find(&close).map_or(inside.len(), |end| end + close.len())
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = char_literal(rest) {
            length
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skipped..];
    }
    out
}

/// The length of the character literal at the beginning of `code`; none for a lifetime.
fn char_literal(code: &str) -> Option<usize> {
    let inside = code.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|end| end + 4);
    }
    chars.next().filter(|&(_, c)| c == '\'').map(|(at, _)| at + 2)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The paths in `code` that begin with `crate`, `super` or `self`, as paths in the crate.
fn paths(code: &str, module: &[String]) -> Vec<Module> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|c| is_word(c) || c == ':' || c == '$') && !code[..at].ends_with("$crate") {
                continue;
            }
            let here = [module, &inline_modules(code, at)].concat();
            let mut base = if start == "crate::" { Vec::new() } else { here };
            let mut rest = &code[at..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            let rest = rest
                .strip_prefix("crate::")
                .or(rest.strip_prefix("self::"))
                .unwrap_or(rest);
            expand(rest, &base, &mut found);
        }
    }
    found
}

/// The modules with a body, such as `mod tests { … }`, that hold byte `at` of `code`.
fn inline_modules(code: &str, at: usize) -> Module {
    let mut modules = Vec::new();
    for (start, _) in code[..at].match_indices("mod ") {
        let name: String = code[start + 4..].chars().take_while(|&c| is_word(c)).collect();
        let body = start + 4 + name.len();
        if code[..start].ends_with(is_word) || !code[body..].trim_start().starts_with('{') {
            continue;
        }
        let depth = code[body..at].chars().fold(0_i32, |depth, c| match c {
            '{' => depth + 1,
            '}' if depth == 1 => i32::MIN / 2, // the body has ended
            '}' => depth - 1,
            _ => depth,
        });
        if depth > 0 {
            modules.push(name);
        }
    }
    modules
}

/// Adds the paths of the tree at the beginning of `code`: `a::b`, `a::{b, c::d}`.
fn expand(code: &str, base: &[String], found: &mut Vec<Module>) {
    let code = code.trim_start();
    if let Some(inside) = code.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' | ',' if depth == 0 => {
                    expand(&inside[start..at], base, found);
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let name: String = code.chars().take_while(|&c| is_word(c)).collect();
    let path = if name.is_empty() || name == "self" {
        base.to_vec()
    } else {
        [base, std::slice::from_ref(&name)].concat()
    };
    match code[name.len()..].strip_prefix("::") {
        Some(rest) if !name.is_empty() => expand(rest, &path, found),
        _ => found.push(path),
    }
}

/// The rooms in the table of `docs/architecture.md`, from the lowest floor up and from left to right on each.
fn rooms() -> Vec<String> {
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    let mut rows: Vec<&str> = page
        .lines()
        .skip_while(|l| !l.starts_with("| floor |"))
        .take_while(|l| l.starts_with('|'))
        .collect();
    rows.reverse();
    let mut rooms: Vec<String> = Vec::new();
    for cell in rows.iter().filter_map(|row| row.split('|').nth(2)) {
        for name in cell
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('/') || Path::new(name).extension().is_some())
        {
            let room = name.split(['/', '.']).next().unwrap_or_default().to_owned();
            if !rooms.contains(&room) {
                rooms.push(room);
            }
        }
    }
    rooms
}

#[test]
fn rooms_import_only_rooms_below_or_to_their_left() {
    let rooms = rooms();
    let floor = |room: &str| {
        rooms
            .iter()
            .position(|r| r == room)
            .unwrap_or_else(|| panic!("`{room}` is not in the table of docs/architecture.md"))
    };
    let mut wrong = Vec::new();
    for (module, imported) in imports(true) {
        for target in imported {
            if floor(&target[0]) > floor(&module[0]) {
                wrong.push(format!("{} imports {}", module.join("::"), target.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The modules of rules, as the list in `rules/mod.rs` has them: `term_omitted: TermOmitted;`.
fn rules() -> BTreeSet<String> {
    let list = std::fs::read_to_string(root().join("src/rules/mod.rs")).expect("src/rules/mod.rs");
    let lines = list
        .lines()
        .skip_while(|l| !l.starts_with("registry::rules!"))
        .skip(1)
        .take_while(|l| *l != "}");
    let names = lines.filter_map(|l| l.trim().trim_start_matches("pub ").split_once(": "));
    names
        .filter(|(_, rule)| rule.ends_with(';'))
        .map(|(file, _)| file.to_owned())
        .collect()
}

#[test]
fn rules_are_imported_by_no_file_of_their_room() {
    let rules = rules();
    assert!(rules.len() > 30, "the list of rules is not understood: {rules:?}");
    let mut wrong = Vec::new();
    for (module, imported) in imports(true)
        .into_iter()
        .filter(|(m, _)| m.len() > 1 && m[0] == "rules")
    {
        for target in imported
            .iter()
            .filter(|t| t.len() > 1 && t[0] == "rules" && t[1] != module[1])
        {
            if rules.contains(&target[1]) {
                wrong.push(format!("{} imports {}", module.join("::"), target.join("::")));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "what rules share goes into a file of its own:\n{}",
        wrong.join("\n")
    );
}

/// A module and what is inside it may import each other.
fn is_family(a: &[String], b: &[String]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

#[test]
fn files_of_a_room_import_each_other_in_no_circles() {
    let imports = imports(false);
    let edges = |module: &Module| {
        let targets: Vec<Module> = imports
            .get(module)
            .into_iter()
            .flatten()
            .filter(|t| !is_family(module, t))
            .cloned()
            .collect();
        targets
    };
    // Everything that a module reaches.
    let reach: BTreeMap<&Module, BTreeSet<Module>> = imports
        .keys()
        .map(|module| {
            let mut seen = BTreeSet::new();
            let mut open = edges(module);
            while let Some(next) = open.pop() {
                if seen.insert(next.clone()) {
                    open.extend(edges(&next));
                }
            }
            (module, seen)
        })
        .collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, seen) in &reach {
        if seen.contains(*module) {
            let others = reach
                .iter()
                .filter(|(other, back)| seen.contains(**other) && back.contains(*module));
            circles.insert(others.map(|(other, _)| other.join("::")).collect());
        }
    }
    assert!(
        circles.is_empty(),
        "files that import each other in a circle: {circles:?}"
    );
}

#[test]
fn paths_are_read_from_code() {
    let module = ["rules".to_owned(), "a".to_owned()];
    let read = |code: &str| -> Vec<String> {
        let found = paths(&without_comments_and_strings(code), &module);
        found.into_iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(
        read("use crate::text::{Side, span::Span};"),
        ["text::Side", "text::span::Span"]
    );
    assert_eq!(
        read("use super::{b::{self, C}, D};"),
        ["rules::b", "rules::b::C", "rules::D"]
    );
    assert_eq!(
        read("mod tests { use super::*; use super::super::b; }"),
        ["rules::a", "rules::b"]
    );
    assert_eq!(
        read("mod tests { } fn f() { super::b::f(crate::g()) }"),
        ["g", "rules::b::f"]
    );
    assert_eq!(
        read("// crate::a\nlet s = \"crate::b\"; let c = '\"'; pub(crate) fn f<'a>() {}"),
        Vec::<String>::new()
    );
}

/// `cargo fmt` follows `mod` lines and does not look into macros, so it does not see the files that `rules!` declares.
#[test]
fn rule_files_are_formatted() {
    let check = Command::new("rustfmt")
        .args(["--check", "--edition", "2024"])
        .args(rust_files(&root().join("src/rules")))
        .current_dir(root())
        .output();
    match check {
        Ok(check) => assert!(
            check.status.success(),
            "run `rustfmt --edition 2024 src/rules/*.rs src/rules/*/*.rs`:\n{}",
            String::from_utf8_lossy(&check.stdout)
        ),
        Err(error) => eprintln!("not checked, rustfmt does not run: {error}"),
    }
}
