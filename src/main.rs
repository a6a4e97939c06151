//! The command line of Friender.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use friender::app::{AppError, Application};
use friender::backing::Backing;
use friender::banner::{Banner, DemoLogin};
use friender::cli::{self, Cli, Command, ShowConfig, Storage};
use friender::config::{self, Config, Resolved};
use friender::photos::{Photos, Reaping};
use friender::seed::{self, Seeder};
use friender::{doctor, memory, operator, routes, storage_setup, telemetry};

fn main() -> ExitCode {
    memory::give_back_what_is_large();
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(error.as_ref());
            match error.is::<StillDangling>() {
                true => ExitCode::from(FOUND_SOMETHING),
                false => ExitCode::FAILURE,
            }
        }
    }
}

/// The exit status of a dry run that found something.
const FOUND_SOMETHING: u8 = 3;

/// A dry run found something.
#[derive(Debug, thiserror::Error)]
#[error("something dangles: run this without --dry-run to remove it")]
struct StillDangling;

fn run(cli: &Cli) -> Result<(), Box<dyn Error>> {
    // Neither needs settings that can be used.
    match &cli.command {
        Command::Config(ShowConfig { example: true, .. }) => return print(&config::env_example()),
        Command::Config(ShowConfig { markdown: true, .. }) => return print(&config::markdown_table()),
        Command::Doctor(_) => return examine(cli),
        _ => {}
    }
    let resolved = Config::load(&cli.overrides())?;
    telemetry::init(&resolved.config.log)?;
    for warning in &resolved.warnings {
        tracing::warn!("{warning}");
    }
    match &cli.command {
        Command::Config(form) => show(form, &resolved),
        Command::Openapi => print(&(routes::openapi().to_pretty_json()? + "\n")),
        Command::Routes => print_routes(),
        Command::Serve(_) => block_on(serve(resolved.config)),
        Command::Demo(_) => block_on(demo(resolved)),
        Command::Migrate => block_on(migrate(&resolved.config)),
        Command::Seed(form) => block_on(seed(form, &resolved.config)),
        Command::Storage(Storage::Setup(form)) => block_on(set_up_storage(form, &resolved.config)),
        Command::User(command) => block_on(async { print(&operator::run(command, &resolved.config).await?) }),
        Command::Photos(cli::Photos::Reap(form)) => block_on(reap(*form, &resolved.config)),
        // Answered above.
        Command::Doctor(_) => Ok(()),
    }
}

/// Being asked to stop while starting is no fault.
fn block_on(work: impl Future<Output = Result<(), Box<dyn Error>>>) -> Result<(), Box<dyn Error>> {
    match actix_web::rt::System::new().block_on(work) {
        Err(error) if matches!(error.downcast_ref(), Some(AppError::Stopped)) => Ok(()),
        done => done,
    }
}

async fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let banner = Banner::new(&config);
    let app = Application::build(config).await?;
    print(&banner.text(app.addr(), app.pages(), None))?;
    Ok(app.run().await?)
}

/// Where front ends under development usually are.
const USUAL_ORIGINS: [&str; 2] = ["http://localhost:3000", "http://localhost:5173"];

async fn demo(resolved: Resolved) -> Result<(), Box<dyn Error>> {
    let by_default = resolved.is_default("FRIENDER_COOKIES");
    let mut config = resolved.config;
    config.accounts.cookies |= by_default;
    // There is no flag that agrees: whoever serves production can't mean a demo.
    seed::may_seed(&config, false)?;
    if config.cors_origins.is_empty() {
        config.cors_origins = USUAL_ORIGINS.map(str::to_owned).to_vec();
    }
    let banner = Banner::new(&config);
    let app = Application::build(config.clone()).await?;
    let seeder = Seeder::new(app.backing(), &config);
    match seed::or_stopped(seeder.demo_people()).await {
        Ok(seeded) => print(&seeded.to_string())?,
        Err(error) => {
            app.close().await;
            return Err(error.into());
        }
    }
    let (username, password) = seed::demo_login()?;
    let login = DemoLogin { username: &username, password: &password };
    print(&banner.text(app.addr(), app.pages(), Some(login)))?;
    Ok(app.run().await?)
}

async fn seed(form: &cli::Seed, config: &Config) -> Result<(), Box<dyn Error>> {
    seed::may_seed(config, form.yes)?;
    if form.reset {
        seed::may_reset(config, form.yes)?;
    }
    let backing = Backing::open(config).await?;
    let seeder = Seeder::new(&backing, config);
    let work = seeder.seed(form.people, form.reset);
    let seeded = seed::or_stopped(work).await;
    backing.close().await;
    print(&seeded?.to_string())
}

async fn reap(form: cli::Reap, config: &Config) -> Result<(), Box<dyn Error>> {
    let backing = Backing::open(config).await?;
    let photos = Photos::new(backing.db.clone(), backing.media.clone(), &config.photos);
    let reaping = Reaping {
        grace: chrono::TimeDelta::minutes(form.grace.into()),
        dry_run: form.dry_run,
        sure: form.yes,
    };
    // Nobody is left to tell when stdout is gone.
    let reaped = photos.reap(reaping, |finding| drop(print(&format!("{finding}\n")))).await;
    backing.close().await;
    let reaped = reaped?;
    print(&format!("{reaped}\n"))?;
    match reaped.found - reaped.done {
        0 => Ok(()),
        _ if form.dry_run => Err(StillDangling.into()),
        left => Err(format!("{left} of them could not be removed; the log says why. Run this again").into()),
    }
}

async fn migrate(config: &Config) -> Result<(), Box<dyn Error>> {
    let backing = Backing::open(config).await?;
    backing.close().await;
    print("The database is up to date.\n")
}

async fn set_up_storage(form: &cli::Setup, config: &Config) -> Result<(), Box<dyn Error>> {
    let tell = |finding: &doctor::Finding| drop(print(&format!("{finding}\n")));
    match storage_setup::set_up(config, form.dry_run, tell).await {
        0 if config.storage.bucket.is_none() => Ok(()),
        0 if form.dry_run => print("\nNothing was changed.\n"),
        0 => print("\nThe bucket is ready. `friender doctor` tries it.\n"),
        failed => {
            Err(format!("{failed} of the steps failed; each has its fix below it. The others are done")
                .into())
        }
    }
}

fn examine(cli: &Cli) -> Result<(), Box<dyn Error>> {
    let resolved = match Config::load(&cli.overrides()) {
        Ok(resolved) => resolved,
        Err(error) => {
            print(&format!("{}\n", doctor::bad_settings(&error)))?;
            return Err("the settings can't be used".into());
        }
    };
    let mut log = resolved.config.log.clone();
    if resolved.is_default("FRIENDER_LOG") {
        // The report says it all.
        log.filter = "off".to_owned();
    }
    telemetry::init(&log)?;
    // Nobody is left to tell when stdout is gone.
    let tell = |finding: &doctor::Finding| drop(print(&format!("{finding}\n")));
    match actix_web::rt::System::new().block_on(doctor::examine(&resolved, tell)) {
        0 => print("\nAll is well.\n"),
        1 => Err("one check failed; its fix stands below it".into()),
        failed => Err(format!("{failed} checks failed; each has its fix below it").into()),
    }
}

fn print_routes() -> Result<(), Box<dyn Error>> {
    let lines = routes::table()
        .into_iter()
        .map(|(method, path, summary)| format!("{method:<6} {path:<40} {summary}\n"));
    print(&lines.collect::<String>())
}

fn show(form: &ShowConfig, resolved: &Resolved) -> Result<(), Box<dyn Error>> {
    if form.json {
        return print(&config::listing_json(resolved));
    }
    print(&config::listing(resolved))
}

/// A reader that goes away (`| head`) is no error.
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// One line for the error and one for each cause that says something new.
fn report(error: &dyn Error) {
    let mut text = format!("error: {error}\n");
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(said.trim_end()) {
            text.push_str(&format!("caused by: {}\n", said.trim_end()));
        }
        cause = error.source();
    }
    // Nobody is left to tell when stderr is gone.
    let _ = io::stderr().write_all(text.as_bytes());
}
