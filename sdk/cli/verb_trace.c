/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth trace */
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DEFAULT_SECONDS = 5, MAX_SECONDS = 3600 };

static void on_signal(int number)
{
    (void)number; /* ends the sleep, that is all */
}

/* Sleeps, or less if the user presses Ctrl-C. */
static void sleep_seconds(int seconds)
{
    const struct sigaction action = {.sa_handler = on_signal};
    const struct timespec time = {.tv_sec = seconds};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    nanosleep(&time, NULL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

static JsonObject *request_for(const char *action)
{
    JsonObject *request = cli_request("trace");

    json_object_set_string_member(request, "action", action);
    return request;
}

static int start(const struct cli *cli, gboolean print)
{
    g_autoptr(JsonObject) reply = NULL;
    int code = cli_call(cli, request_for("start"), &reply);

    if (code == EXIT_DONE && print && cli->json) {
        cli_print_json(reply);
    }
    return code;
}

static int stop(const struct cli *cli, const char *file)
{
    g_autoptr(JsonObject) reply = NULL;
    g_autofree char *path = file ? g_canonicalize_filename(file, NULL) : NULL;
    JsonObject *request = request_for("stop");

    if (path) {
        json_object_set_string_member(request, "file", path);
    }
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        cli_print_json(reply);
    } else {
        gint64 lost = json_object_get_int_member_with_default(reply, "lost", 0);

        printf("%" G_GINT64_FORMAT " records of %.1f s",
               json_object_get_int_member_with_default(reply, "records", 0),
               json_object_get_double_member_with_default(reply, "seconds", 0));
        if (lost) {
            printf(", %" G_GINT64_FORMAT " lost", lost);
        }
        printf("%s%s\n", path ? " in " : "", path ? path : "");
    }
    return EXIT_DONE;
}

int cli_trace(const struct cli *cli, int argc, char **argv)
{
    int seconds = DEFAULT_SECONDS;
    const GOptionEntry entries[] = {
        {"seconds", 's', 0, G_OPTION_ARG_INT, &seconds, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (seconds < 1 || seconds > MAX_SECONDS) {
        return cli_usage(argv[0], "--seconds takes 1 to %d", MAX_SECONDS);
    }
    if (argc == 2 && strcmp(argv[1], "start") == 0) {
        return start(cli, TRUE);
    }
    if ((argc == 2 || argc == 3) && strcmp(argv[1], "stop") == 0) {
        return stop(cli, argc == 3 ? argv[2] : NULL);
    }
    if (argc != 2) {
        return cli_usage(argv[0], "needs the name of the file to write, or start, or stop");
    }
    int code = start(cli, FALSE);
    if (code != EXIT_DONE) {
        return code;
    }
    sleep_seconds(seconds);
    return stop(cli, argv[1]);
}
