# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""C for booth: the table of its commands, and what the API's errors are called in C."""
from emit_emulator import quoted, words
from schema import STRING_MAX, head, usage, value_of

HEAD = head("Apache-2.0 OR GPL-2.0-or-later")


def long_option(option):
    return f"--{option['name']}" + ("" if option["type"] == "bool" else f" {value_of(option)}")


def option_line(option):
    short = f"-{option['short']}, " if "short" in option else ""
    limits = f", {option['min']} to {option['max']}" if "min" in option else ""
    default = f", {option['default']} without it" if option.get("default") else ""
    return f"  {short + long_option(option):<24}  {option['text']}{limits}{default}\n"


def example_line(example):
    line, meaning = example
    if meaning and len(line) > 30:
        return f"  {line}\n{'':<34}{meaning}\n"
    return f"  {line:<30}  {meaning}".rstrip() + "\n"


def help_text(command):
    text = f"usage: {' '.join(['booth', command['name'], usage(command)]).strip()}\n\n{command['summary']}.\n"
    if command["options"]:
        text += "\n" + "".join(map(option_line, command["options"]))
    if "examples" in command:
        text += "\n" + "".join(map(example_line, command["examples"]))
    if "help" in command:
        text += "\n" + "".join(line + "\n" for line in command["help"])
    return text


def parameter(item):
    fields = [f".name = {quoted(item['name'])}", f".shown = {quoted(value_of(item))}", f".kind = KIND_{item['type'].upper()}"]
    for key, field in (("short", "letter"), ("member", "member")):
        if key in item:
            fields.append(f".{field} = " + (quoted(item[key]) if field == "member" else f"'{item[key]}'"))
    for key in "required", "free":
        if item.get(key):
            fields.append(f".{key} = TRUE")
    if item["type"] in ("int", "number"):
        fields += [f".min = {item['min']}", f".max = {item['max']}"]
    if item["type"] in ("string", "path"):
        fields.append(f".max = {item.get('max', STRING_MAX)}")
    if item["type"] == "choice":
        fields.append(f".choices = {words(item['choices'])}")
    return "            {" + ", ".join(fields) + "},\n"


def parameters(field, items):
    return f"        .{field} = (const struct parameter[]){{\n" + "".join(map(parameter, items)) + "            {.name = NULL}},\n"


def command(c):
    out = f"    {{\n        .name = {quoted(c['name'])},\n        .summary = {quoted(c['summary'])},\n"
    if c["verb"]:
        out += f"        .verb = {quoted(c['verb'])},\n"
    out += f"        .help = {quoted(help_text(c))},\n"
    out += parameters("options", c["options"]) + parameters("arguments", c["arguments"])
    for flag in "raw", "literal", "unset", "keeps":
        if c.get(flag):
            out += f"        .{flag} = TRUE,\n"
    if "prints" in c:
        out += f"        .prints = {quoted(c['prints'])},\n"
    for field, key in (("printer", "printer"), ("run", "function")):
        if key in c:
            out += f"        .{field} = {c[key]},\n"
    return out + "    },\n"


def commands(schema):
    """commands[] of sdk/cli/command.h."""
    return HEAD + '#include "sdk/cli/command.h"\n\nconst struct command commands[] = {\n' + "".join(
        map(command, schema["commands"])) + "    {.name = NULL},\n};\n"


def exits(schema):
    """The lines of `booth help` about exit codes."""
    lines = "".join(f"  {e['code']}  {e['text']}\n" for e in schema["exits"])
    return HEAD + '#include "sdk/cli/command.h"\n\nconst char commands_exits[] = ' + quoted(lines) + ";\n"


def errors(schema):
    """error_words[] of sdk/lib/errors.h."""
    rows = "".join(f"    {{{quoted(e['name'])}, BOOTH_ERROR_{e['name'].upper().replace('-', '_')}, {e['exit']}}},\n"
                   for e in schema["errors"])
    return HEAD + '#include "sdk/lib/errors.h"\n\nconst struct error_word error_words[] = {\n' + rows + "    {.word = NULL},\n};\n"


def choices(schema):
    """choices_VERB_MEMBER[], ended by NULL: the words that a member of a verb can be."""
    lists = [("_".join((verb["name"], member["name"])).replace("-", "_"), member["choices"])
             for verb in schema["verbs"] for member in verb["members"] if member["type"] == "choice"]
    return HEAD + "#include <stddef.h>\n\n" + "".join(
        f"static const char *const choices_{name}[] = {{{', '.join(map(quoted, known))}, NULL}};\n" for name, known in lists)
