"""Mails that come by real SMTP faster than they can be read, and what must be true once all are read."""

from __future__ import annotations

import smtplib
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from threading import Thread

from tests.channels.mail_servers import PASSWORD, MailServers
from tests.config.waiting import until
from tests.crash.scene import Scene

OURS = "starts_with(sender, 'flood')"  # the demo company's own mails may come back from people who do not exist
HANDLED = f"SELECT count(*) FROM channels_incomingmessage WHERE state = 'handled' AND {OURS}"
PER_SENDER = 5
TWICE_EVERY = 20
PER_CONNECTION = 400
"""Servers take no more than a thousand mails of one connection."""


@dataclass
class Flood:
    """So many mails of a fifth as many senders; every twentieth is handed in twice, as a doubtful server does."""

    scene: Scene
    servers: MailServers
    count: int

    def start(self) -> Flood:
        """Gives the product its mailbox and has the mails sent while it reads."""
        secrets = self.scene.product.home / "secrets"
        secrets.mkdir(exist_ok=True)
        (secrets / "service").write_text(PASSWORD)
        self.scene.do("open_mailbox", self.servers.address("service"), *map(str, self._ports()))
        Thread(target=self._send, daemon=True).start()
        return self

    def wait_for(self, handled: int) -> None:
        """Waits until so many are handled, and not yet all."""
        found = self.scene.until(f"{HANDLED} HAVING count(*) >= %s", handled, seconds=self._patience)
        assert found < self.count, "some must still be on their way"

    def check(self) -> None:
        """Each mail is here once, is the word of one case, and was answered by one receipt."""
        self.scene.until(f"{HANDLED} HAVING count(*) >= %s", self.count, seconds=self._patience)
        self._check_subjects()
        assert self.scene.rows(_STATES) == [("handled", self.count)]
        assert self.scene.rows(_WORDS_PER_MAIL) == [(1, self.count)]
        self.scene.until(f"SELECT count(*) = 0 FROM ({_UNSENT}) u", seconds=self._patience)
        assert self.scene.rows(_RECEIPTS_PER_CASE) == [(1, self.count)]
        self._check_receipts()

    def _check_subjects(self) -> None:
        """All that were sent are here, and nothing else."""
        found = sorted(subject for (subject,) in self.scene.rows(_SUBJECTS))
        sent = sorted(self._subject(number) for number in range(self.count))
        odd = sorted((Counter(found) - Counter(sent)).elements())
        assert found == sent, f"more than was sent: {odd[:5]}; rows of these: {self.scene.rows(_ODD, odd[:5])}"

    def _check_receipts(self) -> None:
        """Whoever wrote got a receipt for each mail; a copy that a killed sender left bears the same Message-ID."""
        folder = self.servers.maildir("flood") / "new"
        until(lambda: len(self._ids()) == self.count, f"{self.count} receipts in {folder}", self._patience)
        doubtful = self.scene.one("SELECT coalesce(sum(doubtful), 0)::int FROM channels_outgoingmessage")
        assert len(list(folder.iterdir())) <= self.count + doubtful

    def _ids(self) -> set[str]:
        parser = BytesHeaderParser()
        found = list((self.servers.maildir("flood") / "new").iterdir())
        if len(found) < self.count:
            return set()  # too few in any case: their headers need not be read
        return {str(parser.parsebytes(path.read_bytes())["Message-ID"]) for path in found}

    @property
    def _patience(self) -> float:
        return 120 + self.count / 4

    def _ports(self) -> tuple[int, int]:
        return self.servers.imap_port, self.servers.smtp_port

    def _send(self) -> None:
        for start in range(0, self.count, PER_CONNECTION):
            with smtplib.SMTP("127.0.0.1", self.servers.smtp_port, timeout=60) as server:
                for number in range(start, min(start + PER_CONNECTION, self.count)):
                    for _copy in range(2 if number % TWICE_EVERY == 0 else 1):
                        server.send_message(self._letter(number))

    @staticmethod
    def _subject(number: int) -> str:
        return f"设备停机 {number}"

    def _letter(self, number: int) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = f"flood{number // PER_SENDER}@company.example"
        letter["To"] = self.servers.address("service")
        letter["Subject"] = self._subject(number)
        letter["Message-ID"] = f"<flood-{number}@company.example>"
        letter.set_content(f"第 {number} 台设备今天早上停机,请尽快处理。")
        return letter


_STATES = f"SELECT state, count(*) FROM channels_incomingmessage WHERE {OURS} GROUP BY state"
_SUBJECTS = f"SELECT subject FROM channels_incomingmessage WHERE {OURS}"
_WORDS_PER_MAIL = f"""
    SELECT words, count(*) FROM (
        SELECT m.id,
               (SELECT count(*) FROM cases_case c
                 WHERE c.source = 'channels.incomingmessage' AND c.source_id = m.id)
             + (SELECT count(*) FROM cases_casenote n
                 WHERE n.message = 'channels.incomingmessage' AND n.message_id = m.id) AS words
          FROM channels_incomingmessage m WHERE {OURS}) counted
     GROUP BY words
"""
_ODD = "SELECT id, key, sender, digest, headers, full_text FROM channels_incomingmessage WHERE subject = ANY(%s)"
_UNSENT = "SELECT 1 FROM channels_outgoingmessage WHERE starts_with(\"to\", 'flood') AND state <> 'sent'"
_RECEIPTS_PER_CASE = f"""
    SELECT sent, count(*) FROM (
        SELECT c.id, (SELECT count(*) FROM channels_outgoingmessage o
                       WHERE o.about = 'cases.case' AND o.about_id = c.id) AS sent
          FROM cases_case c JOIN channels_incomingmessage ON c.source_id = channels_incomingmessage.id
         WHERE c.source = 'channels.incomingmessage' AND {OURS}) counted
     GROUP BY sent
"""
