/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Another program does all that is left to do. */
#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"
#include "say.h"

static volatile sig_atomic_t child; /* its process */

static void pass_on(int number)
{
    kill((pid_t)child, number);
}

/* What ends booth ends the program, which then ends booth. */
static void pass_signals_on(GSubprocess *process)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    const struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    const char *id = g_subprocess_get_identifier(process);

    child = id ? atoi(id) : 0;
    for (gsize i = 0; child != 0 && i < G_N_ELEMENTS(numbers); i++) {
        sigaction(numbers[i], &action, NULL);
    }
}

static void child_setup(gpointer data G_GNUC_UNUSED)
{
    output_restore_signal();
}

/* Standard output is for the object at the end: the program's own goes to standard error. */
static int stay_and_wait(char **words)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_INHERIT | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr(GError) error = NULL;
    char bytes[4096];
    gssize got;

    g_subprocess_launcher_set_child_setup(launcher, child_setup, NULL, NULL);
    g_subprocess_launcher_take_stdout_fd(launcher, dup(STDERR_FILENO));
    g_autoptr(GSubprocess) process =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)words, &error);
    if (process == NULL) {
        return cli_fail(error);
    }
    pass_signals_on(process);
    GInputStream *messages = g_subprocess_get_stderr_pipe(process);
    while ((got = g_input_stream_read(messages, bytes, sizeof(bytes), NULL, NULL)) > 0) {
        say_bytes(bytes, (gsize)got);
    }
    g_subprocess_wait(process, NULL, NULL);
    return g_subprocess_get_if_exited(process) ? g_subprocess_get_exit_status(process) : EXIT_LOCAL;
}

int cli_become(const struct cli *cli, char **words)
{
    if (cli->json) {
        return stay_and_wait(words);
    }
    output_restore_signal();
    execv(words[0], words);
    say("cannot start %s: %s", words[0], g_strerror(errno));
    return EXIT_LOCAL;
}
