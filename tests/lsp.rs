//! `bilint lsp`: the program, driven by the messages of an editor.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::collections::BTreeMap;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId, Response};
use repository::{Repository, text};
use serde_json::{Value, json};

/// Longer than any check takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a folder open.
struct Editor<'r> {
    repository: &'r Repository,
    process: Child,
    to_server: BufWriter<ChildStdin>,
    from_server: Receiver<Message>,
    requests: i32,
    versions: BTreeMap<String, i32>,
    /// The diagnostics of each file, by name, as they were published last.
    diagnostics: BTreeMap<String, Value>,
    /// The requests of the server that were not answered yet.
    asked: Vec<Request>,
    /// What the server showed.
    shown: Vec<String>,
}

impl<'r> Editor<'r> {
    fn new(repository: &'r Repository, args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_bilint"))
            .arg("lsp")
            .args(args)
            // The folder is that which the editor names.
            .current_dir("/")
            .env("BILINT_CACHE_DIR", repository.path(".cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to_server = BufWriter::new(process.stdin.take().unwrap());
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let (sender, from_server) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            repository,
            process,
            to_server,
            from_server,
            requests: 0,
            versions: BTreeMap::new(),
            diagnostics: BTreeMap::new(),
            asked: Vec::new(),
            shown: Vec::new(),
        };
        let capabilities = json!({ "general": { "positionEncodings": ["utf-32", "utf-16"] } });
        let params = json!({ "processId": null, "rootUri": editor.uri(""), "capabilities": capabilities });
        let result = editor.request("initialize", params);
        assert_eq!(result["capabilities"]["positionEncoding"], "utf-32");
        editor.notify("initialized", json!({}));
        editor
    }

    fn uri(&self, file: &str) -> String {
        let path = self.repository.path(file);
        format!("file://{}", path.display()).trim_end_matches('/').to_owned()
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.to_server).unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&Notification::new(method.to_owned(), params).into());
    }

    /// The answer to a request; an error is `{"error": …}`.
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(&Request::new(id.clone(), method.to_owned(), params).into());
        loop {
            match self.receive() {
                Message::Response(response) => {
                    assert_eq!(response.id, id);
                    return match response.error {
                        Some(error) => json!({ "error": error.message, "code": error.code }),
                        None => response.result.unwrap_or_default(),
                    };
                }
                other => self.note(other),
            }
        }
    }

    fn receive(&self) -> Message {
        self.from_server.recv_timeout(PATIENCE).unwrap()
    }

    fn note(&mut self, message: Message) {
        match message {
            Message::Notification(n) if n.method == "textDocument/publishDiagnostics" => {
                let file = self.file(n.params["uri"].as_str().unwrap());
                self.diagnostics.insert(file, n.params["diagnostics"].clone());
            }
            Message::Notification(n) if n.method == "window/showMessage" => {
                self.shown.push(n.params["message"].as_str().unwrap().to_owned());
            }
            // Records that cannot be read.
            Message::Notification(n) if n.method == "window/logMessage" => {}
            Message::Request(request) => self.asked.push(request),
            unexpected => panic!("{unexpected:?}"),
        }
    }

    fn file(&self, uri: &str) -> String {
        let uri: lsp_types::Uri = uri.parse().unwrap();
        let path = bilint::lsp::path_of(&uri).unwrap();
        path.strip_prefix(self.repository.path(""))
            .unwrap()
            .display()
            .to_string()
    }

    fn open(&mut self, file: &str) {
        let text = self.repository.read(file);
        let document = json!({ "uri": self.uri(file), "languageId": "markdown", "version": 1, "text": text });
        self.versions.insert(file.to_owned(), 1);
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces code points of a line.
    fn edit(&mut self, file: &str, line: usize, from: usize, to: usize, text: &str) {
        let range = json!({
            "start": { "line": line, "character": from },
            "end": { "line": line, "character": to },
        });
        let version = self.versions.get_mut(file).unwrap();
        *version += 1;
        let document =
            json!({ "uri": format!("file://{}", self.repository.path(file).display()), "version": *version });
        let changes = json!([{ "range": range, "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    fn close(&mut self, file: &str) {
        let document = json!({ "uri": self.uri(file) });
        self.notify("textDocument/didClose", json!({ "textDocument": document }));
    }

    fn at(&mut self, method: &str, file: &str, line: usize, character: usize) -> Value {
        let document = json!({ "uri": self.uri(file) });
        let position = json!({ "line": line, "character": character });
        self.request(method, json!({ "textDocument": document, "position": position }))
    }

    /// The actions at a place. All findings are known and published when the server answers.
    fn actions(&mut self, file: &str, line: usize, character: usize) -> Vec<Value> {
        self.actions_in(file, line, character, character)
    }

    fn actions_in(&mut self, file: &str, line: usize, from: usize, to: usize) -> Vec<Value> {
        let [start, end] = [from, to].map(|character| json!({ "line": line, "character": character }));
        let params = json!({
            "textDocument": { "uri": self.uri(file) },
            "range": { "start": start, "end": end },
            "context": { "diagnostics": [] },
        });
        let actions = self.request("textDocument/codeAction", params);
        actions.as_array().cloned().unwrap_or_default()
    }

    /// The only action for a selected name.
    fn selected(&mut self, file: &str, line: usize, from: usize, to: usize) -> Value {
        let mut actions = self.actions_in(file, line, from, to);
        actions.retain(|action| action["kind"] == "refactor");
        assert_eq!(actions.len(), 1, "{actions:?}");
        actions.remove(0)
    }

    /// The action at a place whose title contains this.
    fn action(&mut self, file: &str, line: usize, character: usize, title: &str) -> Value {
        let actions = self.actions(file, line, character);
        let found = actions.iter().find(|a| a["title"].as_str().unwrap().contains(title));
        found.unwrap_or_else(|| panic!("no “{title}” in {actions:#?}")).clone()
    }

    fn execute(&mut self, action: &Value) -> Value {
        let command = &action["command"];
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        self.request("workspace/executeCommand", params)
    }

    /// Rule, start and end of the diagnostics of a file, once all is checked.
    fn marks(&mut self, file: &str) -> Vec<String> {
        self.actions(file, 0, 0);
        let diagnostics = self.diagnostics.get(file).and_then(Value::as_array);
        diagnostics.into_iter().flatten().map(mark).collect()
    }

    /// Shuts the server down, which must have no more to say.
    fn leave(mut self) -> Vec<String> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert!(self.process.wait().unwrap().success());
        if let Ok(message) = self.from_server.recv_timeout(PATIENCE) {
            panic!("{message:?}");
        }
        assert!(self.asked.is_empty(), "{:?}", self.asked);
        std::mem::take(&mut self.shown)
    }
}

impl Drop for Editor<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `rule 3:5-3:9`, counted from 1 as `bilint check` does.
fn mark(diagnostic: &Value) -> String {
    let place = |at: &Value| {
        let [line, column] = ["line", "character"].map(|key| at[key].as_u64().unwrap() + 1);
        format!("{line}:{column}")
    };
    let (start, end) = (place(&diagnostic["range"]["start"]), place(&diagnostic["range"]["end"]));
    format!("{} {start}-{end}", diagnostic["code"].as_str().unwrap())
}

/// A folder with a pair of pages, a glossary and a waiver file.
fn pages() -> Repository {
    let repository = Repository::new();
    repository.write("bilint.toml", "glossaries = [\"terms.toml\"]\n");
    repository.write(
        "terms.toml",
        "[[concept]]\nid = \"lake-laboratory\"\nkind = \"facility\"\nzh = [\"湖滨实验室\"]\nen = [\"Lakeside Laboratory\", \
         { name = \"Lake Laboratory\", status = \"deprecated\" }]\ncitation = \"https://example.org/names\"\n",
    );
    repository.write(
        "docs/zh/a.md",
        "# 开幕\n\n湖滨实验室在2019年开放。\n\n它有三百名员工。\n\n它与清华大学合作。\n",
    );
    repository.write(
        "docs/en/a.md",
        "# Opening\n\nThe Lake Laboratory opened in 2018.\n\nIt has 300 employees.\n\nIt works with Tsinghua University.\n",
    );
    repository
}

#[test]
fn both_files_of_a_pair_show_what_is_wrong() {
    let repository = pages();
    let mut editor = Editor::new(&repository, &[]);
    editor.open("docs/en/a.md");
    let english = ["date-mismatch 3:31-3:35", "term-deprecated 3:5-3:20"];
    let chinese = ["date-mismatch 3:7-3:12", "term-deprecated 3:1-3:6"];
    let sorted = |mut marks: Vec<String>| {
        marks.sort();
        marks
    };
    assert_eq!(sorted(editor.marks("docs/en/a.md")), english);
    // The Chinese file is not even open.
    let diagnostics = &editor.diagnostics["docs/zh/a.md"];
    assert_eq!(
        sorted(diagnostics.as_array().unwrap().iter().map(mark).collect()),
        chinese
    );
    let other = &diagnostics[0]["relatedInformation"][0]["location"]["uri"];
    assert_eq!(*other, editor.uri("docs/en/a.md"));
    let page = diagnostics[0]["codeDescription"]["href"].as_str().unwrap();
    assert!(repository.read(&editor.file(page)).starts_with("# "), "{page}");

    // Unsaved changes of either side.
    editor.edit("docs/en/a.md", 2, 30, 34, "2019");
    assert_eq!(editor.marks("docs/en/a.md"), english[1..]);
    editor.open("docs/zh/a.md");
    editor.edit("docs/zh/a.md", 2, 6, 10, "2017");
    assert_eq!(sorted(editor.marks("docs/zh/a.md")), chinese);
    assert_eq!(editor.diagnostics["docs/en/a.md"].as_array().unwrap().len(), 2);
    // The English is again what is on the disk.
    editor.close("docs/en/a.md");
    editor.edit("docs/zh/a.md", 2, 6, 10, "2018");
    assert_eq!(editor.marks("docs/zh/a.md"), chinese[1..]);
    editor.close("docs/zh/a.md");
    assert_eq!(editor.marks("docs/zh/a.md"), Vec::<String>::new());
    assert_eq!(editor.diagnostics["docs/en/a.md"], json!([]));
    assert_eq!(editor.leave(), Vec::<String>::new());
}

#[test]
fn names_and_figures_are_explained_and_completed() {
    let repository = pages();
    let mut editor = Editor::new(&repository, &[]);
    editor.open("docs/en/a.md");
    let hover = |answer: &Value| answer["contents"]["value"].as_str().unwrap().to_owned();

    let name = editor.at("textDocument/hover", "docs/en/a.md", 2, 8);
    assert!(hover(&name).contains("Lakeside Laboratory (preferred), Lake Laboratory (deprecated)"));
    assert!(hover(&name).contains("- Source: https://example.org/names"));
    assert_eq!(name["range"]["start"]["character"], 4);
    let figure = editor.at("textDocument/hover", "docs/en/a.md", 4, 8);
    assert!(hover(&figure).contains("= 三百名"), "{figure}");
    assert_eq!(editor.at("textDocument/hover", "docs/en/a.md", 1, 0), Value::Null);

    editor.edit("docs/en/a.md", 2, 4, 19, "Lake");
    let names = editor.at("textDocument/completion", "docs/en/a.md", 2, 8);
    assert_eq!(names[0]["label"], "Lakeside Laboratory");
    assert_eq!(names[0]["detail"], "湖滨实验室");
    assert_eq!(names[0]["textEdit"]["range"]["start"]["character"], 4);
    assert_eq!(names[0]["textEdit"]["range"]["end"]["character"], 8);

    editor.open("docs/zh/a.md");
    let places = editor.at("textDocument/definition", "docs/zh/a.md", 2, 2);
    let place = |n: usize| {
        let at = &places[n];
        (
            at["uri"].as_str().unwrap().to_owned(),
            at["range"]["start"]["line"].as_u64().unwrap(),
        )
    };
    assert_eq!(place(0), (editor.uri("terms.toml"), 0));
    assert_eq!(place(1), (editor.uri("docs/en/a.md"), 2));
    // The English name, where the Chinese is missing.
    editor.edit("docs/zh/a.md", 2, 0, 5, "它");
    editor.edit("docs/en/a.md", 2, 4, 8, "Lakeside Laboratory");
    let names = editor.at("textDocument/completion", "docs/zh/a.md", 2, 0);
    assert_eq!(names[0]["label"], "湖滨实验室");

    let unknown = editor.request("textDocument/rename", json!({}));
    assert_eq!(unknown["code"], -32601);
    assert_eq!(editor.leave(), Vec::<String>::new());
}

#[test]
fn fixes_waivers_and_names_are_applied() {
    let repository = pages();
    let mut editor = Editor::new(&repository, &["--waivers", "waivers.toml"]);
    editor.open("docs/en/a.md");
    let fix = editor.action("docs/en/a.md", 2, 8, "term-deprecated: write");
    let edit = &fix["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"]["uri"], editor.uri("docs/en/a.md"));
    assert_eq!(edit["edits"][0]["newText"], "Lakeside Laboratory");
    let all = editor.action("docs/en/a.md", 0, 0, "Apply all safe fixes");
    assert_eq!(all["kind"], "source.fixAll.bilint");
    assert_eq!(all["edit"], fix["edit"]);

    let waive = editor.action("docs/en/a.md", 2, 31, "date-mismatch: waive");
    assert_eq!(editor.execute(&waive), Value::Null);
    editor.marks("docs/en/a.md");
    // The server asks for the reason.
    let asked = editor.asked.pop().unwrap();
    assert_eq!(asked.method, "window/showMessageRequest");
    let chosen = asked.params["actions"][0].clone();
    editor.send(&Response::new_ok(asked.id, &chosen).into());
    assert_eq!(editor.marks("docs/en/a.md"), ["term-deprecated 3:5-3:20"]);
    let waivers = repository.read("waivers.toml");
    assert!(waivers.contains(&format!("reason = {}", chosen["title"])), "{waivers}");
    assert_eq!(editor.leave(), Vec::<String>::new());

    // The waiver counts for the program, and when the text is opened again.
    let checked = repository.bilint(&["check", "--waivers", "waivers.toml", "--output", "concise"]);
    assert!(
        !text(&checked.stdout).contains("date-mismatch"),
        "{}",
        text(&checked.stdout)
    );
    let mut editor = Editor::new(&repository, &["--waivers", "waivers.toml"]);
    editor.open("docs/en/a.md");
    assert_eq!(editor.marks("docs/en/a.md"), ["term-deprecated 3:5-3:20"]);

    // A name that is selected on one side, with the name on the other one.
    let add = editor.selected("docs/zh/a.md", 6, 2, 6);
    assert_eq!(add["title"], "Add “清华大学”, “Tsinghua University” to the glossary");
    assert_eq!(editor.execute(&add), Value::Null);
    let terms = repository.read("terms.toml");
    assert!(terms.contains("id = \"tsinghua-university\""), "{terms}");
    let again = editor.execute(&add);
    assert!(
        again["error"].as_str().unwrap().contains("in the glossary already"),
        "{again}"
    );
    editor.edit("docs/en/a.md", 6, 14, 33, "others");
    let marks = editor.marks("docs/en/a.md");
    assert!(marks.iter().any(|mark| mark.starts_with("term-omitted")), "{marks:?}");
    assert_eq!(editor.leave().len(), 1);
}

#[test]
fn a_faulty_configuration_is_shown_and_read_again() {
    let repository = pages();
    repository.write("bilint.toml", "selekt = []\n");
    let mut editor = Editor::new(&repository, &[]);
    editor.open("docs/en/a.md");
    assert_eq!(editor.marks("docs/en/a.md"), Vec::<String>::new());
    repository.write("bilint.toml", "select = [\"date-mismatch\"]\n");
    let config = editor.uri("bilint.toml");
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": config, "type": 2 }] }),
    );
    assert_eq!(editor.marks("docs/en/a.md"), ["date-mismatch 3:31-3:35"]);
    let shown = editor.leave();
    assert!(shown.iter().all(|message| message.contains("unknown key `selekt`")) && !shown.is_empty());
}

/// Findings of `bilint check`, as [`mark`] writes diagnostics, with their fingerprints.
fn checked(repository: &Repository, files: &[String]) -> Vec<String> {
    let mut args = vec!["check", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let report: Value = serde_json::from_slice(&repository.bilint(&args).stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut found: Vec<String> = findings
        .map(|f| format!("{} {}", f["rule"].as_str().unwrap(), f["fingerprint"].as_str().unwrap()))
        .collect();
    found.sort();
    found
}

fn copy(from: &Path, repository: &Repository, to: &str) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{to}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(&path, repository, &name);
        } else {
            repository.write(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_findings_are_those_of_check() {
    let repository = Repository::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (from, to) in [
        ("corpus", "corpus"),
        ("tests/texts", "texts"),
        ("tests/corpus", "sentences"),
    ] {
        copy(&root.join(from), &repository, to);
    }
    let plan = repository.bilint(&["check", "--dry-run", "--format", "json"]).stdout;
    let plan: Value = serde_json::from_slice(&plan).unwrap();
    let name = |value: &Value| value.as_str().unwrap().to_owned();
    let pairs = plan["pairs"].as_array().unwrap().iter();
    let pairs = pairs.map(|pair| vec![name(&pair["zh"]), name(&pair["en"])]);
    let single = plan["both_languages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| vec![name(file)]);
    let inputs: Vec<Vec<String>> = pairs.chain(single).collect();
    assert!(inputs.len() > 10, "{plan}");
    let mut total = 0;
    let mut editor = Editor::new(&repository, &[]);
    for files in &inputs {
        editor.open(&files[0]);
        editor.marks(&files[0]);
        // Away and back: the findings after changes are those from scratch.
        editor.edit(&files[0], 0, 0, 0, "x");
        editor.edit(&files[0], 0, 0, 1, "");
        editor.marks(&files[0]);
        let shown = files.iter().filter_map(|file| editor.diagnostics.get(file)?.as_array());
        let mut shown: Vec<String> = shown
            .flatten()
            .map(|d| format!("{} {}", d["code"].as_str().unwrap(), d["data"].as_str().unwrap()))
            .collect();
        shown.sort();
        shown.dedup();
        assert_eq!(shown, checked(&repository, files), "{files:?}");
        total += shown.len();
        editor.close(&files[0]);
    }
    assert!(total > 20, "{total}");
    assert_eq!(editor.leave(), Vec::<String>::new());
}
