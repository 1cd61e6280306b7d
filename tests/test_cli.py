"""The command line as its user meets it: what it prints, what it refuses, how it exits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot import cli
from bot.errors import SourceError
from config.settings import Settings

WIRE = """عُمان وكينيا توقعان مذكرة تفاهم في مجال الطاقة المتجددة
مسقط في 22 نوفمبر / اتفقت سلطنة عُمان وكينيا على إنشاء محطة للطاقة الشمسية بقدرة 200 ميغاواط.
"""


@pytest.fixture(autouse=True)
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    yield
    structlog.reset_defaults()  # a run points it at its own standard error


def mujaz(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, arguments, input=stdin)


def test_digest_json_is_a_line_a_file_with_offsets_into_it(tmp_path: Path) -> None:
    file = tmp_path / "wire.txt"
    file.write_text(WIRE, encoding="utf-8")
    result = mujaz("digest", "--json", str(file))
    line = json.loads(result.stdout)
    assert (line["id"], line["headline"]) == ("wire", WIRE.splitlines()[0])
    assert line["agreements"]
    for agreement in line["agreements"]:
        for name in ("subject", "evidence"):
            span = agreement[name]
            assert WIRE[span["start"] : span["end"]] == span["text"]


def test_digest_reads_standard_input() -> None:
    result = mujaz("digest", "--json", "-", stdin=WIRE.encode())
    assert json.loads(result.stdout)["id"] == "stdin"


def test_a_bad_file_is_one_sentence_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(WIRE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    names = [str(tmp_path / name) for name in ("empty.txt", "good.txt", "picture.txt", "gone.txt")]
    result = mujaz("digest", "--json", *names)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["good"]
    assert len(result.stderr.splitlines()) == 3
    assert all(line.startswith("mujaz: ") for line in result.stderr.splitlines())


def test_a_story_without_agreements_says_so(tmp_path: Path) -> None:
    file = tmp_path / "weather.txt"
    file.write_text("طقس اليوم معتدل\nتتوقع الأرصاد طقسا معتدلا.\n", encoding="utf-8")
    result = mujaz("digest", str(file))
    assert result.exit_code == 0
    assert "لا اتفاق في هذا الخبر" in result.stdout


def test_run_once_prints_the_digest_and_a_second_run_changes_nothing() -> None:
    first, second = mujaz("run", "--once"), mujaz("run", "--once")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == second.stdout
    assert "موجز الاتفاقات" in first.stdout
    assert "16" in first.stderr
    assert Path("var/trial.db").exists()


def test_ask_answers_one_command() -> None:
    mujaz("run", "--once")
    assert "الذكاء الاصطناعي" in mujaz("ask", "/topics ai").stdout
    assert "/help" in mujaz("ask", "/nonsense").stdout


def test_doctor_before_and_after_the_first_run() -> None:
    before = mujaz("doctor")
    assert (before.exit_code, "the first run will create var/trial.db" in before.stdout) == (0, True)
    assert "trial.db" in mujaz("migrate").stdout
    after = mujaz("doctor")
    assert (after.exit_code, "✓ database" in after.stdout) == (0, True)


def test_doctor_names_what_is_wrong_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    Path("var").mkdir()
    Path("var/trial.db").write_bytes(b"this is no database, but long enough to be taken for one" * 20)
    result = mujaz("doctor")
    assert result.exit_code == 1
    assert "set SLACK_APP_TOKEN" in result.stdout
    assert "✗ database" in result.stdout


def test_a_broken_setting_is_named_with_exit_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUJAZ_ZONE", "Mars/Olympus")
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setattr("sys.argv", ["mujaz", "run", "--once"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert {line.split(":")[1] for line in capsys.readouterr().err.splitlines()} == {" MUJAZ_ZONE", " PORT"}


def test_a_feeds_file_with_faults_names_each(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.toml").write_text('[feeds.a]\nname = ""\nurl = "ftp://x"\n', encoding="utf-8")
    monkeypatch.setenv("MUJAZ_FEEDS", str(tmp_path / "feeds.toml"))
    monkeypatch.setattr("sys.argv", ["mujaz", "ingest"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert "[feeds.a]" in capsys.readouterr().err


def test_explain_says_what_decided_each_bullet(tmp_path: Path) -> None:
    file = tmp_path / "wire.txt"
    file.write_text(WIRE, encoding="utf-8")
    said = mujaz("explain", str(file)).stdout
    assert "kept" in said
    assert "parties" in said


def test_evaluate_measures_on_annotated_stories(tmp_path: Path) -> None:
    quote = "إنشاء محطة للطاقة الشمسية بقدرة 200 ميغاواط"
    item = {
        "quote": quote,
        "evidence": WIRE.splitlines()[1],
        "kind": "agreed",
        "parties": ["عمان", "كينيا"],
        "topics": ["energy"],
        "optional": False,
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "text": WIRE, "items": [item]}), encoding="utf-8")
    assert "items" in mujaz("evaluate", str(gold)).stdout
    assert isinstance(mujaz("evaluate", str(tmp_path / "gone.jsonl")).exception, SourceError)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("digst",), "No such command 'digst'. (Did you mean one of: 'digest', 'ingest'?)"),
        (("digest", "--jsn", "x"), "No such option '--jsn'. Did you mean '--json'?"),
        (("outbox", "resend", "x"), "'x' is not a valid integer."),
    ],
)
def test_a_wrong_call_is_one_sentence_with_exit_status_2(
    arguments: tuple[str, ...],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["mujaz", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert sentence in capsys.readouterr().err


def test_an_interrupt_is_exit_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.offline.terminal_writer", interrupted)
    monkeypatch.setattr("sys.argv", ["mujaz", "digest", "-"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130
