"""A server with every fault for test/cli/fetch.sh; prints its port, and logs requests to the file in argv[1]."""
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = """<rss version="2.0"><channel><title>Northern Courier</title>
<item><title>Rebels free hostages</title><link>http://127.0.0.1:%d/a.txt</link><guid>1</guid>
<pubDate>Thu, 13 Jun 2024 14:05:00 GMT</pubDate><description>Rebels freed ten &amp;amp; left.</description></item>
<item><title>Gone</title><link>http://127.0.0.1:%d/private/b.txt</link><guid>2</guid></item></channel></rss>"""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with open(sys.argv[1], "a", encoding="utf-8") as log:
            log.write(f"{self.path} {self.headers.get('If-None-Match', '-')} {self.headers['User-Agent'].split('/')[0]}\n")
        port = self.server.server_port
        if self.path == "/robots.txt":
            self.answer(200, b"User-agent: *\nDisallow: /private/\n", Content_Type="text/plain")
        elif self.path == "/feed":
            if self.headers.get("If-None-Match") == '"v1"':
                self.answer(304)
            else:
                self.answer(200, (FEED % (port, port)).encode(), Content_Type="application/rss+xml", ETag='"v1"')
        elif self.path == "/a.txt":
            self.answer(200, b"Rebels freed ten hostages in Goma.", Content_Type="text/plain; charset=utf-8")
        elif self.path == "/loop":
            self.answer(302, Location="/loop")
        elif self.path == "/move":
            self.answer(301, Location="/a.txt")
        elif self.path == "/file":
            self.answer(302, Location="file:///etc/passwd")
        elif self.path == "/hang":
            time.sleep(5)
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b"x" * (1 << 20))
            except OSError:
                pass
        else:
            self.answer(500)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
threading.Timer(60, server.shutdown).start()
server.serve_forever()
