"""A mail server for the tests, by aiosmtpd. It says on stderr where it listens, and keeps each letter that it takes as a
file of the folder. Whoever is called refused is unknown here; whoever is called busy is told to come back later."""

import argparse
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user here"
        if address.startswith("busy"):
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        half = self.folder / "half"
        half.write_bytes(envelope.content)
        half.rename(self.folder / f"{self.taken:06}.eml")
        return "250 Taken"


async def serve(options):
    keeper, tls, terms = Keeper(options.folder), None, {}
    if options.encryption != "none":
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(options.certificate)
        login = options.login.encode()

        def check(server, session, envelope, mechanism, given):
            return AuthResult(success=given.login + b":" + given.password == login, handled=False)

        terms = {"authenticator": check, "auth_required": True}
    if options.encryption == "starttls":
        terms |= {"tls_context": tls, "require_starttls": True}
    elif options.encryption == "always":
        # It is encrypted from the first byte, which aiosmtpd doesn't know.
        terms |= {"auth_require_tls": False}
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, hostname="tests", **terms),
        host=options.host,
        port=options.port,
        ssl=tls if options.encryption == "always" else None,
    )
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"smtp://{host}:{server.sockets[0].getsockname()[1]}", file=sys.stderr, flush=True)
    await server.serve_forever()


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--encryption", choices=["none", "starttls", "always"], default="none")
parser.add_argument("--certificate")
parser.add_argument("--login")
asyncio.run(serve(parser.parse_args()))
