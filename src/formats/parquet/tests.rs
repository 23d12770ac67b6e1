use parquet::schema::parser::parse_message_type;

use super::*;

/// The names of the columns of the texts in a schema.
fn columns(fields: &str) -> Result<(Sides<String>, bool), String> {
    let root = parse_message_type(&format!("message schema {{ {fields} }}")).unwrap();
    let schema = SchemaDescriptor::new(Arc::new(root));
    let (texts, by_script) = text_columns(&schema)?;
    Ok((texts.map(|leaf| schema.column(leaf).path().string()), by_script))
}

#[test]
fn the_columns_of_the_texts_are_found_by_their_names() {
    let found = |fields: &str| {
        let (names, by_script) = columns(fields).unwrap();
        (names.zh, names.en, by_script)
    };
    let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned(), false);
    let list = "optional group tags (LIST) { repeated group list { optional binary element (STRING); } }";
    assert_eq!(
        found(&format!(
            "{list} required binary en (STRING); optional binary zh_CN (STRING);"
        )),
        pair("zh_CN", "en")
    );
    assert_eq!(
        found("optional binary source; optional binary target;"),
        ("source".to_owned(), "target".to_owned(), true)
    );
    let nested =
        "required int64 id; optional group translation { optional binary en (STRING); optional binary zh (STRING); }";
    assert_eq!(found(nested), pair("translation.zh", "translation.en"));
    // The columns of the schema come first.
    let both = format!("{nested} required binary zh; required binary en;");
    assert_eq!(found(&both), pair("zh", "en"));
}

#[test]
fn errors_name_the_columns_that_there_are() {
    let error = |fields: &str| columns(fields).unwrap_err();
    let neither = "no column is named as Chinese and none as English; rename the columns of the texts, as `zh` and `en` (found: a, b)";
    assert_eq!(error("required binary a; required int32 b;"), neither);
    assert!(error("required binary zh; required int32 b;").starts_with("no column is named as English; "));
    let texts = "holds no texts; give it a text in each row";
    assert_eq!(
        error("required int32 zh; required binary en;"),
        format!("column “zh” {texts}")
    );
    let list = "optional group en (LIST) { repeated group list { optional binary element; } }";
    assert_eq!(
        error(&format!("required binary zh; {list}")),
        format!("column “en” {texts}")
    );
    assert_eq!(
        error("required binary zh; repeated binary en;"),
        format!("column “en” {texts}")
    );
}
