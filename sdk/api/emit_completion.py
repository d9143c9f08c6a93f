# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Completion of booth's command line for bash and zsh."""
import shlex

from schema import value_of

NOTE = "# SPDX-License-" + "Identifier: Apache-2.0 OR GPL-2.0-or-later\n# Made from sdk/api/control.json.\n"
NAMES = "sed -n '2,$s/^ *[0-9]* [* ] \\([^ ]*\\).*/\\1/p'"  # of the lines of `booth status`

# What booth lists, a name in each line; "$@" says which phone
LISTS = """
_booth_list() {
    local kind=$1
    shift
    case $kind in
    vm) booth "$@" status 2> /dev/null | %(names)s ;;
    handsets) booth handset list 2> /dev/null | sed -n 's/^[* ] \\([^ ]*\\) .*/\\1/p' ;;
    personas) booth persona list 2> /dev/null | sed -n 's/^  \\([^ ]*\\) .*/\\1/p' ;;
    apps) booth "$@" apps 2> /dev/null | sed 's/ .*//' ;;
    snapshots) booth "$@" snapshot list 2> /dev/null | sed 's/ .*//' ;;
    esac
}
"""

BASH = LISTS + """
# What may stand at a place: words, <vm>, <handsets> and others for what booth lists, <file> for a file
_booth_offer() {
    local what=$1 kind
    for kind in vm handsets personas apps snapshots; do
        case $what in *"<$kind>"*) what=${what/"<$kind>"/$(_booth_list $kind "${phone[@]}")} ;; esac
    done
    mapfile -t COMPREPLY < <(
        compgen -W "${what/'<file>'/}" -- "$word"
        [ "$what" = "${what/'<file>'/}" ] || compgen -f -- "$word"
    )
}

_booth() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' count=0 i
    local -a phone=() arguments=()
    local -A values=()
    local options='--json --help'
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --json) ;;
        --name | --control) phone+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}"); ((i++)) ;;
        *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $verb in
    '') arguments=(%(verbs)s); options='--json --name --control' ;;
    help) arguments=(%(verbs)s '') ;;
%(cases)s    esac
    for ((i++; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -*) [ -z "${values[${COMP_WORDS[i]}]+set}" ] || ((i++)) ;;
        *) ((count++)) ;;
        esac
    done
    if [ -n "${values[$previous]+set}" ]; then
        _booth_offer "${values[$previous]}"
    elif [ "${word:0:1}" = - ]; then
        _booth_offer "$options"
    elif [ ${#arguments[@]} -gt 0 ]; then
        [ "$count" -lt ${#arguments[@]} ] || count=$((${#arguments[@]} - 1))
        _booth_offer "${arguments[count]}"
    fi
}
complete -o filenames -F _booth booth
"""

ZSH = LISTS + """
# _booth_offer KIND WORD...: what booth lists, and words
_booth_offer() {
    local -a names=(${(f)"$(_booth_list $1 $phone)"} ${@[2,-1]})
    compadd -a names
}

_booth_verb() {
    local -a verbs=(%(verbs)s)
    _describe verb verbs
}

_booth() {
    local curcontext=$curcontext state line
    local -a phone
    typeset -A opt_args
    _arguments -C '--name[the phone of that name]:name:' '--control[the phone with that socket]:socket:_files' \\
        '--json[print the answer as JSON]' '1:verb:_booth_verb' '*::argument:->arguments'
    [[ $state == arguments ]] || return
    phone=(${opt_args[--name]:+--name $opt_args[--name]} ${opt_args[--control]:+--control $opt_args[--control]})
    case $words[1] in
    help) _arguments '1:verb:_booth_verb' ;;
%(cases)s    esac
}
_booth "$@"
"""


def offer(item):
    """Words that can stand for a value; <vm>, <file> and the like stand for what is asked for then."""
    words = item.get("choices", []) + item.get("words", [])
    if "names" in item:
        words = words + ["<vm>"] + [word for word in value_of(item).split("|") if word.islower() or word == "el2"]
    if "lists" in item:
        words = words + [f"<{item['lists']}>"]
    if item.get("files") or item["type"] == "path":
        words = words + ["<file>"]
    return " ".join(words)


def valued(command):
    return [option for option in command["options"] if option["type"] != "bool"]


def bash_case(command):
    common = [] if command.get("literal") else ["--json", "--help"]
    options = " ".join(common + [f"--{option['name']}" for option in command["options"]])
    arguments = [offer(argument) for argument in command["arguments"]]
    if not command["arguments"] or command["arguments"][-1]["type"] != "names":
        arguments.append("")
    out = f"    {command['name']})\n        options={shlex.quote(options)}\n"
    out += f"        arguments=({' '.join(map(shlex.quote, arguments))})\n"
    if valued(command):
        out += "        values=(" + " ".join(f"[--{o['name']}]={shlex.quote(offer(o))}" for o in valued(command)) + ")\n"
    return out + "        ;;\n"


def bash(schema):
    verbs = shlex.quote(" ".join([command["name"] for command in schema["commands"]] + ["help", "version"]))
    return NOTE + BASH % {"names": NAMES, "verbs": verbs, "cases": "".join(map(bash_case, schema["commands"]))}


def zsh_action(item):
    words = [word for word in offer(item).split() if word[0] != "<"]
    marks = [word.strip("<>") for word in offer(item).split() if word[0] == "<"]
    kinds = [mark for mark in marks if mark != "file"]
    actions = [f"_booth_offer {' '.join(kinds + words)}"] if kinds else [f"compadd -- {' '.join(words)}"] if words else []
    actions += ["_files"] if "file" in marks else []
    if len(actions) == 1 and not kinds and words:
        return f"({' '.join(words)})"
    return f"{{{'; '.join(actions)}}}" if actions else ""


def zsh_text(text):
    return text.translate(str.maketrans({"[": "(", "]": ")", ":": " -", "`": ""}))


def zsh_option(option):
    value = "" if option["type"] == "bool" else f":{zsh_text(value_of(option))}:{zsh_action(option)}"
    return f"--{option['name']}[{zsh_text(option['text'])}]{value}"


def zsh_argument(number, argument):
    place = "*" if argument["type"] == "names" else number
    return f"{place}:{zsh_text(value_of(argument))}:{zsh_action(argument)}"


def zsh_case(command):
    words = [zsh_option(option) for option in command["options"]]
    words += [] if command.get("literal") else ["--json[print the answer as JSON]"]
    words += [zsh_argument(i + 1, argument) for i, argument in enumerate(command["arguments"])]
    return f"    {command['name']}) _arguments {' '.join(map(shlex.quote, words))} ;;\n"


def zsh(schema):
    verbs = " ".join(shlex.quote(f"{c['name']}:{zsh_text(c['summary'])}") for c in schema["commands"])
    return "#compdef booth\n" + NOTE + ZSH % {"names": NAMES, "verbs": verbs, "cases": "".join(map(zsh_case, schema["commands"]))}
