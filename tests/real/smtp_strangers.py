#!/usr/bin/env python3
"""The sandbox's SMTP door as strangers meet it: Python's smtplib and, where it is, curl.

Usage: smtp_strangers.py DESCRIPTOR.json
Prints one line for each check; exit 1 when one of them doesn't hold, 2 when the arguments don't.
Only the standard library is used, and only the descriptor's loopback addresses are asked.
"""

import base64
import json
import shutil
import smtplib
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage

EXCHANGE = "https://outlook.office365.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
TENANT_OFF = "SmtpClientAuthentication is disabled for the Tenant"


class Strangers:
    def __init__(self, descriptor):
        self.at = descriptor
        self.tls = ssl.create_default_context(cafile=descriptor["ca_cert"])
        self.failed = 0
        domain = descriptor["mailboxes"]["allowed"].split("@")[1]
        self.mailbox = lambda name: f"{name}@{domain}"

    def check(self, what, holds, seen=""):
        print(f"{'ok  ' if holds else 'FAIL'} {what}{'' if holds else f': {seen!r}'}")
        self.failed += not holds

    def token(self, scope):
        form = {
            "grant_type": "client_credentials",
            "client_id": self.at["client_id"],
            "client_secret": self.at["client_secret"],
            "scope": scope,
        }
        url = f"{self.at['authority']}/{self.at['tenant_id']}/oauth2/v2.0/token"
        body = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(url, body, context=self.tls) as answer:
            return json.load(answer)["access_token"]

    def connect(self):
        server = smtplib.SMTP(self.at["smtp"]["host"], self.at["smtp"]["port"], timeout=30)
        server.ehlo()
        return server

    def encrypted(self):
        server = self.connect()
        server.starttls(context=self.tls)
        server.ehlo()
        return server

    def refusal(self, action):
        try:
            action()
        except smtplib.SMTPResponseException as error:
            return error.smtp_code, error.smtp_error.decode()
        except smtplib.SMTPException as error:
            return 0, str(error)
        return 0, "not refused"

    def offers(self):
        server = self.connect()
        self.check("EHLO before TLS offers STARTTLS", server.has_extn("starttls"), server.esmtp_features)
        self.check("EHLO before TLS offers no AUTH", not server.has_extn("auth"), server.esmtp_features)
        self.check("EHLO announces 157286400 bytes", server.esmtp_features.get("size") == "157286400")
        code, text = server.docmd("AUTH", "LOGIN")
        self.check("AUTH before TLS is 530 5.7.0", (code, text[:5]) == (530, b"5.7.0"), (code, text))
        server.starttls(context=self.tls)
        server.ehlo()
        mechanisms = server.esmtp_features.get("auth", "").split()
        self.check("EHLO after TLS offers LOGIN and XOAUTH2 alone", mechanisms == ["LOGIN", "XOAUTH2"], mechanisms)
        self.check("EHLO after TLS offers no STARTTLS", not server.has_extn("starttls"))
        code, text = server.docmd("AUTH", "PLAIN " + base64.b64encode(b"\0a\0b").decode())
        plain = text.startswith(b"5.7.4 Unrecognized authentication type")
        self.check("AUTH PLAIN is 504 5.7.4", code == 504 and plain, (code, text))
        code, text = server.mail(self.mailbox("alerts"))
        unsigned = text.startswith(b"5.7.57 Client not authenticated to send mail. [")
        self.check("MAIL without AUTH is 530 5.7.57", code == 530 and unsigned, (code, text))
        server.quit()

    def login(self):
        good = self.at["mailboxes"]["password_ok"]
        server = self.encrypted()
        code, _ = server.login(good["user"], good["password"])
        self.check("smtplib signs in with the password that works", code == 235, code)
        message = EmailMessage()
        message["From"], message["To"] = good["user"], self.at["mailboxes"]["allowed"]
        message["Subject"] = "strangers-smtplib"
        message.set_content("A line.\n.\nAnother.")
        self.check("smtplib submits", server.send_message(message) == {})
        message.replace_header("From", self.at["mailboxes"]["denied"])
        code, text = self.refusal(lambda: server.send_message(message, from_addr=good["user"]))
        self.check("another From is 550 5.7.60 at the end of DATA", code == 550 and text.startswith("5.7.60"), (code, text))
        server.quit()
        for name, code, sentence in [
            ("tenant-off", 535, f"5.7.139 Authentication unsuccessful, {TENANT_OFF}"),
            ("mailbox-off", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox"),
            ("basic-off", 535, "5.7.139 Authentication unsuccessful, basic authentication is disabled."),
            ("generic", 535, "5.7.3 Authentication unsuccessful ["),
            ("retired", 550, "5.7.30 Basic authentication is not supported for Client Submission."),
        ]:
            server = self.encrypted()
            seen = self.refusal(lambda: server.login(self.mailbox(name), "any password"))
            self.check(f"{name}@ refuses in Microsoft's words", seen[0] == code and seen[1].startswith(sentence), seen)
            server.close()

    def oauth(self):
        exchange, graph = self.token(EXCHANGE), self.token(GRAPH)
        user = self.mailbox("alerts")
        blob = lambda user, token: f"user={user}\1auth=Bearer {token}\1\1"
        for initial in (True, False):
            server = self.encrypted()
            code, _ = server.auth("XOAUTH2", lambda challenge=None: blob(user, exchange), initial_response_ok=initial)
            how = "with" if initial else "without"
            self.check(f"XOAUTH2 {how} an initial response signs in", code == 235, code)
            server.quit()
        server = self.encrypted()
        prompt = server.docmd("AUTH", "XOAUTH2")
        self.check("a bare AUTH XOAUTH2 gets an empty 334", prompt == (334, b""), prompt)
        server.close()
        for what, user, token in [
            ("a token for Graph", user, graph),
            ("a token that isn't one", user, "abc"),
            ("a mailbox out of scope", self.at["mailboxes"]["denied"], exchange),
        ]:
            server = self.encrypted()
            answer = lambda challenge=None: blob(user, token)
            seen = self.refusal(lambda: server.auth("XOAUTH2", answer))
            self.check(f"{what} is 535 5.7.3", seen[0] == 535 and seen[1].startswith("5.7.3 "), seen)
            server.close()

    def curl(self):
        if shutil.which("curl") is None:
            print("skip curl isn't on this machine")
            return
        good = self.at["mailboxes"]["password_ok"]
        said = self.curled(good["user"], "login_options", f"{good['user']}:{good['password']}")
        self.check("curl sends with the password that works", said.returncode == 0, said.stderr[-400:])
        denied = self.curled(good["user"], "login_options", f"{self.mailbox('tenant-off')}:x")
        self.check("curl ends with 67 on a refusal", denied.returncode == 67, denied.returncode)
        self.check("curl -v shows the sentence", TENANT_OFF in denied.stderr, denied.stderr[-400:])
        user = self.mailbox("reports")
        said = self.curled(user, "bearer", self.token(EXCHANGE))
        self.check("curl sends with a bearer token", said.returncode == 0, said.stderr[-400:])

    def curled(self, user, kind, secret):
        """The secret goes in by a config on standard input, not by arguments that `ps` shows."""
        smtp = self.at["smtp"]
        config = [
            f'url = "smtp://{smtp["host"]}:{smtp["port"]}/test"',
            f'mail-from = "{user}"',
            f'mail-rcpt = "{self.at["mailboxes"]["allowed"]}"',
            f'cacert = "{self.at["ca_cert"]}"',
        ]
        if kind == "bearer":
            config += [f'user = "{user}"', f'oauth2-bearer = "{secret}"']
        else:
            config += [f'user = "{secret}"']
        with tempfile.NamedTemporaryFile("w", suffix=".eml") as message:
            message.write(f"From: {user}\r\nTo: x@y.example\r\nSubject: strangers-curl\r\n\r\nhello\r\n")
            message.flush()
            command = ["curl", "-v", "--ssl-reqd", "--max-time", "30", "--upload-file", message.name, "--config", "-"]
            return subprocess.run(command, input="\n".join(config), capture_output=True, text=True, check=False)

    def sent_items(self):
        token = self.token(GRAPH)
        good = self.at["mailboxes"]["password_ok"]["user"]
        query = urllib.parse.urlencode({"$filter": "subject eq 'strangers-smtplib'", "$select": "subject"})
        url = f"{self.at['graph']}/v1.0/users/{good}/mailFolders/SentItems/messages?{query}"
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, context=self.tls) as answer:
            found = json.load(answer)["value"]
        self.check("what smtplib sent stands in Sent Items", len(found) == 1, found)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        strangers = Strangers(json.load(file))
    strangers.offers()
    strangers.login()
    strangers.oauth()
    strangers.curl()
    strangers.sent_items()
    print(f"{strangers.failed} of the checks failed")
    return 1 if strangers.failed else 0


if __name__ == "__main__":
    sys.exit(main())
