//! The steps: there and back, and by two at once.

use diesel::{Connection, PgConnection};
use friender::db::{migrate, pending_migrations, revert_all};

use crate::schema::catalogue::{dump, lines};
use crate::support::db;

#[test]
fn up_down_up_is_up() {
    let url = db::bare();
    let mut conn = PgConnection::establish(&url).unwrap();
    let nothing = dump(&mut conn);
    let ran = migrate(&url).unwrap();
    assert!(pending_migrations(&mut conn).unwrap().is_empty());
    let before = dump(&mut conn);
    assert_eq!(revert_all(&url).unwrap(), ran.len());
    let own = "__diesel_schema_migrations";
    let left: Vec<_> =
        dump(&mut conn).into_iter().filter(|line| !line.contains(own) && !nothing.contains(line)).collect();
    assert_eq!(left, Vec::<String>::new(), "a down.sql leaves something behind");
    assert_eq!(migrate(&url).unwrap(), ran);
    assert_eq!(dump(&mut conn), before);
    assert_eq!(lines(&mut conn, ZIP_CODES), ["41195"]);
}

const ZIP_CODES: &str = "SELECT count(*)::text AS line FROM zip_codes";

#[test]
fn two_that_migrate_at_once_don_t_disturb_each_other() {
    let url = db::bare();
    let both = [url.clone(), url.clone()].map(|url| std::thread::spawn(move || migrate(&url)));
    let mut ran: Vec<usize> = both.into_iter().map(|thread| thread.join().unwrap().unwrap().len()).collect();
    ran.sort_unstable();
    let mut conn = PgConnection::establish(&url).unwrap();
    let steps = lines(&mut conn, "SELECT version::text AS line FROM __diesel_schema_migrations").len();
    assert_eq!(ran, [0, steps], "one runs all steps, the other waits and finds nothing to do");
    assert_eq!(lines(&mut conn, ZIP_CODES), ["41195"]);
}

#[test]
fn the_zip_table_is_a_copy_of_the_binary_s() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    assert_eq!(lines(&mut conn, ZIP_CODES), ["41195"]);
    let beverly_hills = "SELECT concat_ws(', ', code, place, state, latitude::int, longitude::int) AS line \
                         FROM zip_codes WHERE code = 90210";
    assert_eq!(lines(&mut conn, beverly_hills), ["90210, Beverly Hills, CA, 34, -118"]);
}
