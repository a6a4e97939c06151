//! The command line of Friender.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use friender::app::Application;
use friender::backing::Backing;
use friender::banner::{Banner, DemoLogin};
use friender::cli::{self, Cli, Command, ShowConfig};
use friender::config::{self, Config, Resolved};
use friender::seed::{self, Seeder};
use friender::{routes, telemetry};

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<(), Box<dyn Error>> {
    // Neither needs settings that can be used.
    match &cli.command {
        Command::Config(ShowConfig { example: true, .. }) => return print(&config::env_example()),
        Command::Config(ShowConfig { markdown: true, .. }) => return print(&config::markdown_table()),
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
        command => actix_web::rt::System::new().block_on(run_command(command, resolved.config)),
    }
}

async fn run_command(command: &Command, config: Config) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Serve(_) => serve(config).await,
        Command::Demo(_) => demo(config).await,
        Command::Migrate => migrate(&config).await,
        Command::Seed(form) => seed(form, &config).await,
        _ => Err("not wired yet".into()),
    }
}

async fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let banner = Banner::new(&config);
    let app = Application::build(config).await?;
    print(&banner.text(app.addr(), None))?;
    Ok(app.run().await?)
}

/// Where front ends under development usually are.
const USUAL_ORIGINS: [&str; 2] = ["http://localhost:3000", "http://localhost:5173"];

async fn demo(mut config: Config) -> Result<(), Box<dyn Error>> {
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
    print(&banner.text(app.addr(), Some(login)))?;
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

async fn migrate(config: &Config) -> Result<(), Box<dyn Error>> {
    let backing = Backing::open(config).await?;
    backing.close().await;
    print("The database is up to date.\n")
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

/// One line for the error and one for each cause.
fn report(error: &dyn Error) {
    let mut text = format!("error: {error}\n");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("caused by: {error}\n"));
        cause = error.source();
    }
    // Nobody is left to tell when stderr is gone.
    let _ = io::stderr().write_all(text.as_bytes());
}
