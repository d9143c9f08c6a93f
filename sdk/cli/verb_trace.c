/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth trace */
#include <signal.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "output.h"
#include "print.h"

enum { DEFAULT_SECONDS = 5 };

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
    g_autoptr(JsonObject) request = request_for("start");
    int code = cli_call(cli, request, &reply);

    if (code == EXIT_DONE && print && cli->json) {
        print_json(reply);
    }
    return code;
}

static int stop(const struct cli *cli, const char *file)
{
    g_autoptr(JsonObject) reply = NULL;
    g_autofree char *path = file ? g_canonicalize_filename(file, NULL) : NULL;
    g_autoptr(JsonObject) request = request_for("stop");

    if (path) {
        json_object_set_string_member(request, "file", path);
    }
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        print_json(reply);
    } else {
        gint64 lost = json_object_get_int_member_with_default(reply, "lost", 0);

        output_printf("%" G_GINT64_FORMAT " records of %.1f s",
                      json_object_get_int_member_with_default(reply, "records", 0),
                      json_object_get_double_member_with_default(reply, "seconds", 0));
        if (lost) {
            output_printf(", %" G_GINT64_FORMAT " lost", lost);
        }
        output_printf("%s%s\n", path ? " in " : "", path ? path : "");
    }
    return EXIT_DONE;
}

int cli_trace(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *what = print_text_of(parsed->own, "what", "");
    const char *file = print_text_of(parsed->own, "file", NULL);
    gint64 seconds =
        json_object_get_int_member_with_default(parsed->own, "seconds", DEFAULT_SECONDS);

    if (strcmp(what, "stop") == 0) {
        return stop(cli, file);
    }
    if (file != NULL) {
        return cli_usage(command->name, "one argument too many: '%s'", file);
    }
    if (strcmp(what, "start") == 0) {
        return start(cli, TRUE);
    }
    int code = start(cli, FALSE);
    if (code != EXIT_DONE) {
        return code;
    }
    sleep_seconds((int)seconds);
    return stop(cli, what);
}
