//! The program: see `youth_charter::cli` for its commands.

fn main() -> std::process::ExitCode {
    youth_charter::cli::run()
}
