#!/usr/bin/env python3
"""archive.py - a web archive of any size, as Common Crawl News has them, to try big runs on.

    archive.py DATA OUT.warc.gz SIZE [--seed N]        SIZE: 200M, 2G

DATA holds wce/portal.jsonl.gz, rawnews/news.jsonl.gz and html/pages. Each record is a gzip member of its own: an
HTTP response with a page. Two of five are pages of html/ with other words in some of their sentences, two are wire
stories, one is a day's items of the portal, both in a page with navigation, teasers and a footer; some come twice,
or again with changes. The same seed gives the same bytes. Nothing that it writes goes into the project.
"""
import argparse
import gzip
import html
import json
import multiprocessing
import os
import random
import re
import sys
import zlib

BATCH = 200  # records a task


def read_jsonl(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Source:
    """The texts, read once a process."""

    def __init__(self, data):
        self.news = read_jsonl(os.path.join(data, "rawnews/news.jsonl.gz"))
        self.items = read_jsonl(os.path.join(data, "wce/portal.jsonl.gz"))
        folder = os.path.join(data, "html/pages")
        self.pages = []
        for name in sorted(os.listdir(folder)):
            with gzip.open(os.path.join(folder, name), "rb") as page:
                text = page.read().decode("utf-8", "replace")
            self.pages.append((name, re.split(r"(>[^<>]{40,}<)", text)))
        self.words = sorted({w for item in self.items[::50] for w in re.findall(r"\b[a-z]{4,}\b", item["text"])})


def changed(text, rng, words, share):
    """The text with that share of its lower-case words replaced."""
    return re.sub(r"\b[a-z]{4,}\b", lambda m: rng.choice(words) if rng.random() < share else m[0], text)


def old_page(source, rng):
    name, parts = rng.choice(source.pages)
    share = rng.choice([0, 0.05, 0.2])
    body = "".join(changed(p, rng, source.words, share) if i % 2 else p for i, p in enumerate(parts))
    return f"https://pages.example/{name[:12]}/{rng.randrange(10**9)}.html", body


def page_of(title, day, paragraphs, outlet):
    links = "".join(f'<li><a href="/{s}">{s.title()}</a></li>' for s in ("world", "politics", "business", "sport", "opinion"))
    teasers = "".join(f'<div class="teaser"><a href="/{i}"><h4>Other story {i}</h4></a><p>Read more about it here.</p></div>' for i in range(6))
    text = "".join(f"<p>{html.escape(p)}</p>\n" for p in paragraphs)
    return (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | {outlet}</title>'
            f'<meta property="og:title" content="{html.escape(title)}"><meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="{day}T08:30:00Z"></head><body><nav><ul>{links}</ul></nav>'
            f'<main><article><h1>{html.escape(title)}</h1><p class="byline">By our correspondent</p>\n{text}</article>'
            f'<aside>{teasers}</aside></main><footer><p>Copyright {outlet}. All rights reserved.</p></footer></body></html>')


def wire_story(source, rng):
    story = rng.choice(source.news)
    text = changed(story["text"], rng, source.words, rng.choice([0, 0, 0.05, 0.1]))
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n|\n    ", text) if p.strip()]
    outlet = rng.choice(["Daily Example", "Example Wire", "The Example"])
    return (f"https://{outlet.lower().replace(' ', '-')}.example/{story['id']}/{rng.randrange(4)}",
            page_of(paragraphs[0][:80] if paragraphs else "News", story.get("date") or "1987-03-01", paragraphs, outlet))


def portal_day(source, rng):
    at = rng.randrange(len(source.items) - 8)
    items = source.items[at:at + rng.randrange(2, 8)]
    return (f"https://portal.example/{items[0]['id']}/{len(items)}",
            page_of(f"The day's news, {items[0]['date']}", items[0]["date"], [i["text"] for i in items], "Portal Example"))


def record(url, body, number):
    content = body.encode("utf-8", "replace")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(content)
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-11-30T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http) + len(content)}\r\n\r\n").encode()
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    return packer.compress(head + http + content + b"\r\n\r\n") + packer.flush()


SOURCE = None


def start(data):
    global SOURCE
    SOURCE = Source(data)


def make_batch(task):
    seed, batch = task
    rng = random.Random(f"{seed} {batch}")
    made = []
    for i in range(BATCH):
        kind = rng.choices([old_page, wire_story, portal_day], [4, 4, 2])[0]
        if made and rng.random() < 0.05:
            url, body = made[rng.randrange(len(made))]  # again, word for word
        else:
            url, body = kind(SOURCE, rng)
        made.append((url, body))
    return b"".join(record(url, body, batch * BATCH + i) for i, (url, body) in enumerate(made))


def size_of(text):
    return int(float(text.rstrip("GMK")) * {"G": 1 << 30, "M": 1 << 20, "K": 1 << 10}.get(text[-1], 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("size", type=size_of)
    parser.add_argument("--seed", default="archive")
    a = parser.parse_args()
    written = batches = 0
    with open(a.out, "wb") as out, multiprocessing.Pool(initializer=start, initargs=(a.data,)) as pool:
        while written < a.size:
            for block in pool.imap(make_batch, [(a.seed, batches + i) for i in range(16)]):
                out.write(block)
                written, batches = written + len(block), batches + 1
    print(f"{a.out}: {batches * BATCH} records, {written} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
