"""A real pair of mail servers on loopback: exim takes and routes mail, dovecot serves the mailboxes.

Both come from Debian packages (``apt-get install exim4-daemon-light dovecot-imapd``, which ``make test`` does) and run
with their own configuration in a folder of the test.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

EXIM, DOVECOT = "/usr/sbin/exim4", "/usr/sbin/dovecot"
PASSWORD = "loopback-only"
USERS = ("service", "agent", "customer", "customer2")

EXIM_CONF = """
primary_hostname = mail.company.example
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
spool_directory = {root}/spool
log_file_path = {root}/log/%slog
pid_file_path = {root}/exim.pid
exim_user = {user}
exim_group = {group}
never_users =
deliver_drop_privilege = true
keep_environment =
tls_advertise_hosts =
message_size_limit = 200M
bounce_return_size_limit = 100K
smtp_accept_max = 100
queue_only = false
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
begin acl
acl_data:
  accept
acl_rcpt:
  defer local_parts = later
  deny local_parts = refused
       message = no such person here
  accept
begin routers
local_users:
  driver = accept
  local_parts = {users}
  transport = to_maildir
flood:
  driver = accept
  local_parts = ^flood
  transport = to_flood
nobody:
  driver = redirect
  allow_fail
  data = :fail: unknown user
begin transports
to_maildir:
  driver = appendfile
  directory = {root}/mail/$local_part_data
  maildir_format
  user = {user}
  group = {group}
  mode_fail_narrower = false
to_flood:
  driver = appendfile
  directory = {root}/mail/flood
  maildir_format
  user = {user}
  group = {group}
  mode_fail_narrower = false
begin retry
* * F,1h,1m
"""

DOVECOT_CONF = """
protocols = imap
listen = 127.0.0.1
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/log/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{root}/mail/%n
mail_uid = {user}
mail_gid = {group}
mailbox_list_index = no
maildir_very_dirty_syncs = no
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%n
}}
"""


@dataclass
class MailServers:
    """The running pair."""

    root: Path
    smtp_port: int
    imap_port: int
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def address(self, user: str) -> str:
        """The address of one of the users."""
        return f"{user}@company.example"

    def write(self, letter: EmailMessage | bytes, *, sender: str, to: str) -> None:
        """Hands a mail to exim as an outside program would."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=60) as server:
            data = letter.as_bytes() if isinstance(letter, EmailMessage) else letter
            server.sendmail(sender, [to], data)

    def drop(self, user: str, raw: bytes) -> None:
        """Lays a raw mail straight into a maildir, past exim, for mails no honest program would send."""
        name = f"{next(self.numbers):09}.test"
        new = self.maildir(user) / "new"
        (self.maildir(user) / "tmp" / name).write_bytes(raw)
        (self.maildir(user) / "tmp" / name).rename(new / name)

    def maildir(self, user: str) -> Path:
        """The folder of a mailbox, made when it is not there."""
        folder = self.root / "mail" / user
        for part in ("new", "cur", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        return folder

    def inbox(self, user: str, at_least: int = 1) -> list[EmailMessage]:
        """What is in a mailbox, waiting until exim has delivered so much."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with MailBoxUnencrypted("127.0.0.1", self.imap_port).login(user, PASSWORD) as box:
                found = [mail.obj for mail in box.fetch(mark_seen=False)]
            if len(found) >= at_least:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{user} got {len(found)} mails, expected {at_least}: {self.log()}")

    def clear(self) -> None:
        """Empties every mailbox by dovecot, whose index would remember files taken away behind it."""
        for user in USERS:
            if any(any((self.maildir(user) / part).iterdir()) for part in ("new", "cur")):
                with MailBoxUnencrypted("127.0.0.1", self.imap_port).login(user, PASSWORD) as box:
                    box.delete(box.uids())

    def log(self) -> str:
        """What exim and dovecot said last."""
        return "\n".join(path.read_text(errors="replace")[-1500:] for path in (self.root / "log").glob("*log"))

    def stop(self) -> None:
        """Ends both, with their children."""
        for daemon in self.daemons:
            os.killpg(daemon.pid, signal.SIGTERM)
        for daemon in self.daemons:
            daemon.wait(timeout=10)


@contextmanager
def mail_servers(root: Path) -> Iterator[MailServers]:
    """Starts both servers under ``root`` and stops them afterwards."""
    missing = [path for path in (EXIM, DOVECOT) if shutil.which(path) is None]
    if missing:
        pytest.fail(f"{', '.join(missing)} missing: apt-get install --yes exim4-daemon-light dovecot-imapd")
    servers = MailServers(root, smtp_port=_free_port(), imap_port=_free_port())
    _write_configuration(servers)
    try:
        servers.daemons.append(_start([EXIM, "-bdf", "-q30s", "-C", str(root / "exim.conf")]))
        servers.daemons.append(_start([DOVECOT, "-F", "-c", str(root / "dovecot.conf")]))
        for port in (servers.smtp_port, servers.imap_port):
            _await_port(port, servers)
        yield servers
    finally:
        servers.stop()


def _write_configuration(servers: MailServers) -> None:
    root = servers.root
    user, group = _identity()
    for folder in ("spool", "log", "run", "mail"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    words = {"root": root, "user": user, "group": group, "password": PASSWORD, "users": " : ".join(USERS)}
    (root / "exim.conf").write_text(EXIM_CONF.format(port=servers.smtp_port, **words))
    (root / "dovecot.conf").write_text(DOVECOT_CONF.format(port=servers.imap_port, **words))
    for user_name in USERS:
        servers.maildir(user_name)
    if os.getuid() == 0:
        for path in [root, *(path for path in root.rglob("*") if path.is_dir())]:
            shutil.chown(path, user, group)


def _identity() -> tuple[str, str]:
    """Names of the user and group that own the mail: those who run the tests; exim never delivers as root."""
    if os.getuid() == 0:
        return "nobody", "nogroup"
    return pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_port(port: int, servers: MailServers) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens on {port}: {servers.log()}")
