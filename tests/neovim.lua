-- `bilint lsp` in Neovim 0.11 or later:
--
--     BILINT=target/debug/bilint nvim --headless --clean -l tests/neovim.lua

local binary = vim.fn.fnamemodify(vim.env.BILINT or "target/debug/bilint", ":p")
local folder = vim.uv.fs_realpath(vim.fn.tempname():match("(.*)/")) .. "/texts"
vim.fn.mkdir(folder, "p")

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

local function wait(what, condition)
  assert(vim.wait(30000, condition, 20), "not seen: " .. what)
end

write("bilint.toml", 'glossaries = ["terms.toml"]\n')
write("terms.toml", [=[
[[concept]]
id = "lake-laboratory"
kind = "facility"
zh = ["湖滨实验室"]
en = ["Lakeside Laboratory", { name = "Lake Laboratory", status = "deprecated" }]
]=])
write("a.zh.md", "# 开幕\n\n湖滨实验室在2019年开放。\n")
write("a.en.md", "# Opening\n\nThe Lake Laboratory opened in 2018.\n")

-- The settings of docs/editors.md.
vim.lsp.config("bilint", {
  cmd = { binary, "lsp", "--waivers", "waivers.toml" },
  filetypes = { "markdown" },
  root_markers = { "bilint.toml" },
})
vim.lsp.enable("bilint")
vim.lsp.commands["bilint.waive"] = function(command, context)
  command.arguments[1].reason = "a test"
  vim.lsp.get_client_by_id(context.client_id):request("workspace/executeCommand", command)
end
vim.cmd("filetype on")

local function rules(buffer)
  local found = vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(buffer))
  table.sort(found)
  return table.concat(found, " ")
end

local function ask(method, line, character)
  local params = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = line, character = character } }
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, 30000))
  local _, answer = next(answers)
  assert(answer and not answer.err, vim.inspect(answer))
  return answer.result
end

vim.cmd.edit(folder .. "/a.en.md")
local english = vim.api.nvim_get_current_buf()
wait("findings in the English", function() return rules(english) == "date-mismatch term-deprecated" end)
vim.cmd.edit(folder .. "/a.zh.md")
local chinese = vim.api.nvim_get_current_buf()
wait("findings in the Chinese", function() return rules(chinese) == "date-mismatch term-deprecated" end)

-- The year of the Chinese decides about the English.
vim.api.nvim_buf_set_text(chinese, 2, 18, 2, 22, { "2018" })
wait("no date in the English", function() return rules(english) == "term-deprecated" end)
vim.cmd.undo()
wait("the date again", function() return rules(english) == "date-mismatch term-deprecated" end)

vim.cmd.buffer(english)
assert(ask("textDocument/hover", 2, 6).contents.value:find("Lakeside Laboratory (preferred)", 1, true))
assert(ask("textDocument/completion", 2, 8)[1].label == "Lakeside Laboratory")
assert(#ask("textDocument/definition", 2, 6) == 2)

local function act(title, line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find(title, 1, true) ~= nil end })
end
act("term-deprecated: write", 3, 6)
wait("the fix", function() return vim.api.nvim_buf_get_lines(english, 2, 3, true)[1]:find("Lakeside") ~= nil end)
wait("one finding", function() return rules(english) == "date-mismatch" end)
act("date-mismatch: waive", 3, 37)
wait("the waiver", function() return rules(english) == "" end)
vim.cmd("silent write")

vim.cmd("bdelete!")
vim.cmd.edit(folder .. "/a.en.md")
local reopened = vim.api.nvim_get_current_buf()
wait("the server", function() return #vim.lsp.get_clients({ bufnr = reopened }) == 1 end)
vim.api.nvim_buf_set_lines(reopened, -1, -1, true, { "", "It has 300 employees." })
wait("an added paragraph", function() return rules(reopened):find("added") ~= nil end)
assert(not rules(reopened):find("date-mismatch", 1, true), "the waiver is forgotten")

local client = vim.lsp.get_clients()[1]
client:stop()
wait("the end", function() return client:is_stopped() end)
print("Neovim: opened, edited, asked, fixed, waived, reopened\n")
