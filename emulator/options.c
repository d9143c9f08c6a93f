/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "options.h"

#include <gio/gio.h>
#include <string.h>

#include "paths.h"
#include "phone/ending.h"
#include "snapshot/snapshots.h"

#define NAME_MAX_BYTES 32

static const char description[] =
    "A virtual phone: a window shows it, `booth` talks to it through the control socket.\n"
    "Logs: $XDG_STATE_HOME/phonebooth/NAME/, those of the run before in previous/ there.\n"
    "Disks that are thrown away (the system's, with --try all) grow in $TMPDIR, without it in\n"
    "/var/tmp. Exit status: 0 ended as asked, 1 it could not\n"
    "start or the machine ended with an error, 2 the command line is wrong.";

static bool is_name(const char *name)
{
    gsize length = strlen(name);
    return length > 0 && length <= NAME_MAX_BYTES &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               length;
}

static bool check(struct options *options, int argc, char **argv, GError **error)
{
    if (argc > 1) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "nothing is done with '%s'; --help lists what can be said", argv[1]);
        return false;
    }
    if (!is_name(options->name)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--name '%s': 1 to %d letters, digits, '-' and '_'", options->name,
                    NAME_MAX_BYTES);
        return false;
    }
    if (options->snapshot && !store_is_name(options->snapshot)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--snapshot '%s': 1 to %d letters, digits, '-', '_' and '.'", options->snapshot,
                    STORE_NAME_MAX);
        return false;
    }
    if (options->factory && options->snapshot) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--factory and --snapshot: the phone can have the disks of one only");
        return false;
    }
    if (options->deterministic && (options->repeatable || options->gdb || options->gdb_wait)) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--deterministic: not with --repeatable or a debugger");
        return false;
    }
    if (options->deterministic && (!options->headless || options->save)) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--deterministic: only with --headless, and nothing is saved: hands "
                            "at a window and the time of an end are never the same twice");
        return false;
    }
    if (options->trace_log && !options->deterministic) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--trace-log: only with --deterministic");
        return false;
    }
    if (options->save && options->no_save) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--save-at-end and --no-save: only one of them can be meant");
        return false;
    }
    if (options->end_timeout < 0 || options->end_timeout > ENDING_MAX_S) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--end-timeout %d: 0 to %d seconds", options->end_timeout, ENDING_MAX_S);
        return false;
    }
    return true;
}

static gboolean take_deterministic(const char *option G_GNUC_UNUSED, const char *value,
                                   gpointer data, GError **error)
{
    struct options *options = data;

    options->deterministic = TRUE;
    options->seed = 1;
    return !value || g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32, &options->seed, error);
}

bool options_parse(struct options *options, int *argc, char ***argv, GError **error)
{
    *options = (struct options){.end_timeout = ENDING_LIMIT_S};
    const GOptionEntry entries[] = {
        {"handset", 0, 0, G_OPTION_ARG_FILENAME, &options->handset,
         "Folder with handset.ini (default: images/handset of the build)", "DIR"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &options->name,
         "Name of this phone, for more than one at a time (default: default)", "NAME"},
        {"headless", 0, 0, G_OPTION_ARG_NONE, &options->headless, "No window", NULL},
        {"audio", 0, 0, G_OPTION_ARG_STRING, &options->audio,
         "Sound on this computer: pulseaudio, pipewire, alsa or another one of SDL, or none "
         "(default: what works; with --headless none)",
         "DRIVER"},
        {"try", 0, 0, G_OPTION_ARG_NONE, &options->trial,
         "Change nothing: what the phone writes to its disks is thrown away when it ends, logs are "
         "not kept. A handset that cannot be written will do",
         NULL},
        {"control", 0, 0, G_OPTION_ARG_FILENAME, &options->control, "Path of the control socket",
         "PATH"},
        {"snapshot", 0, 0, G_OPTION_ARG_STRING, &options->snapshot,
         "Go on from this snapshot; the disks as they are are kept as snapshot 'replaced'", "NAME"},
        {"cold", 0, 0, G_OPTION_ARG_NONE, &options->cold,
         "Boot, do not go on where the phone was left; with --snapshot: from its disks", NULL},
        {"clean", 0, 0, G_OPTION_ARG_NONE, &options->clean,
         "Go on from the snapshot 'clean', made with the images", NULL},
        {"require-snapshot", 0, 0, G_OPTION_ARG_NONE, &options->require,
         "Fail when a snapshot does not fit, instead of booting", NULL},
        {"factory", 0, 0, G_OPTION_ARG_NONE, &options->factory,
         "Boot with the disks that were made with the images; the disks as they are are kept as "
         "snapshot 'replaced'",
         NULL},
        {"save-at-end", 0, 0, G_OPTION_ARG_NONE, &options->save,
         "When a signal comes, keep where the phone is as snapshot 'quick', from which the next "
         "start goes on; personas are not asked to shut down. A phone with a window does so by "
         "itself, also when the window is closed",
         NULL},
        {"no-save", 0, 0, G_OPTION_ARG_NONE, &options->no_save,
         "Do not: personas shut down, and the next start boots", NULL},
        {"answer", 0, 0, G_OPTION_ARG_STRING, &options->answer,
         "Start no phone: answer this request about the handset's snapshots, JSON as for the "
         "control socket, on standard output",
         "REQUEST"},
        {"icount", 0, 0, G_OPTION_ARG_NONE, &options->icount,
         "Count instructions per exception level (slower)", NULL},
        {"repeatable", 0, 0, G_OPTION_ARG_NONE, &options->repeatable,
         "Like --icount, and each run executes the same instructions: no input reaches the guests, "
         "time does not wait for the host's, randomness is the same each time",
         NULL},
        {"deterministic", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK,
         (gpointer)take_deterministic,
         "Time stands unless a request waits for a guest, and nothing of this computer reaches the "
         "guests but what is asked for: the same requests come to the same end, with the same "
         "trace hash. No window, no network; --try holds. SEED (default: 1): of all random numbers",
         "SEED"},
        {"trace-log", 0, 0, G_OPTION_ARG_FILENAME, &options->trace_log,
         "With --deterministic: write to FILE what the trace hash is made of, and the hash so far, "
         "to find where two runs begin to differ",
         "FILE"},
        {"marks", 0, 0, G_OPTION_ARG_FILENAME, &options->marks,
         "Add what is counted at each line '@mark ...' of a guest to FILE", "FILE"},
        {"end-timeout", 0, 0, G_OPTION_ARG_INT, &options->end_timeout,
         "How long personas may take to shut down when the window is closed or a signal comes; "
         "0: they are not asked (default: 20)",
         "SECONDS"},
        {"gdb", 0, 0, G_OPTION_ARG_NONE, &options->gdb, "gdb can attach to 127.0.0.1:1234", NULL},
        {"gdb-wait", 0, 0, G_OPTION_ARG_NONE, &options->gdb_wait,
         "The same, and the CPUs wait for its `continue`", NULL},
        {"qemu-arg", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->qemu_args,
         "One argument for QEMU; give it again for more", "ARG"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);

    GOptionGroup *group = g_option_group_new(NULL, NULL, NULL, options, NULL);

    g_option_group_add_entries(group, entries);
    g_option_context_set_main_group(context, group);
    g_option_context_set_description(context, description);
    if (!g_option_context_parse(context, argc, argv, error)) {
        return false;
    }
    if (!options->name) {
        options->name = g_strdup("default");
    }
    if (!options->handset) {
        options->handset = paths_default_handset();
    }
    options->icount |= options->repeatable || options->deterministic;
    options->trial |= options->deterministic;
    if (options->clean && !options->snapshot) {
        options->snapshot = g_strdup(SNAPSHOTS_CLEAN);
    }
    /* A boot in place of a snapshot that does not fit would be another run. */
    options->require |= options->deterministic && options->snapshot && !options->cold;
    return check(options, *argc, *argv, error);
}

void options_clear(struct options *options)
{
    g_free(options->handset);
    g_free(options->name);
    g_free(options->control);
    g_free(options->audio);
    g_free(options->trace_log);
    g_free(options->marks);
    g_free(options->snapshot);
    g_free(options->answer);
    g_strfreev(options->qemu_args);
}
