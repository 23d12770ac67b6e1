//! The verbs whose past tense or participle the stemmer does not reduce to the verb.

use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stem::stem;

/// Verbs with their irregular forms. Left out are forms that are more often other words (“felt”, “left”, “saw”).
#[rustfmt::skip]
const VERBS: &[(&str, &[&str])] = &[
    ("arise", &["arose", "arisen"]), ("awake", &["awoke", "awoken"]), ("bear", &["bore", "borne"]), ("beat", &["beaten"]),
    ("become", &["became"]), ("begin", &["began", "begun"]), ("bend", &["bent"]), ("bind", &["bound"]), ("bite", &["bitten"]),
    ("blow", &["blew", "blown"]), ("break", &["broke", "broken"]), ("bring", &["brought"]), ("build", &["built"]),
    ("burn", &["burnt"]), ("buy", &["bought"]), ("catch", &["caught"]), ("choose", &["chose", "chosen"]), ("come", &["came"]),
    ("deal", &["dealt"]), ("dig", &["dug"]), ("draw", &["drew", "drawn"]), ("drink", &["drank", "drunk"]),
    ("drive", &["drove", "driven"]), ("eat", &["ate", "eaten"]), ("fall", &["fell", "fallen"]), ("feed", &["fed"]),
    ("fight", &["fought"]), ("find", &["found"]), ("fly", &["flew", "flown"]), ("forbid", &["forbade", "forbidden"]),
    ("forget", &["forgot", "forgotten"]), ("freeze", &["froze", "frozen"]), ("give", &["gave", "given"]),
    ("grow", &["grew", "grown"]), ("hear", &["heard"]), ("hide", &["hidden"]), ("hold", &["held"]), ("keep", &["kept"]),
    ("know", &["knew", "known"]), ("lead", &["led"]), ("lend", &["lent"]), ("lose", &["lost"]), ("make", &["made"]),
    ("meet", &["met"]), ("overcome", &["overcame"]), ("pay", &["paid"]), ("rebuild", &["rebuilt"]), ("ride", &["rode", "ridden"]),
    ("ring", &["rang", "rung"]), ("rise", &["rose", "risen"]), ("run", &["ran"]), ("seek", &["sought"]), ("sell", &["sold"]),
    ("send", &["sent"]), ("shake", &["shook", "shaken"]), ("shoot", &["shot"]), ("shrink", &["shrank", "shrunk"]),
    ("sing", &["sang", "sung"]), ("sink", &["sank", "sunk"]), ("sleep", &["slept"]), ("speak", &["spoke", "spoken"]),
    ("spend", &["spent"]), ("steal", &["stole", "stolen"]), ("strike", &["struck"]), ("swear", &["swore", "sworn"]),
    ("swim", &["swam", "swum"]), ("take", &["took", "taken"]), ("teach", &["taught"]), ("tear", &["tore", "torn"]),
    ("tell", &["told"]), ("think", &["thought"]), ("throw", &["threw", "thrown"]), ("undergo", &["underwent", "undergone"]),
    ("understand", &["understood"]), ("undertake", &["undertook", "undertaken"]), ("wear", &["wore", "worn"]), ("win", &["won"]),
    ("withdraw", &["withdrew", "withdrawn"]), ("write", &["wrote", "written"]),
];

/// The stem of the verb of which `form` is the stem of an irregular form.
pub fn verb_of(form: &str) -> Option<Rc<str>> {
    static VERB_OF: LazyLock<FxHashMap<Box<str>, &str>> = LazyLock::new(|| {
        let forms = VERBS
            .iter()
            .flat_map(|(verb, forms)| forms.iter().map(move |form| (*form, *verb)));
        forms.map(|(form, verb)| (Box::from(&*stem(form)), verb)).collect()
    });
    VERB_OF.get(form).map(|verb| stem(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_lead_to_their_verbs() {
        for (form, verb) in [("won", "win"), ("became", "become"), ("undertaken", "undertake")] {
            assert_eq!(verb_of(&stem(form)), Some(stem(verb)), "{form}");
        }
        assert_eq!(verb_of("wind"), None);
    }

    #[test]
    fn the_stemmer_reduces_none_of_the_forms() {
        for (verb, forms) in VERBS {
            for form in *forms {
                assert_ne!(stem(form), stem(verb), "{form}");
            }
        }
    }
}
