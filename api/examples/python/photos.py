#!/usr/bin/env python3
"""Your photos on a Friender server: upload, list, download, delete. Needs Python 3.8 and nothing else.

  photos.py upload FILE|FOLDER...   through the server, several photos in a request
  photos.py direct FILE|FOLDER...   straight to the photo store, by a signed URL for each photo
  photos.py list
  photos.py download FOLDER [KEY...]  all photos, or those
  photos.py delete KEY...|--all

A folder stands for the JPEG, PNG and WebP pictures in it and in its folders. Each file has a result of its own; the exit
code is 1 if one of them failed.

Settings, by option or environment:
  --url URL              FRIENDER_URL        where Friender answers (default http://127.0.0.1:8080)
  --username NAME        FRIENDER_USERNAME   who you are
                         FRIENDER_PASSWORD   asked for on a terminal if it isn't set
"""

import argparse
import getpass
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
AT_ONCE = 5  # photos in one request
PATIENCE = 60  # seconds to wait for an answer


class Refused(Exception):
    """The server's or the store's no, in its own words."""


def send(method, url, body=None, headers=None):
    """One request; comes back later when it is told to (429, 503)."""
    for attempt in range(4):
        request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            answer = error.read()
            if error.code in (429, 503) and attempt < 3:
                time.sleep(min(int(error.headers.get("Retry-After", "1")), 30))
                continue
            raise Refused(reason(error.code, answer)) from None
        except urllib.error.URLError as error:
            raise Refused(f"no answer from {urllib.parse.urlsplit(url).netloc}: {error.reason}") from None


def reason(status, answer):
    """What an error answer says: its detail, and what it says of each file."""
    try:
        problem = json.loads(answer)
        errors = [error["detail"] for error in problem.get("errors") or []]
        return f'{" ".join(errors) or problem["detail"]} ({status} {problem["code"]})'
    except (ValueError, KeyError, TypeError):
        return f"status {status}"


class Friender:
    """The API, signed in."""

    def __init__(self, url, username, password):
        self.api = url.rstrip("/") + "/api/v1"
        self.headers = {}
        session = self.json("POST", "/login", {"username": username, "password": password})
        self.headers = {"Authorization": f'Bearer {session["token"]}'}

    def json(self, method, path, body=None):
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body).encode()
        answer = send(method, self.api + path, body, headers)
        return json.loads(answer) if answer else None

    def upload(self, files):
        """Sends photos in one form; gives each one's result."""
        boundary = uuid.uuid4().hex
        parts = [form_part(boundary, file) for file in files]
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        headers = {**self.headers, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return json.loads(send("POST", self.api + "/upload", body, headers))["files"]

    def direct(self, file):
        """Sends one photo to the store itself, then has it looked at; gives its key."""
        content = file.read_bytes()
        wanted = {"filename": file.name, "content_type": content_type(file), "size": len(content)}
        target = self.json("POST", "/upload-url", wanted)
        # Exactly these headers: they are part of the signature.
        send(target["method"], target["presigned_url"], content, target["headers"])
        return self.json("POST", "/files", {"file_key": target["file_key"]})["key"]

    def files(self):
        return self.json("GET", "/files")["files"]

    def download(self, key):
        return send("GET", self.json("POST", "/download-url", {"file_key": key})["presigned_url"])

    def delete(self, key):
        self.json("DELETE", f"/files/{Path(key).stem}")


def form_part(boundary, file):
    name = file.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    return f"{head}Content-Type: {content_type(file)}\r\n\r\n".encode() + file.read_bytes() + b"\r\n"


def content_type(file):
    return TYPES.get(file.suffix.lower(), "application/octet-stream")


def pictures(names):
    """Every file that is named, and every picture in the folders that are."""
    found = []
    for path in map(Path, names):
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file())
            wanted = [file for file in inside if file.suffix.lower() in TYPES]
            if len(wanted) < len(inside):
                print(f"{path}: {len(inside) - len(wanted)} files are no pictures: left out", file=sys.stderr)
            found += wanted
        elif path.is_file():
            found.append(path)
        else:
            sys.exit(f"{path}: there is no such file or folder")
    return found


def each(items, work):
    """Does something with each item and says what came of it; gives how many failed."""
    failed = 0
    for item in items:
        try:
            print(work(item))
        except (Refused, OSError) as error:
            failed += 1
            print(f"{item}: {error}", file=sys.stderr)
    return failed


def upload(server, files):
    failed = 0
    for at in range(0, len(files), AT_ONCE):
        some = files[at : at + AT_ONCE]
        try:
            results = server.upload(some)
        except Refused as error:  # none of them was kept; each is named
            failed += len(some)
            print(error, file=sys.stderr)
            continue
        for file, result in zip(some, results):
            if result["uploaded"]:
                print(f'{file}: kept as {result["key"]}')
            else:
                failed += 1
                print(f'{result["error"]["message"]} ({result["error"]["code"]})', file=sys.stderr)
    return failed


def show(server):
    listed = server.files()
    for file in listed:
        print(f'{file["key"]}  {file["size"]:>9} bytes  {file["width"]}x{file["height"]}  {file["filename"]}')
    print(f"{len(listed)} files")


def download(server, folder, keys):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    def fetch(key):
        target = folder / Path(key).name
        target.write_bytes(server.download(key))
        return f"{key}: saved as {target}"

    return each(keys or [file["key"] for file in server.files()], fetch)


def delete(server, keys):
    def remove(key):
        server.delete(key)
        return f"{key}: deleted"

    return each(keys, remove)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default=os.environ.get("FRIENDER_URL", "http://127.0.0.1:8080"))
    parser.add_argument("--username", default=os.environ.get("FRIENDER_USERNAME"))
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("upload", "direct"):
        commands.add_parser(name).add_argument("files", nargs="+", metavar="FILE|FOLDER")
    commands.add_parser("list")
    download = commands.add_parser("download")
    download.add_argument("folder", metavar="FOLDER")
    download.add_argument("keys", nargs="*", metavar="KEY")
    delete = commands.add_parser("delete")
    delete.add_argument("keys", nargs="*", metavar="KEY")
    delete.add_argument("--all", action="store_true")
    given = parser.parse_args()
    if not given.username:
        parser.error("say who you are: --username or FRIENDER_USERNAME")
    if given.command == "delete" and given.all == bool(given.keys):
        parser.error("delete wants keys or --all")
    return given


def main():
    given = arguments()
    files = pictures(given.files) if given.command in ("upload", "direct") else []
    password = os.environ.get("FRIENDER_PASSWORD") or getpass.getpass()
    try:
        server = Friender(given.url, given.username, password)
        if given.command == "upload":
            failed = upload(server, files)
        elif given.command == "direct":
            failed = each(files, lambda file: f"{file}: kept as {server.direct(file)}")
        elif given.command == "download":
            failed = download(server, given.folder, given.keys)
        elif given.command == "delete":
            keys = [file["key"] for file in server.files()] if given.all else given.keys
            failed = delete(server, keys)
        else:
            failed = show(server)
    except Refused as error:
        sys.exit(str(error))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
