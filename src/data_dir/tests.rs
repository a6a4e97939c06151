//! The folder and its secrets, on a real file system.

use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_folder_is_made_with_its_parents_and_is_traversable() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(&home.path().join("a/b")).unwrap();
    assert!(dir.path().is_absolute() && dir.path().ends_with("a/b"));
    assert_eq!((mode(dir.path()), mode(&home.path().join("a"))), (0o755, 0o755));
    assert_eq!(dir.postgres(), dir.path().join("postgres"));
    assert_eq!(dir.objects(), dir.path().join("objects"));
}

#[test]
fn the_second_opener_is_told_the_folder_and_the_holder_until_the_first_is_gone() {
    let home = TempDir::new().unwrap();
    let first = DataDir::open(home.path()).unwrap();
    let message = DataDir::open(home.path()).unwrap_err().to_string();
    assert!(message.contains(&home.path().canonicalize().unwrap().display().to_string()), "{message}");
    assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
    drop(first);
    DataDir::open(home.path()).unwrap();
}

#[test]
fn a_secret_is_made_once_per_name_and_kept_private() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(home.path()).unwrap();
    let made = dir.secret("jwt").unwrap();
    assert_eq!(BASE64.decode(made.expose_secret()).unwrap().len(), SECRET_BYTES);
    assert_ne!(made.expose_secret(), dir.secret("pepper").unwrap().expose_secret());
    assert_eq!(mode(&home.path().join("secrets")), 0o700);
    assert_eq!(mode(&home.path().join("secrets/jwt")), 0o600);
    drop(dir);
    let again = DataDir::open(home.path()).unwrap();
    assert_eq!(made.expose_secret(), again.secret("jwt").unwrap().expose_secret());
}

#[test]
fn loose_permissions_are_tightened() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(home.path()).unwrap();
    let made = dir.secret("jwt").unwrap();
    let (folder, file) = (home.path().join("secrets"), home.path().join("secrets/jwt"));
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    assert_eq!(made.expose_secret(), dir.secret("jwt").unwrap().expose_secret());
    assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
}

#[test]
fn a_damaged_secret_is_refused_and_left_alone() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(home.path()).unwrap();
    dir.secret("pepper").unwrap();
    let file = home.path().join("secrets/pepper");
    fs::write(&file, "short").unwrap();
    assert!(dir.secret("pepper").unwrap_err().to_string().contains("secrets/pepper"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "short");
}

#[test]
fn a_write_that_was_cut_short_is_made_anew() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(home.path()).unwrap();
    fs::create_dir(home.path().join("secrets")).unwrap();
    fs::write(home.path().join("secrets/jwt.new"), "half").unwrap();
    let made = dir.secret("jwt").unwrap();
    assert_eq!(made.expose_secret(), dir.secret("jwt").unwrap().expose_secret());
}

#[test]
fn threads_that_ask_at_once_get_one_secret() {
    let home = TempDir::new().unwrap();
    let dir = DataDir::open(home.path()).unwrap();
    let asked = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| dir.secret("jwt").unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(asked.windows(2).all(|pair| pair[0].expose_secret() == pair[1].expose_secret()));
}

#[test]
fn a_file_in_the_folders_place_is_a_clear_error() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("taken");
    fs::write(&file, "").unwrap();
    let message = DataDir::open(&file).unwrap_err().to_string();
    assert!(message.contains("taken") && message.contains("--data-dir"), "{message}");
}
