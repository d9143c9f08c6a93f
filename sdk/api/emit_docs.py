# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Sections 3 to 5 of docs/control-api.md: verbs, events, errors."""
import textwrap

from schema import usage

WIDTH = 118
KINDS = {"int": "whole number", "number": "number", "bool": "true or false", "string": "text", "path": "absolute path",
         "name": "name or number", "names": "list of names or numbers", "object": "object", "array": "list"}
NEEDS = {"machine": "*machine*", "switchboard": "*switchboard*", "front": "*front*"}


def wrap(text, first="", rest=""):
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False,
                         break_on_hyphens=False) + "\n"


def paragraphs(lines):
    blocks = "\n".join(lines).split("\n\n")
    return "\n".join(wrap(block.replace("\n", " ")) for block in blocks)


def bullet(text):
    return wrap(text, "* ", "  ")


def kind(item):
    if item["type"] == "choice":
        return " or ".join(f'`"{choice}"`' for choice in item["choices"])
    text = KINDS[item["type"]]
    if item["type"] in ("int", "number") and "min" in item:
        text += f", {item['min']}..{item['max']}"
    if item["type"] == "string" and "max" in item:
        text += f" of at most {item['max']} bytes"
    return text + (" or null" if item.get("null") else "")


def member(m):
    name = f"`{m['name']}`" if m.get("required") else f"[`{m['name']}`]"
    absent = ""
    if "default" in m:
        absent = f"; without it {str(m['default']).lower() if isinstance(m['default'], bool) else m['default']}"
    elif "otherwise" in m:
        absent = f"; without it: {m['otherwise']}"
    return bullet(f"{name} ({kind(m)}): {m['text']}{absent}")


def reply_member(m):
    name = f"[`{m['name']}`]" if m.get("optional") else f"`{m['name']}`"
    return bullet(f"{name} ({kind(m)}): {m['text']}")


def verb(v):
    marks = (["*waits*"] if v.get("waits") else []) + ([NEEDS[v["needs"]]] if "needs" in v else [])
    out = f"\n### {v['name']}{' — ' if marks else ''}{', '.join(marks)}\n\n"
    out += wrap(v["summary"][0].upper() + v["summary"][1:] + ".")
    if "text" in v:
        out += "\n" + paragraphs(v["text"])
    if v["members"]:
        out += "\n" + "".join(map(member, v["members"]))
    if v["reply"]:
        out += "\nReply:\n\n" + "".join(map(reply_member, v["reply"]))
    if v["errors"]:
        out += "\nErrors: " + ", ".join(f"`{error}`" for error in v["errors"]) + ".\n"
    if "cli" in v:
        out += f"\nCommand line: `{' '.join(['booth', v['cli']['name'], usage(v['cli'])]).strip()}`\n"
    return out


def thing(o):
    out = f"\n### {o['name']} object\n\n" + wrap(o["text"]) + "\n"
    return out + "".join(map(reply_member, o["members"]))


def event(e):
    members = ", ".join(f"`{name}` ({text})" for name, text in e["members"].items())
    return bullet(f"`{e['name']}`: {e['text']}. Members: {members}")


def reference(schema):
    out = "\n## 3. Verbs\n\n" + wrap(
        "Members in [brackets] are optional. A verb marked *waits* answers later. *machine*: the machine must run, "
        "else the answer is `bad-state` (paused) or `machine-stopped`. *switchboard*: the switchboard must answer as "
        "well, else `not-ready`. *front*: a persona in front that runs as well, else `bad-state`. Errors that every "
        "verb can give (`bad-request`, `busy`, what its marks say) are not listed again.")
    out += "".join(map(verb, schema["verbs"])) + "".join(map(thing, schema["objects"]))
    out += "\n## 4. Events\n\n" + "".join(map(event, schema["events"]))
    out += "\n" + wrap("The phone does not wait for a client that does not read: when 8 MiB are waiting for it, its connection is closed.")
    out += "\n## 5. Errors\n\n" + "".join(
        bullet(f"`{e['name']}`: {e['text']}. `booth` ends with {e['exit']}") for e in schema["errors"])
    return out
