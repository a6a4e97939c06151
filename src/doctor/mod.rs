//! `friender doctor`: tries everything the server stands on, as the server would, and says what would fix it.

mod database;
mod finding;
mod measures;
mod running;
mod storage;

use std::net::TcpListener;

use secrecy::ExposeSecret;

pub use self::finding::{Finding, Verdict};
pub(crate) use self::measures::{not_needed, not_offered, wanted};
pub(crate) use self::storage::fix_for as fix_of_store;

use crate::backing;
use crate::config::{Config, ConfigError, Environment, Layer, Resolved};
use crate::data_dir::{DataDir, DataDirError};

/// What can be said when the settings can't even be read.
pub fn bad_settings(error: &ConfigError) -> Finding {
    Finding::failed("settings", error, "`friender config --example` prints every setting with its default")
}

/// Checks everything, in the order in which the server needs it; `tell` hears each finding at once. Answers how many
/// failed. What is private is started for it and stopped again, unless a running server has it.
pub async fn examine(resolved: &Resolved, tell: impl FnMut(&Finding)) -> usize {
    let mut report = Report { tell, failed: 0 };
    settings(resolved, &mut report);
    let config = &resolved.config;
    let folder = data_folder(config, &mut report);
    match &folder {
        Folder::Busy { holder } => report.add(running::examine(config.addr, *holder).await),
        Folder::Ours(_) | Folder::NotNeeded => report.add(address(config).await),
        Folder::Unusable => {}
    }
    examine_database(config, &folder, &mut report).await;
    examine_storage(config, &folder, &mut report).await;
    report.failed
}

struct Report<T: FnMut(&Finding)> {
    tell: T,
    failed: usize,
}

impl<T: FnMut(&Finding)> Report<T> {
    fn add(&mut self, finding: Finding) {
        self.failed += usize::from(finding.is_failure());
        (self.tell)(&finding);
    }
}

/// The data folder, as far as it can be had.
enum Folder {
    Ours(DataDir),
    NotNeeded,
    Busy { holder: Option<u32> },
    Unusable,
}

fn settings<T: FnMut(&Finding)>(resolved: &Resolved, report: &mut Report<T>) {
    let given = resolved.values.iter().filter(|setting| setting.origin.layer != Layer::Default).count();
    let environment = match resolved.config.environment {
        Environment::Development => "development",
        Environment::Production => "production",
    };
    report
        .add(Finding::ok("settings", format!("{environment}, {given} given; `friender config` lists them")));
    for warning in &resolved.warnings {
        report.add(Finding::noted("settings", warning));
    }
}

fn data_folder<T: FnMut(&Finding)>(config: &Config, report: &mut Report<T>) -> Folder {
    if !backing::needs_folder(config) {
        report.add(Finding::noted("data folder", "not needed: everything it would keep is given"));
        return Folder::NotNeeded;
    }
    match DataDir::open(&config.data_dir) {
        Ok(folder) => {
            report.add(Finding::ok("data folder", format!("{} is free to use", folder.path().display())));
            Folder::Ours(folder)
        }
        Err(DataDirError::InUse { path, holder }) => {
            let holder_said = holder.map(|pid| format!(" (process {pid})")).unwrap_or_default();
            let said =
                format!("a running Friender{holder_said} has {}: nothing wrong with that", path.display());
            report.add(Finding::ok("data folder", said));
            Folder::Busy { holder }
        }
        Err(error) => {
            report.add(Finding::failed(
                "data folder",
                &error,
                "see above; the folder is --data-dir or FRIENDER_DATA_DIR",
            ));
            Folder::Unusable
        }
    }
}

/// Free to listen on, or taken by a Friender that is well.
async fn address(config: &Config) -> Finding {
    match TcpListener::bind(config.addr) {
        Ok(_) => Finding::ok("address", format!("{} is free to listen on", config.addr)),
        Err(error) => match running::ask(config.addr).await {
            Ok(health) => running::judge(config.addr, &health),
            Err(_) => Finding::failed(
                "address",
                format!("can't listen on {}: {error}", config.addr),
                "stop the program that has it, or choose another one with --addr or FRIENDER_ADDR",
            ),
        },
    }
}

async fn examine_database<T: FnMut(&Finding)>(config: &Config, folder: &Folder, report: &mut Report<T>) {
    let private = config.database.url.is_none();
    let data_dir = match (private, folder) {
        (false, _) => None,
        (true, Folder::Ours(folder)) => Some(folder),
        (true, Folder::Busy { .. }) => {
            return report
                .add(Finding::noted("database", "private; only the server that runs it can look closer"));
        }
        (true, _) => {
            return report.add(Finding::noted("database", "not checked: it lives in the data folder"));
        }
    };
    match backing::open_database(config, data_dir).await {
        Ok((cluster, url)) => {
            let findings = tokio::task::spawn_blocking(move || {
                let findings = database::examine(url.expose_secret(), private);
                if let Some(cluster) = cluster {
                    cluster.stop();
                }
                findings
            });
            findings.await.unwrap_or_default().into_iter().for_each(|finding| report.add(finding));
        }
        Err(error) => report.add(Finding::failed(
            "database",
            &error,
            "do what the message says; postgres.log in the data folder's postgres/ has PostgreSQL's own words",
        )),
    }
}

async fn examine_storage<T: FnMut(&Finding)>(config: &Config, folder: &Folder, report: &mut Report<T>) {
    let private = config.storage.bucket.is_none();
    let data_dir = match (private, folder) {
        (false, _) => None,
        (true, Folder::Ours(folder)) => Some(folder),
        (true, Folder::Busy { .. }) => {
            return report
                .add(Finding::noted("bucket", "private; only the server that runs it can look closer"));
        }
        (true, _) => return report.add(Finding::noted("bucket", "not checked: it lives in the data folder")),
    };
    match backing::open_store(config, data_dir).await {
        Ok((store, media)) => {
            let add = |finding| report.add(finding);
            storage::examine(&media, config, add).await;
            if let Some(store) = store {
                store.stop().await;
            }
        }
        Err(error) => report.add(Finding::failed("bucket", &error, "do what the message says")),
    }
}
