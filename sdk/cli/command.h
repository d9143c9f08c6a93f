/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The commands of booth as data. The table is made from sdk/api/control.json. */
#ifndef BOOTH_COMMAND_H
#define BOOTH_COMMAND_H

#include "cli.h"

enum parameter_kind {
    KIND_INT,    /* a whole number, min..max */
    KIND_NUMBER, /* a number, min..max */
    KIND_BOOL,   /* an option without a value */
    KIND_STRING, /* at most max bytes */
    KIND_PATH,   /* the same, made absolute; "-" stays as it is */
    KIND_CHOICE, /* one of choices */
    KIND_NAME,
    KIND_NAMES, /* all arguments that are left, each a name */
};

/* An option or an argument. */
struct parameter {
    const char *name;  /* NULL ends a list of them */
    const char *shown; /* what stands for its value in the usage line */
    enum parameter_kind kind;
    char letter;        /* of the option's short form; 0: none */
    const char *member; /* of the request; NULL: it is for the command itself */
    gboolean required;
    gboolean free; /* any text, which may look like an option; no option follows KIND_NAMES */
    double min, max;
    const char *const *choices;
};

/* A command line that has been understood. */
struct parsed {
    JsonObject *request; /* the verb and its members */
    JsonObject *own;     /* what is for the command itself, by parameter's name */
    int argc;            /* with `raw`: the words as they are, argv[0] is the command's name */
    char **argv;
};

struct command {
    const char *name; /* NULL ends the list */
    const char *summary;
    const char *verb; /* of the control API; NULL: none */
    const char *help; /* all that `booth help NAME` prints */
    const struct parameter *options, *arguments;
    gboolean raw;       /* `run` reads the words itself */
    gboolean literal;   /* what is none of its own options is text: --json, -h */
    gboolean unset;     /* goes without the settings, which may be wrong */
    gboolean keeps;     /* what it holds down stays down when its connection ends */
    const char *prints; /* the line to print of a reply (print_template()); NULL: none */
    void (*printer)(JsonObject *reply); /* prints a reply that takes more than a line; NULL: none */
    /* Does more than one request; NULL: `verb` is all there is to do. Returns the exit code. */
    int (*run)(const struct cli *cli, const struct command *command, const struct parsed *parsed);
};

extern const struct command commands[];

/* The lines of `booth help` about exit codes. */
extern const char commands_exits[];

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);

/* What to do with a command line. */
enum parse_result { PARSE_DONE, PARSE_HELP, PARSE_WRONG /* one line is on stderr */ };

/*
 * Reads argv (argv[0] is the command's name) into parsed; --json into *json. Release with
 * parsed_clear() whatever the result.
 */
enum parse_result command_parse(const struct command *command, int argc, char **argv,
                                struct parsed *parsed, gboolean *json);
void parsed_clear(struct parsed *parsed);

/* command_parse() and what then is to do. Returns the exit code. */
int command_run(struct cli *cli, const struct command *command, int argc, char **argv);

/* One request, its reply printed as the command's replies are. Returns the exit code. */
int command_call(const struct cli *cli, const struct command *command, JsonObject *request);

int cli_run(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_shot(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_console(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_trace(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_snapshot(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_net(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_battery(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_camera(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_audio(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_record(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_geo(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_persona(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_handset(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_reset(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_doctor(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_bugreport(const struct cli *cli, const struct command *command,
                  const struct parsed *parsed);
int cli_raw(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_wait(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_see(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_test(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_panel(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_stop(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_shell(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_push(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_pull(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_new(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_signer(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_build(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_install(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_uninstall(const struct cli *cli, const struct command *command,
                  const struct parsed *parsed);
int cli_apps(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_launch(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_kill(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_logs(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_forward(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_reverse(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_open(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_clip(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_debug(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_profile(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_send(const struct cli *cli, const struct command *command, const struct parsed *parsed);
int cli_text(const struct cli *cli, const struct command *command, const struct parsed *parsed);
void cli_print_status(JsonObject *reply);
void cli_print_networks(JsonObject *reply);
void cli_print_vm(JsonObject *reply);
void cli_print_sensors(JsonObject *reply);
void cli_print_geo(JsonObject *reply);
void cli_print_audio(JsonObject *reply);
void cli_print_record(JsonObject *reply);
void cli_print_cameras(JsonObject *reply);

#endif
