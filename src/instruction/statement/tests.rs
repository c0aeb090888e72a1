use super::{Budget, Read, read};
use crate::text::Words;
use proptest::prelude::*;

fn in_prose(text: &str, budget: &mut Budget) -> Vec<Read> {
    super::read_prose(text, Words::of(text).all(), budget)
}

fn texts(code: &str, language: &str) -> Vec<String> {
    read(code, language, &mut Budget::for_bytes(code.len())).into_iter().map(|read| read.text).collect()
}

#[test]
fn splits_statements_and_normalises_words() {
    let code =
        "-- give\ngrant select on \"Sales\".orders /* x */ to ann@'%';\nRevoke ALL on t from bob\nGO\nalter role ann with password 'a;b'";
    assert_eq!(
        texts(code, "sql"),
        ["GRANT SELECT ON \"Sales\" . ORDERS TO ANN @ '%'", "REVOKE ALL ON T FROM BOB", "ALTER ROLE ANN WITH PASSWORD 'a;b'"]
    );
}

#[test]
fn begins_a_statement_at_a_strong_verb_on_its_own_line() {
    assert_eq!(texts("GRANT a TO b\nGRANT c TO d", ""), ["GRANT A TO B", "GRANT C TO D"]);
    assert_eq!(texts("UPDATE t\nSET a = 1", ""), ["UPDATE T SET A = 1"]);
}

#[test]
fn takes_no_english_for_a_statement() {
    for text in
        ["grant", "create a ticket", "update the docs", "select an option", "drop me a line", "set it up", "admin", "use the role menu"]
    {
        assert!(texts(text, "").is_empty(), "{text}");
    }
}

#[test]
fn reads_past_a_clients_prompt() {
    assert_eq!(texts("mysql> GRANT a TO b;\nQuery OK\napp=# DROP ROLE c;", ""), ["GRANT A TO B", "DROP ROLE C"]);
}

#[test]
fn finds_statements_in_the_strings_of_a_program() {
    let code = "cursor.execute(\"GRANT a TO b\")\nx = '''\n  ALTER USER c SUPERUSER;\n'''";
    assert_eq!(texts(code, "python"), ["GRANT A TO B", "ALTER USER C SUPERUSER"]);
}

#[test]
fn points_at_the_statement() {
    let code = "note;\n GRANT a TO b ; rest";
    assert_eq!(code.get(read(code, "", &mut Budget::for_bytes(99))[0].range.clone()).unwrap(), "GRANT a TO b");
}

#[test]
fn finds_statements_in_prose_by_their_capitals() {
    let prose = |text: &str| in_prose(text, &mut Budget::for_bytes(text.len())).into_iter().map(|read| read.text).collect::<Vec<_>>();
    assert_eq!(prose("Run GRANT ALL ON shop.* TO ann and try again."), ["GRANT ALL ON SHOP . * TO ANN"]);
    assert_eq!(prose("Then ALTER ROLE ann SUPERUSER. It works."), ["ALTER ROLE ANN SUPERUSER"]);
    assert!(prose("grant access to the team, then create a user").is_empty());
}

proptest! {
    #[test]
    fn any_string_is_read(code in any::<String>(), pieces in proptest::collection::vec(prop_oneof![
        Just("GRANT "), Just("x "), Just("TO "), Just("'"), Just("\""), Just(";"), Just("\n"), Just("--"), Just("/*"), Just("["), Just("é"), Just("$$"), Just("<a>"), Just("update "), Just("set "), Just("\\"),
    ], 0..30)) {
        for code in [code, pieces.concat()] {
            let mut budget = Budget::for_bytes(code.len());
            for language in ["", "python"] {
                for found in read(&code, language, &mut budget) {
                    prop_assert!(code.get(found.range.clone()).is_some());
                }
            }
            for found in in_prose(&code, &mut budget) {
                prop_assert!(code.get(found.range.clone()).is_some());
            }
        }
    }
}
