"""Messages reach a real server once, over TLS, and every refusal is known for what it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from reportkit.definitions.errors import MendInput, TryLater
from reportkit.mail.outbox import Letter, Outbox
from reportkit.mail.server import Server, server_from
from reportkit.mail.transport import Patience, deliver
from reportkit.mail.words import BAD_CERTIFICATE, BAD_SETTING, LOGIN_REFUSED, NO_TLS
from tests.mail_sender import content, letter
from tests.mail_server import PASSWORD, USER, Desk, Trust, free_port, running

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # TLS is there from the first byte
QUICK = Patience(attempts=3, first_wait=0.01, factor=2.0)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return Trust.new(tmp_path_factory.mktemp("trust"))


@contextmanager
def served(desk: Desk, trust: Trust) -> Iterator[Server]:
    with running(desk, trust.context) as port:
        yield server_at(port, trust)


def server_at(port: int, trust: Trust) -> Server:
    return Server("localhost", "desk@example.com", port, ca=str(trust.file), per_minute=1e6, timeout=5.0)


def filled(root: Path, count: int = 2) -> Outbox:
    outbox = Outbox(root)
    with outbox.held():
        assert all(outbox.put(letter(at), content(letter(at))) for at in range(count))
    return outbox


def sent(outbox: Outbox, server: Server, patience: Patience = QUICK) -> list[Letter]:
    with outbox.held():
        deliver(outbox, server, patience=patience)
    return outbox.letters()


def refusal(outbox: Outbox, server: Server) -> MendInput:
    with pytest.raises(MendInput) as caught:
        sent(outbox, server)
    assert {one.state for one in outbox.letters()} == {"new"}
    return caught.value


def test_what_is_sent_arrives_as_it_was_written_and_only_once(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path, 3)
    with served(desk, trust) as server:
        for _ in range(2):
            assert [one.state for one in sent(outbox, server)] == ["sent"] * 3
            with outbox.held():
                assert not outbox.put(letter(0), content(letter(0)))
    assert desk.ids == [f"<id{at:03}@example.com>" for at in range(3)]
    assert desk.envelopes == [("desk@example.com", f"a{at}@example.com") for at in range(3)]
    assert desk.encrypted == [True] * 3
    assert all(message["Date"] for message in desk.taken)
    assert desk.taken[0].get_content().splitlines()[:2] == ["body", ".dot"]
    assert list((tmp_path / "outbox" / "sent").glob("*/*.eml")) == []


def test_tls_from_the_first_byte_and_a_login(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path)
    with running(desk, trust.context, smtps=True, login=True) as port:
        server = replace(server_at(port, trust), security="smtps", user=USER, password=PASSWORD)
        assert refusal(outbox, replace(server, password=USER)).text is LOGIN_REFUSED
        assert [one.state for one in sent(outbox, server)] == ["sent"] * 2


def test_a_login_happens_only_after_starttls(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path)
    with running(desk, trust.context, login=True) as port:
        server = replace(server_at(port, trust), user=USER, password=PASSWORD)
        assert [one.state for one in sent(outbox, server)] == ["sent"] * 2
    assert desk.encrypted == [True] * 2


def test_without_tls_nothing_is_sent_unless_told_so(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path)
    with running(desk, None) as port:
        server = server_at(port, trust)
        assert refusal(outbox, server).text is NO_TLS
        assert desk.taken == []
        assert [one.state for one in sent(outbox, replace(server, insecure=True))] == ["sent"] * 2


@pytest.mark.parametrize("wrong", [{"ca": None}, {"host": "127.0.0.1"}], ids=["nobody vouches", "another name"])
def test_a_certificate_must_prove_the_servers_name(tmp_path: Path, trust: Trust, wrong: dict[str, str]) -> None:
    desk, outbox = Desk(), filled(tmp_path)
    with served(desk, trust) as server:
        assert refusal(outbox, replace(server, insecure=True, **wrong)).text is BAD_CERTIFICATE
    assert desk.taken == []


def test_a_passing_refusal_is_tried_again_and_then_waits(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = (
        Desk(answers={"a0@example.com": ["451 busy"], "a1@example.com": ["451 busy"] * 3}),
        filled(tmp_path, 3),
    )
    with served(desk, trust) as server:
        first, second, third = sent(outbox, server)
        assert [(one.state, one.attempts) for one in (first, second, third)] == [("sent", 2), ("new", 3), ("sent", 1)]
        assert second.said == "451 busy"
        assert [one.state for one in sent(outbox, server)] == ["sent"] * 3
    assert sorted(desk.ids) == [f"<id{at:03}@example.com>" for at in range(3)]


def test_a_final_refusal_is_kept_in_the_servers_words(tmp_path: Path, trust: Trust) -> None:
    desk = Desk(answers={"a0@example.com": ["550 5.1.1 no such user here"]}, data_answers=["552 5.3.4 too big"])
    outbox = filled(tmp_path, 3)
    with served(desk, trust) as server:
        for _ in range(2):
            found = sent(outbox, server)
            assert [one.state for one in found] == ["failed", "failed", "sent"]
            assert [one.said for one in found[:2]] == ["550 5.1.1 no such user here", "552 5.3.4 too big"]
            assert [one.attempts for one in found] == [1, 1, 1]


def test_a_passing_refusal_after_the_text_is_no_delivery(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(data_answers=["452 disk full"]), filled(tmp_path, 1)
    with served(desk, trust) as server:
        assert [(one.state, one.attempts) for one in sent(outbox, server)] == [("sent", 2)]
    assert len(desk.taken) == 1


def test_a_connection_cut_in_the_middle_leaves_one_message_in_doubt(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(cut_data=1), filled(tmp_path, 3)
    with served(desk, trust) as server:
        assert [one.state for one in sent(outbox, server)] == ["unknown", "sent", "sent"]
        assert [one.state for one in sent(outbox, server)] == ["unknown", "sent", "sent"]
        assert desk.ids == ["<id001@example.com>", "<id002@example.com>"]
        with outbox.held():
            outbox.move(outbox.letter("id000"), "new")
        assert [one.state for one in sent(outbox, server)] == ["sent"] * 3


def test_a_message_is_on_its_way_for_the_outbox_before_it_is_for_the_server(tmp_path: Path, trust: Trust) -> None:
    outbox, seen = filled(tmp_path, 2), []

    class Watching(Desk):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            seen.append([one.state for one in Outbox(tmp_path).letters()])
            return await super().handle_DATA(server, session, envelope)

    with served(Watching(), trust) as server:
        sent(outbox, server)
    assert seen == [["sending", "new"], ["sent", "sending"]]  # else a run killed here would send it again


def test_a_server_that_is_away_is_tried_as_often_as_patience_lasts(tmp_path: Path, trust: Trust) -> None:
    outbox = filled(tmp_path)
    found = sent(outbox, server_at(free_port(), trust))
    assert [(one.state, one.attempts) for one in found] == [("new", 3)] * 2
    assert all("refused" in one.said for one in found)


def test_messages_keep_their_distance(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path, 3)
    with served(desk, trust) as server:
        sent(outbox, replace(server, per_minute=300.0))
    assert min(later - earlier for earlier, later in zip(desk.times, desk.times[1:], strict=False)) >= 0.19


def test_one_run_at_a_time_and_a_dead_ones_message_is_in_doubt(tmp_path: Path) -> None:
    outbox = filled(tmp_path)
    with outbox.held():
        outbox.move(outbox.letter("id000"), "sending")
        with pytest.raises(TryLater), outbox.held():
            pass
        assert [one.state for one in outbox.letters()] == ["sending", "new"]
    with outbox.held():
        assert [one.state for one in outbox.letters()] == ["unknown", "new"]


def test_the_server_comes_from_the_environment() -> None:
    named = {"REPORTKIT_SMTP_HOST": "mail.example.com", "REPORTKIT_SMTP_FROM": "desk@example.com"}
    assert (server_from(named).port, server_from(named).security) == (587, "starttls")
    assert server_from({**named, "REPORTKIT_SMTP_PORT": "465"}).security == "smtps"
    login = {"REPORTKIT_SMTP_USER": "desk@example.org", "REPORTKIT_SMTP_PASSWORD": "secret"}
    server = server_from({"REPORTKIT_SMTP_HOST": "mail", **login})
    assert (server.sender, server.user) == ("desk@example.org", "desk@example.org")
    assert "secret" not in repr(server)


@pytest.mark.parametrize(
    "wrong",
    [
        {"REPORTKIT_SMTP_HOST": ""},
        {"REPORTKIT_SMTP_FROM": ""},
        {"REPORTKIT_SMTP_PORT": "smtp"},
        {"REPORTKIT_SMTP_PORT": "70000"},
        {"REPORTKIT_SMTP_PER_MINUTE": "0"},
        {"REPORTKIT_SMTP_SECURITY": "none"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_settings_that_cannot_be_used_say_so(wrong: dict[str, str]) -> None:
    with pytest.raises(MendInput):
        server_from({"REPORTKIT_SMTP_HOST": "mail", "REPORTKIT_SMTP_FROM": "desk@example.com", **wrong})


@pytest.mark.parametrize(
    ("answer", "state"), [("gibberish", "unknown"), ("354 go on", "unknown"), ("251 taken", "sent")]
)
def test_an_answer_that_is_neither_yes_nor_no_leaves_the_message_in_doubt(
    answer: str, state: str, tmp_path: Path, trust: Trust
) -> None:
    desk, outbox = Desk(data_answers=[answer]), filled(tmp_path, 1)
    with served(desk, trust) as server:
        assert [one.state for one in sent(outbox, server)] == [state]
        assert [one.state for one in sent(outbox, server)] == [state]
    assert desk.taken == []


def test_what_others_leave_in_the_outbox_stops_nothing(tmp_path: Path, trust: Trust) -> None:
    desk, outbox = Desk(), filled(tmp_path, 1)
    (outbox.folder / ".2026-W47.xlsx.4711.part").write_bytes(b"a sheet of a run that died")
    for state in ("new", "sending", "sent"):
        (outbox.folder / state / ".DS_Store").write_bytes(b"of a Mac")
        (outbox.folder / state / "desktop.ini").write_bytes(b"of Windows")
        (outbox.folder / state / "@eaDir" / "thumbs").mkdir(parents=True)
    with served(desk, trust) as server:
        assert [one.state for one in sent(outbox, server)] == ["sent"]
    outbox.settle()
    assert (outbox.folder / "sending" / "@eaDir").is_dir()
    assert not list(outbox.folder.glob("*.part"))
    assert [one.id for one in outbox.letters()] == ["id000"]


def test_the_folder_says_which_message_it_is(tmp_path: Path) -> None:
    outbox = filled(tmp_path, 1)
    (outbox.folder / "new" / "id000").rename(outbox.folder / "new" / "id777")  # a renaming cut short
    assert [one.id for one in outbox.letters()] == ["id777"]
    assert outbox.content(outbox.letter("id777"))


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_certificates_that_cannot_be_read_are_a_setting_to_mend(
    content: bytes | None, tmp_path: Path, trust: Trust
) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_bytes(content)
    with served(Desk(), trust) as server:
        assert refusal(filled(tmp_path), replace(server, ca=str(tmp_path / "ca.pem"))).text is BAD_SETTING
