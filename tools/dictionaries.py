"""Actor dictionaries in the format of TABARI and PETRARCH, read: entries with their names and dated codes.

    ABU_NAME_  ; comment            a head, often with codes: ABU_NAME_ [AFGREB >960101]
    +ABU_OTHER_NAME_                further names of the same actor
    <tab>[AFGGOV 960101-011113]     codes with their dates: FROM-TO, >FROM, <TO; none: always

A date is YYMMDD or YYYYMMDD; a year of two digits above 30 is of the last century. Comments begin with
'#' or ';'. Read by tools/make_dictionaries.py and bench/dictionaries.py."""

import gzip
import re
from pathlib import Path

CODE = re.compile(r"\[([^\]]*)\]")


def read_date(text):
    """'930627' -> '1993-06-27'; None for what is no date."""
    if not re.fullmatch(r"\d{6}|\d{8}", text):
        return None
    if len(text) == 6:
        text = ("19" if int(text[:2]) > 30 else "20") + text
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not (1800 <= year <= 2030 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    if day > 30 and month in (4, 6, 9, 11):
        day = 30
    if month == 2 and day > 28:
        day = 28
    return f"{year:04}-{month:02}-{day:02}"


def read_code(text):
    """'AFGGOV 930627-941006' -> (code, from, to), '' where a side is open; None if it cannot be read."""
    parts = text.split()
    if not parts or not re.fullmatch(r"[A-Z0-9]{3,24}", parts[0]):
        return None
    if len(parts) == 1:
        return parts[0], "", ""
    if len(parts) > 2:
        return None
    when = parts[1]
    if when[0] in "<>":
        day = read_date(when[1:])
        return day and ((parts[0], day, "") if when[0] == ">" else (parts[0], "", day))
    sides = [read_date(x) for x in when.split("-")]
    return (parts[0], *sides) if len(sides) == 2 and None not in sides and sides[0] < sides[1] else None


def words_of(name):
    """'JEAN_JACQUES_HONORAT_' -> 'JEAN JACQUES HONORAT'"""
    return re.sub(r"\s+", " ", name.replace("_", " ")).strip()


def open_text(path):
    path = Path(path)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8", "replace")


def read(path):
    """Entries {'names': [...], 'codes': [(code, from, to), ...], 'note': comment of the head}."""
    entries = []
    for line in open_text(path).split("\n"):
        body = re.split(r"[#;]", line, maxsplit=1)
        note, body = (body[1] if len(body) > 1 else ""), body[0].rstrip()
        codes = [c for c in map(read_code, CODE.findall(body)) if c]
        name = words_of(CODE.sub("", body).strip().lstrip("+"))
        if not body.strip():
            continue
        if body[0] in "+\t [" and entries:
            if name:
                entries[-1]["names"].append(name)
            entries[-1]["codes"] += codes
        elif name:
            # Two heads in a row without a code of the first: they share the code that follows.
            if entries and not entries[-1]["codes"] and not codes and "CountryInfo" not in note:
                entries[-1]["names"].append(name)
            else:
                entries.append({"names": [name], "codes": codes, "note": note.strip()})
    return [e for e in entries if e["codes"]]
