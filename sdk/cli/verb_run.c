/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth run: starts the emulator, which stands beside booth. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "emulator.h"
#include "output.h"
#include "print.h"
#include "run_words.h"
#include "say.h"

enum { START_SECONDS = 30 }; /* until the control socket must answer */

static gboolean answers(const struct cli *cli)
{
    g_autofree char *path = cli_socket(cli);
    booth_client *client = booth_client_new(path, NULL);
    gboolean yes = client != NULL;

    booth_client_free(client);
    return yes;
}

static volatile sig_atomic_t interrupted;

static void interrupt(int number G_GNUC_UNUSED)
{
    interrupted = 1;
}

/* Until the phone can be talked to, what ends booth ends it, too: nobody would know of it. */
static void take_signals(void)
{
    const struct sigaction action = {.sa_handler = interrupt};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static int end_early(GSubprocess *child)
{
    g_subprocess_force_exit(child);
    g_subprocess_wait(child, NULL, NULL);
    say("interrupted: the phone has not started");
    return EXIT_LOCAL;
}

/* The phone outlives the terminal and the script that started it. */
static void own_session(gpointer data)
{
    (void)data;
    output_restore_signal();
    setsid();
}

/* Where logs of the phone are kept. Free with g_free(). */
static char *log_folder(const struct cli *cli)
{
    const char *state = g_getenv("XDG_STATE_HOME");
    g_autofree char *base = state != NULL && state[0] == '/'
                                ? g_strdup(state)
                                : g_build_filename(g_get_home_dir(), ".local", "state", NULL);
    return g_build_filename(base, "phonebooth", cli_name(cli) ? cli_name(cli) : "default", NULL);
}

/*
 * Where the emulator's own messages go when no terminal takes them: beside the logs, or beside the
 * socket when those are not kept (--try) or cannot be. Free with g_free().
 */
static char *message_file(const struct cli *cli, char **args)
{
    g_autofree char *folder = log_folder(cli);
    gboolean kept = !g_strv_contains((const char *const *)args, "--try") &&
                    g_mkdir_with_parents(folder, 0700) == 0 && access(folder, W_OK | X_OK) == 0;

    if (!kept) {
        g_autofree char *path = cli_socket(cli);
        g_free(folder);
        folder = g_path_get_dirname(path);
        g_mkdir_with_parents(folder, 0700);
    }
    return g_build_filename(folder, "emulator.log", NULL);
}

static int ended_at_once(const char *messages)
{
    g_autofree char *text = NULL;

    g_file_get_contents(messages, &text, NULL, NULL);
    say("the emulator ended at once");
    if (text) {
        say_bytes(text, strlen(text)); /* why */
    }
    return EXIT_LOCAL;
}

static int started(const struct cli *cli, const char *pid)
{
    g_autofree char *control = cli_socket(cli);

    if (cli->json) {
        g_autoptr(JsonObject) result = print_new_result();
        g_autofree char *name = g_utf8_make_valid(control, -1);
        json_object_set_int_member(result, "process", g_ascii_strtoll(pid, NULL, 10));
        json_object_set_string_member(result, "control", name);
        print_json(result);
    } else {
        output_printf("phone started, process %s\n", pid);
    }
    return EXIT_DONE;
}

/* Starts args in a session of its own and waits until the phone can be talked to. */
static int run_background(const struct cli *cli, char **args)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *messages = message_file(cli, args);
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

    take_signals();
    g_unlink(messages);
    g_subprocess_launcher_set_stderr_file_path(launcher, messages);
    g_subprocess_launcher_set_child_setup(launcher, own_session, NULL, NULL);
    g_autoptr(GSubprocess) child =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)args, &error);

    if (child == NULL) {
        return cli_fail(error);
    }
    const char *pid = g_subprocess_get_identifier(child);
    for (int tenths = 0; tenths < START_SECONDS * 10; tenths++) {
        g_main_context_iteration(NULL, FALSE);
        pid = g_subprocess_get_identifier(child);
        if (pid == NULL) {
            return ended_at_once(messages);
        }
        if (interrupted) {
            return end_early(child);
        }
        if (answers(cli)) {
            return interrupted ? end_early(child) : started(cli, pid);
        }
        g_usleep(G_USEC_PER_SEC / 10);
    }
    say("the emulator (process %s) did not answer within %d s", pid, START_SECONDS);
    return EXIT_TIMEOUT;
}

int cli_run(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    g_autofree char *emulator = emulator_find();
    g_autoptr(GError) error = NULL;
    struct run_words words;

    if (parsed->argc > 1 &&
        (strcmp(parsed->argv[1], "--help") == 0 || strcmp(parsed->argv[1], "-h") == 0)) {
        output_text(command->help);
        return EXIT_DONE;
    }
    if (emulator == NULL) {
        say(EMULATOR_MISSING);
        return EXIT_LOCAL;
    }
    if (answers(cli)) {
        g_autofree char *path = cli_socket(cli);
        say("a phone runs already at %s; give another --name, or 'booth stop'", path);
        return EXIT_REFUSED;
    }
    if (!run_words_make(&words, cli, emulator, parsed->argv + 1, &error)) {
        return cli_fail(error);
    }
    int code = words.background ? run_background(cli, words.all) : cli_become(cli, words.all);
    g_strfreev(words.all);
    return code;
}
