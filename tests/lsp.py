"""`bilint lsp`, driven by the client of pytest-lsp as an editor would.

    pip install pytest-lsp
    BILINT=target/debug/bilint pytest tests/lsp.py
"""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

BINARY = str(pathlib.Path(os.environ.get("BILINT", "target/debug/bilint")).resolve())
GLOSSARY = """[[concept]]
id = "lake-laboratory"
kind = "facility"
zh = ["湖滨实验室"]
en = ["Lakeside Laboratory", { name = "Lake Laboratory", status = "deprecated" }]
"""
CHINESE = "# 开幕\n\n湖滨实验室在2019年开放。\n"
ENGLISH = "# Opening\n\nThe Lake Laboratory opened in 2018.\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "bilint.toml": 'glossaries = ["terms.toml"]\n', "terms.toml": GLOSSARY, "a.zh.md": CHINESE, "a.en.md": ENGLISH,
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path.resolve()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[BINARY, "lsp", "--waivers", "waivers.toml"]))
async def client(lsp_client: LanguageClient, folder):
    parameters = types.InitializeParams(
        capabilities=pytest_lsp.client_capabilities("visual-studio-code"),
        workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="texts")],
    )
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _parameters: None)
    await lsp_client.initialize_session(parameters)
    yield
    await lsp_client.shutdown_session()


def opened(client, path):
    text = path.read_text()
    client.text_document_did_open(types.DidOpenTextDocumentParams(
        text_document=types.TextDocumentItem(uri=path.as_uri(), language_id="markdown", version=1, text=text)))
    return path.as_uri()


def rules(client, uri):
    return sorted(str(d.code) for d in client.diagnostics.get(uri, []))


async def actions(client, uri, line, character):
    """The actions at a place; all findings are published before the answer."""
    place = types.Position(line, character)
    return await client.text_document_code_action_async(types.CodeActionParams(
        text_document=types.TextDocumentIdentifier(uri),
        range=types.Range(place, place),
        context=types.CodeActionContext(diagnostics=[]),
    )) or []


def at(uri, line, character):
    return {"text_document": types.TextDocumentIdentifier(uri), "position": types.Position(line, character)}


@pytest.mark.asyncio
async def test_edit_ask_fix_waive_and_reopen(client, folder):
    english, chinese = opened(client, folder / "a.en.md"), (folder / "a.zh.md").as_uri()
    found = await actions(client, english, 2, 6)
    assert rules(client, english) == rules(client, chinese) == ["date-mismatch", "term-deprecated"]

    hover = await client.text_document_hover_async(types.HoverParams(**at(english, 2, 6)))
    assert "Lakeside Laboratory (preferred)" in hover.contents.value
    completed = await client.text_document_completion_async(types.CompletionParams(**at(english, 2, 8)))
    assert [item.label for item in completed][:1] == ["Lakeside Laboratory"]
    places = await client.text_document_definition_async(types.DefinitionParams(**at(english, 2, 6)))
    assert [place.uri for place in places] == [(folder / "terms.toml").as_uri(), chinese]

    fix = next(action for action in found if action.title.startswith("term-deprecated: write"))
    edit = fix.edit.document_changes[0].edits[0]
    client.text_document_did_change(types.DidChangeTextDocumentParams(
        text_document=types.VersionedTextDocumentIdentifier(2, english),
        content_changes=[types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)]))
    found = await actions(client, english, 2, 37)
    assert rules(client, english) == ["date-mismatch"]

    assert any("waive" in action.title for action in found)
    fingerprint = client.diagnostics[english][0].data
    argument = {"uri": english, "fingerprint": fingerprint, "reason": "the year of the test run"}
    await client.workspace_execute_command_async(types.ExecuteCommandParams("bilint.waive", [argument]))
    await actions(client, english, 0, 0)
    assert rules(client, english) == []
    assert "the year of the test run" in (folder / "waivers.toml").read_text()

    closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(english))
    client.text_document_did_close(closed)
    # The disk has the old text, of which only the fingerprint of the fixed one is waived.
    opened(client, folder / "a.zh.md")
    await actions(client, chinese, 0, 0)
    assert rules(client, english) == rules(client, chinese) != []
