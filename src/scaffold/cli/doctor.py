"""Looking at a project: what is left to do before others see it."""

from pathlib import Path

import click

from scaffold.cli.terminal import say, width


@click.command(
    "doctor",
    short_help="Tell whether a project is ready to be shown.",
    epilog="""\b
Examples:
  scaffold doctor
  scaffold doctor myproj --no-check
""",
)
@click.argument("path", type=click.Path(path_type=Path), default=".", metavar="[PATH]")
@click.option(
    "--check/--no-check",
    default=True,
    show_default=True,
    help="Run the project's own check, with its tests.",
)
@click.option("--json", "as_json", is_flag=True, help="Say it in one JSON object.")
@click.pass_context
def doctor_command(
    ctx: click.Context, path: Path, *, check: bool, as_json: bool
) -> None:
    """Tell what is left to do before the project in PATH is shown, why, and how.

    It changes nothing. The exit code is 1 where something is left to do.
    """
    # Here and not above: `--help` and completion start without them.
    from scaffold import report
    from scaffold.doctor import Patient, examine, try_check
    from scaffold.project import find_project

    patient = Patient(find_project(path))
    findings = [*examine(patient)]
    if check and patient.check:
        say(f"running `{patient.check}`, which may take a minute", color="blue")
        findings += try_check(patient)
    if as_json:
        click.echo(report.findings_as_json(patient.project, findings, checked=check))
    else:
        click.echo(
            report.findings(patient.project, findings, checked=check, width=width())
        )
    ctx.exit(1 if findings else 0)
