# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Man pages of the programs: of the same source as what they say with --help."""
import re
import sys

import emit_booth
import roff
import schema as control

SEE = (".SH SEE ALSO\n.BR booth (1),\n.BR booth\\-panel (1),\n.BR phonebooth (1),\n.BR phonebooth\\-app.ini (5),\n"
       ".BR phonebooth\\-handset.ini (5),\n.BR phonebooth\\-scenario (5),\n.BR phonebooth (7),\n.BR phonebooth\\-api (7),\n"
       ".BR phonebooth\\-handsets (7),\n.BR phonebooth\\-snapshots (7)\n")


def command(c):
    """One verb, as `booth help VERB` has it."""
    usage = control.usage(c)
    out = f".SS {roff.quoted('booth ' + roff.escape(c['name']) + (' ' + roff.escape(usage) if usage else ''))}\n"
    out += roff.line(roff.inline(c["summary"][0].upper() + c["summary"][1:] + ".")) + "\n"
    for option in c["options"]:
        tag, text = re.match(r" *(.*?)  +(.*)", emit_booth.option_line(option)).groups()
        out += roff.tagged(f"\\fB{roff.escape(tag)}\\fR", roff.inline(text))
    if "examples" in c:
        out += roff.code([re.sub(r"\n +", "    ", emit_booth.example_line(example).strip()) for example in c["examples"]])
    if "help" in c:
        out += (".PP\n" if c["options"] or "examples" in c else ".br\n") + "".join(roff.line(roff.inline(text)) + "\n" if text else ".PP\n" for text in c["help"])
    return out


def booth(version, date):
    schema = control.load()
    out = roff.head("booth", "1", "control a virtual phone from the command line", version, date)
    out += (".SH SYNOPSIS\n.B booth\n[\\fB\\-\\-name\\fR \\fINAME\\fR | \\fB\\-\\-control\\fR \\fISOCKET\\fR]\n"
            "[\\fB\\-\\-json\\fR]\n.I VERB\n[\\fIARGUMENT\\fR...]\n.SH DESCRIPTION\n"
            "Starts, uses and ends the virtual phones of Phonebooth, and makes their handsets and apps.\n.SH OPTIONS\n")
    out += roff.tagged("\\fB\\-\\-name\\fR \\fINAME\\fR", "the phone of that name; without the option: default")
    out += roff.tagged("\\fB\\-\\-control\\fR \\fISOCKET\\fR", "the phone with that control socket")
    out += roff.tagged("\\fB\\-\\-json\\fR", "print the phone's answer as one line of JSON; may also follow the verb")
    out += ".SH VERBS\n" + "".join(map(command, schema["commands"])) + ".SH EXIT STATUS\n"
    out += "".join(roff.tagged(f"\\fB{e['code']}\\fR", roff.inline(e["text"])) for e in schema["exits"])
    out += ".SH FILES\n"
    out += roff.tagged("\\fI$XDG_CONFIG_HOME/phonebooth/settings.ini\\fR",
                       "what holds where the command line says nothing, see \\fBphonebooth\\-handsets\\fR(7)")
    out += roff.tagged("\\fI$XDG_DATA_HOME/phonebooth/handsets/\\fR", "your handsets")
    out += roff.tagged("\\fI$XDG_STATE_HOME/phonebooth/NAME/\\fR", "logs of the phone of that name")
    return out + SEE


def panel(version, date):
    found = [c for c in control.load()["commands"] if c["name"] == "panel"][0]
    out = roff.head("booth-panel", "1", found["summary"], version, date)
    out += (".SH SYNOPSIS\n.B booth panel\n.SH DESCRIPTION\nThe program behind \\fBbooth panel\\fR, which starts it with the\n"
            "control socket of a phone. It ends with the phone.\n")
    return out + SEE


def phonebooth(version, date):
    """Of what `phonebooth --help` prints: options, then a text."""
    options, _, text = sys.stdin.read().partition("Application Options:\n")[2].partition("\n\n")
    if not options or not text:
        sys.exit("page: this is not what 'phonebooth --help' prints")
    out = roff.head("phonebooth", "1", "the emulator of a virtual phone", version, date)
    out += ".SH SYNOPSIS\n.B phonebooth\n[\\fIOPTION\\fR...]\n.SH DESCRIPTION\n"
    out += roff.line(roff.escape(text.strip())) + "\n.PP\n\\fBbooth run\\fR starts it with what the settings say.\n.SH OPTIONS\n"
    for row in options.split("\n"):
        tag, meaning = re.match(r" *(\S+)  +(.*)", row).groups()
        out += roff.tagged(f"\\fB{roff.escape(tag)}\\fR", roff.inline(meaning))
    return out + SEE


PAGES = {"booth.1": booth, "booth-panel.1": panel, "phonebooth.1": phonebooth}
