# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Pieces of man pages (man(7))."""
import re

NOTE = '.\\" SPDX-License-' + "Identifier: Apache-2.0 OR GPL-2.0-or-later\n"


def escape(text):
    """Plain text; in man pages a minus that is typed has to be one."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    for mark, name in (("—", "\\(em"), ("°", "\\(de"), ("×", "\\(mu"), ("…", "..."), ("→", "\\(->")):
        text = text.replace(mark, name)
    return text


def line(text):
    """A line of text, which must not look like a request."""
    return ("\\&" if text[:1] in (".", "'") else "") + text


def inline(text, link=lambda target: None):
    """Markdown within a line. `link` says what man page a link leads to."""
    out = ""
    for part in re.split(r"(`[^`]+`|\*\*[^*]+\*\*|(?<![\w*])\*[^*\s][^*]*\*|!?\[[^]]*\]\([^)]*\))", text):
        found = re.fullmatch(r"(!?)\[([^]]*)\]\(([^)]*)\)", part)
        if found:
            page = link(found.group(3))
            out += "" if found.group(1) else page if page else inline(found.group(2), link)
        elif len(part) > 2 and part[0] == "`":
            out += "\\fB" + escape(part[1:-1]) + "\\fR"
        elif len(part) > 4 and part.startswith("**"):
            out += "\\fB" + escape(part[2:-2]) + "\\fR"
        elif len(part) > 2 and part[0] == "*" and part[-1] == "*":
            out += "\\fI" + escape(part[1:-1]) + "\\fR"
        else:
            out += escape(part)
    return out


def code(lines):
    """Lines as they are."""
    return ".PP\n.RS 4\n.nf\n" + "".join(line(escape(text)) + "\n" for text in lines) + ".fi\n.RE\n"


def tagged(tag, text):
    """An entry of a list of words and what they mean."""
    return f".TP\n{line(tag)}\n{line(text) if text.strip() else chr(92) + '&'}\n"


def quoted(text):
    """An argument of a request."""
    return '"' + text.replace('"', "\\(dq") + '"'


def head(name, section, summary, version, date):
    title = f".TH {quoted(escape(name).upper())} {section} {quoted(date)} {quoted('Phonebooth ' + version)}\n"
    return NOTE + title + f".SH NAME\n{escape(name)} \\- {escape(summary)}\n"
