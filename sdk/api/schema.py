# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""control.json: the control API as data. Reads it and checks that it keeps its own rules.

verbs     name, summary, text; waits: answers later; needs: what must run before it can do anything;
          members, reply: what goes in and comes out; errors: its own codes; cli: its form in booth
members   name, type (TYPES), min and max (int, number: the range; string: bytes), choices,
          required, default (what is filled in), otherwise (in words, what holds without it)
cli       name, arguments and options (a member's name, or one of the command line's own), prints,
          examples, help; function: C code of sdk/cli that does more than one request
          for completion, an argument or option has words, files (true), lists (LISTS: what booth lists)
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = ("int", "number", "bool", "string", "path", "choice", "name", "names")
NEEDS = ("machine", "switchboard", "front")
LISTS = ("handsets", "personas", "apps", "snapshots")
STRING_MAX = 4096


class Wrong(Exception):
    """The schema breaks a rule of its own; the message says where and which."""


def need(condition, where, rule):
    if not condition:
        raise Wrong(f"control.json: {where}: {rule}")


def check_member(member, where):
    where = f"{where}, member {member.get('name')}"
    kind = member.get("type")
    need(kind in TYPES, where, f"type must be one of {', '.join(TYPES)}")
    need(kind not in ("int", "number") or member["min"] <= member["max"], where, "needs min <= max")
    need(kind != "choice" or member["choices"], where, "needs choices")
    need(not (member.get("required") and ("default" in member or "otherwise" in member)), where,
         "is required, so no default can hold")
    need("text" in member, where, "needs a text")
    if "default" in member:
        value = member["default"]
        need(kind != "choice" or value in member["choices"], where, "its default is no choice")
        need(kind not in ("int", "number") or member["min"] <= value <= member["max"], where, "its default is out of range")


def unique(things, where):
    names = [thing["name"] for thing in things]
    need(len(set(names)) == len(names), where, "two have the same name")


def resolve(item, verb, where):
    """An argument or option of the command line, with what the verb's member says of it."""
    item = {"member": item} if isinstance(item, str) else dict(item)
    if "member" in item:
        found = [m for m in verb.get("members", []) if m["name"] == item["member"]]
        need(found, where, f"there is no member {item['member']}")
        item = {**found[0], **item, "name": item.get("name", found[0]["name"])}
    item.setdefault("type", "bool")
    need(item.get("lists") in (None,) + LISTS, where, f"lists must be one of {', '.join(LISTS)}")
    item.setdefault("required", False)
    return item


def complete_command(command, verb, where):
    """Fills in what a command takes over from its verb."""
    command.setdefault("summary", verb.get("summary"))
    command["verb"] = verb.get("name")
    command["options"] = [resolve(o, verb, where) for o in command.get("options", [])]
    command["arguments"] = [resolve(a, verb, where) for a in command.get("arguments", [])]
    unique(command["options"], where)
    return command


def check_verb(verb, errors):
    where = f"verb {verb['name']}"
    need(verb.get("summary"), where, "needs a summary")
    need(verb.get("needs") in (None,) + NEEDS, where, f"needs must be one of {', '.join(NEEDS)}")
    unique(verb.setdefault("members", []), where)
    unique(verb.setdefault("reply", []), where)
    for member in verb["members"]:
        check_member(member, where)
    for error in verb.setdefault("errors", []):
        need(error in errors, where, f"unknown error {error}")


def load(path=os.path.join(HERE, "control.json")):
    """The schema, checked, with `commands`: all commands of booth in the order of the file."""
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    errors = [error["name"] for error in schema["errors"]]
    for part in "exits", "errors", "events", "objects", "verbs":
        unique(schema[part], part)
    for verb in schema["verbs"]:
        check_verb(verb, errors)
    schema["commands"] = [complete_command(c, {}, f"command {c['name']}") for c in schema["local"]]
    schema["commands"] += [complete_command(v["cli"], v, f"verb {v['name']}") for v in schema["verbs"] if "cli" in v]
    unique(schema["commands"], "commands")
    return schema


def value_of(item):
    """What stands for a member's value in a usage line: X, MS, single|side."""
    if "value" in item:
        return item["value"]
    return "|".join(item["choices"]) if item["type"] == "choice" else item["name"].upper()


def usage(command):
    """What stands after a command's name: [--hold MS] X Y."""
    if "usage" in command:
        return command["usage"]
    words = []
    for option in command["options"]:
        words.append(f"[--{option['name']}]" if option["type"] == "bool" else f"[--{option['name']} {value_of(option)}]")
    for argument in command["arguments"]:
        word = value_of(argument) + ("..." if argument["type"] == "names" else "")
        words.append(word if argument["required"] else f"[{word}]")
    return " ".join(words)


def head(licence):
    """The first lines of a C file that is made."""
    return f"/* SPDX-License-Identifier: {licence} */\n/* Made from sdk/api/control.json. */\n"
