# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""C for the emulator: the table that requests are checked against, and the table of its functions."""
import json

from schema import STRING_MAX, head

ARG = {"int": "ARG_INT", "number": "ARG_NUMBER", "bool": "ARG_BOOL", "string": "ARG_STRING", "path": "ARG_PATH",
       "choice": "ARG_CHOICE", "name": "ARG_NAME", "names": "ARG_NAMES"}
HEAD = head("GPL-2.0-or-later")


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def words(texts):
    return "(const char *const[]){" + ", ".join(map(quoted, texts)) + ", NULL}"


def function(verb):
    return "verb_" + verb["name"].replace("-", "_")


def member(m):
    fields = [f".name = {quoted(m['name'])}", f".type = {ARG[m['type']]}"]
    if m.get("required"):
        fields.append(".required = true")
    if m["type"] in ("int", "number"):
        fields += [f".min = {m['min']}", f".max = {m['max']}"]
    if m["type"] in ("string", "path"):
        fields.append(f".max = {m.get('max', STRING_MAX)}")
    if m["type"] == "choice":
        fields.append(f".choices = {words(m['choices'])}")
    if "default" in m:
        fields.append(f".preset = {quoted(json.dumps(m['default']))}")
    return "        {" + ", ".join(fields) + "},\n"


def table(schema):
    """schema_verbs[] of control/schema.h."""
    out = HEAD + '#include "control/schema.h"\n\nconst struct schema_verb schema_verbs[] = {\n'
    for verb in schema["verbs"]:
        needs = "NEED_" + verb.get("needs", "nothing").upper()
        out += f"    {{{quoted(verb['name'])}, {needs}, (const struct arg[]){{\n"
        out += "".join(map(member, verb["members"])) + "        {.name = NULL}}},\n"
    out += "    {.name = NULL},\n};\n\nconst char *const schema_errors[] = {\n"
    return out + "".join(f"    {quoted(error['name'])},\n" for error in schema["errors"]) + "    NULL,\n};\n"


def prototypes(schema):
    """One function a verb, each in the file of its subject."""
    return HEAD + '#include "control/session.h"\n\n' + "".join(
        f"void {function(verb)}(struct request *request);\n" for verb in schema["verbs"])


def functions(schema):
    """verb_functions[] in the order of schema_verbs[]."""
    return (HEAD + '#include "control/verbs.h"\n\nvoid (*const verb_functions[])(struct request *request) = {\n'
            + "".join(f"    {function(verb)},\n" for verb in schema["verbs"]) + "};\n")
