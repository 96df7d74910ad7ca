"""A server with the manners of the real one: it takes no request without a right token, and lets operations take their time."""

import hashlib
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Dict, List, Optional, Tuple

import jwt

KEY = "My Secret"


class Answer:
    def __init__(self, status: int, body: str = "", headers: Optional[Dict[str, str]] = None) -> None:
        self.status = status
        self.body = body.encode()
        self.headers = headers or {}


# The connection ends without an answer, after the request was taken.
LOST = Answer(0)


class FakeServer:
    """Answers by script. An operation is answered 202, then pending as often as said, then with its end.

    :param tls: for HTTPS
    :param problems: whether it tells of problems as Bricklayer does; Heketi does not
    """

    def __init__(self, tls: Optional[ssl.SSLContext] = None, problems: bool = True) -> None:
        self.problems = problems
        self.headers: List[Dict[str, str]] = []
        self.seen: List[Tuple[str, str, str]] = []
        self.claims: List[dict] = []
        self._answers: Dict[Tuple[str, str], List[Answer]] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answers(self, method: str, path: str, *answers: Answer) -> None:
        self._answers[(method, path)] = list(answers)

    def operation(self, method: str, path: str, end: Answer, pending: int = 1) -> None:
        self.answers(method, path, Answer(202, headers={"Location": "/queue/0b0b"}))
        waits = [Answer(200, headers={"X-Pending": "true"})] * pending
        self.answers("GET", "/queue/0b0b", *waits, end)

    def _refusal(self, method: str, path: str, authorization: str) -> str:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return "Authorization header format must be Bearer {token}"
        claims = jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False})
        self.claims.append(claims)
        if claims["iss"] != "admin":
            return "Invalid JWT token: Unknown user"
        if claims["exp"] < int(time.time()) - 5:
            return "Invalid JWT token: Token is expired"
        if claims["qsh"] != hashlib.sha256(f"{method}&{path}".encode()).hexdigest():
            return "Invalid qsh claim in token"
        return ""

    def _handler(self) -> type:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                refusal = server._refusal(self.command, self.path.partition("?")[0], self.headers.get("Authorization", ""))
                server.headers.append(dict(self.headers))
                server.seen.append((self.command, self.path, body))
                script = server._answers.get((self.command, self.path), [])
                if refusal:
                    answer = Answer(401, refusal + "\n")
                elif script:
                    answer = script.pop(0)
                elif server.problems and "problem+json" in self.headers.get("Accept", ""):
                    said = '{"type": "urn:bricklayer:problem:not-found", "title": "not found", "status": 404, "detail": "Id not found"}'
                    answer = Answer(404, said, {"Content-Type": "application/problem+json"})
                else:
                    answer = Answer(404, "Id not found\n")
                if answer is LOST:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 204 and "Content-Length" not in answer.headers:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST = do_DELETE = _answer

            def log_message(self, *args: object) -> None:
                pass

        return Handler
