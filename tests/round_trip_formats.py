"""The formats of round_trips.py: how their files are written, with every escape, and how their own libraries read them."""
import json
import plistlib
import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

WORDS = ["file", "folder", "window", "password", "network", "picture"]


def u(c, form="\\u%04x"):
    units = c.encode("utf-16-be")
    return "".join(form % int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2))


# A writer returns the text of a file in one language; a reader gives the strings of a text by key.

def c_quoted(rng, text, escapes, unicode, rate=0.15):
    """Between double quotation marks with the escapes of C; `unicode` writes a character as an escape."""
    out = []
    for c in text:
        if c in escapes:
            out.append(rng.choice(escapes[c]))
        elif unicode and rng.random() < rate:
            out.append(unicode(rng, c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


C = {'"': ['\\"'], "\\": ["\\\\"], "\n": ["\\n"], "\t": ["\\t"]}


def json_string(rng, text):
    escapes = {**C, "\n": ["\\n", "\\u000a"], '"': ['\\"', "\\u0022"], "/": ["/", "\\/"]}
    return c_quoted(rng, text, escapes, lambda _, c: u(c))


def write_json(rng, strings, _side):
    nested = [f'    {json.dumps(k)}:{" " * rng.randint(0, 2)}{json_string(rng, v)}' for k, v in strings.items()]
    return '{\n  "all": {\n' + ",\n".join(nested) + '\n  },\n  "none": "",\n  "n": 12.50\n}\n'


def read_json(text):
    return json.loads(text)["all"]


def write_arb(rng, strings, side):
    lines = [f'  "@@locale": "{side}"']
    for k, v in strings.items():
        lines.append(f"  {json.dumps(k)}: {json_string(rng, v)}")
        lines.append(f'  "@{k}": {{ "description": "A {rng.choice(WORDS)}" }}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_arb(text):
    return {k: v for k, v in json.loads(text).items() if not k.startswith("@")}


def yaml_value(rng, text, indent):
    style = rng.choice(["double", "single", "plain", "literal", "folded"])
    pad = "\n" + " " * (indent + 2)
    safe = not re.search(r"[\n\t\u00a0\u2028]|  |\s$|^\s", text)
    if style == "single" and safe:
        return "'" + text.replace("'", "''") + "'"
    if style == "plain" and re.fullmatch(r"[A-Za-z条][A-Za-z0-9\u4e00-\u9fff é😀%<>&$?;]*", text):
        return text + rng.choice(["", "  # a comment"])
    if style == "literal" and not re.search(r"[\t\u00a0\u2028]| \n|\n |\n\n", text):
        return "|-" + pad + text.replace("\n", pad)
    if style == "folded" and safe and " " in text:
        return ">-" + pad + text.replace(" ", rng.choice([" ", pad]))
    escapes = {**C, " ": [" ", " ", " ", "\\ ", " \\\n    "], "\u00a0": ["\\_", "\u00a0"], "\u2028": ["\\L"], "\n": ["\\n", "\\x0a"], "\t": ["\\t", "\\\t"], "/": ["/", "\\/"]}
    return c_quoted(rng, text, escapes, lambda r, c: f"\\U{ord(c):08x}" if ord(c) > 0xffff or r.random() < 0.3 else u(c))


def write_yaml(rng, strings, side):
    lines = [f"{side}:", "  # strings"]
    lines += [f"  {k}: {yaml_value(rng, v, 2)}" for k, v in strings.items()]
    return "\n".join(lines) + "\n"


def read_yaml(text):
    from ruamel.yaml import YAML
    return next(iter(YAML(typ="safe", pure=True).load(text).values()))


def toml_value(rng, text):
    style = rng.choice(["basic", "literal", "long", "long literal"])
    if style == "literal" and not re.search(r"['\n\u2028]", text):
        return f"'{text}'"
    if style == "long literal" and "''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    unicode = lambda r, c: f"\\U{ord(c):08X}" if ord(c) > 0xffff or r.random() < 0.3 else u(c)
    if style == "long":
        return '"""\n' + c_quoted(rng, text, {**C, "\n": ["\n", "\\n"], " ": [" ", " ", " \\\n   "]}, unicode)[1:-1] + '"""'
    return c_quoted(rng, text, C, unicode)


def write_toml(rng, strings, _side):
    lines = [f"{k} = {toml_value(rng, v)}" for k, v in strings.items()]
    return "# strings\n[all]\n" + "\n".join(lines) + "\n"


def read_toml(text):
    import tomlkit
    return tomlkit.parse(text).unwrap()["all"]


def properties_value(rng, text):
    out = []
    for i, c in enumerate(text):
        if c == "\n":
            out.append("\\n")
        elif c in "\\\t" or i == 0 and c == " ":
            out.append({"\\": "\\\\", "\t": "\\t"}.get(c, "\\ "))
        elif c in ":=#!'\"xwdp" and rng.random() < 0.5:
            out.append("\\" + c)
        elif rng.random() < 0.1:
            out.append(u(c, rng.choice(["\\u%04x", "\\u%04X"])))
        else:
            out.append(c)
        if rng.random() < 0.03 and i + 1 < len(text) and not text[i + 1].isspace():
            out.append("\\\n    ")
    return "".join(out)


def write_properties(rng, strings, _side):
    lines = ["# strings", "! more"]
    for k, v in strings.items():
        lines.append(k + rng.choice(["=", " = ", ":", ": ", " "]) + properties_value(rng, v))
    return "\n".join(lines) + "\n"


def read_properties(text):
    import javaproperties
    return javaproperties.loads(text)


def write_apple(rng, strings, _side):
    lines = ["/* strings */"]
    for k, v in strings.items():
        escapes = {**C, "\n": ["\\n", "\n", "\\012"], "'": ["'", "\\'"]}
        value = c_quoted(rng, v, escapes, lambda _, c: u(c, "\\U%04x") if ord(c) < 0x10000 else c)
        lines.append(rng.choice([f'"{k}"', k]) + f" = {value};" + rng.choice(["", " // a comment; = \"x\";"]))
    return "\n".join(lines) + "\n"


def read_apple(text):
    import openstep_plist
    return dict(openstep_plist.loads(text))


def xml_text(rng, text):
    out = []
    for c in text:
        if c == "\u2028" or rng.random() < 0.08:
            out.append(rng.choice(["&#%d;" % ord(c), "&#x%x;" % ord(c)]))
        elif c in "\"'" and rng.random() < 0.5:
            out.append({'"': "&quot;", "'": "&apos;"}[c])
        else:
            out.append(escape(c))
    return "".join(out)


def xml_content(rng, text):
    if rng.random() < 0.2 and "]]>" not in text:
        # Within the first words: a correction that crosses the edge would be left out.
        at = rng.randint(0, 5)
        return xml_text(rng, text[:at]) + f"<![CDATA[{text[at:]}]]>"
    return xml_text(rng, text)


def write_stringsdict(rng, strings, _side):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
             '<plist version="1.0">', "<dict>"]
    for k, v in strings.items():
        lines += [f"  <key>{k}</key>", "  <dict>", "    <key>NSStringLocalizedFormatKey</key>", "    <string>%#@n@</string>",
                  "    <key>n</key>", "    <dict>", "      <key>NSStringFormatSpecTypeKey</key>",
                  "      <string>NSStringPluralRuleType</string>", "      <key>NSStringFormatValueTypeKey</key>", "      <string>d</string>",
                  "      <key>other</key>", f"      <string>{xml_content(rng, v)}</string>", "    </dict>", "  </dict>"]
    return "\n".join(lines + ["</dict>", "</plist>"]) + "\n"


def read_stringsdict(text):
    return {k: v["n"]["other"] for k, v in plistlib.loads(text.encode()).items()}


def write_resx(rng, strings, _side):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<root>", '  <resheader name="version"><value>2.0</value></resheader>']
    for k, v in strings.items():
        lines += [f'  <data name="{k}" xml:space="preserve">', f"    <value>{xml_content(rng, v)}</value>",
                  "    <comment>a comment</comment>", "  </data>"]
    return "\n".join(lines + ["</root>"]) + "\n"


def read_resx(text):
    return {d.get("name"): d.find("value").text for d in ElementTree.fromstring(text.encode()).iter("data")}


def android_value(rng, text):
    out, quoted = [], False
    for i, c in enumerate(text):
        if c.isspace() and c != " " or c == " " and (text[i - 1:i].isspace() or text[i + 1:i + 2].isspace()):
            out.append({"\n": "\\n", "\t": "\\t"}.get(c, "\\u%04x" % ord(c)))
        elif c in "'\"\\" or i == 0 and c in "@?":
            out.append("\\" + escape(c))
        elif rng.random() < 0.08 and ord(c) < 0x10000:
            out.append("\\u%04x" % ord(c))
        else:
            out.append(escape(c) if rng.random() < 0.9 else "&#%d;" % ord(c) if not c.isspace() else c)
        if rng.random() < 0.05 and c != "\\":
            out.append('"')
            quoted = not quoted
    return "".join(out) + '"' * quoted


def write_android(rng, strings, _side):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<resources>", "    <!-- strings -->"]
    for k, v in strings.items():
        lines.append(f'    <string name="{k}">{android_value(rng, v)}</string>')
    return "\n".join(lines + ["</resources>"]) + "\n"


def android_text(raw):
    """The rules of Android: quotation marks keep white space, which is one space elsewhere; a backslash begins an escape."""
    out, quoted, at = [], False, 0
    while at < len(raw):
        c = raw[at]
        if c == "\\":
            n = raw[at + 1]
            if n == "u":
                out.append(chr(int(raw[at + 2:at + 6], 16)))
                at += 6
                continue
            out.append({"n": "\n", "t": "\t"}.get(n, n))
            at += 2
            continue
        if c == '"':
            quoted = not quoted
        elif c in " \n\t\r" and not quoted:
            if not out or out[-1] != " " or raw[at - 1] not in " \n\t\r":
                out.append(" ")
        else:
            out.append(c)
        at += 1
    return "".join(out)


def read_android(text):
    strings = ElementTree.fromstring(text.encode()).iter("string")
    return {s.get("name"): android_text("".join(s.itertext())) for s in strings}


def fluent_value(rng, text):
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"[{}]", lambda m: '{"%s"}' % m[0], line)
        lines.append(line)
    return "\n    ".join(lines)


def write_fluent(rng, strings, _side):
    lines = ["### strings", ""]
    for k, v in strings.items():
        lines.append(f"{k} = {fluent_value(rng, v)}")
        if rng.random() < 0.3:
            lines.append("# a comment")
    return "\n".join(lines) + "\n"


def read_fluent(text):
    from fluent.syntax import FluentParser, ast
    out = {}
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Message):
            parts = []
            for element in entry.value.elements:
                if isinstance(element, ast.TextElement):
                    parts.append(element.value)
                else:
                    parts.append(text[element.span.start:element.span.end])
            out[entry.id.name] = "".join(parts)
    return out


# Formats with both languages in one file have a writer of pairs, and a reader of pairs.

def po_string(rng, text):
    parts = re.findall(r"[^\n]*\n|[^\n]+", text) if rng.random() < 0.5 else [text]
    quoted = [c_quoted(rng, part, {**C, "\u2028": ["\u2028"]}, None) for part in parts]
    return quoted[0] if len(quoted) == 1 else "\n".join(['""', *quoted])


def write_po(rng, pairs):
    lines = ['msgid ""', 'msgstr ""', '"Language: zh_CN\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for k, (en, zh) in pairs.items():
        lines += [f"#. {rng.choice(WORDS)}", f"#: src/{k}.c:12", f'msgctxt "{k}"', "msgid " + po_string(rng, en), "msgstr " + po_string(rng, zh), ""]
    return "\n".join(lines)


def read_po(text):
    import polib
    return {e.msgctxt: (e.msgid, e.msgstr) for e in polib.pofile(text)}


def write_qt(rng, pairs):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", '<TS version="2.1" language="zh_CN" sourcelanguage="en">',
             "<context>", "    <name>Main</name>"]
    for k, (en, zh) in pairs.items():
        plural = rng.random() < 0.2
        form = f"<numerusform>{xml_text(rng, zh)}</numerusform>" if plural else xml_text(rng, zh)
        space = "\n            " if plural else ""
        lines += ['    <message numerus="yes">' if plural else "    <message>", f'        <location filename="{k}.cpp" line="12"/>',
                  f"        <source>{xml_text(rng, en)}</source>", f"        <comment>{k}</comment>",
                  f"        <translation>{space}{form}{space and space[:-4]}</translation>", "    </message>"]
    return "\n".join(lines + ["</context>", "</TS>"]) + "\n"


def read_qt(text):
    out = {}
    for message in ElementTree.fromstring(text.encode()).iter("message"):
        translation = message.find("translation")
        form = translation.find("numerusform")
        out[message.find("comment").text] = (message.find("source").text, (translation if form is None else form).text)
    return out


def write_catalog(rng, pairs):
    strings = []
    for k, (en, zh) in pairs.items():
        unit = lambda text: f'{{ "stringUnit" : {{ "state" : "translated", "value" : {json_string(rng, text)} }} }}'
        strings.append(f'    "{k}" : {{\n      "localizations" : {{\n        "en" : {unit(en)},\n        "zh-Hans" : {unit(zh)}\n      }}\n    }}')
    return '{\n  "sourceLanguage" : "en",\n  "strings" : {\n' + ",\n".join(strings) + '\n  },\n  "version" : "1.0"\n}\n'


def read_catalog(text):
    value = lambda of, tag: of["localizations"][tag]["stringUnit"]["value"]
    return {k: (value(v, "en"), value(v, "zh-Hans")) for k, v in json.loads(text)["strings"].items()}


def write_xliff(rng, pairs):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
             '  <file original="x" source-language="en" target-language="zh-CN" datatype="plaintext">', "    <body>"]
    for k, (en, zh) in pairs.items():
        lines += [f"      <trans-unit id={quoteattr(k)} xml:space=\"preserve\">", f"        <source>{xml_text(rng, en)}</source>",
                  f"        <target>{xml_text(rng, zh)}</target>", "      </trans-unit>"]
    return "\n".join(lines + ["    </body>", "  </file>", "</xliff>"]) + "\n"


def read_xliff(text):
    from translate.storage import xliff
    units = xliff.xlifffile.parsestring(text.encode()).units
    return {unit.getid().split("\x04")[-1]: (str(unit.source), str(unit.target)) for unit in units}


# name, files, writer, reader, and what its texts cannot have
TWO = [
    ("json", ["en/x.json", "zh/x.json"], write_json, read_json, ""),
    ("arb", ["app_en.arb", "app_zh.arb"], write_arb, read_arb, ""),
    ("yaml", ["en.yml", "zh-CN.yml"], write_yaml, read_yaml, ""),
    ("toml", ["i18n/en.toml", "i18n/zh-cn.toml"], write_toml, read_toml, ""),
    ("properties", ["x_en.properties", "x_zh_CN.properties"], write_properties, read_properties, ""),
    ("strings", ["en.lproj/L.strings", "zh-Hans.lproj/L.strings"], write_apple, read_apple, ""),
    ("stringsdict", ["en.lproj/L.stringsdict", "zh-Hans.lproj/L.stringsdict"], write_stringsdict, read_stringsdict, ""),
    ("resx", ["R.resx", "R.zh-CN.resx"], write_resx, read_resx, ""),
    ("android", ["values/strings.xml", "values-zh-rCN/strings.xml"], write_android, read_android, ""),
    ("fluent", ["en/x.ftl", "zh-CN/x.ftl"], write_fluent, read_fluent, "[*"),
]
ONE = [
    # polib ends a line at a line separator of Unicode.
    ("po", ["zh_CN.po"], write_po, read_po, "\u2028"),
    ("qt", ["x_zh_CN.ts"], write_qt, read_qt, ""),
    ("xcstrings", ["L.xcstrings"], write_catalog, read_catalog, ""),
    ("xliff", ["x.xlf"], write_xliff, read_xliff, ""),
]
