# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""libbooth's functions for the verbs. What a verb requires are parameters; all else is a member of `options`, so that a
verb can get new options without a change of the library's ABI."""
import textwrap

from emit_docs import kind
from emit_emulator import quoted
from schema import head, need

HEAD = head("Apache-2.0 OR GPL-2.0-or-later")
TYPES = {"int": "gint64 ", "number": "double ", "bool": "gboolean ", "names": "const char *const *"}
SETTERS = {"int": "int", "number": "double", "bool": "boolean"}
SYNC = ["GCancellable *cancellable", "GError **error"]
ASYNC = ["GCancellable *cancellable", "GAsyncReadyCallback callback", "gpointer data"]


def c_name(name):
    return name.replace("-", "_")


def required(verb):
    return [member for member in verb["members"] if member.get("required")]


def plain(text):
    """Text of a comment of gtk-doc: no marks that mean something there."""
    return text.replace("*/", "* /").replace("@", "(at)").replace("%", " per cent")


def comment(lines):
    out = ["/**"]
    for line in lines:
        out += textwrap.wrap(line, 114, initial_indent=" * ", subsequent_indent=" *   ", break_long_words=False,
                             break_on_hyphens=False) or [" *"]
    return "\n".join(out + [" */"]) + "\n"


def parameters(verb):
    """Lines of the comment about what both functions have."""
    lines = ["@phone: a phone"]
    for member in required(verb):
        note = " (array zero-terminated=1):" if member["type"] == "names" else ""
        lines.append(f"@{c_name(member['name'])}:{note} {kind(member)}: {plain(member['text'])}")
    others = [f"`{m['name']}` ({kind(m)})" for m in verb["members"] if not m.get("required")]
    return lines + [f"@options: (nullable): {', '.join(others)}; %NULL: none" if others
                    else "@options: (nullable): there are none yet: %NULL", "@cancellable: (nullable): ends the wait"]


def documentation(verb, name):
    text = [verb["summary"][0].upper() + verb["summary"][1:] + ".", ""]
    for block in plain("\n".join(verb.get("text", []))).split("\n\n"):
        text += [block.replace("\n", " "), ""] if block else []
    reply = ", ".join(f"`{r['name']}` ({kind(r)})" for r in verb["reply"])
    sync = [f"booth_phone_{name}:"] + parameters(verb) + ["@error: as of booth_phone_call()", ""] + text
    sync += [f"Returns: (transfer full): the reply{': ' + reply if reply else ''}"]
    other = [f"booth_phone_{name}_async:"] + parameters(verb)
    other += ["@callback: (nullable) (scope async): gets the result for booth_phone_call_finish()",
              "@data: for @callback", "", f"booth_phone_{name}() that does not wait."]
    return comment(sync), comment(other)


def prototypes(verb):
    name = c_name(verb["name"])
    own = ["BoothPhone *phone"]
    own += [TYPES.get(member["type"], "const char *") + c_name(member["name"]) for member in required(verb)]
    own += ["JsonObject *options"]
    return (f"JsonObject *booth_phone_{name}({', '.join(own + SYNC)})",
            f"void booth_phone_{name}_async({', '.join(own + ASYNC)})")


def header(schema):
    out = HEAD + "#ifndef BOOTH_VERBS_H\n#define BOOTH_VERBS_H\n\n#include <booth/phone.h>\n\nG_BEGIN_DECLS\n"
    for verb in schema["verbs"]:
        for text, prototype in zip(documentation(verb, c_name(verb["name"])), prototypes(verb)):
            out += "\n" + text + prototype + ";\n"
    return out + "\nG_END_DECLS\n\n#endif\n"


def setter(member):
    name = c_name(member["name"])
    if member["type"] == "names":
        return f"    json_object_set_array_member(members, {quoted(member['name'])}, array_of({name}));\n"
    kind_name = SETTERS.get(member["type"], "string")
    return f"    json_object_set_{kind_name}_member(members, {quoted(member['name'])}, {name});\n"


def body(verb, call):
    out = "{\n    g_autoptr(JsonObject) members = copy_of(options);\n\n"
    return out + "".join(map(setter, required(verb))) + f"    {call}\n}}\n"


def source(schema):
    out = HEAD + '#include "sdk/libbooth/members.h"\n\n#include <booth/verbs.h>\n'
    for verb in schema["verbs"]:
        sync, other = prototypes(verb)
        name = quoted(verb["name"])
        out += f"\n{sync}\n" + body(verb, f"return booth_phone_call(phone, {name}, members, cancellable, error);")
        out += f"\n{other}\n" + body(verb, f"booth_phone_call_async(phone, {name}, members, cancellable, callback, data);")
    return out


def symbols(schema):
    """The version script: what a program may use."""
    own = ["booth_error_quark", "booth_phone_get_type", "booth_phone_open", "booth_phone_open_async",
           "booth_phone_open_finish", "booth_phone_open_path", "booth_phone_get_path", "booth_phone_call",
           "booth_phone_call_async", "booth_phone_call_finish", "booth_phone_wait_event", "booth_phone_get_fd",
           "booth_phone_dispatch", "booth_phone_names", "booth_phone_start", "booth_phone_start_async",
           "booth_phone_start_finish", "booth_phone_stop", "booth_phone_stop_async", "booth_phone_stop_finish"]
    for verb in schema["verbs"]:
        own += [f"booth_phone_{c_name(verb['name'])}", f"booth_phone_{c_name(verb['name'])}_async"]
    need(len(set(own)) == len(own), "verbs", "one is called as a function of libbooth's own")
    return HEAD + "BOOTH_0 {\nglobal:\n" + "".join(f"    {name};\n" for name in own) + "local:\n    *;\n};\n"
