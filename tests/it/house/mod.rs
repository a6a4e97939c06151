//! The house as ARCHITECTURE.md draws it: who may look into which room. `rules` says it, `made_up` proves that breaking
//! a rule is noticed.

mod made_up;
mod references;
mod rules;
mod size;
pub mod source;
mod tokens;

use source::files;

#[test]
fn every_arrow_points_down() {
    let found: Vec<_> = files()
        .iter()
        .filter_map(|file| Some((file.path.strip_prefix("src/")?, &file.text)))
        .flat_map(|(path, text)| rules::broken(path, text))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// What is odd in other front ends' requests stays in one room: elsewhere it is only declared and mounted.
#[test]
fn nobody_names_the_classic_face_but_its_mounting() {
    let naming = |file: &&source::SourceFile| file.text.to_lowercase().contains("classic");
    let files = files();
    let outside = files.iter().filter(|file| file.path.starts_with("src/")).filter(naming);
    let outside: Vec<_> = outside.map(|file| &file.path).filter(|path| !path.contains("/classic/")).collect();
    assert_eq!(outside, ["src/lib.rs", "src/routes.rs"]);
}

#[test]
fn every_listed_file_is_there() {
    let files = files();
    let listed = rules::listed().into_iter().map(|path| format!("src/{path}")).chain(size::listed());
    for path in listed {
        assert!(files.iter().any(|file| file.path == path), "{path} is gone: take it off the list");
    }
}

#[test]
fn files_are_short_and_lints_are_on() {
    let found: Vec<_> = files().iter().flat_map(|file| size::broken(&file.path, &file.text)).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    assert_eq!(size::missing_lints(include_str!("../../../Cargo.toml")), Vec::<&str>::new());
}
