//! The schemas that programs keep in the metadata of a file, beside that of Parquet. They are to know added columns, too: Arrow and Spark
//! take theirs for the whole schema.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parquet::file::metadata::KeyValue;
use serde_json::{Value, json};

use super::arrow_schema;
use crate::formats::chunk::{PENALTY_COLUMN, RULES_COLUMN};

/// The schema of Arrow: a message of its IPC format, in Base64.
const ARROW: &str = "ARROW:schema";
/// The schema of Spark, as JSON.
const SPARK: &str = "org.apache.spark.sql.parquet.row.metadata";

/// The metadata with the columns of annotations. A schema that is not understood is left out: the one of Parquet then counts.
pub fn with_annotations(pairs: Vec<KeyValue>) -> Vec<KeyValue> {
    let changed = pairs.into_iter().filter_map(|pair| {
        let value = match (&*pair.key, &pair.value) {
            (ARROW, Some(value)) => {
                let message = STANDARD.decode(value).ok()?;
                Some(STANDARD.encode(arrow_schema::with_annotations(&message)?))
            }
            (SPARK, Some(value)) => Some(spark(value)?),
            _ => pair.value,
        };
        Some(KeyValue { key: pair.key, value })
    });
    changed.collect()
}

fn spark(schema: &str) -> Option<String> {
    let mut schema: Value = serde_json::from_str(schema).ok()?;
    let rules = json!({"type": "array", "elementType": "string", "containsNull": true});
    let field = |name: &str, kind: Value| json!({"name": name, "type": kind, "nullable": true, "metadata": {}});
    let fields = schema.get_mut("fields")?.as_array_mut()?;
    fields.extend([field(RULES_COLUMN, rules), field(PENALTY_COLUMN, json!("double"))]);
    Some(schema.to_string())
}
