/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "debugger.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"
#include "say.h"

enum { DAP_SINCE = 14 /* gdb's version */ };

/* The number after the last space of the first line, as in "GNU gdb (Debian 13.1-3) 13.1". */
static int version_of(const char *gdb)
{
    g_autofree char *text = NULL;
    g_autoptr(GSubprocess) child =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, gdb, "--version", NULL);

    if (child == NULL || !g_subprocess_communicate_utf8(child, NULL, NULL, &text, NULL, NULL)) {
        return 0;
    }
    text[strcspn(text, "\n")] = '\0';
    const char *space = strrchr(text, ' ');
    return space ? atoi(space + 1) : 0;
}

char *debugger_find(gboolean dap)
{
    char *gdb = g_find_program_in_path("gdb-multiarch");

    if (gdb == NULL) {
        say("there is no gdb-multiarch: install the package gdb-multiarch");
        return NULL;
    }
    int version = dap ? version_of(gdb) : DAP_SINCE;
    if (version < DAP_SINCE) {
        say("an editor's debug adapter is in gdb since version %d, and %s is version "
            "%d: Debian 13 has a newer one",
            DAP_SINCE, gdb, version);
        g_clear_pointer(&gdb, g_free);
    }
    return gdb;
}

void debugger_say(GPtrArray *commands, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(commands, g_strdup_vprintf(format, args));
    va_end(args);
}

static char **words_for(const struct debugging *what, const char *gdb, const char *program,
                        const GPtrArray *commands)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    g_strv_builder_add_many(words, gdb, "-q", NULL);
    if (what->dap) {
        g_strv_builder_add(words, "--interpreter=dap");
    }
    for (guint i = 0; i < commands->len; i++) {
        g_strv_builder_add_many(words, "-ex", commands->pdata[i], NULL);
    }
    g_strv_builder_addv(words, (const char **)what->words);
    if (program != NULL) {
        g_strv_builder_add(words, program);
    }
    return g_strv_builder_end(words);
}

/* With `json` standard output is for an object of booth's. */
static void become(char **words, gboolean json)
{
    if (json) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    output_restore_signal();
    execv(words[0], words);
    say("cannot start %s: %s", words[0], g_strerror(errno));
    _exit(EXIT_LOCAL);
}

int debugger_run(const struct debugging *what, const char *gdb, const char *program,
                 const GPtrArray *commands)
{
    g_auto(GStrv) words = words_for(what, gdb, program, commands);
    int status = 0;

    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    pid_t child = fork();
    if (child == 0) {
        become(words, what->cli->json);
    }
    if (child < 0) {
        say("cannot start %s: %s", gdb, g_strerror(errno));
        return EXIT_LOCAL;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_LOCAL;
}
